"""Paying in the merchant's stead and taking it back."""

from datetime import date

import pytest
from sqlalchemy import event, select

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.rules.advance import AdvanceCause, AdvanceDraft, AdvanceState, RecoveryDraft
from odr_desk.rules.case import Performance
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import advances, cases, closing, duties
from tests.make import make_case
from tests.settled import APOLOGY, REFUND, case_of, conclude

TODAY = date(2026, 11, 23)
CLAIMED = "三次电话、一次函，商户撤场失联"


def request(database, actor, case_no, amount=129900):
    draft = AdvanceDraft(amount=amount, cause=AdvanceCause.LEFT, reason=CLAIMED)
    with database.writing(actor, "advance.request") as work:
        return advances.request(work, case_no, draft)


@pytest.fixture
def owed(database, mediator):
    """Case and agreement number of a case whose merchant owes 1,299.00."""
    agreement_no = conclude(database, mediator, REFUND).agreement_no
    with database.reading(mediator) as work:
        return case_of(work, agreement_no).number, agreement_no


@pytest.fixture
def paid(database, mediator, manager, owed):
    """The number of an advance payment that has been made."""
    number = request(database, mediator, owed[0]).advance_no
    with database.writing(manager, "advance.pay") as work:
        advances.approve(work, number)
        advances.pay(work, number, TODAY, "付 0071")
    return number


def test_from_request_to_payment_the_duty_is_performed_by_the_mall(database, mediator, manager, owed):
    case_no, agreement_no = owed
    row = request(database, mediator, case_no)
    assert (row.advance_no, row.state, row.source) == ("锡八佰伴赔〔2026〕001号", AdvanceState.REQUESTED, "商户保证金")
    with database.writing(manager, "advance.approve") as work:
        assert advances.pending(work, case_no, AdvanceState.REQUESTED) == row.advance_no
        assert advances.approve(work, row.advance_no).state is AdvanceState.APPROVED
        done = advances.pay(work, row.advance_no, TODAY)
        assert (done.state, done.remaining, done.approved_by) == (AdvanceState.PAID, 129900, "孙主任")
        assert cases.named(work, case_no).performance is Performance.ADVANCED
        (duty,) = duties.of_agreement(work, duties.agreement_named(work, agreement_no).id)
        assert duties.facts_of(duty).outstanding == 0
        assert not [item for item in closing.gate(work, case_no) if item.code.startswith("duty")]


def test_recovery_adds_up_to_the_end(database, manager, paid):
    with database.writing(manager, "recovery.add") as work:
        assert advances.notify(work, paid, TODAY).notified_on == TODAY
        left = advances.recover(work, paid, RecoveryDraft(amount=100000, on=TODAY, source="扣划保证金"))
        assert (left.remaining, left.state) == (29900, AdvanceState.PAID)
        with pytest.raises(Invalid, match="299"):
            advances.recover(work, paid, RecoveryDraft(amount=29901, on=TODAY, source="商户付款"))
        rest = advances.recover(work, paid, RecoveryDraft(amount=29900, on=TODAY, source="商户付款"))
        assert (rest.remaining, rest.state) == (0, AdvanceState.RECOVERED)
        with pytest.raises(IllegalMove):
            advances.recover(work, paid, RecoveryDraft(amount=1, on=TODAY, source="商户付款"))


def test_the_law_wants_a_failed_claim_on_the_merchant(database, mediator, owed):
    with pytest.raises(Invalid) as refused, database.writing(mediator, "advance.request") as work:
        advances.request(work, owed[0], AdvanceDraft(amount=100, reason=" "))
    assert [p.field for p in refused.value.problems] == ["reason"]


def test_no_more_than_is_owed_and_one_at_a_time(database, mediator, owed):
    with pytest.raises(Invalid, match=r"1,299\.00"):
        request(database, mediator, owed[0], 129901)
    request(database, mediator, owed[0], 100)
    with pytest.raises(IllegalMove, match="待审批"):
        request(database, mediator, owed[0], 100)


