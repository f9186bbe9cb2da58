"""What helps to write a note: text modules, points to ask, promises, and what is refused in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.text_module import GAP
from odr_desk.services import drafts
from odr_desk.ui.module_picker import Picker
from tests.ui.cases.on_a_case import detail
from tests.ui.hands import write
from tests.ui.looks import dump, unnamed

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def log(page, house):
    page.open_case(house.first)
    page.case.log.start()
    return page.case.log


@pytest.mark.parametrize("stroke", ["/hf", "/HF", "、hf"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Space])
def test_a_short_code_is_expanded_with_tab_or_space(press, log, stroke, key):
    write(log.edit, "她很急。" + stroke)
    press(key)
    assert log.edit.toPlainText() == "她很急。周女士说要考虑，约定11月24日（周二）回话。"
    log.edit.undo()
    assert log.edit.toPlainText() == "她很急。" + stroke


def test_tab_goes_from_gap_to_gap_and_then_on(press, log):
    write(log.edit, "/zg")
    press(Qt.Key.Key_Tab)
    assert log.edit.textCursor().selectedText() == GAP
    write(log.edit, "退一半")
    press(Qt.Key.Key_Tab)
    assert log.edit.textCursor().selectedText() == GAP
    write(log.edit, "同意")
    assert log.edit.toPlainText() == "向周女士转告商户方案：退一半。周女士表示：同意。"
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not log.edit


def test_what_is_no_code_is_typed_as_it_is(press, log):
    write(log.edit, "1/2 件")
    press(Qt.Key.Key_Space)
    assert log.edit.toPlainText() == "1/2 件 "
    write(log.edit, "/nix")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not log.edit


def test_a_note_with_a_gap_is_not_recorded_before_it_is_filled(press, log, database, manager, house):
    write(log.edit, "/tk")
    press(Qt.Key.Key_Space)
    before = len(detail(database, manager, house.first).timeline)
    press(Qt.Key.Key_Return, CTRL)
    assert len(detail(database, manager, house.first).timeline) == before
    assert "还有 ▢ 没填" in dump(log)
    write(log.edit, "500")
    press(Qt.Key.Key_Return, CTRL)
    assert detail(database, manager, house.first).timeline[0].text == "周女士确认收到退款500元，无其他要求。"


def test_f9_opens_the_list_and_enter_writes_the_chosen_one(press, log, asked):
    press(Qt.Key.Key_F9)
    (dialog,) = asked.dialogs
    picker = dialog.findChild(Picker)
    assert "周女士" in picker.preview.text() or GAP in picker.preview.text()
    assert unnamed(dialog) == []
    write(picker.search, "检测")
    assert [row.code for row in (picker.table.rows.row(n) for n in range(picker.table.rows.rowCount()))] == ["jd"]
    dialog.submit()
    assert log.edit.toPlainText().startswith("建议送有资质的机构检测：项目▢")
    assert log.edit.textCursor().selectedText() == GAP


def test_the_list_puts_what_fits_the_kind_first(click, press, log, asked):
    click(log, "三方调解")
    press(Qt.Key.Key_F9)
    picker = asked.dialogs[0].findChild(Picker)
    kinds = [picker.table.rows.row(n).is_for("meeting") for n in range(picker.table.rows.rowCount())]
    assert kinds[0]
    assert kinds == sorted(kinds, reverse=True)
    write(picker.search, "没有这种")
    assert "没有这样的常用语" in dump(asked.dialogs[0])


def test_modules_work_in_the_dialogs_of_a_case_too(page, press, asked, qtbot, house):
    page.open_case(house.first)
    from odr_desk.ui.cases import fail_dialog

    fail_dialog.show(page.shell, page.case, house.first)
    edit = asked.dialogs[0].findChild(type(page.case.log.edit))
    write(edit, "/sx")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "已请金禧珠宝补开发票；周女士凭付款记录同样可以主张。"


def test_the_form_for_a_new_case_knows_its_own_values(page, press, qtbot):
    page.take_down()
    page.intake.form.name_edit.setText("王")
    page.intake.form.titles.choose("先生")
    edit = page.intake.form.facts
    write(edit, "/wj")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText().startswith("致电王先生未接通")


def test_points_to_ask_open_lines_for_their_answers(click, press, log):
    assert not log.script.isVisible()
    press(Qt.Key.Key_F9, SHIFT)
    assert log.script.isVisible()
    assert "问消费者" in dump(log.script)
    write(log.edit, "她来电")
    log.script._ticks["标价多少、实收多少"].click()
    assert log.edit.toPlainText() == "她来电\n标价多少、实收多少："
    assert QApplication.focusWidget() is log.edit
    write(log.edit, "标 998 收 1098")
    log.script._ticks["标价多少、实收多少"].click()
    assert log.edit.toPlainText().endswith("标 998 收 1098"), "an answer is not taken back"
    assert log.script._ticks["标价多少、实收多少"].isChecked()
    log.script._ticks["小票上怎么写的"].click()
    log.script._ticks["小票上怎么写的"].click()
    assert "小票" not in log.edit.toPlainText()
    click(log, "致电商户")
    assert "问商户" in dump(log.script)
    click(log, "记事")
    assert "没有提纲" in dump(log.script)


def test_whether_the_points_are_open_is_kept_for_the_person(press, page, log):
    press(Qt.Key.Key_F9, SHIFT)
    assert page.shell.layout_of("cases.script") == {"open": True}
    press(Qt.Key.Key_F9, SHIFT)
    assert not log.script.isVisible()


def test_ticks_come_back_with_the_draft(press, page, log, house):
    press(Qt.Key.Key_F9, SHIFT)
    log.script._ticks["小票上怎么写的"].click()
    page.open_case(house.second)
    assert log.edit.toPlainText() == ""
    page.open_case(house.first)
    assert log.script._ticks["小票上怎么写的"].isChecked()


def test_a_promise_becomes_the_next_step_with_one_key(press, log, database, manager, house):
    write(log.edit, "陈店长承诺周五前退差价")
    assert "承诺：陈店长承诺周五前退差价（11-27 周五）" in dump(log)
    press(Qt.Key.Key_J, CTRL)
    assert not log.promise.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    found = detail(database, manager, house.first)
    assert (found.row.next_step, str(found.row.next_step_on)) == ("陈店长承诺周五前退差价", "2026-11-27")
    assert found.timeline[0].text == "陈店长承诺周五前退差价"
    assert not log.promise.isVisible()


def test_without_a_day_there_is_nothing_to_take(press, log):
    write(log.edit, "陈店长承诺会处理")
    press(Qt.Key.Key_J, CTRL)
    assert not log.promise.isVisible()
    assert not log.step.isVisible()


def test_a_hundred_thousand_letters_are_refused_in_words_and_kept(press, window, log, database, manager, house):
    log.edit.insertPlainText("记" * 100_000)
    press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    assert "记录有 100,000 个字，最多 4,000 字，请删减后再存" in dump(window.notices)
    assert len(log.edit.toPlainText()) == 100_000
    log.keep_now()
    with database.reading(manager) as work:
        (kept,) = drafts.of(work, drafts.LOG, house.first)
    assert len(kept.content["text"]) == 100_000


def test_a_note_thrown_away_on_another_page_is_not_shown_again(page, window, log, database, manager, house):
    write(log.edit, "没用的话")
    log.keep_now()
    window.open("today")
    with database.writing(manager, "draft.throw") as work:
        thrown = drafts.throw_away(work, drafts.LOG, house.first)
    window.open("cases")
    assert log.edit.toPlainText() == ""
    with database.writing(manager, "draft.take_back") as work:
        drafts.take_back(work, thrown)
    window.open("cases", {"draft": (drafts.LOG, house.first)})
    page.open_case(house.second)
    window.open("cases", {"draft": (drafts.LOG, house.first)})
    assert log.edit.toPlainText() == "没用的话"


def test_a_registration_is_gone_on_with_and_thrown_away(page, window, database, manager):
    page.take_down()
    form = page.intake.form
    write(form.facts, "第一份")
    page.intake.put_away()
    page.take_down()
    page.intake._clear()
    write(form.facts, "第二份")
    page.intake.keep_now()
    with database.reading(manager) as work:
        first, second = sorted(drafts.of(work, drafts.INTAKE), key=lambda kept: kept.id)
    window.open("cases", {"draft": (drafts.INTAKE, first.subject)})
    assert form.facts.toPlainText() == "第一份"
    page.intake.throw_away()
    with database.reading(manager) as work:
        assert [kept.subject for kept in drafts.of(work, drafts.INTAKE)] == [second.subject]
    window.notices.undo()
    assert form.facts.toPlainText() == "第一份"
    with database.reading(manager) as work:
        assert {kept.subject for kept in drafts.of(work, drafts.INTAKE)} == {first.subject, second.subject}
