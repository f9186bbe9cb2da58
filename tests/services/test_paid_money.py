"""What counts as recovered: what an agreement still stands for, and what was paid under one that became void."""

import pytest

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.model.case import Case
from odr_desk.rules.advance import AdvanceDraft
from odr_desk.rules.case import CaseState, Performance
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import advances, agreements, cases, duties, mending, timeline
from odr_desk.services.figures import ledger_p02, monthly_f01
from odr_desk.store import verify
from tests.conftest import START
from tests.settled import APOLOGY, REFUND, case_of, conclude

TODAY = START.date()
NOVEMBER = Period(TODAY.replace(day=1), TODAY.replace(day=30))
COMPENSATION = TermDraft(kind="C08", amount=50_000)


@pytest.fixture
def agreement_no(database, mediator):
    """1,299.00 refund, 500.00 compensation and an apology."""
    return conclude(database, mediator, REFUND, COMPENSATION, APOLOGY).agreement_no


@pytest.fixture
def case_no(database, mediator, agreement_no):
    with database.reading(mediator) as work:
        return case_of(work, agreement_no).number


def pay(database, actor, number, duty, fen):
    with database.writing(actor, "duty.perform") as work:
        duties.perform(work, number, duty, PerformanceDraft(amount=fen, on=TODAY))


def waive(database, actor, number, duty):
    with database.writing(actor, "duty.waive") as work:
        return duties.waive(work, number, duty, "消费者书面放弃")


def void(database, actor, number):
    with database.writing(actor, "agree.void") as work:
        return agreements.void(work, number, "双方重谈")


def money_of(database, number):
    with database.reading(PROGRAM) as work:
        case = cases.named(work, number)
        return case.refund, case.compensation, case.recovered


def problems(database):
    with database.reading(PROGRAM) as work:
        return verify.look_over(work.session.connection(), database.folder, full=True).problems


def test_what_is_no_longer_asked_for_is_not_recovered(database, mediator, agreement_no, case_no):
    pay(database, mediator, agreement_no, 1, 60_000)
    assert money_of(database, case_no) == (129_900, 50_000, 179_900)
    waive(database, mediator, agreement_no, 1)
    assert money_of(database, case_no) == (60_000, 50_000, 110_000)
    assert problems(database) == ()


def test_a_duty_paid_in_part_and_waived_for_the_rest_is_kept(database, mediator):
    number = conclude(database, mediator, REFUND).agreement_no
    pay(database, mediator, number, 1, 60_000)
    assert waive(database, mediator, number, 1) is Performance.DONE


def test_what_was_put_right_by_hand_stays_put_right(database, mediator, manager, agreement_no, case_no):
    with database.writing(manager, "case.mend") as work:
        mending.mend(work, case_no, cases.named(work, case_no).version_id, "recovered", 200_000)
    pay(database, mediator, agreement_no, 1, 60_000)
    waive(database, mediator, agreement_no, 1)
    assert money_of(database, case_no)[2] == 200_000 - 69_900


def test_what_was_paid_under_a_void_agreement_stays_and_counts(database, mediator, agreement_no, case_no):
    pay(database, mediator, agreement_no, 1, 60_000)
    with database.reading(mediator) as work:
        assert agreements.voidable(work, agreement_no) == 60_000
    assert void(database, mediator, agreement_no) == 60_000
    assert money_of(database, case_no) == (60_000, 0, 60_000)
    with database.reading(mediator) as work:
        said = timeline.rows(work, cases.named(work, case_no).id)
        assert any(f"作废协议 {agreement_no}：双方重谈；已付的 600.00 元仍计入挽回经济损失" == row.text for row in said)
    assert problems(database) == ()


def test_it_counts_in_the_forms_also_when_the_case_fails(database, mediator, agreement_no, case_no):
    pay(database, mediator, agreement_no, 1, 60_000)
    void(database, mediator, agreement_no)
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, case_no, CaseState.FAILED, "商户不再出面")
    with database.reading(mediator) as work:
        whole = monthly_f01.total(monthly_f01.rows(work, NOVEMBER, EndedBy.ENDED))
        (line,) = ledger_p02.lines(work, NOVEMBER)
    assert (whole.recovered, line.refund, line.recovered) == (60_000, 60_000, 60_000)


def test_a_new_agreement_is_about_what_is_still_to_be_paid(database, mediator, agreement_no, case_no):
    pay(database, mediator, agreement_no, 1, 60_000)
    pay(database, mediator, agreement_no, 3, 0)
    void(database, mediator, agreement_no)
    with database.reading(mediator) as work:
        draft, terms = agreements.proposed(work, case_no)
        assert [(term.kind, term.amount) for term in terms] == [("C06", 69_900), ("C08", 50_000)]
        said = [check.text for check in agreements.look_over(work, case_no, draft, terms)]
    assert "此前按作废的协议已付 600.00 元，照样计入挽回经济损失；新协议只写还没付的" in said
    conclude(database, mediator, *terms, case_no=case_no)
    assert money_of(database, case_no) == (129_900, 50_000, 179_900)
    assert problems(database) == ()


def test_a_payment_under_a_void_agreement_is_taken_back_where_it_was_none(database, mediator, agreement_no, case_no):
    pay(database, mediator, agreement_no, 1, 129_900)
    void(database, mediator, agreement_no)
    with database.writing(mediator, "duty.take_back") as work:
        entry = work.session.query(PerformanceEntry).one()
        duties.take_back(work, entry.id, "记错了件")
    assert money_of(database, case_no) == (0, 0, 0)
    with database.reading(mediator) as work:
        assert all(
            duties.facts_of(duty).waived
            for duty in duties.of_agreement(work, duties.agreement_named(work, agreement_no).id)
        )
    assert problems(database) == ()


@pytest.mark.parametrize("approved", [False, True])
def test_an_advance_payment_under_way_is_settled_before(database, mediator, manager, agreement_no, case_no, approved):
    with database.writing(mediator, "advance.request") as work:
        row = advances.request(work, case_no, AdvanceDraft(amount=100_000, reason="三次电话未果"))
    if approved:
        with database.writing(manager, "advance.approve") as work:
            advances.approve(work, row.advance_no)
    with pytest.raises(IllegalMove, match="待付款" if approved else "待审批") as refused:
        void(database, mediator, agreement_no)
    assert row.advance_no in str(refused.value) and refused.value.legal == ("advance.pay", "advance.refuse")
    with database.writing(manager, "advance.refuse") as work:
        advances.refuse(work, row.advance_no, "协议要作废")
    assert void(database, mediator, agreement_no) == 0


def test_what_the_mall_paid_counts_as_paid(database, mediator, manager, agreement_no, case_no):
    with database.writing(mediator, "advance.request") as work:
        number = advances.request(work, case_no, AdvanceDraft(amount=100_000, reason="三次电话未果")).advance_no
    with database.writing(manager, "advance.pay") as work:
        advances.approve(work, number)
        advances.pay(work, number, TODAY)
    assert void(database, mediator, agreement_no) == 100_000
    assert money_of(database, case_no) == (100_000, 0, 100_000)


def test_verify_finds_a_sum_that_is_not_what_the_duties_say(database, mediator, agreement_no, case_no):
    with database.writing(mediator, "case.update") as work:
        work.session.query(Case).one().refund = 1
    (found,) = problems(database)
    assert found.invariant == "standing" and case_no in found.message and "退款 0.01 元" in found.message
