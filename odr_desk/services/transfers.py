"""Cases that come from another body, go to one, or go back: each move with its day, numbers and materials."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from odr_desk.model.case import Case
from odr_desk.model.handing import Transfer
from odr_desk.rules import moments
from odr_desk.rules.case import RESULTS, CaseState, Outcome
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.rules.transfer import (
    DIVERTED,
    Direction,
    ReceiptDraft,
    ReturnDraft,
    ReturnReason,
    TransferDraft,
    TransferInDraft,
    lines,
)
from odr_desk.services import cases, setup, timeline
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """One move of a case, as shown.

    `answer_by` is the day that the slip names; `due_on` that by which a case that came is answered or given back.
    """

    id: int
    case_no: str
    number: int
    direction: Direction
    body: str
    on: date
    original_no: str
    cause: ReturnReason | None
    reason: str
    materials: tuple[str, ...]
    receiver: str
    answer_by: date | None
    due_on: date | None
    acknowledged_on: date | None
    acknowledged_no: str
    recorded_by: str
    merchant: str
    subject: str

    @property
    def is_waiting(self) -> bool:
        """Tell whether the other body has not confirmed yet that it has the case."""
        return self.direction is not Direction.IN and self.acknowledged_on is None


def take_in(work: Work, case_no: str, draft: TransferInDraft) -> int:
    """Note from whom a case came and return the number of the move."""
    work.actor.require(Right.WRITE_CASES)
    check(draft)
    assert draft.on is not None  # noqa: S101 - required, checked before
    case = cases.named(work, case_no)
    _require_past(work, draft.on, "转来日期")
    if draft.answer_by is not None and draft.answer_by < draft.on:
        raise Invalid.of("answer_by", f"答复期限 {draft.answer_by} 在转来日期 {draft.on} 之前，请核对日期")
    made = _add(work, case, Direction.IN, draft.body.strip(), draft.on, draft.materials, draft.receiver)
    made.original_no, made.reason, made.answer_by = draft.original_no.strip(), draft.reason.strip(), draft.answer_by
    number = f"，原编号 {made.original_no}" if made.original_no else ""
    _keep_to_slip(case, draft.answer_by)
    limit = f"，{moments.show_day(draft.answer_by)}前答复" if draft.answer_by else ""
    timeline.system(work, case, EventKind.TRANSFER, f"由{made.body}转入{number}{limit}{_enclosed(made)}")
    return made.number


def _keep_to_slip(case: Case, answer_by: date | None) -> None:
    """Make the day on the slip the desk's own due day where it comes before the law's, unless an earlier one is set."""
    earliest = min(filter(None, (case.due_on, case.manual_due_on)))
    if answer_by is not None and answer_by < earliest and case.result is None:
        case.manual_due_on, case.manual_due_reason = answer_by, "转办单写明的答复期限"


def hand_over(work: Work, case_no: str, draft: TransferDraft) -> int:
    """Hand a case to another body and return the number of the move; its result stays what it is."""
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = cases.named(work, case_no)
    if case.state not in RESULTS and case.state is not CaseState.CLOSED:
        raise IllegalMove(f"{case.state.label}的投诉件还没有结果，不能移送；请先记为和解不成或写明结果", tuple(RESULTS))
    on = draft.on or moments.day_of(work.now)
    _require_past(work, on, "移送日期")
    reason = draft.reason.strip() or (case.result_note if case.result is Outcome.FAILED else "")
    if not reason:
        raise Invalid.of("reason", "请写明移送原因；只有和解不成的可以空着，照不成的原因写")
    body = draft.to.strip() or regulator(work)
    made = _add(work, case, Direction.OUT, body, on, draft.materials, draft.receiver)
    made.original_no = draft.original_no.strip() or _number_at(work, case, body) or case.platform_no or case.number
    made.reason = reason
    case.transferred_on = on
    timeline.system(work, case, EventKind.TRANSFER, f"移送{body}{_enclosed(made)}")
    return made.number


def _number_at(work: Work, case: Case, body: str) -> str:
    """Return the number under which a body passed the case on, empty when it came from somewhere else."""
    came = arrival(work, case)
    return came.original_no if came is not None and came.body == body else ""


def give_back(work: Work, case_no: str, draft: ReturnDraft) -> int:
    """Give a case back to the body that passed it on and return the number of the move.

    One that is not of this mall gets that result with it; one given back after a failure must have failed before.
    """
    work.actor.require(Right.MEDIATE)
    check(draft)
    assert draft.reason is not None  # noqa: S101 - required, checked before
    case = cases.named(work, case_no)
    came = arrival(work, case)
    if came is None and case.channel not in DIVERTED:
        raise IllegalMove(f"投诉件 {case.number} 不是别的单位转来的，没有退回对象；请先登记转入", ("transfer.in",))
    back = returned(work, case)
    if back is not None and (came is None or came.number < back.number):
        raise IllegalMove(
            f"投诉件 {case.number} 已在 {back.on} 退回{back.body}；又转来的，请先登记转入", ("transfer.in",)
        )
    on = draft.on or moments.day_of(work.now)
    _require_past(work, on, "退回日期")
    _end(work, case, draft.reason, draft.text.strip())
    body = draft.to.strip() or (came.body if came else "") or regulator(work)
    made = _add(work, case, Direction.BACK, body, on, draft.materials, draft.receiver)
    made.original_no = (came.original_no if came else "") or case.platform_no or case.number
    made.cause, made.reason, made.answer_by = draft.reason, draft.text.strip(), return_by(work, case)
    words = f"退回{body}：{draft.reason.label}，{made.reason}{_enclosed(made)}"
    timeline.system(work, case, EventKind.TRANSFER, words)
    return made.number


def acknowledge(work: Work, case_no: str, number: int, draft: ReceiptDraft) -> None:
    """Note that the other body has confirmed that it has the case."""
    work.actor.require(Right.WRITE_CASES)
    check(draft)
    assert draft.on is not None  # noqa: S101 - required, checked before
    case = cases.named(work, case_no)
    found = named(work, case, number)
    if found.direction is Direction.IN:
        raise IllegalMove("转入的件由本台签收，不用登记对方收讫")
    if not found.on <= draft.on <= moments.day_of(work.now):
        raise Invalid.of("on", f"收讫日期应在{found.direction.label}日期（{found.on}）与今天之间，请核对日期")
    found.acknowledged_on, found.acknowledged_no = draft.on, draft.number.strip()
    found.receiver = draft.receiver.strip() or found.receiver
    who = f"，接收人 {found.receiver}" if found.receiver else ""
    number_there = f"，对方编号 {found.acknowledged_no}" if found.acknowledged_no else ""
    timeline.system(work, case, EventKind.TRANSFER, f"{found.body}已收讫（{draft.on}）{who}{number_there}")


def of_case(work: Work, case_no: str) -> tuple[TransferRow, ...]:
    """Return every move of a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = joined().where(Transfer.case_id == case.id)
    return rows_of(work, chosen.order_by(Transfer.on.desc(), Transfer.id.desc()))


