"""The one search box with the whole program behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.case import CaseState
from odr_desk.rules.dispute import PointDraft
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.hits import HitKind
from odr_desk.rules.session import SessionDraft
from odr_desk.services import case_file, cases, disputes, issuing, merging, sessions, timeline
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.finding.finder import Finder
from odr_desk.ui.papers.file_list import FileRow
from odr_desk.ui.widgets.marked_words import MarkedWords, Pointed
from odr_desk.ui.widgets.timeline import Entry
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


def marked(part):
    """Return what is marked in a part of a page."""
    found = part.findChildren(MarkedWords)
    return [one.text().encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") for one in found for a, b in one._spans]


def in_sight(part):
    """Tell whether all of it can be seen."""
    return part.visibleRegion().boundingRect() == part.rect()


def hit_in_sight(part):
    """Tell whether the first hit can be seen, whole."""
    (one,) = part.findChildren(MarkedWords)
    return one.isVisible() and one.visibleRegion().boundingRect().contains(one.hits()[0].intersected(one.rect()))


def test_an_entry_opens_where_it_stands(qtbot, house, page, press, look, database, manager):
    number = note(database, manager, house.second, "三方周六看货")
    look("三方周六")
    press(Qt.Key.Key_Return)
    assert page.isVisible() and page.case.tabs.code() == "progress"
    assert page.queue.table.current().number == house.second
    (entry,) = [entry for entry in page.case.findChildren(Entry) if entry._pointed]
    assert "三方周六看货" in entry.accessibleName() and marked(entry) == ["三方周六"]
    qtbot.waitUntil(lambda: in_sight(entry))
    assert number == page.case.progress._aim.entry


def test_the_timeline_stays_where_it_is_scrolled_when_it_is_read_again(
    qtbot, house, page, press, look, database, manager
):
    note(database, manager, house.second, "三方周六看货")
    for n in range(30):
        note(database, manager, house.second, f"第 {n} 次联系")
    page.refresh()
    look("三方周六")
    press(Qt.Key.Key_Return)
    bar = page.case.progress._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    bar.setValue(0)
    note(database, manager, house.second, "刚又来电")
    page.refresh()
    qtbot.wait(50)
    assert "刚又来电" in dump(page.case) and bar.value() == 0


@pytest.fixture
def told(database, manager, house):
    """Say things of the second case in every place that is searched."""
    with database.writing(manager, "case.update") as work:
        number = house.second
        facts = "洗过以后缩水。" * 40 + "孔雀翎花色与样品不同。" + "要求退货。" * 20
        fields = {"facts": facts, "brand": "翡冷翠", "platform_no": "1320205202611230077312"}
        cases.update(work, number, case_file.detail(work, number).version, fields)
        for n in range(5):
            said = {"consumer_position": "不认可。" * 40 + ("蓝鹦鹉条款😀" if n == 1 else "")}
            sitting = SessionDraft(held_at=work.now, mode=sessions.ON_SITE, mediator="刘洋", **said)
            sessions.add(work, number, sitting, (), ())
        points = (PointDraft(point=f"第{n}点", consumer_says=("白孔雀证书" if n == 5 else "")) for n in range(1, 7))
        disputes.save(work, number, tuple(points), {})


@pytest.mark.parametrize(
    ("words", "tab", "label", "shown"),
    [
        ("孔雀翎", "data", "事实和诉求", ["孔雀翎"]),
        ("翡冷翠", "data", "品牌", ["翡冷翠"]),
        ("077312", "data", "平台编号", ["077312"]),
        ("0031", "data", "联系电话", ["0031"]),
        ("19900000031", "data", "联系电话", ["199****0031"]),
        ("199****0031", "data", "联系电话", ["0031"]),
        ("李先", "data", "消费者姓名", ["李先"]),
        ("蓝鹦鹉", "sittings", "消费者", ["蓝鹦鹉"]),
    ],
)
def test_a_hit_opens_where_it_stands_in_sight_and_marked(
    qtbot, window, house, told, page, press, look, words, tab, label, shown
):
    settle(window, 1024, 540)
    assert look(words)[0][1] == house.second
    press(Qt.Key.Key_Return)
    assert page.case.tabs.code() == tab
    (part,) = page.case.findChildren(Pointed)
    qtbot.waitUntil(lambda: hit_in_sight(part))
    assert marked(part) == shown and label in dump(part)


def test_a_point_in_dispute_opens_with_its_words_marked(qtbot, window, house, told, page, press, look):
    settle(window, 1024, 540)
    assert look("白孔雀") == [(HitKind.POINT, house.second)]
    press(Qt.Key.Key_Return)
    assert page.case.tabs.code() == "points"
    cell = page.case.points.rows[4].consumer_says
    qtbot.waitUntil(lambda: [one.cursor.selectedText() for one in cell.extraSelections()] == ["白孔雀"])
    assert in_sight(cell) and not page.case.points.is_writing()


def test_an_entry_of_a_merged_case_opens_with_the_one_that_leads(qtbot, house, page, press, look, database, manager):
    note(database, manager, house.third, "红珊瑚手串另存")
    with database.writing(manager, "case.merge") as work:
        merging.merge(work, house.third, house.second, "同一件事")
    page.refresh()
    assert look("红珊瑚") == [(HitKind.EVENT, house.second)]
    press(Qt.Key.Key_Return)
    (entry,) = [entry for entry in page.case.findChildren(Entry) if entry._pointed]
    assert marked(entry) == ["红珊瑚"] and f"记在 {house.third}" in entry.accessibleName()
    qtbot.waitUntil(lambda: in_sight(entry))


def test_the_paper_of_the_number_opens_not_the_first_of_its_case(window, house, press, look, database, manager):
    conclude(database, manager, case_no=house.first)
    with database.writing(manager, "document.issue") as work:
        paper = issuing.issue(work, "registration_receipt", house.first).document_no
    look(paper)
    press(Qt.Key.Key_Return)
    (chosen,) = [row for row in window.current().findChildren(FileRow) if row.isChecked()]
    assert chosen.text() == "登记回执"


def test_the_result_of_a_case_is_shown_where_its_hit_leads(qtbot, house, page, press, look, database, manager):
    with database.writing(manager, "case.withdraw") as work:
        cases.advance(work, house.second, CaseState.WITHDRAWN, "商户重做被芯，消费者撤回")
    assert look("重做被芯") == [(HitKind.RESULT, house.second)]
    press(Qt.Key.Key_Return)
    (part,) = page.case.findChildren(Pointed)
    qtbot.waitUntil(lambda: hit_in_sight(part))
    assert "处理结果" in dump(part) and marked(part) == ["重做被芯"]


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


def test_a_merchant_opens_its_file(house, window, press, finder, look):
    assert look("jxzb")[0] == ("file", house.gold)
    assert finder._rows[0].line.parties == "金禧珠宝"
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


def test_a_clause_of_an_agreement_opens_with_its_words_marked(qtbot, house, window, press, look, database, manager):
    conclude(database, manager, case_no=house.first)
    assert look("羽绒服一件") == [(HitKind.AGREEMENT, house.first)]
    press(Qt.Key.Key_Return)
    settle(window, 1024, 540)
    (part,) = window.current().findChildren(Pointed)
    qtbot.waitUntil(lambda: hit_in_sight(part))
    assert marked(part) == ["羽绒服一件"]


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
