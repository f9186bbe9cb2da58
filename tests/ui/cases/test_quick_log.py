from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.events import EventKind, Party
from odr_desk.rules.people import Right
from odr_desk.services import case_file, closing, drafts, handling
from odr_desk.ui.desk import Desk
from odr_desk.ui.keeping import KEEP_AFTER_MS
from odr_desk.ui.window import Window
from tests.ui.cases.on_a_case import detail
from tests.ui.conftest import AtOnce
from tests.ui.hands import write
from tests.ui.looks import dump, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def log(page, house):
    page.open_case(house.first)
    return page.case.log


def _kept(database, actor):
    with database.reading(actor) as work:
        return drafts.of(work, drafts.LOG)


def test_f8_writes_and_ctrl_enter_records(press, page, log, database, manager, house):
    press(Qt.Key.Key_F8)
    assert QApplication.focusWidget() is log.edit
    write(log.edit, "周女士坚持退货")
    press(Qt.Key.Key_Return, CTRL)
    first = detail(database, manager, house.first).timeline[0]
    assert (first.kind, first.party, first.text) == (EventKind.CALL.value, Party.CONSUMER.value, "周女士坚持退货")
    assert log.edit.toPlainText() == ""
    QApplication.processEvents()
    assert "周女士坚持退货" in dump(page.case.progress)
    assert "已记录" in dump(log)


def test_the_kind_that_is_chosen_is_recorded(click, press, page, log, database, manager, house):
    click(log, "致电商户")
    write(log.edit, "店长同意退差价")
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert found.timeline[0].party == Party.MERCHANT.value


def test_a_next_step_goes_with_the_entry(click, press, log, database, manager, house):
    write(log.edit, "说好后天回话")
    click(log, "设下一步")
    assert QApplication.focusWidget() is log.step.text
    write(log.step.text, "等周女士回话")
    log.step.due.setText("+2")
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert (found.row.next_step, str(found.row.next_step_on)) == ("等周女士回话", "2026-11-25")
    assert not log.step.isVisible()


def test_a_next_step_on_a_day_that_has_passed_is_recorded_and_said(window, press, log, database, manager, house):
    log.open_step()
    write(log.step.text, "等周女士回话")
    log.step.due.setText("2026-11-20")
    press(Qt.Key.Key_Return, CTRL)
    assert str(detail(database, manager, house.first).row.next_step_on) == "2026-11-20"
    assert "下一步的日子 2026-11-20 已经过去" in dump(window.notices)


@pytest.mark.parametrize(("day", "said"), [("", "下一步要有日期"), ("32-99", "下一步日期")])
def test_a_step_without_a_day_that_can_be_read_is_refused_and_nothing_is_lost(
    window, press, log, database, manager, house, day, said
):
    write(log.edit, "说好回话")
    log.open_step()
    write(log.step.text, "等回话")
    log.step.due.setText(day)
    before = len(detail(database, manager, house.first).timeline)
    press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    assert said in dump(window.notices)
    assert (log.edit.toPlainText(), log.step.text.value()) == ("说好回话", "等回话")
    assert QApplication.focusWidget() is log.step.due and log.step.due.property("bad") == "true"
    write(log.step.due, "1")
    assert not log.step.due.property("bad")
    assert len(detail(database, manager, house.first).timeline) == before


def test_what_is_typed_survives_another_case(page, log, house):
    write(log.edit, "写到一半")
    page.open_case(house.second)
    assert log.edit.toPlainText() == ""
    write(log.edit, "另一件的话")
    page.open_case(house.first)
    assert log.edit.toPlainText() == "写到一半"
    assert "草稿已存" in dump(log)
    page.open_case(house.second)
    assert log.edit.toPlainText() == "另一件的话"


