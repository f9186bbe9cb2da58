"""Offers and counter-offers of a case in the order of the talks, and what was answered to each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.mediation import Offer
from odr_desk.rules import moments, money
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing
from odr_desk.rules.events import Party
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.rules.session import SIDES, Answer, AnswerDraft, OfferDraft
from odr_desk.services import cases, timeline, versions
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer, as shown; `session` is the sitting at which it was made, None between sittings."""

    number: int
    session: int | None
    by: Party
    amount: int | None
    text: str
    made_at: datetime
    answer: Answer
    answer_note: str
    answered_at: datetime | None
    noted_by: str

    @property
    def words(self) -> str:
        """Return amount and terms in one line."""
        amount = f"{money.show(self.amount)} 元" if self.amount is not None else ""
        return "，".join(part for part in (amount, self.text) if part)


def rows(work: Work, case_no: str) -> tuple[OfferRow, ...]:
    """Return the offers of a case in the order in which they were made, whenever they were noted."""
    work.actor.require(Right.READ_CASES)
    return of_case(work, cases.named(work, case_no).id)


def of_case(work: Work, case_id: int) -> tuple[OfferRow, ...]:
    """Return the offers of a case by its id, in the order in which they were made."""
    columns = (
        Offer.number, Offer.session, Offer.by, Offer.amount, Offer.text, Offer.made_at,
        Offer.answer, Offer.answer_note, Offer.answered_at, Offer.noted_by,
    )  # fmt: skip
    found = work.session.execute(select(*columns).where(Offer.case_id == case_id).order_by(Offer.made_at, Offer.number))
    return tuple(OfferRow(*row) for row in found)  # type: ignore[call-arg] # the columns above


def add(work: Work, case_no: str, draft: OfferDraft, session: int | None = None) -> int:
    """Note what one side offers and return its number; what the other side offered before is answered by it.

    One that is noted late is answered by what the other side offered after it.
    """
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = _open(work, case_no)
    if draft.by not in SIDES:
        raise Invalid.of("by", "方案是消费者或商户提的，请选哪一方")
    if draft.amount is None and not draft.text.strip():
        raise Invalid.of("text", "请写金额或方案内容")
    made_at = draft.at or work.now
    if made_at > work.now + timedelta(minutes=1):
        raise Invalid.of("at", "提出方案的时间在现在之后，请核对")
    timeline.require_since(work, case, made_at, "at", "提出方案的时间")
    before, after = _of_the_other(work, case, draft.by, made_at)
    for waiting in before:
        waiting.answer, waiting.answered_at = Answer.COUNTERED, made_at
    last = work.session.scalar(select(func.max(Offer.number)).where(Offer.case_id == case.id)) or 0
    work.session.add(
        Offer(
            case_id=case.id,
            number=last + 1,
            session=session,
            by=draft.by,
            amount=draft.amount,
            text=draft.text.strip(),
            made_at=made_at,
            answer=Answer.COUNTERED if after else Answer.WAITING,
            answered_at=after,
            noted_by=work.actor.name,
        )
    )
    work.session.flush()
    return last + 1


def answer(work: Work, case_no: str, number: int, draft: AnswerDraft, seen: AnswerDraft | None = None) -> None:
    """Note what the other side answered; `等答复` takes an answer noted by mistake away.

    Raise Conflict with both answers when somebody else has noted another one since it was `seen`.
    """
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = _open(work, case_no)
    offer = work.session.scalars(select(Offer).where(Offer.case_id == case.id, Offer.number == number)).one_or_none()
    if offer is None:
        raise Missing(f"投诉件 {case_no} 没有第 {number} 个方案")
    at = draft.at or work.now
    if at > work.now + timedelta(minutes=1):
        raise Invalid.of("at", "答复时间在现在之后，请核对")
    assert draft.answer is not None  # noqa: S101 - required, checked above
    theirs = AnswerDraft(answer=offer.answer, note=offer.answer_note)
    if seen is not None and theirs not in (seen, draft):
        by, when = versions.touched(work, f"offers:{offer.id}")
        raise Conflict(
            f"第 {number} 个方案的答复在 {moments.show_moment(when)} 已由{by}记为“{_said(theirs)}”，"
            f"您的“{_said(draft)}”没有存；仍要改的，请再选一次",
            {"by": by, "at": moments.local(when).isoformat(), "mine": _said(draft), "theirs": _said(theirs)},
        )
    offer.answer, offer.answer_note = draft.answer, draft.note.strip()
    offer.answered_at = None if draft.answer is Answer.WAITING else at


def _said(answered: AnswerDraft) -> str:
    return "：".join(part for part in (answered.answer.label if answered.answer else "", answered.note) if part)


def _of_the_other(work: Work, case: Case, by: Party, made_at: datetime) -> tuple[tuple[Offer, ...], datetime | None]:
    """Return what the other side had offered by then and was not answered, and when it next offered something."""
    other = next(side for side in SIDES if side is not by)
    theirs = select(Offer).where(Offer.case_id == case.id, Offer.by == other)
    waiting = theirs.where(Offer.answer == Answer.WAITING, Offer.made_at <= made_at)
    later = select(func.min(Offer.made_at)).where(Offer.case_id == case.id, Offer.by == other, Offer.made_at > made_at)
    return tuple(work.session.scalars(waiting)), work.session.scalar(later)


def _open(work: Work, case_no: str) -> Case:
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再记方案，请先重新打开", ("reopen",))
    return case
