from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from sqlalchemy import select

from odr_desk.model.journal import JournalEntry
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.ending import FailReason
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.session import PresentDraft, SessionDraft
from odr_desk.rules.stations import Station
from odr_desk.services import case_file, cases, drafts, feedback, sessions, timeline
from odr_desk.services.closing import OpenItem, Target
from odr_desk.ui.cases import progress
from odr_desk.ui.cases.sitting_form import people as people_in
from odr_desk.ui.form import Form
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.timeline import Entry
from tests.settled import conclude
from tests.ui.hands import give_reason, write
from tests.ui.looks import clipped, dump, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sat(database, manager, house):
    """The first complaint after a sitting."""
    before = _detail(database, manager, house.first).read_at - timedelta(seconds=7)
    held = SessionDraft(held_at=before, mode="A", mediator="刘洋", outcome="再谈")
    with database.writing(manager, "session.add") as work:
        sessions.add(work, house.first, held, (PresentDraft(name="周女士", role="消费者"),))
    return held


def _sitting(database, actor, number):
    with database.reading(actor) as work:
        (found,) = sessions.rows(work, number)
    return found


@pytest.fixture
def case(page, house):
    page.open_case(house.first)
    return page.case


def _detail(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def _waiting(database, actor):
    with database.reading(actor) as work:
        return drafts.waiting(work)


def _shown(widget):
    QApplication.processEvents()
    return dump(widget)


def _act(case, words):
    (found,) = [act for act in case.header.button._acts if act.text == words]
    found.slot()


def _dialog(asked) -> Dialog:
    dialog = asked.dialogs[-1]
    QApplication.processEvents()
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    return dialog


def _advance(database, actor, number, *states):
    with database.writing(actor, "case.advance") as work:
        for state in states:
            cases.advance(work, number, state, "商户拒绝")


def test_the_telephone_is_masked_until_it_is_asked_for(click, case, database, manager, house):
    assert "199****0023" in dump(case.header) and "19900000023" not in dump(case)
    click(case.header, "显示完整电话（会留记录）")
    assert "19900000023" in dump(case.header)
    with database.reading(manager) as work:
        verbs = work.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.seq))
        assert list(verbs)[-1] == "case.reveal"


def test_the_number_is_masked_again_when_another_case_is_opened(click, page, case, house):
    click(case.header, "显示完整电话（会留记录）")
    page.open_case(house.second)
    page.open_case(house.first)
    assert "199****0023" in dump(case.header)


def test_the_primary_button_follows_the_stations(click, case, database, manager, house, press):
    click(case.header, "受理")
    assert _detail(database, manager, house.first).state is CaseState.ASSIGNED
    click(case.header, "联系商户")
    assert QApplication.focusWidget() is case.log.edit
    write(case.log.edit, "店长说明天答复")
    press(Qt.Key.Key_Return, CTRL)
    click(case.header, "安排调解")
    assert case.sittings.plan is not None and case.sittings.form is None
    case.sittings.save()
    assert case.sittings.plan is None
    case.tabs.choose("progress")
    click(case.header, "安排调解")  # it is arranged: what is left is to hold it
    assert QApplication.focusWidget().text() == "开始调解"


def test_what_was_noted_of_a_sitting_is_corrected(sat, case, page, click, press, database, manager, house):
    case.tabs.choose("sittings")
    QApplication.processEvents()
    click(case.sittings, "修改第 1 次调解的记录")
    form = case.sittings.form
    assert clipped(case) == [] and unnamed(case) == []
    write(form.fields.editor("consumer_position"), "坚持全退")
    page.open_case(house.second)
    page.show_record({"draft": (drafts.SITTING, f"{house.first}/1")})
    assert case.sittings.form.fields.editor("consumer_position").value() == "坚持全退"
    case.sittings.form.present.set_value("周女士（消费者）、陈莉（店长）")
    press(Qt.Key.Key_Return, CTRL)
    found = _sitting(database, manager, house.first)
    assert (found.consumer_position, found.outcome, len(found.present)) == ("坚持全退", "再谈", 2)
    assert found.held_at == sat.held_at, "the form shows no seconds, and takes none away"
    assert not case.sittings.is_writing() and "坚持全退" in _shown(case.sittings)
    assert drafts.SITTING not in {one.kind for one in _waiting(database, manager)}


