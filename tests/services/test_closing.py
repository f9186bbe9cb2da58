"""The closing gate and the archive."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.rules.appointment import AppointmentState
from odr_desk.rules.case import UNSETTLED, CaseState
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.errors import IllegalMove, Invalid, NotAllowed
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import (
    agreements,
    appointments,
    case_file,
    cases,
    closing,
    duties,
    failing,
    feedback,
    handling,
    issued_papers,
    mending,
    timeline,
)
from tests.make import make_case
from tests.settled import APOLOGY, REFUND, case_of, conclude

TODAY = date(2026, 11, 23)
LEFT = {"paper": "当场手写协议", "revisit": "消费者说不用回访"}


@pytest.fixture
def settled(database, mediator):
    """Case and agreement number of a case with two duties."""
    agreement_no = conclude(database, mediator, REFUND, APOLOGY).agreement_no
    with database.reading(mediator) as work:
        return case_of(work, agreement_no).number, agreement_no


def close(database, actor, case_no, **waivers):
    with database.writing(actor, "case.close") as work:
        closing.close(work, case_no, waivers)


def finish(database, actor, case_no, agreement_no):
    """Perform every duty and feed the result back."""
    with database.writing(actor, "duty.perform") as work:
        duties.perform(work, agreement_no, 1, PerformanceDraft(amount=129900, on=TODAY))
        duties.perform(work, agreement_no, 2, PerformanceDraft(amount=0, on=TODAY))
        feedback.send(work, case_no, TODAY)


def test_what_the_archive_rests_on_is_not_taken_back(database, mediator, settled):
    finish(database, mediator, *settled)
    close(database, mediator, settled[0], **LEFT)
    with database.writing(mediator, "duty.take_back") as work:
        entry = work.session.scalars(select(PerformanceEntry)).first()
        with pytest.raises(IllegalMove, match="已归档，请先重新打开") as refused:
            duties.take_back(work, entry.id, "记错了")
        assert refused.value.legal == ("reopen",)
        closing.reopen(work, settled[0], "消费者说没有收到钱")
        assert duties.take_back(work, entry.id, "记错了").outstanding == 129900


def test_the_gate_lists_what_is_open_blocking_things_first(database, mediator, settled):
    with database.reading(mediator) as work:
        found = closing.gate(work, settled[0])
    assert [item.code for item in found] == ["duty:1", "duty:2", "feedback", "paper", "revisit"]
    assert [item.owed for item in found] == [True, True, True, False, False]
    assert found[0].text.startswith("第 1 项没有履行完：乙方退还甲方货款")


def test_a_case_with_open_duties_is_not_closed(database, mediator, settled):
    with pytest.raises(IllegalMove) as refused:
        close(database, mediator, settled[0])
    assert refused.value.legal == ("duty:1", "duty:2", "feedback", "paper", "revisit")
    assert "还有 5 项没有办完" in str(refused.value)
    with database.reading(mediator) as work:
        assert cases.named(work, settled[0]).is_open


def test_a_finished_case_goes_into_the_archive(database, mediator, settled):
    finish(database, mediator, *settled)
    with database.writing(mediator, "case.next_step") as work:
        handling.set_next_step(work, settled[0], "回访", date(2026, 11, 26))
    with pytest.raises(IllegalMove) as refused:
        close(database, mediator, settled[0], **LEFT)
    assert refused.value.legal == ("next_step",)
    close(database, mediator, settled[0], **LEFT, next_step="电话打不通三次")
    with database.reading(mediator) as work:
        case = cases.named(work, settled[0])
        assert (case.state, case.is_open, case.archived_on) == (CaseState.CLOSED, False, TODAY)
        assert (case.next_step, case.next_step_on) == ("", None)
        noted = timeline.rows(work, case.id)[0].text
        assert noted.startswith("和解成功 → 已归档；和解协议书")
        assert noted.endswith("下一步没有办：回访，不再办：电话打不通三次")


def test_what_is_left_undone_is_waived_with_a_reason_each(database, mediator, settled):
    reasons = LEFT | {"duty:1": "消费者书面放弃", "duty:2": "当面已道歉", "feedback": "平台已关闭该单"}
    close(database, mediator, settled[0], **reasons)
    with database.reading(mediator) as work:
        case = cases.named(work, settled[0])
        assert case.state is CaseState.CLOSED
        found = duties.of_agreement(work, duties.agreement_named(work, settled[1]).id)
        assert [duty.waive_reason for duty in found] == ["消费者书面放弃", "当面已道歉"]
        assert "结果还没有反馈平台，不再办：平台已关闭该单" in timeline.rows(work, case.id)[0].text


@pytest.mark.parametrize("waivers", [{"duty:1": " "}, {"duty:9": "没有"}])
def test_a_waiver_needs_its_item_and_a_reason(database, mediator, settled, waivers):
    with pytest.raises(Invalid) as refused:
        close(database, mediator, settled[0], **waivers)
    assert refused.value.problems[0].field == f"waivers.{next(iter(waivers))}"


def test_a_case_without_result_is_not_closed(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with pytest.raises(IllegalMove, match="不能改为已归档"):
        close(database, mediator, number)


def test_what_the_monthly_form_wants_is_asked_for_and_waived_with_a_reason(database, mediator):
    with database.writing(mediator, "case.advance") as work:
        case = make_case(work, channel="CH06", problem="", category="")
        cases.move(work, case, CaseState.SETTLED, "口头和解")
        number = case.number
        left = [item.code for item in closing.gate(work, number)]
    assert left == ["revisit", "problem", "category", "recovered"]
    with pytest.raises(IllegalMove):
        close(database, mediator, number)
    close(database, mediator, number, **dict.fromkeys(left, "登记错了，另有一件"))


def test_closing_is_for_who_mediates(database, clerk, settled):
    with pytest.raises(NotAllowed):
        close(database, clerk, settled[0])


def test_an_archived_case_is_opened_again_with_trace(database, mediator, settled):
    finish(database, mediator, *settled)
    close(database, mediator, settled[0], **LEFT)
    with database.writing(mediator, "case.reopen") as work:
        with pytest.raises(Invalid):
            closing.reopen(work, settled[0], " ")
        assert closing.reopen(work, settled[0], "同一商品又坏") is CaseState.NEGOTIATING
        case = cases.named(work, settled[0])
        assert case.is_open and case.archived_on == date(2026, 11, 23)
        said = "同一商品又坏（上次 2026-11-23 办结，期限 2026-12-07，不再重新计算）"
        assert timeline.rows(work, case.id)[0].text == f"已归档 → 协商中：重新打开：{said}"
        with pytest.raises(IllegalMove):
            closing.reopen(work, settled[0], "再开")


def test_a_case_opened_again_can_be_settled_and_closed_again(database, mediator, settled):
    finish(database, mediator, *settled)
    close(database, mediator, settled[0], **LEFT)
    with database.writing(mediator, "case.reopen") as work:
        closing.reopen(work, settled[0], "补充说明")
        cases.advance(work, settled[0], CaseState.SETTLED, "原协议已履行，消费者认可")
        assert cases.named(work, settled[0]).recovered == 129900
    close(database, mediator, settled[0], **LEFT)


def test_a_sitting_that_is_still_arranged_is_called_off_with_the_reason(database, mediator, settled, clock):
    number, _agreement = settled
    finish(database, mediator, *settled)
    with database.writing(mediator, "appointment.add") as work:
        appointments.add(work, number, appointments.proposed(work, number))
    with database.reading(mediator) as work:
        item = closing.gate(work, number)[0]
    assert (item.code, item.owed) == ("appointment:1", True)
    assert item.text == "约好 11-24 周二 14:00–15:00 的调解没有记，也没有取消"
    close(database, mediator, number, **LEFT, **{item.code: "已和解，电话告知双方"})
    with database.reading(mediator) as work:
        (row,) = appointments.of_case(work, number)
        assert (row.state, row.reason) == (AppointmentState.CANCELLED, "已和解，电话告知双方")
        told = [event.text for event in timeline.rows(work, cases.named(work, number).id)]
    assert any(text.startswith("取消 11-24 周二 14:00 的调解：已和解") for text in told)


def test_a_sitting_whose_time_is_over_waits_for_its_record_only(database, mediator, settled, clock):
    with database.writing(mediator, "appointment.add") as work:
        appointments.add(work, settled[0], appointments.proposed(work, settled[0]))
    clock.now += timedelta(days=3)
    with database.reading(mediator) as work:
        (item,) = [one for one in closing.gate(work, settled[0]) if one.code == "appointment:1"]
    assert not item.owed


def test_while_the_agreement_is_in_force_the_case_gets_no_other_result(database, mediator, settled):
    case_no, agreement_no = settled
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, case_no, CaseState.NEGOTIATING)
    with database.reading(mediator) as work:
        found = case_file.detail(work, case_no)
    assert found.agreed
    assert CaseState.SETTLED in found.legal
    assert UNSETTLED.isdisjoint(found.legal)
    with pytest.raises(IllegalMove, match=f"{agreement_no} 还在生效"), database.writing(mediator, "fail") as work:
        failing.fail(work, case_no, FailDraft(reason=FailReason.MERCHANT_REFUSES))
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreement_no, "商户不认")
    with database.writing(mediator, "fail") as work:
        assert failing.fail(work, case_no, FailDraft(reason=FailReason.MERCHANT_REFUSES)) is CaseState.FAILED


def test_a_failure_without_its_notice_or_letter_is_not_closed_unseen(database, mediator):
    with database.writing(mediator, "fail") as work:
        number = make_case(work).number
        failing.fail(work, number, FailDraft(reason=FailReason.TOO_FAR_APART, text="差得远"), TransferDraft())
        papers = {item.code for item in closing.gate(work, number) if item.target is closing.Target.PAPER}
        assert papers == {"paper:failure_notice", "paper:transfer_letter"}
        _notice, letter = failing.hand_out(work, number)
        assert not [item for item in closing.gate(work, number) if item.target is closing.Target.PAPER]
        issued_papers.void(work, letter.document_id, "写错")
        (left,) = (item for item in closing.gate(work, number) if item.target is closing.Target.PAPER)
        assert (left.paper, left.text) == ("transfer_letter", "消费投诉移送函没有出具")


def test_who_ends_a_case_may_say_what_was_recovered(database, mediator, clerk):
    with database.writing(mediator, "case.advance") as work:
        number = make_case(work).number
        cases.advance(work, number, CaseState.SETTLED, "当场换货")
        assert "recovered" in [item.code for item in closing.gate(work, number)]
        mending.mend(work, number, mending.look(work, number).version, "recovered", 0)
        assert "recovered" not in [item.code for item in closing.gate(work, number)]
    with pytest.raises(NotAllowed), database.writing(clerk, "case.mend") as work:
        mending.mend(work, number, mending.look(work, number).version, "recovered", 0)


def test_who_left_the_counter_content_is_not_called(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work, channel="CH06", solved_on_spot=True).number
        assert "revisit" not in [item.code for item in closing.gate(work, number)]


def test_the_call_back_is_due_in_three_working_days(database, mediator, clock):
    clock.forward(days=4)  # Friday
    with database.writing(mediator, "case.advance") as work:
        number = make_case(work).number
        cases.advance(work, number, CaseState.SETTLED, "换货")
        assert cases.named(work, number).revisit_due_on == date(2026, 12, 2)
        assert "revisit" in [item.code for item in closing.gate(work, number)]
