"""Keeping what was agreed: payments and acts on each duty, part payments, what is no longer asked for."""

from dataclasses import dataclass

from sqlalchemy import func, select

from odr_desk.model.agreement import Advance, Agreement, Duty, PerformanceEntry
from odr_desk.model.case import Case
from odr_desk.rules import moments, money
from odr_desk.rules.case import CaseState, Performance
from odr_desk.rules.clauses import Share, kind_of
from odr_desk.rules.duty import DutyFacts, DutyState, PerformanceDraft, check_performance, performance
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import timeline
from odr_desk.store.database import Work

VOIDED = "协议作废"
"""Why the duties of a void agreement are no longer asked for."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What is left of a duty after something was done on it, in fen."""

    outstanding: int
    state: DutyState
    performance: Performance


def perform(work: Work, agreement_no: str, number: int, draft: PerformanceDraft) -> Performed:
    """Write down a payment or an act on a duty; part payments add up, more than is owed is refused."""
    work.actor.require(Right.PERFORM)
    agreement, duty = find(work, agreement_no, number)
    facts = _still_owed(agreement, duty, "登记履行")
    check_performance(draft, facts, agreement.signed_on, moments.day_of(work.now))
    record(work, duty, draft)
    case = work.session.get_one(Case, agreement.case_id)
    left = facts_of(duty).outstanding
    paid = f" {money.show(draft.amount)} 元" if duty.amount is not None else ""
    rest = f"，还剩 {money.show(left)} 元" if left else ""
    timeline.system(work, case, EventKind.DUTY, f"第 {number} 项已履行{paid}（{draft.on}）{rest}")
    return Performed(left, facts_of(duty).state, keep(work, case))


def record(work: Work, duty: Duty, draft: PerformanceDraft, advance_id: int | None = None) -> None:
    """Put a payment or act on record as it is; the caller has checked it and keeps the case up to date."""
    assert draft.on is not None  # noqa: S101 - required in the draft
    paid = draft.amount or 0
    work.session.add(
        PerformanceEntry(
            duty_id=duty.id,
            case_id=duty.case_id,
            amount=paid,
            on=draft.on,
            method=draft.method or duty.method,
            proof=draft.proof,
            by=work.actor.name,
            recorded_at=work.now,
            advance_id=advance_id,
        )
    )
    duty.performed += paid
    if duty.amount is None or duty.performed == duty.amount:
        duty.done_on = draft.on


def take_back(work: Work, entry_id: int, reason: str) -> Performed:
    """Take back an entry made by mistake; it stays on record with the reason."""
    work.actor.require(Right.PERFORM)
    entry = work.session.get(PerformanceEntry, entry_id)
    if entry is None or entry.taken_back_at is not None:
        raise Missing("这条履行记录不在了，或者已经撤回")
    if entry.advance_id is not None:
        raise IllegalMove("这一笔是商场先行赔付，不能在这里撤回")
    agreement = work.session.get_one(Agreement, work.session.get_one(Duty, entry.duty_id).agreement_id)
    case = work.session.get_one(Case, entry.case_id)
    if case.state is CaseState.CLOSED:
        raise IllegalMove(f"投诉件 {case.number} 已归档，请先重新打开，再撤回履行记录", ("reopen",))
    reason = _reason(reason, "请写明为什么撤回这条履行记录")
    duty = work.session.get_one(Duty, entry.duty_id)
    entry.taken_back_at, entry.taken_back_by, entry.taken_back_reason = work.now, work.actor.name, reason
    duty.performed -= entry.amount
    duty.done_on = None
    if agreement.voided_at is not None:
        drop(work, duty, VOIDED)
    count_money(work, case)
    timeline.system(work, case, EventKind.DUTY, f"撤回第 {duty.number} 项的一条履行记录：{reason}")
    facts = facts_of(duty)
    return Performed(facts.outstanding, facts.state, keep(work, case))


def waive(work: Work, agreement_no: str, number: int, reason: str) -> Performance:
    """Note that a duty is no longer asked for, and why."""
    work.actor.require(Right.MEDIATE)
    agreement, duty = find(work, agreement_no, number)
    _still_owed(agreement, duty, "改为不再要求")
    reason = _reason(reason, "请写明为什么不再要求履行这一项")
    drop(work, duty, reason)
    case = work.session.get_one(Case, agreement.case_id)
    count_money(work, case)
    timeline.system(work, case, EventKind.DUTY, f"第 {number} 项不再要求履行：{reason}")
    return keep(work, case)


def drop(work: Work, duty: Duty, reason: str) -> None:
    """Mark a duty as no longer owed."""
    duty.waived_at, duty.waived_by, duty.waive_reason = work.now, work.actor.name, reason


