"""The one search box with the whole program behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.hits import HitKind
from odr_desk.services import cases, issuing, timeline
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.finding.finder import Finder
from tests.settled import conclude
from tests.ui.cases import conftest as used
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier
house, one_clock, window, page, press = used.house, used.one_clock, used.window, used.page, used.press


@pytest.fixture
def finder(window, press):
    press(Qt.Key.Key_F3)
    return window.findChild(Finder)


@pytest.fixture
def look(window, finder, press):
    """Type words into the box, opened if it is not, and wait for no pause."""

    def look(words):
        if not finder.isVisible():
            press(Qt.Key.Key_F3)
        finder.box.clear()
        write(finder.box, words)
        press(Qt.Key.Key_Return)
        return [
            ("file", line.number) if isinstance(line.found, MerchantHit) else (line.found.kind, line.found.row.number)
            for line in finder.lines()
        ]

    return look


def note(database, manager, number, text):
    with database.writing(manager, "event.add") as work:
        draft = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text=text)
        return timeline.add(work, cases.named(work, number), draft)


def test_hits_stand_in_groups_by_what_was_hit(house, finder, look, database, manager):
    note(database, manager, house.second, "周女士的事也问了店长")
    assert look("周女士") == [(HitKind.PERSON, house.first), (HitKind.EVENT, house.second)]
    heads = [finder._list.itemAt(n).widget().accessibleName() for n in (0, 2)]
    assert heads == ["投诉件 · 姓名，1 条", "投诉件 · 进展，1 条"]
    line = finder.lines()[1]
    assert [line.text[start:end] for start, end in line.spans] == ["周女士"]
    assert look("0023") == [(HitKind.PHONE, house.first)]
    assert finder.lines()[0].text == "199****0023"


def test_an_entry_opens_where_it_stands(house, page, press, look, database, manager):
    number = note(database, manager, house.second, "三方周六看货")
    look("三方周六")
    press(Qt.Key.Key_Return)
    assert page.isVisible() and page.case.tabs.code() == "progress"
    assert page.queue.table.current().number == house.second
    assert page.case.progress._pointed == (house.second, number)


def test_a_field_opens_among_the_fields(page, press, look):
    look("蚕丝")
    press(Qt.Key.Key_Return)
    assert page.case.tabs.code() == "data"
    assert "李先生" in dump(page.case)


def test_arrows_choose_while_the_cursor_stays_in_the_field(house, page, press, finder, look):
    shown = look("锦绣")
    assert shown[0] == ("file", house.silk) and {number for _, number in shown[1:]} == {house.second, house.third}
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is finder.box
    assert finder.box.accessibleDescription() == finder._rows[2].accessibleName()
    press(Qt.Key.Key_Return)
    assert page.case.header._consumer.text() == {house.second: "李先生", house.third: "吴女士"}[shown[2][1]]


def test_a_merchant_opens_its_file(house, window, press, look):
    assert look("jxzb")[0] == ("file", house.gold)
    press(Qt.Key.Key_Return)
    assert "金禧珠宝" in dump(window.current()) and type(window.current()).__name__ == "MerchantsPage"


def test_an_agreement_and_a_paper_open_theirs(house, window, press, look, database, manager):
    number = conclude(database, manager, case_no=house.first).agreement_no
    with database.writing(manager, "document.issue") as work:
        paper = issuing.issue(work, "registration_receipt", house.first).document_no
    assert look(number) == [(HitKind.AGREEMENT, house.first)]
    press(Qt.Key.Key_Return)
    assert type(window.current()).__name__ == "AgreementsPage"
    assert look(paper) == [(HitKind.DOCUMENT, house.first)]
    press(Qt.Key.Key_Return)
    assert type(window.current()).__name__ == "PapersPage"


def test_escape_goes_back_to_what_was_open_and_where_the_cursor_was(house, page, press):
    page.queue.table.choose(house.second)
    press(Qt.Key.Key_F8)
    write(page.case.log.edit, "打到一半")
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.case.log.edit
    assert page.case.log.edit.toPlainText() == "打到一半"


def test_everything_can_be_listed_in_the_queue(page, press, look):
    look("锦绣")
    press(Qt.Key.Key_Return, CTRL)
    assert page.isVisible() and page.queue.search.text() == "锦绣"
    assert page.queue.shown.view == "all"


def test_enter_never_opens_the_answer_to_older_words(house, page, press, finder, look):
    look("周女士")
    finder.box.clear()
    write(finder.box, "李先生")
    press(Qt.Key.Key_Return)
    assert not page.isVisible() and [line.found.row.number for line in finder.lines()] == [house.second]
    press(Qt.Key.Key_Return)
    assert page.isVisible()


def test_enter_while_an_answer_is_on_its_way_opens_the_first_of_that_one(
    house, page, press, finder, look, database, manager, monkeypatch
):
    look("周女士")
    asked = []
    monkeypatch.setattr(finder._latest, "read", lambda op, then, _failed: asked.append((op, then)))
    finder.box.clear()
    write(finder.box, "李先生")
    finder.box.say_now()
    press(Qt.Key.Key_Return)
    assert not page.isVisible()
    op, then = asked[-1]
    with database.reading(manager) as work:
        answer = op(work)
    then(answer)
    assert page.isVisible() and page.queue.table.current().number == house.second


def test_nothing_found_says_so_and_html_stays_text(house, finder, look, database, manager):
    assert look("没有这样的字") == []
    assert "没有找到“没有这样的字”" in dump(finder)
    note(database, manager, house.third, "<b>退货</b> & 换货")
    look("换货")
    line = next(line for line in finder.lines() if line.found.kind is HitKind.EVENT)
    assert line.text == "<b>退货</b> & 换货" and [line.text[a:b] for a, b in line.spans] == ["换货"]


@pytest.mark.parametrize("size", [(1024, 540), (1366, 697), (1920, 1009)])
def test_nothing_is_cut_and_everything_has_a_name(window, look, size):
    look("金")
    settle(window, *size)
    assert clipped(window) == []
    assert unnamed(window) == []
