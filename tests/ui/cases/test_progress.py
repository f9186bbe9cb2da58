from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import cases, timeline
from odr_desk.ui.cases import progress
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.timeline import Entry
from tests.ui.cases.on_a_case import detail, shown, top_dialog
from tests.ui.hands import write

CTRL = Qt.KeyboardModifier.ControlModifier


def test_one_s_own_entry_can_be_changed_for_ten_minutes_then_amended(
    asked, case, page, click, press, clock, database, manager, house
):
    case.log.start(0)
    write(case.log.edit, "她要退贷")
    press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    click(case.progress, "修改")
    dialog = top_dialog(asked)
    dialog.findChild(TextEdit).set_value("她要退货")
    dialog.submit()
    assert "她要退货" in shown(case.progress)
    clock.forward(minutes=11)
    page.refresh()
    QApplication.processEvents()
    click(case.progress, "补充更正")
    dialog = top_dialog(asked)
    dialog.findChild(TextEdit).set_value("是退一半")
    dialog.submit()
    rows = detail(database, manager, house.first).timeline
    assert [row.text for row in rows[:2]] == ["是退一半", "她要退货"]


def test_what_somebody_else_wrote_can_be_amended(asked, case, page, click, database, mediator, manager, house):
    with database.writing(mediator, "event.add") as work:
        said = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长同意退")
        timeline.add(work, cases.named(work, house.first), said)
    page.refresh()
    QApplication.processEvents()
    assert "修改" not in shown(case.progress)
    click(case.progress, "补充更正")
    dialog = top_dialog(asked)
    dialog.findChild(TextEdit).set_value("是副店长")
    dialog.submit()
    row = detail(database, manager, house.first).timeline[0]
    assert (row.text, row.amends is not None, row.author) == ("是副店长", True, "孙主任")


def test_a_page_that_stays_open_offers_to_amend_once_ten_minutes_are_over(
    asked, case, press, click, clock, monkeypatch, database, manager, house
):
    passed = 0.0
    monkeypatch.setattr(progress, "monotonic", lambda: passed)
    case.log.start(0)
    write(case.log.edit, "她要退贷")
    press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    passed = 600.0
    case.progress._age()
    assert "修改" in shown(case.progress) and 0 <= case.progress._ageing.remainingTime() <= 1
    passed = 600.1
    clock.forward(seconds=600.1)
    click(case.progress, "修改")  # just before the page says so
    assert asked.titles[-1] == "补充更正"
    case.progress._age()
    assert "修改" not in shown(case.progress)
    dialog = top_dialog(asked)
    dialog.findChild(TextEdit).set_value("是退货")
    dialog.submit()
    assert detail(database, manager, house.first).timeline[0].amends is not None


def test_who_only_reads_amends_nothing(case, manager, auditor, database, house):
    found = detail(database, manager, house.first)
    written = replace(found.timeline[0], system=False)
    case.progress.show_case(replace(found, timeline=(written,)), auditor)
    assert "补充更正" not in shown(case.progress)


def _talk(database, actor, number, times):
    with database.writing(actor, "case.note") as work:
        for at in range(times):
            draft = EventDraft(kind=EventKind.NOTE, party=Party.DESK, text=f"第 {at} 次打来，还在等店长回话")
            timeline.add(work, cases.named(work, number), draft)


def test_a_timeline_read_again_stays_where_it_was_and_another_begins_at_its_top(page, case, database, manager, house):
    _talk(database, manager, house.first, 30)
    page.refresh()
    QApplication.processEvents()
    bar = case.progress.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    page.refresh()
    QApplication.processEvents()
    assert bar.value() == place
    page.open_case(house.second)
    page.open_case(house.first)
    QApplication.processEvents()
    assert bar.value() == 0


def test_a_shorter_timeline_shows_nothing_of_the_longer_one(page, case, database, manager, house):
    _talk(database, manager, house.first, 12)
    page.refresh()
    assert "第 11 次打来" in shown(case.progress)
    page.open_case(house.second)
    assert "次打来" not in shown(case.progress) and "登记，孙主任" in shown(case.progress)


def test_a_timeline_scrolls_no_further_than_its_entries(page, case, database, manager, house):
    _talk(database, manager, house.first, 30)
    page.refresh()
    QApplication.processEvents()
    area = case.progress.findChild(QScrollArea)
    list_ends = max(entry.geometry().bottom() for entry in area.findChildren(Entry))
    assert area.verticalScrollBar().maximum() + area.viewport().height() - list_ends < 20