def test_two_people_correct_a_sitting(sat, case, asked, click, database, mediator, manager, house):
    case.tabs.choose("sittings")
    QApplication.processEvents()
    click(case.sittings, "修改第 1 次调解的记录")
    case.sittings.form.fields.set_values({"outcome": "谈崩了", "opinion": "退三成"})
    with database.writing(mediator, "session.change") as work:
        sessions.change(work, house.first, 1, {"outcome": "谈成了"})
    case.sittings.save()
    dialog = _dialog(asked)
    assert "谈成了" in dump(dialog) and "谈崩了" in dump(dialog) and "刘洋" in dump(dialog)
    dialog.submit()
    assert not dialog.isVisible() and not case.sittings.is_writing()
    assert (_sitting(database, manager, house.first).outcome, _sitting(database, manager, house.first).opinion) == (
        "谈崩了",
        "退三成",
    )


def test_who_does_not_mediate_hands_over_what_only_mediators_do(case, asked, clerk, desk, database, manager, house):
    held = SessionDraft(held_at=_detail(database, manager, house.first).read_at, mode="A", mediator="刘洋")
    with database.writing(manager, "session.add") as work:
        sessions.add(work, house.first, held)
    found = replace(_detail(database, manager, house.first), station=Station.AGREE)
    assert case.acts.named(found) == "出协议"
    assert case.acts.named(replace(found, agreed=True)) == "看协议"
    desk.actor = clerk
    assert case.acts.named(found) == "转给调解员"
    case.acts.go_on(found)
    assert "分派给谁" in asked.titles[-1]
    closed = replace(found, station=Station.CLOSED)
    case.header.set_acts(case.acts.named(closed), ())
    assert not case.header.button.main.isVisible()
    desk.actor = manager
    assert case.acts.named(closed) == "重新打开"


def test_a_case_is_given_to_somebody(asked, case, database, manager, clerk, house):
    _act(case, "分派…")
    dialog = _dialog(asked)
    dialog.submit()
    assert "请选择承办人" in _shown(dialog)
    dialog.findChild(ChoiceEdit).set_value(str(clerk.user_id))
    dialog.submit()
    assert not dialog.isVisible()
    assert _detail(database, manager, house.first).row.handler == clerk.name


def test_a_move_that_needs_a_reason_asks_for_it(asked, case, database, manager, house):
    _act(case, "改为无法联系消费者")
    _dialog(asked).do.click()
    assert _detail(database, manager, house.first).state is CaseState.REGISTERED
    give_reason(_dialog(asked), "三次电话没有接通")
    found = _detail(database, manager, house.first)
    assert (found.state, found.result_note) == (CaseState.UNREACHABLE, "三次电话没有接通")


def test_failing_needs_its_reason_and_hands_out_the_notice(asked, window, case, database, manager, house):
    _act(case, "和解不成…")
    dialog = _dialog(asked)
    dialog.submit()
    assert dialog.isVisible() and "请" in _shown(dialog)
    form = dialog.findChild(Form)
    form.editor("reason").set_value(FailReason.MERCHANT_REFUSES)
    form.editor("text").set_value("商户书面拒绝退货")
    dialog.submit()
    assert not dialog.isVisible()
    found = _detail(database, manager, house.first)
    assert (found.state, found.result) == (CaseState.FAILED, Outcome.FAILED)