def joined() -> Select[Transfer, Case]:
    """Return the statement that reads moves with their cases, to be narrowed and put in order."""
    return select(Transfer, Case).join(Case, Case.id == Transfer.case_id)


def rows_of(work: Work, chosen: Select[Transfer, Case]) -> tuple[TransferRow, ...]:
    """Return what a statement reads as rows."""
    return tuple(
        TransferRow(
            id=t.id,
            case_no=case.number,
            number=t.number,
            direction=t.direction,
            body=t.body,
            on=t.on,
            original_no=t.original_no,
            cause=t.cause,
            reason=t.reason,
            materials=lines(t.materials),
            receiver=t.receiver,
            answer_by=t.answer_by,
            due_on=t.answer_by or (case.first_due_on if t.direction is Direction.IN else None),
            acknowledged_on=t.acknowledged_on,
            acknowledged_no=t.acknowledged_no,
            recorded_by=t.recorded_by,
            merchant=case.merchant_name,
            subject=case.subject,
        )
        for t, case in work.session.execute(chosen)
    )


def arrival(work: Work, case: Case) -> Transfer | None:
    """Return how the case came from another body, if it did."""
    return _last(work, case, Direction.IN)


def departure(work: Work, case: Case) -> Transfer | None:
    """Return the last hand-over of a case."""
    return _last(work, case, Direction.OUT)


def returned(work: Work, case: Case) -> Transfer | None:
    """Return how the case was given back, if it was."""
    return _last(work, case, Direction.BACK)


def return_by(work: Work, case: Case) -> date | None:
    """Return the day by which a case of another body is answered or given back.

    The day of the slip where it names one, else the five days of 江苏省消费者权益保护条例 23(2).
    """
    came = arrival(work, case)
    if came is not None and came.answer_by is not None:
        return came.answer_by
    return case.first_due_on if came is not None or case.channel in DIVERTED else None


def named(work: Work, case: Case, number: int) -> Transfer:
    """Return one move; raise Missing when the case has none of that number."""
    chosen = select(Transfer).where(Transfer.case_id == case.id, Transfer.number == number)
    found = work.session.scalars(chosen).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case.number} 没有第 {number} 次转入、移送或退回的记录")
    return found


def regulator(work: Work) -> str:
    """Return the body that a case goes to when none is named."""
    return setup.profile(work).regulator or "市场监督管理部门"


def _end(work: Work, case: Case, reason: ReturnReason, words: str) -> None:
    match reason:
        case ReturnReason.NOT_OURS if case.state is not CaseState.NOT_OURS:
            cases.move(work, case, CaseState.NOT_OURS, words)
        case ReturnReason.NO_SETTLEMENT if case.state is not CaseState.FAILED:
            raise IllegalMove("因和解不成退回的，请先记为和解不成", (CaseState.FAILED,))
        case ReturnReason.OTHER if case.state not in RESULTS:
            raise IllegalMove("请先写明处理结果，再因其他原因退回", tuple(RESULTS))


def _add(work: Work, case: Case, direction: Direction, body: str, on: date, materials: str, receiver: str) -> Transfer:
    last = work.session.scalar(select(func.max(Transfer.number)).where(Transfer.case_id == case.id))
    made = Transfer(
        case_id=case.id,
        number=(last or 0) + 1,
        direction=direction,
        body=body,
        on=on,
        materials="\n".join(lines(materials)),
        receiver=receiver.strip(),
        recorded_at=work.now,
        recorded_by=work.actor.name,
    )
    work.session.add(made)
    return made


def _enclosed(made: Transfer) -> str:
    many = len(lines(made.materials))
    return f"，材料 {many} 件" if many else ""


def _require_past(work: Work, on: date, label: str) -> None:
    if on > moments.day_of(work.now):
        raise Invalid.of("on", f"{label} {on} 在今天之后，请核对日期")


def _last(work: Work, case: Case, direction: Direction) -> Transfer | None:
    chosen = select(Transfer).where(Transfer.case_id == case.id, Transfer.direction == direction)
    return work.session.scalars(chosen.order_by(Transfer.id.desc()).limit(1)).one_or_none()
