"""The register of moves as a window on a query: what came from other bodies, went to them, waits for their receipt."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from odr_desk.model.case import Case
from odr_desk.model.handing import Transfer
from odr_desk.rules import finding
from odr_desk.rules.people import Right
from odr_desk.rules.transfer import Direction
from odr_desk.services import transfers
from odr_desk.services.transfers import TransferRow
from odr_desk.store.database import Work

ALL, WAITING = "all", "waiting"
"""The views beside one for each direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFilter:
    """Which moves, in which order; `text` is found in numbers, bodies and shops."""

    view: str = ALL
    text: str = ""
    sort: str = "on"
    descending: bool = True


SORTS: dict[str, ColumnElement[Any]] = {
    "on": Transfer.on.expression,
    "direction": Transfer.direction.expression,
    "body": Transfer.body.expression,
    "case": Case.number.expression,
    "received": Transfer.acknowledged_on.expression,
}


def window(work: Work, wanted: MoveFilter, offset: int, limit: int) -> tuple[int, tuple[TransferRow, ...]]:
    """Return how many moves a filter has, and those of one page."""
    work.actor.require(Right.READ_CASES)
    holds = and_(_in_view(wanted.view), _alive(wanted.text))
    total = select(func.count(Transfer.id)).join(Case, Case.id == Transfer.case_id).where(holds)
    sort = SORTS.get(wanted.sort, SORTS["on"])
    order = (sort.desc(), Transfer.id.desc()) if wanted.descending else (sort.asc(), Transfer.id.asc())
    page = transfers.joined().where(holds).order_by(*order).offset(offset).limit(limit)
    return work.session.execute(total).scalar_one(), transfers.rows_of(work, page)


def counts(work: Work, text: str = "") -> dict[str, int]:
    """Count every view of the register, among what these words are found in."""
    work.actor.require(Right.READ_CASES)
    views = (ALL, WAITING, *(direction.value for direction in Direction))
    sums = [func.coalesce(func.sum(case((_in_view(view), 1), else_=0)), 0) for view in views]
    chosen = select(*sums).select_from(Transfer).join(Case, Case.id == Transfer.case_id).where(_alive(text))
    return dict(zip(views, map(int, work.session.execute(chosen).one()), strict=True))


def _in_view(view: str) -> ColumnElement[bool]:
    if view == WAITING:
        return and_(Transfer.direction != Direction.IN, Transfer.acknowledged_on.is_(None))
    return true() if view == ALL else Transfer.direction == Direction(view)


def _alive(text: str) -> ColumnElement[bool]:
    words = finding.asked(text)
    if not words:
        return Case.deleted_at.is_(None)
    seen = (Case.number, Case.merchant_name, Transfer.body, Transfer.original_no, Transfer.acknowledged_no)
    return and_(Case.deleted_at.is_(None), or_(*(column.contains(words, autoescape=True) for column in seen)))
