"""Performing what was agreed."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import select

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.rules.case import Performance
from odr_desk.rules.duty import DutyState, PerformanceDraft
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import agreements, duties, timeline
from tests.settled import APOLOGY, REFUND, case_of, conclude

TODAY = date(2026, 11, 23)


def perform(database, actor, number, duty, amount, on=TODAY, **more):
    with database.writing(actor, "duty.perform") as work:
        return duties.perform(work, number, duty, PerformanceDraft(amount=amount, on=on, **more))


def performance_of(database, actor, number):
    with database.reading(actor) as work:
        return case_of(work, number).performance


def test_part_payments_add_up_until_the_duty_is_done(database, mediator, clerk):
    number = conclude(database, mediator).agreement_no
    first = perform(database, clerk, number, 1, 100000, proof="回单 0071")
    assert (first.outstanding, first.state, first.performance) == (29900, DutyState.PARTLY, Performance.PARTLY)
    second = perform(database, clerk, number, 1, 29900)
    assert (second.outstanding, second.state) == (0, DutyState.DONE)
    last = perform(database, clerk, number, 2, 0)
    assert (last.state, last.performance) == (DutyState.DONE, Performance.AT_ONCE)
    with database.reading(clerk) as work:
        said = [row.text for row in timeline.rows(work, case_of(work, number).id)]
        assert "第 1 项已履行 1,000.00 元（2026-11-23），还剩 299.00 元" in said


@pytest.mark.parametrize(
    ("duty", "amount", "on", "field"),
    [
        (1, 129901, TODAY, "amount"),
        (1, 0, TODAY, "amount"),
        (2, 100, TODAY, "amount"),
        (1, 100, date(2026, 11, 24), "on"),
        (1, 100, date(2026, 11, 22), "on"),
    ],
)
def test_what_cannot_have_been_paid_is_refused(database, mediator, duty, amount, on, field):
    number = conclude(database, mediator).agreement_no
    with pytest.raises(Invalid) as refused:
        perform(database, mediator, number, duty, amount, on)
    assert [p.field for p in refused.value.problems] == [field]
    with database.reading(mediator) as work:
        assert work.session.scalars(select(PerformanceEntry)).all() == []


def test_more_than_the_rest_is_refused(database, mediator):
    number = conclude(database, mediator).agreement_no
    perform(database, mediator, number, 1, 100000)
    with pytest.raises(Invalid, match=r"还剩 299\.00 元"):
        perform(database, mediator, number, 1, 30000)


def test_what_is_done_waived_or_void_takes_nothing_more(database, mediator):
    number = conclude(database, mediator).agreement_no
    perform(database, mediator, number, 2, 0)
    with pytest.raises(IllegalMove, match="已履行"):
        perform(database, mediator, number, 2, 0)
    with database.writing(mediator, "duty.waive") as work:
        assert duties.waive(work, number, 1, "消费者书面放弃") is Performance.AT_ONCE
    with pytest.raises(IllegalMove, match="不再要求"):
        perform(database, mediator, number, 1, 100)
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, number, "写错")
    with pytest.raises(IllegalMove, match="已作废"):
        perform(database, mediator, number, 1, 100)


def test_unknown_numbers_are_said(database, mediator):
    number = conclude(database, mediator).agreement_no
    with pytest.raises(Missing, match="没有第 3 项"):
        perform(database, mediator, number, 3, 100)
    with pytest.raises(Missing, match="没有编号为"):
        perform(database, mediator, "锡八佰伴和〔2026〕009号", 1, 100)


def test_waiving_needs_a_reason_and_the_right(database, mediator, clerk):
    number = conclude(database, mediator).agreement_no
    with pytest.raises(NotAllowed), database.writing(clerk, "duty.waive") as work:
        duties.waive(work, number, 1, "不要了")
    with pytest.raises(Invalid, match="为什么"), database.writing(mediator, "duty.waive") as work:
        duties.waive(work, number, 1, " ")
    with pytest.raises(Invalid, match="200"), database.writing(mediator, "duty.waive") as work:
        duties.waive(work, number, 1, "字" * 201)


def test_only_who_performs_may_write_payments_down(database, mediator, auditor):
    number = conclude(database, mediator).agreement_no
    with pytest.raises(NotAllowed):
        perform(database, auditor, number, 1, 100)


def test_a_day_that_passes_makes_duties_overdue_without_touching_the_version(database, mediator, clock):
    number = conclude(database, mediator).agreement_no
    with database.reading(mediator) as work:
        version = case_of(work, number).version_id
    clock.forward(days=11)
    with database.writing(mediator, "day") as work:
        assert duties.pass_day(work) == 0
    clock.forward(days=1)
    with database.writing(mediator, "day") as work:
        assert duties.pass_day(work) == 1
        assert duties.pass_day(work) == 0
    assert performance_of(database, mediator, number) is Performance.OVERDUE
    with database.reading(mediator) as work:
        assert case_of(work, number).version_id == version
    perform(database, mediator, number, 1, 129900, date(2026, 12, 5))
    perform(database, mediator, number, 2, 0, date(2026, 12, 5))
    assert performance_of(database, mediator, number) is Performance.DONE


def test_an_entry_made_by_mistake_is_taken_back_and_stays_on_record(database, mediator):
    number = conclude(database, mediator, REFUND).agreement_no
    perform(database, mediator, number, 1, 129900)
    with database.writing(mediator, "duty.take_back") as work:
        entry = work.session.scalars(select(PerformanceEntry)).one()
        left = duties.take_back(work, entry.id, "记错了件")
        assert (left.outstanding, left.state, left.performance) == (129900, DutyState.OPEN, Performance.NOT_DUE)
        assert (entry.taken_back_by, entry.taken_back_reason) == ("刘洋", "记错了件")
        with pytest.raises(Missing):
            duties.take_back(work, entry.id, "记错了件")
    assert perform(database, mediator, number, 1, 129900).outstanding == 0


def test_taking_back_needs_a_reason(database, mediator):
    number = conclude(database, mediator, REFUND).agreement_no
    perform(database, mediator, number, 1, 100)
    with pytest.raises(Invalid), database.writing(mediator, "duty.take_back") as work:
        duties.take_back(work, work.session.scalars(select(PerformanceEntry)).one().id, "")


def test_settlement_equals_paid_and_outstanding(database, mediator):
    number = conclude(database, mediator, REFUND, dataclasses.replace(APOLOGY, kind="C08", amount=5000)).agreement_no
    perform(database, mediator, number, 1, 777)
    with database.reading(mediator) as work:
        agreement = duties.agreement_named(work, number)
        owed = duties.of_agreement(work, agreement.id)
        paid = sum(entry.amount for entry in work.session.scalars(select(PerformanceEntry)))
        assert agreement.total == paid + sum(duties.facts_of(duty).outstanding for duty in owed) == 134900