def test_feedback_shows_four_texts_and_copies_them(asked, case, page, click, database, manager, house):
    _advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    click(case.header, "反馈平台")
    dialog = _dialog(asked)
    assert _shown(dialog).count(" 字") == 4
    copied = next(button for button in dialog.findChildren(Button) if button.accessibleName().startswith("复制"))
    copied.click()
    first = dialog.findChild(TextEdit).toPlainText()
    assert first and QApplication.clipboard().text() == first
    for tick in dialog.findChildren(Tick):
        tick.click()
    day = dialog.findChild(DayEdit)
    day.setText("大后天")
    dialog.submit()
    assert "请填写处理时间的录入日期" in _shown(dialog)
    day.setText("今天")
    dialog.submit()
    assert not dialog.isVisible()
    with database.reading(manager) as work:
        (sent,) = feedback.sent(work, house.first)
    assert str(sent.sent_on) == "2026-11-23"
    assert case.header.button.main.words() == "结案"


def test_closing_lists_what_is_open_and_takes_a_reason_for_each(asked, case, page, click, database, manager, house):
    _advance(database, manager, house.first, CaseState.WITHDRAWN)
    with database.writing(manager, "case.next_step") as work:
        cases.set_next_step(work, house.first, "问商户退款", date(2026, 11, 25))
    page.refresh()
    _act(case, "结案…")
    dialog = _dialog(asked)
    lines = [edit for edit in dialog.findChildren(LineEdit) if edit.isVisible()]
    assert len(lines) == 2
    dialog.submit()
    assert "还有 2 项没写原因" in dump(dialog)
    assert _detail(database, manager, house.first).state is CaseState.WITHDRAWN
    write(lines[0], "消费者已撤回，不必办")
    dialog.reject()  # to look at the case once more
    _act(case, "结案…")
    dialog = _dialog(asked)
    for at, line in enumerate(edit for edit in dialog.findChildren(LineEdit) if edit.isVisible()):
        if at:
            click(line.parentWidget(), "同上")
        assert line.value() == "消费者已撤回，不必办"
    dialog.submit()
    assert _detail(database, manager, house.first).state is CaseState.CLOSED
    click(case.header, "重新打开")
    give_reason(_dialog(asked), "她又来了")
    assert _detail(database, manager, house.first).state is CaseState.NEGOTIATING


def test_a_call_back_is_written_down(asked, case, page, database, manager, house):
    _advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    case.acts.deal_with(case._number(), OpenItem("revisit", "还没有回访", Target.REVISIT))
    dialog = _dialog(asked)
    form = dialog.findChild(Form)
    form.editor("satisfaction").set_value("满意")
    dialog.submit()
    assert not dialog.isVisible()
    assert _detail(database, manager, house.first).satisfaction == "满意"
    assert "结案归档" in asked.titles[-1]  # back at the gate


def test_a_loss_without_an_agreement_is_filled_in_from_the_gate(asked, case, page, click, database, manager, house):
    _advance(database, manager, house.first, CaseState.SETTLED)
    page.refresh()
    case.acts.close(house.first)
    click(_dialog(asked), "现在办：挽回经济损失没有填")
    dialog = _dialog(asked)
    dialog.findChild(Form).set_values({"recovered": "12.50"})
    dialog.submit()
    assert _detail(database, manager, house.first).recovered == 1250
    assert "挽回经济损失没有填" not in dump(_dialog(asked))


def test_the_missing_paper_of_the_gate_is_the_one_that_opens(
    asked, case, page, click, database, manager, house, monkeypatch
):
    _advance(database, manager, house.first, CaseState.FAILED)
    page.refresh()
    case.acts.close(house.first)
    opened = []
    monkeypatch.setattr(page.shell, "open", lambda *to: opened.append(to))
    click(_dialog(asked), "现在办：和解不成告知书没有出具")
    assert opened == [("papers", {"case": house.first, "kind": "failure_notice"})]


def test_a_next_step_that_is_done_is_taken_off(case, page, click, database, manager, house):
    with database.writing(manager, "case.next_step") as work:
        cases.set_next_step(work, house.first, "等车主来领", date(2026, 11, 26))
    page.refresh()
    case.acts.deal_with(house.first, OpenItem("next_step", "下一步没有办", Target.NEXT_STEP))
    click(case.log, "办完了：等车主来领")
    assert _detail(database, manager, house.first).row.next_step == ""
    page.refresh()
    assert "办完了" not in dump(case.log) and "等车主来领" not in dump(case.log)


