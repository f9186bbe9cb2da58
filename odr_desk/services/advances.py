"""The mall's payments in the merchant's stead, and taking them back (江苏省消费者权益保护条例 32)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.agreement import Advance, Duty, Recovery
from odr_desk.model.case import Case
from odr_desk.rules import mall, moments, money
from odr_desk.rules.advance import SOURCES, AdvanceDraft, AdvanceState, RecoveryDraft, check_advance, check_recovery
from odr_desk.rules.case import CaseState
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import cases, duties, setup, timeline
from odr_desk.store import numbers
from odr_desk.store.database import Work

SERIES, SIGN = "advance", "赔"
BY_THE_MALL = "商场先行赔付"
UNDER_WAY = (AdvanceState.REQUESTED, AdvanceState.APPROVED)


@dataclass(frozen=True, slots=True)
class AdvanceRow:
    """An advance payment with its balance, in fen."""

    advance_no: str
    case_no: str
    merchant: str
    consumer: str
    amount: int
    cause: str
    reason: str
    source: str
    state: AdvanceState
    requested_by: str
    approved_by: str
    refusal: str
    paid_on: date | None
    voucher: str
    notified_on: date | None
    recovered: int

    @property
    def remaining(self) -> int:
        """Return what is still to be taken back."""
        return self.amount - self.recovered if self.paid_on else 0


def request(work: Work, case_no: str, draft: AdvanceDraft) -> AdvanceRow:
    """Ask for an advance payment; the claim on the merchant must have failed, and how is written down."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能申请先行赔付，请先重新打开", ("reopen",))
    check_advance(draft, _owed(work, case))
    waiting = under_way(work, case)
    if waiting is not None:
        raise IllegalMove(f"先行赔付 {waiting.number} {waiting.state.label}，请先办完这一笔")
    year = moments.day_of(work.now).year
    advance = Advance(
        number=mall.paper_number(setup.profile(work), SIGN, year, numbers.take(work, SERIES, year)),
        case_id=case.id,
        merchant_id=case.merchant_id,
        amount=draft.amount,
        cause=draft.cause,
        reason=draft.reason,
        source=draft.source or SOURCES[0],
        state=AdvanceState.REQUESTED,
        requested_at=work.now,
        requested_by=work.actor.name,
        recovered=0,
    )
    work.session.add(advance)
    work.session.flush()
    return _noted(work, advance, f"申请先行赔付 {money.show(advance.amount)} 元：{advance.reason}")


def approve(work: Work, advance_no: str) -> AdvanceRow:
    """Approve a request."""
    work.actor.require(Right.MANAGE)
    advance = _in_state(work, advance_no, AdvanceState.REQUESTED)
    advance.state, advance.approved_at, advance.approved_by = AdvanceState.APPROVED, work.now, work.actor.name
    return _noted(work, advance, "先行赔付已批准")


def refuse(work: Work, advance_no: str, reason: str) -> AdvanceRow:
    """Turn a request down, also one that was approved and has not been paid, and say why."""
    work.actor.require(Right.MANAGE)
    advance = _in_state(work, advance_no, *UNDER_WAY)
    if not reason.strip():
        raise Invalid.of("reason", "请写明为什么不批准，最多 200 字")
    reason = sentence("原因", reason)
    advance.state, advance.approved_at, advance.approved_by = AdvanceState.REFUSED, work.now, work.actor.name
    advance.refusal = reason.strip()
    return _noted(work, advance, f"先行赔付未批准：{advance.refusal}")


def pay(work: Work, advance_no: str, on: date, voucher: str = "") -> AdvanceRow:
    """Note the payment; what it covers of the agreement counts as performed by the mall."""
    work.actor.require(Right.MANAGE)
    advance = _in_state(work, advance_no, AdvanceState.APPROVED)
    requested_on = moments.day_of(advance.requested_at)
    if not requested_on <= on <= moments.day_of(work.now):
        raise Invalid.of("on", f"付款日期应在申请日 {requested_on} 与今天之间，请核对日期")
    if len(voucher) > 60:
        raise Invalid.of("voucher", "付款凭证号最多 60 字")
    case = work.session.get_one(Case, advance.case_id)
    owed = _owed(work, case)
    if owed is not None and advance.amount > owed:
        words = f"商户已经付过一部分，协议只剩 {money.show(owed)} 元；请不批准这一笔，再按余额重新申请"
        raise IllegalMove(words, ("advance.refuse",))
    advance.state, advance.paid_on, advance.paid_by = AdvanceState.PAID, on, work.actor.name
    advance.voucher = voucher.strip()
    _perform(work, case, advance)
    duties.keep(work, case)
    return _noted(work, advance, f"商场先行赔付 {money.show(advance.amount)} 元（{on}）")


def notify(work: Work, advance_no: str, on: date) -> AdvanceRow:
    """Note the day on which the merchant was told to pay back."""
    work.actor.require(Right.MANAGE)
    advance = _in_state(work, advance_no, AdvanceState.PAID)
    if advance.paid_on is None or not advance.paid_on <= on <= moments.day_of(work.now):
        raise Invalid.of("on", f"通知日期应在付款日 {advance.paid_on} 与今天之间，请核对日期")
    advance.notified_on = on
    return _noted(work, advance, f"向商户发出追偿通知（{on}）")


