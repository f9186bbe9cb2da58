from datetime import date

from PySide6.QtWidgets import QApplication

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.ending import FailReason
from odr_desk.services import feedback, handling
from odr_desk.services.closing import OpenItem, Target
from odr_desk.ui.form import Form
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from tests.ui.cases.on_a_case import act, advance, detail, shown, top_dialog
from tests.ui.hands import give_reason, write
from tests.ui.looks import dump


def test_failing_needs_its_reason_and_hands_out_the_notice(asked, window, case, database, manager, house):
    act(case, "和解不成…")
    dialog = top_dialog(asked)
    dialog.submit()
    assert dialog.isVisible() and "请" in shown(dialog)
    form = dialog.findChild(Form)
    form.editor("reason").set_value(FailReason.MERCHANT_REFUSES)
    form.editor("text").set_value("商户书面拒绝退货")
    dialog.submit()
    assert not dialog.isVisible()
    found = detail(database, manager, house.first)
    assert (found.state, found.result) == (CaseState.FAILED, Outcome.FAILED)


def test_closing_lists_what_is_open_and_takes_a_reason_for_each(asked, case, page, click, database, manager, house):
    advance(database, manager, house.first, CaseState.WITHDRAWN)
    with database.writing(manager, "case.next_step") as work:
        handling.set_next_step(work, house.first, "问商户退款", date(2026, 11, 25))
    page.refresh()
    act(case, "结案…")
    dialog = top_dialog(asked)
    lines = [edit for edit in dialog.findChildren(LineEdit) if edit.isVisible()]
    assert len(lines) == 2
    dialog.submit()
    assert "还有 2 项没写原因" in dump(dialog)
    assert detail(database, manager, house.first).state is CaseState.WITHDRAWN
    write(lines[0], "消费者已撤回，不必办")
    dialog.reject()  # to look at the case once more
    act(case, "结案…")
    dialog = top_dialog(asked)
    for at, line in enumerate(edit for edit in dialog.findChildren(LineEdit) if edit.isVisible()):
        if at:
            click(line.parentWidget(), "同上")
        assert line.value() == "消费者已撤回，不必办"
    dialog.submit()
    assert detail(database, manager, house.first).state is CaseState.CLOSED
    click(case.header, "重新打开")
    give_reason(top_dialog(asked), "她又来了")
    assert detail(database, manager, house.first).state is CaseState.NEGOTIATING


def test_a_call_back_is_written_down(asked, case, page, database, manager, house):
    advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    case.acts.deal_with(case._number(), OpenItem("revisit", "还没有回访", Target.REVISIT))
    dialog = top_dialog(asked)
    form = dialog.findChild(Form)
    form.editor("satisfaction").set_value("满意")
    dialog.submit()
    assert not dialog.isVisible()
    assert detail(database, manager, house.first).satisfaction == "满意"
    assert "结案归档" in asked.titles[-1]  # back at the gate


def test_a_loss_without_an_agreement_is_filled_in_from_the_gate(asked, case, page, click, database, manager, house):
    advance(database, manager, house.first, CaseState.SETTLED)
    page.refresh()
    case.acts.close(house.first)
    click(top_dialog(asked), "现在办：挽回经济损失没有填")
    dialog = top_dialog(asked)
    dialog.findChild(Form).set_values({"recovered": "12.50"})
    dialog.submit()
    assert detail(database, manager, house.first).recovered == 1250
    assert "挽回经济损失没有填" not in dump(top_dialog(asked))


def test_the_missing_paper_of_the_gate_is_the_one_that_opens(
    asked, case, page, click, database, manager, house, monkeypatch
):
    advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    case.acts.close(house.first)
    opened = []
    monkeypatch.setattr(page.shell, "open", lambda *to: opened.append(to))
    click(top_dialog(asked), "现在办：和解不成告知书没有出具")
    assert opened == [("papers", {"case": house.first, "kind": "failure_notice"})]


def test_a_next_step_that_is_done_is_taken_off(case, page, click, database, manager, house):
    with database.writing(manager, "case.next_step") as work:
        handling.set_next_step(work, house.first, "等车主来领", date(2026, 11, 26))
    page.refresh()
    case.acts.deal_with(house.first, OpenItem("next_step", "下一步没有办", Target.NEXT_STEP))
    click(case.log, "办完了：等车主来领")
    assert detail(database, manager, house.first).row.next_step == ""
    page.refresh()
    assert "办完了" not in dump(case.log) and "等车主来领" not in dump(case.log)


def test_feedback_shows_four_texts_and_copies_them(asked, case, page, click, database, manager, house):
    advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    click(case.header, "反馈平台")
    dialog = top_dialog(asked)
    assert shown(dialog).count(" 字") == 4
    copied = next(button for button in dialog.findChildren(Button) if button.accessibleName().startswith("复制"))
    copied.click()
    first = dialog.findChild(TextEdit).toPlainText()
    assert first and QApplication.clipboard().text() == first
    for tick in dialog.findChildren(Tick):
        tick.click()
    day = dialog.findChild(DayEdit)
    day.setText("大后天")
    dialog.submit()
    assert "请填写处理时间的录入日期" in shown(dialog)
    day.setText("今天")
    dialog.submit()
    assert not dialog.isVisible()
    with database.reading(manager) as work:
        (sent,) = feedback.sent(work, house.first)
    assert str(sent.sent_on) == "2026-11-23"
    assert case.header.button.main.words() == "结案"