def test_what_is_typed_is_on_disk_within_a_second_and_back_in_a_new_window(
    qtbot, click, log, database, manager, wardrobe, house
):
    click(log, "微信")
    write(log.edit, "她发来照片")
    log.open_step()
    write(log.step.text, "看照片")
    qtbot.waitUntil(lambda: bool(_kept(database, manager)), timeout=KEEP_AFTER_MS + 2000)
    assert "草稿已存" in dump(log)
    again = Desk(lambda: database, manager, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    second = Window(again, wardrobe)
    qtbot.addWidget(second)
    second.enter("cases")
    second.open("cases", house.first)
    settle(second, 1366, 697)
    other = second.current().case.log
    assert (other.edit.toPlainText(), other.step.text.value()) == ("她发来照片", "看照片")
    assert other._kinds.checkedId() == 3


def test_leaving_the_page_keeps_the_last_words_at_once(window, log, database, manager):
    write(log.edit, "最后一个字")
    window.open("merchants")
    assert _kept(database, manager)[0].content["text"] == "最后一个字"


def test_what_is_typed_while_an_entry_is_written_down_begins_the_next(request, press, log, database, manager, house):
    write(log.edit, "她同意换新")
    later = request.getfixturevalue("later")
    press(Qt.Key.Key_Return, CTRL)
    write(log.edit, "。店长下午来")
    log.keep_now()
    later.work()
    assert log.edit.toPlainText() == "。店长下午来"
    assert [kept.content["text"] for kept in _kept(database, manager)] == ["。店长下午来"]
    with database.reading(manager) as work:
        assert case_file.detail(work, house.first).timeline[0].text == "她同意换新"


def test_recording_and_emptying_leave_no_draft_behind(press, log, database, manager):
    write(log.edit, "先存下")
    log.keep_now()
    assert len(_kept(database, manager)) == 1
    press(Qt.Key.Key_Return, CTRL)
    assert _kept(database, manager) == ()
    write(log.edit, "又写")
    log.keep_now()
    log.edit.selectAll()
    press(Qt.Key.Key_Delete)
    log.keep_now()
    assert _kept(database, manager) == ()


def test_an_archived_case_takes_no_entries(page, log, database, manager, house, press):
    with database.writing(manager, "case.advance") as work:
        from odr_desk.rules.case import CaseState
        from odr_desk.services import cases

        cases.advance(work, house.second, CaseState.WITHDRAWN, "消费者来电撤回")
        closing.close(work, house.second, {item.code: "不需要" for item in closing.gate(work, house.second)})
    page.open_case(house.second)
    assert not log.isVisible()
    assert page.case.header.button.main.words() == "重新打开"


def test_who_may_only_read_is_offered_nothing_to_write(qtbot, database, auditor, wardrobe, house):
    assert not auditor.may(Right.WRITE_CASES)
    desk = Desk(lambda: database, auditor, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    window = Window(desk, wardrobe)
    qtbot.addWidget(window)
    window.enter("cases")
    settle(window, 1366, 697)
    case = window.current().case
    assert case.isVisible()
    assert not case.log.isVisible()
    assert not case.header.button.isVisible()
    assert not window.current().queue.new.isVisible()


@pytest.fixture
def planned(database, manager, page, house):
    """A case with a next step, on the screen."""
    with database.writing(manager, "case.next_step") as work:
        handling.set_next_step(work, house.first, "等店长回话", date(2026, 11, 25))
    page.open_case(house.first)
    return page.case.log


def test_the_next_step_there_is_can_be_moved(click, press, planned, database, manager, house):
    click(planned, "改下一步")
    assert planned.step.text.value() == "等店长回话"
    planned.step.due.setText("2026-11-30")
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert (found.row.next_step, str(found.row.next_step_on)) == ("等店长回话", "2026-11-30")
    assert not planned.step.isVisible()


def test_the_next_step_is_taken_away_with_the_entry_that_tells_of_it(click, press, planned, database, manager, house):
    write(planned.edit, "店长回话了，同意退")
    click(planned, "改下一步")
    press(Qt.Key.Key_Delete)
    assert planned.step.text.placeholderText() == "空着记录，就是取消这一步"
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert found.row.next_step == "" and found.row.next_step_on is None
    assert {entry.text for entry in found.timeline} >= {"店长回话了，同意退"}
    assert any(entry.text.startswith("取消下一步“等店长回话（2026-11-25）”") for entry in found.timeline)


def test_to_look_at_the_next_step_changes_nothing(click, press, planned, page, database, manager, house):
    click(planned, "改下一步")
    write(planned.edit, "问过了")
    planned.keep_now()
    assert _kept(database, manager)[0].content["step"] == ""
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert found.row.next_step == "等店长回话"
    assert [entry.kind for entry in found.timeline if entry.kind == "next_step"] == []


def test_what_is_typed_before_the_note_has_been_read_stands_behind_it(request, page, log, database, manager, house):
    first = detail(database, manager, house.first)
    log.choose(1)
    write(log.edit, "店长说")
    page.open_case(house.second)
    later = request.getfixturevalue("later")
    log.show_case(first)
    write(log.edit, "明天回话")
    log.keep_now()  # the power may fail now
    later.work()
    assert log.edit.toPlainText() == "店长说明天回话"
    assert log._kinds.checkedId() == 1
    assert [(kept.content["text"], kept.content["kind"]) for kept in _kept(database, manager)] == [
        ("店长说明天回话", 1)
    ]


def test_a_day_alone_comes_back_with_its_line(page, log, house):
    log.open_step()
    write(log.step.due, "12-01")
    page.open_case(house.second)
    page.open_case(house.first)
    assert log.step.due.text().endswith("12-01") and log.step.isVisible()
