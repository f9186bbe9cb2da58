"""Duties as a window on a query: what is late, due today, due within seven days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case
from odr_desk.rules import finding, masking, moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.duty import DutyFacts, DutyState
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.services import codes
from odr_desk.store.database import Work

SOON = timedelta(days=7)


class DutyView(Word):
    """Which duties."""

    LATE = "late", "逾期"
    TODAY = "today", "今天"
    SOON = "soon", "7 日内"
    OPEN = "open", "未履行"
    ALL = "all", "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFilter:
    """Which duties, in which order; `text` is found in numbers, names and shops."""

    view: DutyView = DutyView.OPEN
    text: str = ""
    sort: str = "due"
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """One duty as lists show it; `left` counts the calendar days to its day, negative once it has passed."""

    id: int
    agreement_no: str
    number: int
    case_id: int
    case_no: str
    case_state: CaseState
    merchant: str
    counter: str
    consumer: str
    kind: str
    text: str
    amount: int | None
    performed: int
    outstanding: int
    method: str
    signed_on: date
    due_on: date
    left: int
    state: DutyState
    done_on: date | None
    waive_reason: str

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state in (DutyState.OPEN, DutyState.PARTLY)

    @property
    def is_late(self) -> bool:
        """Tell whether the day has passed."""
        return self.is_open and self.left < 0


SORTS: dict[str, ColumnElement[Any]] = {
    "due": Duty.due_on.expression,
    "case": Duty.case_id.expression,
    "merchant": Case.merchant_name.expression,
    "amount": Duty.amount.expression,
    "agreement": Duty.agreement_id.expression,
}


def count(work: Work, wanted: DutyFilter) -> int:
    """Count the duties of a filter."""
    work.actor.require(Right.READ_CASES)
    joined = _joined(select(func.count()).select_from(Duty)).where(_holds(work, wanted))
    return int(work.session.execute(joined).scalar_one())


def counts(work: Work) -> dict[str, int]:
    """Count every view: the open ones in one pass over the open duties."""
    work.actor.require(Right.READ_CASES)
    today = moments.day_of(work.now)
    views = (DutyView.LATE, DutyView.TODAY, DutyView.SOON, DutyView.OPEN)
    sums = [func.coalesce(func.sum(case((_in_view(view, today), 1), else_=0)), 0) for view in views]
    row = work.session.execute(_joined(select(*sums).select_from(Duty)).where(_open(), _alive())).one()
    counted = {view.value: int(value) for view, value in zip(views, row, strict=True)}
    return counted | {DutyView.ALL.value: count(work, DutyFilter(view=DutyView.ALL))}


def page(work: Work, wanted: DutyFilter, offset: int, limit: int) -> tuple[DutyRow, ...]:
    """Return the rows `offset` … `offset + limit` of a filter, in its order."""
    work.actor.require(Right.READ_CASES)
    sort = SORTS.get(wanted.sort, SORTS["due"])
    order = (sort.desc(), Duty.id.desc()) if wanted.descending else (sort.asc(), Duty.id.asc())
    chosen = _joined(select(Duty.id)).where(_holds(work, wanted)).order_by(*order).offset(offset).limit(limit)
    return by_ids(work, list(work.session.scalars(chosen)))


def window(work: Work, wanted: DutyFilter, offset: int, limit: int) -> tuple[int, tuple[DutyRow, ...]]:
    """Return how many duties a filter has, and those of one page."""
    return count(work, wanted), page(work, wanted, offset, limit)


def of_case(work: Work, case_id: int) -> tuple[DutyRow, ...]:
    """Return every duty of a case, those of void agreements last."""
    work.actor.require(Right.READ_CASES)
    chosen = (
        _joined(select(Duty.id))
        .where(Duty.case_id == case_id)
        .order_by(Agreement.voided_at.is_not(None), Agreement.id.desc(), Duty.number)
    )
    return by_ids(work, list(work.session.scalars(chosen)))


def by_ids(work: Work, ids: list[int]) -> tuple[DutyRow, ...]:
    """Return the rows of these duties in this order."""
    kinds, today = codes.names(work, "claims"), moments.day_of(work.now)
    columns = _joined(select(Duty, Agreement.number, Agreement.signed_on, Case)).where(Duty.id.in_(ids))
    found = {
        duty.id: _row(duty, number, signed_on, about, kinds, today)
        for duty, number, signed_on, about in work.session.execute(columns)
    }
    return tuple(found[i] for i in ids if i in found)


def _row(duty: Duty, number: str, signed_on: date, about: Case, kinds: dict[str, str], today: date) -> DutyRow:
    facts = DutyFacts(
        amount=duty.amount,
        performed=duty.performed,
        due_on=duty.due_on,
        done_on=duty.done_on,
        waived=duty.waived_at is not None,
    )
    due_on = duty.due_on or signed_on
    return DutyRow(
        id=duty.id,
        agreement_no=number,
        number=duty.number,
        case_id=about.id,
        case_no=about.number,
        case_state=about.state,
        merchant=about.merchant_name,
        counter=about.merchant_counter,
        consumer=masking.name(about.consumer_name),
        kind=kinds.get(duty.kind, duty.kind),
        text=duty.text,
        amount=duty.amount,
        performed=duty.performed,
        outstanding=facts.outstanding,
        method=duty.method,
        signed_on=signed_on,
        due_on=due_on,
        left=(due_on - today).days,
        state=facts.state,
        done_on=duty.done_on,
        waive_reason=duty.waive_reason,
    )


def _joined(chosen: Any) -> Any:  # noqa: ANN401 - a select of any columns
    return chosen.join(Agreement, Agreement.id == Duty.agreement_id).join(Case, Case.id == Duty.case_id)


def _holds(work: Work, wanted: DutyFilter) -> ColumnElement[bool]:
    text = finding.asked(wanted.text)
    holds = [_in_view(wanted.view, moments.day_of(work.now)), _alive()]
    if text:
        holds.append(_mentions(text))
    return and_(*holds)


def _in_view(view: DutyView, today: date) -> ColumnElement[bool]:
    match view:
        case DutyView.LATE:
            return and_(_open(), Duty.due_on < today)
        case DutyView.TODAY:
            return and_(_open(), Duty.due_on == today)
        case DutyView.SOON:
            return and_(_open(), Duty.due_on > today, Duty.due_on <= today + SOON)
        case DutyView.OPEN:
            return _open()
        case DutyView.ALL:
            return Agreement.voided_at.is_(None)


def _open() -> ColumnElement[bool]:
    return and_(Duty.done_on.is_(None), Duty.waived_at.is_(None))


def _alive() -> ColumnElement[bool]:
    return Case.deleted_at.is_(None)


def _mentions(text: str) -> ColumnElement[bool]:
    like = f"%{text.replace('%', '').replace('_', '')}%"
    return or_(
        Case.number.like(like),
        Agreement.number.like(like),
        Case.merchant_name.like(like),
        Case.merchant_counter.like(like),
        Case.consumer_name.like(like),
        Case.phone_tail == text,
        Duty.text.like(like),
    )