def test_the_deadline_is_counted_aloud(asked, case, click):
    click(case.header, "看计数")
    words = dump(_dialog(asked))
    assert "第 1 天" in words and "依据" in words and "不算" in words


def test_one_s_own_entry_can_be_changed_for_ten_minutes_then_amended(
    asked, case, page, click, press, clock, database, manager, house
):
    case.log.start(0)
    write(case.log.edit, "她要退贷")
    press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    click(case.progress, "修改")
    dialog = _dialog(asked)
    dialog.findChild(TextEdit).set_value("她要退货")
    dialog.submit()
    assert "她要退货" in _shown(case.progress)
    clock.forward(minutes=11)
    page.refresh()
    QApplication.processEvents()
    click(case.progress, "补充更正")
    dialog = _dialog(asked)
    dialog.findChild(TextEdit).set_value("是退一半")
    dialog.submit()
    rows = _detail(database, manager, house.first).timeline
    assert [row.text for row in rows[:2]] == ["是退一半", "她要退货"]


def test_what_somebody_else_wrote_can_be_amended(asked, case, page, click, database, mediator, manager, house):
    with database.writing(mediator, "event.add") as work:
        said = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长同意退")
        timeline.add(work, cases.named(work, house.first), said)
    page.refresh()
    QApplication.processEvents()
    assert "修改" not in _shown(case.progress)
    click(case.progress, "补充更正")
    dialog = _dialog(asked)
    dialog.findChild(TextEdit).set_value("是副店长")
    dialog.submit()
    row = _detail(database, manager, house.first).timeline[0]
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
    assert "修改" in _shown(case.progress) and 0 <= case.progress._ageing.remainingTime() <= 1
    passed = 600.1
    clock.forward(seconds=600.1)
    click(case.progress, "修改")  # just before the page says so
    assert asked.titles[-1] == "补充更正"
    case.progress._age()
    assert "修改" not in _shown(case.progress)
    dialog = _dialog(asked)
    dialog.findChild(TextEdit).set_value("是退货")
    dialog.submit()
    assert _detail(database, manager, house.first).timeline[0].amends is not None


def test_who_only_reads_amends_nothing(case, manager, auditor, database, house):
    found = _detail(database, manager, house.first)
    written = replace(found.timeline[0], system=False)
    case.progress.show_case(replace(found, timeline=(written,)), auditor)
    assert "补充更正" not in _shown(case.progress)


def test_fields_are_changed_with_f2(press, case, database, manager, house):
    press(Qt.Key.Key_F2)
    case.data._form.editor("product").set_value("足金手镯")
    press(Qt.Key.Key_Return, CTRL)
    assert _detail(database, manager, house.first).draft.product == "足金手镯"
    assert not case.data.is_editing()
    assert "足金手镯" in _shown(case.data)


def test_a_sitting_is_written_down_with_its_offers(press, case, database, manager, house):
    case.note_sitting()
    form = case.sittings.form
    write(form.fields.editor("consumer_position"), "坚持退货")
    form._offers[1].amount.setText("680")
    form._offers[1].text.set_value("退差价")
    press(Qt.Key.Key_Return, CTRL)
    with database.reading(manager) as work:
        (sitting,) = sessions.rows(work, house.first)
    assert (sitting.mode, sitting.consumer_position) == (sessions.ON_SITE, "坚持退货")
    assert [(one.name, one.role) for one in sitting.present] == [("周女士", "消费者"), ("陈莉", "商户")]
    assert [(offer.amount, offer.text) for offer in sitting.offers] == [(68_000, "退差价")]
    assert "方案 1" in _shown(case.sittings) and "680.00 元，退差价" in _shown(case.sittings)