def recover(work: Work, advance_no: str, draft: RecoveryDraft) -> AdvanceRow:
    """Write down money taken back from the merchant."""
    work.actor.require(Right.MANAGE)
    advance = _in_state(work, advance_no, AdvanceState.PAID)
    assert advance.paid_on is not None  # noqa: S101 - the state says so
    check_recovery(draft, advance.amount - advance.recovered, advance.paid_on, moments.day_of(work.now))
    work.session.add(
        Recovery(advance_id=advance.id, amount=draft.amount, on=draft.on, source=draft.source, by=work.actor.name)
    )
    advance.recovered += draft.amount or 0
    left = advance.amount - advance.recovered
    if not left:
        advance.state = AdvanceState.RECOVERED
    rest = f"，还有 {money.show(left)} 元" if left else "，已全部追回"
    return _noted(work, advance, f"追回 {money.show(draft.amount)} 元（{draft.source}）{rest}")


def named(work: Work, advance_no: str) -> AdvanceRow:
    """Return one advance payment."""
    work.actor.require(Right.READ_CASES)
    advance = _advance(work, advance_no)
    return _row(advance, work.session.get_one(Case, advance.case_id))


def pending(work: Work, case_no: str, state: AdvanceState) -> str:
    """Return the number of the case's advance payment that is in this state; raise Missing when there is none."""
    advance = _latest(work, cases.named(work, case_no), (state,))
    if advance is None:
        raise Missing(f"投诉件 {case_no} 没有{state.label}的先行赔付")
    return advance.number


def under_way(work: Work, case: Case) -> Advance | None:
    """Return the advance payment of a case that is asked for or approved and not paid yet; there is one at most."""
    return _latest(work, case, UNDER_WAY)


def rows(work: Work, case_no: str = "") -> tuple[AdvanceRow, ...]:
    """Return the advance payments of a case, or of all cases, the latest first."""
    work.actor.require(Right.READ_CASES)
    chosen = select(Advance, Case).join(Case, Case.id == Advance.case_id).order_by(Advance.id.desc())
    if case_no:
        chosen = chosen.where(Advance.case_id == cases.named(work, case_no).id)
    return tuple(_row(advance, case) for advance, case in work.session.execute(chosen))


def _perform(work: Work, case: Case, advance: Advance) -> None:
    agreement = duties.running(work, case.id)
    left = advance.amount
    for duty in duties.of_agreement(work, agreement.id) if agreement else ():
        part = min(left, duties.facts_of(duty).outstanding)
        if part:
            draft = PerformanceDraft(amount=part, on=advance.paid_on, method=BY_THE_MALL, proof=advance.number)
            duties.record(work, duty, draft, advance.id)
            left -= part


def _owed(work: Work, case: Case) -> int | None:
    """Return what the agreement in force still owes in money, None without an agreement."""
    agreement = duties.running(work, case.id)
    if agreement is None:
        return None
    owed: tuple[Duty, ...] = duties.of_agreement(work, agreement.id)
    return sum(duties.facts_of(duty).outstanding for duty in owed)


def _latest(work: Work, case: Case, states: tuple[AdvanceState, ...]) -> Advance | None:
    chosen = select(Advance).where(Advance.case_id == case.id, Advance.state.in_(states))
    return work.session.scalars(chosen.order_by(Advance.id.desc()).limit(1)).one_or_none()


def _advance(work: Work, advance_no: str) -> Advance:
    found = work.session.scalars(select(Advance).where(Advance.number == advance_no)).one_or_none()
    if found is None:
        raise Missing(f"没有编号为 {advance_no} 的先行赔付，请核对编号")
    return found


def _in_state(work: Work, advance_no: str, *states: AdvanceState) -> Advance:
    advance = _advance(work, advance_no)
    if advance.state not in states:
        when = "或".join(f"“{state.label}”" for state in states)
        raise IllegalMove(f"先行赔付 {advance_no} 现在是“{advance.state.label}”，这一步要在{when}时办", states)
    return advance


def _noted(work: Work, advance: Advance, words: str) -> AdvanceRow:
    case = work.session.get_one(Case, advance.case_id)
    timeline.system(work, case, EventKind.DUTY, f"{advance.number} {words}")
    return _row(advance, case)


def _row(advance: Advance, case: Case) -> AdvanceRow:
    return AdvanceRow(
        advance_no=advance.number,
        case_no=case.number,
        merchant=case.merchant_name,
        consumer=case.consumer_name,
        amount=advance.amount,
        cause=advance.cause.label if advance.cause else "",
        reason=advance.reason,
        source=advance.source,
        state=advance.state,
        requested_by=advance.requested_by,
        approved_by=advance.approved_by,
        refusal=advance.refusal,
        paid_on=advance.paid_on,
        voucher=advance.voucher,
        notified_on=advance.notified_on,
        recovered=advance.recovered,
    )