def test_clear_liability_is_enough_without_an_agreement(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    assert request(database, mediator, number, 73000).amount == 73000


def test_what_the_merchant_paid_meanwhile_is_not_paid_again(database, mediator, manager, owed):
    number = request(database, mediator, owed[0]).advance_no
    with database.writing(manager, "duty.perform") as work:
        advances.approve(work, number)
        duties.perform(work, owed[1], 1, PerformanceDraft(amount=100, on=TODAY))
    with pytest.raises(IllegalMove, match=r"1,298\.00"), database.writing(manager, "advance.pay") as work:
        advances.pay(work, number, TODAY)


def test_only_the_manager_decides(database, mediator, clerk, owed):
    with pytest.raises(NotAllowed):
        request(database, clerk, owed[0])
    number = request(database, mediator, owed[0]).advance_no
    for step in (advances.approve, lambda work, no: advances.pay(work, no, TODAY)):
        with pytest.raises(NotAllowed), database.writing(mediator, "advance.approve") as work:
            step(work, number)


def test_a_request_may_be_turned_down_and_made_again(database, mediator, manager, owed):
    number = request(database, mediator, owed[0]).advance_no
    with database.writing(manager, "advance.refuse") as work:
        with pytest.raises(Invalid):
            advances.refuse(work, number, "")
        assert advances.refuse(work, number, "商户已答应周五付款").refusal == "商户已答应周五付款"
    assert request(database, mediator, owed[0]).advance_no.endswith("002号")


def test_steps_come_in_their_order(database, mediator, manager, owed):
    number = request(database, mediator, owed[0]).advance_no
    with pytest.raises(IllegalMove, match="待付款"), database.writing(manager, "advance.pay") as work:
        advances.pay(work, number, TODAY)
    with pytest.raises(Missing), database.writing(manager, "advance.approve") as work:
        advances.approve(work, "锡八佰伴赔〔2026〕099号")
    with pytest.raises(Missing), database.reading(manager) as work:
        advances.pending(work, owed[0], AdvanceState.PAID)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_payment_and_notice_have_possible_days(database, mediator, manager, owed, paid, day):
    with pytest.raises(Invalid), database.writing(manager, "advance.notify") as work:
        advances.notify(work, paid, day)
    second = conclude(database, mediator, REFUND, APOLOGY).agreement_no
    with database.reading(mediator) as work:
        case_no = case_of(work, second).number
    number = request(database, mediator, case_no).advance_no
    with database.writing(manager, "advance.approve") as work:
        advances.approve(work, number)
    with pytest.raises(Invalid), database.writing(manager, "advance.pay") as work:
        advances.pay(work, number, day)


def test_the_register_holds_all(database, manager, mediator, owed, paid):
    with database.reading(manager) as work:
        assert [row.advance_no for row in advances.rows(work)] == [paid]
        assert advances.rows(work, owed[0]) == (advances.named(work, paid),)


def test_an_archived_case_is_opened_first(database, mediator, owed):
    reasons = {"duty:1": "消费者放弃", "feedback": "平台已关闭", "paper": "手写协议", "revisit": "不用回访"}
    with database.writing(mediator, "case.close") as work:
        closing.close(work, owed[0], reasons)
    with pytest.raises(IllegalMove, match="重新打开"):
        request(database, mediator, owed[0])


def test_a_voucher_fits_its_field(database, mediator, manager, owed):
    number = request(database, mediator, owed[0]).advance_no
    with database.writing(manager, "advance.approve") as work:
        advances.approve(work, number)
    with pytest.raises(Invalid, match="60"), database.writing(manager, "advance.pay") as work:
        advances.pay(work, number, TODAY, "字" * 61)


def test_the_malls_payment_is_not_taken_back_as_a_mistake(database, manager, paid):
    with database.writing(manager, "duty.take_back") as work:
        entry = work.session.scalars(select(PerformanceEntry)).one()
        with pytest.raises(IllegalMove, match="先行赔付"):
            duties.take_back(work, entry.id, "记错")


def test_only_money_is_performed_by_the_mall(database, mediator, manager):
    agreement_no = conclude(database, mediator, APOLOGY, REFUND).agreement_no
    with database.reading(mediator) as work:
        case_no = case_of(work, agreement_no).number
    number = request(database, mediator, case_no, 100_000).advance_no
    with database.writing(manager, "advance.pay") as work:
        advances.approve(work, number)
        advances.pay(work, number, TODAY)
        apology, refund = duties.of_agreement(work, duties.agreement_named(work, agreement_no).id)
        assert duties.facts_of(apology).is_open
        assert duties.facts_of(refund).outstanding == 29_900


def test_the_register_is_read_with_one_question(database, mediator, manager):
    for _ in range(3):
        agreement_no = conclude(database, mediator, REFUND).agreement_no
        with database.reading(mediator) as work:
            case_no = case_of(work, agreement_no).number
        request(database, mediator, case_no)
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cursor, text, *_: asked.append(text))
    with database.reading(manager) as work:
        found = advances.rows(work)
    assert len(found) == 3
    assert [text.split()[0] for text in asked] == ["BEGIN", "SELECT"]