def test_an_offer_that_is_no_amount_is_refused_beside_it(press, case, database, manager, house):
    case.note_sitting()
    case.sittings.form._offers[0].amount.setText("很多")
    press(Qt.Key.Key_Return, CTRL)
    assert "第 1 个方案" in _shown(case.sittings)
    with database.reading(manager) as work:
        assert sessions.rows(work, house.first) == ()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("周女士（消费者）、陈莉(店长)", [("周女士", "消费者"), ("陈莉", "店长")]),
        ("王律师，李先生", [("王律师", ""), ("李先生", "")]),
        ("", []),
    ],
)
def test_people_in_a_line(said, found):
    assert [(one.name, one.role) for one in people_in(said)] == found


def test_agreements_duties_and_performance_stand_in_the_case(
    asked, window, case, page, click, database, manager, house
):
    agreed = conclude(database, manager, case_no=house.first)
    page.refresh()
    click(case.header, "登记履行")
    words = _shown(case.settlement)
    assert agreed.agreement_no in words and "还有 2 项" in words
    click(case.settlement, "登记履行第 1 项")
    dialog = _dialog(asked)
    dialog.submit()
    assert not dialog.isVisible()
    assert "还有 1 项" in _shown(case.settlement)
    assert _detail(database, manager, house.first).refund == 129_900


def test_a_case_taken_up_again_may_go_back_to_its_agreement(asked, case, page, database, manager, house):
    conclude(database, manager, case_no=house.first)
    _advance(database, manager, house.first, CaseState.NEGOTIATING)
    page.refresh()
    offered = {act.text for act in case.header.button._acts}
    assert offered.isdisjoint({"和解不成…", "改为消费者撤回"})
    _act(case, "改为和解成功")
    give_reason(_dialog(asked), "问清了，协议照旧")
    found = _detail(database, manager, house.first)
    assert (found.state, found.recovered) == (CaseState.SETTLED, 129_900)


def test_f6_opens_the_editor_of_the_agreement(window, press, case, house):
    press(Qt.Key.Key_F6)
    assert window._code == "agreements"
    editor = window.current().editor
    assert editor.isVisible() and "周女士" in dump(editor)
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window._code == "cases" and "周女士" in dump(window.current().case.header)


def test_what_is_saved_late_leaves_the_form_of_the_next_case_alone(page, house):
    data = page.case.data
    page.open_case(house.third)
    data.edit()
    data._form.editor("product").set_value("枕套")
    data._saved(house.first, 1, "")
    assert data.is_editing() and data._form.values()["product"] == "枕套"
    data._saved(house.third, 1, "")
    assert not data.is_editing()


def test_the_draft_of_a_form_goes_with_its_saving(page, house, database, monkeypatch):
    data = page.case.data
    page.open_case(house.third)
    data.edit()
    assert data._found.row.number == house.third
    data._form.editor("product").set_value("金手镯")
    with database.writing(page.desk.actor, "draft.keep") as work:
        drafts.keep_for(work, drafts.FIELDS, house.third, {"product": "金手镯"})
    monkeypatch.setattr(data._keeping, "drop", lambda: None)  # as if the program ended before it
    data.save()
    with database.reading(page.desk.actor) as work:
        assert case_file.detail(work, house.third).draft.product == "金手镯"
        assert drafts.of(work, drafts.FIELDS, house.third) == ()


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
    assert "第 11 次打来" in _shown(case.progress)
    page.open_case(house.second)
    assert "次打来" not in _shown(case.progress) and "登记，孙主任" in _shown(case.progress)


def test_a_timeline_scrolls_no_further_than_its_entries(page, case, database, manager, house):
    _talk(database, manager, house.first, 30)
    page.refresh()
    QApplication.processEvents()
    area = case.progress.findChild(QScrollArea)
    list_ends = max(entry.geometry().bottom() for entry in area.findChildren(Entry))
    assert area.verticalScrollBar().maximum() + area.viewport().height() - list_ends < 20