def count_money(work: Work, case: Case) -> int:
    """Bring what a case counts as refund, compensation and punitive part up to date, and return all of it in fen.

    It is what the agreement in force still stands for, and what was paid under void ones. A recovered loss that was
    put right by hand changes by as much as the sum does.
    """
    work.session.flush()
    parts = dict.fromkeys(Share, 0)
    for duty in work.session.scalars(select(Duty).where(Duty.case_id == case.id)):
        parts[kind_of(duty.kind).share] += facts_of(duty).stands
    before, after = case.refund + case.compensation + case.punitive, sum(parts.values())
    case.refund, case.compensation, case.punitive = (parts[share] for share in Share)
    if case.recovered is not None:
        case.recovered = max(0, case.recovered + after - before)
    return after


def paid_before(work: Work, case_id: int) -> int:
    """Return what was paid under the void agreements of a case, in fen."""
    void = select(func.coalesce(func.sum(Duty.performed), 0)).join(Agreement, Agreement.id == Duty.agreement_id)
    return int(work.session.scalar(void.where(Duty.case_id == case_id, Agreement.voided_at.is_not(None))) or 0)


def keep(work: Work, case: Case) -> Performance:
    """Bring the case's word on performance up to date and return it."""
    work.session.flush()
    advanced = work.session.scalar(
        select(Advance.id).where(Advance.case_id == case.id, Advance.paid_on.is_not(None)).limit(1)
    )
    agreement = running(work, case.id)
    facts = tuple(facts_of(duty) for duty in of_agreement(work, agreement.id)) if agreement else ()
    today = moments.day_of(work.now)
    signed_on = agreement.signed_on if agreement else today
    kept = performance(facts, signed_on, today, advanced=advanced is not None)
    if case.performance is not kept:
        case.performance = kept
    return kept


def pass_day(work: Work) -> int:
    """Mark the cases whose duties have become overdue since the last time; return how many."""
    today = moments.day_of(work.now)
    late = select(Duty.case_id).where(Duty.done_on.is_(None), Duty.waived_at.is_(None), Duty.due_on < today).distinct()
    waiting = (Performance.NOT_DUE, Performance.PARTLY)
    cases = list(work.session.scalars(select(Case).where(Case.id.in_(late), Case.performance.in_(waiting))))
    return sum(keep(work, case) is Performance.OVERDUE for case in cases)


def running(work: Work, case_id: int) -> Agreement | None:
    """Return the agreement of a case that is in force."""
    chosen = select(Agreement).where(Agreement.case_id == case_id, Agreement.voided_at.is_(None))
    return work.session.scalars(chosen).one_or_none()


def in_words(agreement: Agreement) -> str:
    """Name an agreement, with who concluded it and when."""
    return f"{agreement.number}（{agreement.created_by} {moments.show_moment(agreement.created_at)} 签订）"


def agreement_named(work: Work, number: str) -> Agreement:
    """Return the agreement of a number, in force or void; raise Missing when there is none."""
    found = work.session.scalars(select(Agreement).where(Agreement.number == number)).one_or_none()
    if found is None:
        raise Missing(f"没有编号为 {number} 的协议，请核对编号")
    return found


def of_agreement(work: Work, agreement_id: int) -> tuple[Duty, ...]:
    """Return the duties of an agreement in the order of its clauses."""
    return tuple(work.session.scalars(select(Duty).where(Duty.agreement_id == agreement_id).order_by(Duty.number)))


def find(work: Work, agreement_no: str, number: int) -> tuple[Agreement, Duty]:
    """Return an agreement and one of its duties; raise Missing when there is none."""
    agreement = agreement_named(work, agreement_no)
    for duty in of_agreement(work, agreement.id):
        if duty.number == number:
            return agreement, duty
    raise Missing(f"协议 {agreement_no} 没有第 {number} 项")


def facts_of(duty: Duty) -> DutyFacts:
    """Return what the rules have to know of a duty."""
    return DutyFacts(
        amount=duty.amount,
        performed=duty.performed,
        due_on=duty.due_on,
        done_on=duty.done_on,
        waived=duty.waived_at is not None,
    )


def _still_owed(agreement: Agreement, duty: Duty, deed: str) -> DutyFacts:
    if agreement.voided_at is not None:
        raise IllegalMove(f"协议 {agreement.number} 已作废，不能再{deed}")
    facts = facts_of(duty)
    if not facts.is_open:
        raise IllegalMove(f"第 {duty.number} 项{facts.state.label}，不能再{deed}")
    return facts


def _reason(text: str, ask: str) -> str:
    reason = text.strip()
    if not reason:
        raise Invalid.of("reason", ask)
    return sentence("原因", reason)
