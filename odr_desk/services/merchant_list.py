"""The list of merchants as a window on a query: groups with their counts, search, order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import moments
from odr_desk.rules.merchant import SOON_DAYS, Expiry, expiry
from odr_desk.rules.people import Right
from odr_desk.services import licences, merchant_search
from odr_desk.store.database import Work

RECENT_DAYS = 90


class Group(StrEnum):
    """Which merchants a list shows."""

    PRESENT = "present"
    LEASE = "lease"
    LICENCE = "licence"
    PROVISIONAL = "provisional"
    RETIRED = "retired"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantFilter:
    """Which merchants and in which order; without an order the best answers to the text come first."""

    group: Group = Group.PRESENT
    text: str = ""
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class MerchantRow:
    """One line of the list; `name` is what stands over the door, `full_name` what stands on the licence."""

    id: int
    number: str
    name: str
    full_name: str
    counter: str
    floor: str
    trade: str
    contact: str
    phone: str
    lease_end: date | None
    licence_expires: date | None
    deposit: int | None
    provisional: bool
    retired: bool
    lease: Expiry
    licence: Expiry
    open_cases: int
    recent_cases: int


@dataclass(frozen=True, slots=True)
class MerchantWindow:
    """A page of the list and how long the list is."""

    total: int
    rows: tuple[MerchantRow, ...]


def window(work: Work, wanted: MerchantFilter, offset: int, limit: int) -> MerchantWindow:
    """Return a page of the merchants of a filter."""
    work.actor.require(Right.READ_MERCHANTS)
    ranks = _ranks(work, wanted.text)
    holds = and_(_GROUPS[wanted.group](moments.day_of(work.now)), _answers(ranks))
    if ranks is not None and not wanted.sort:
        ids = sorted(work.session.scalars(select(Merchant.id).where(holds)), key=ranks.__getitem__)
        return MerchantWindow(len(ids), by_ids(work, ids[offset : offset + limit]))
    total = work.session.execute(select(func.count()).select_from(Merchant).where(holds)).scalar_one()
    page = select(Merchant.id).where(holds).order_by(*_order(work, wanted)).offset(offset).limit(limit)
    return MerchantWindow(total, by_ids(work, list(work.session.scalars(page))))


def counts(work: Work, text: str = "") -> dict[Group, int]:
    """Count the merchants of each group that answer to the text."""
    work.actor.require(Right.READ_MERCHANTS)
    today, answers = moments.day_of(work.now), _answers(_ranks(work, text))
    found = {}
    for group, holds in _GROUPS.items():
        chosen = select(func.count()).select_from(Merchant).where(holds(today), answers)
        found[group] = work.session.execute(chosen).scalar_one()
    return found


def by_ids(work: Work, ids: Sequence[int]) -> tuple[MerchantRow, ...]:
    """Return the rows of these merchants in this order."""
    open_cases = _case_counts(work, ids, Case.is_open.is_(True))
    recent = _case_counts(work, ids, Case.received_on >= recent_since(work))
    today = moments.day_of(work.now)
    found = {
        row.id: MerchantRow(
            *(row.id, row.number, row.brand or row.name, row.name, row.counter, row.floor, row.trade),
            *(row.contact, row.phone, row.lease_end, row.licence_expires, row.deposit, row.provisional, row.retired),
            *(expiry(row.lease_end, today), expiry(row.licence_expires, today)),
            open_cases.get(row.id, 0),
            recent.get(row.id, 0),
        )
        for row in work.session.execute(select(*_SHOWN).where(Merchant.id.in_(ids)))
    }
    return tuple(found[merchant] for merchant in ids if merchant in found)


def recent_since(work: Work) -> date:
    """Return the first day of what counts as recent."""
    return moments.day_of(work.now) - timedelta(days=RECENT_DAYS)


_SHOWN = (
    Merchant.id, Merchant.number, Merchant.name, Merchant.brand, Merchant.counter, Merchant.floor, Merchant.trade,
    Merchant.contact, Merchant.phone, Merchant.lease_end, licences.soonest().label("licence_expires"), Merchant.deposit,
    Merchant.provisional, Merchant.retired,
)  # fmt: skip


def _near(last_day: ColumnElement[Any], today: date) -> ColumnElement[bool]:
    """Past too: what has run out asks for more haste than what will."""
    return and_(Merchant.retired.is_(False), last_day <= today + timedelta(days=SOON_DAYS))


_GROUPS: dict[Group, Callable[[date], ColumnElement[bool]]] = {
    Group.PRESENT: lambda _: Merchant.retired.is_(False),
    Group.LEASE: lambda today: _near(Merchant.lease_end.expression, today),
    Group.LICENCE: lambda today: _near(licences.soonest(), today),
    Group.PROVISIONAL: lambda _: and_(Merchant.provisional.is_(True), Merchant.retired.is_(False)),
    Group.RETIRED: lambda _: Merchant.retired.is_(True),
    Group.ALL: lambda _: Merchant.id > 0,
}


def _ranks(work: Work, text: str) -> dict[int, tuple[Any, ...]] | None:
    """Return how well each merchant answers to the text, None when there is no text."""
    if not text.strip():
        return None
    found = merchant_search.ranked(work, text)
    return {merchant.id: (merchant.retired, fit.rank, merchant_search.place(fit, merchant)) for fit, merchant in found}


def _answers(ranks: dict[int, tuple[Any, ...]] | None) -> ColumnElement[bool]:
    if ranks is None:
        return Merchant.id > 0
    return Merchant.id.in_(tuple(ranks)) if ranks else false()


def _order(work: Work, wanted: MerchantFilter) -> tuple[ColumnElement[Any], ...]:
    """Sort by a column, nothing last; then, and without one, as one walks through the house."""
    cellars_first = case((Merchant.floor.startswith("B"), 1), (Merchant.floor == "", 0), else_=2)
    place = (cellars_first, Merchant.floor.expression, Merchant.counter.expression, Merchant.id.expression)
    if wanted.sort not in _SORTS:
        return place
    column = _SORTS[wanted.sort](work)
    return (column.is_(None), column.desc() if wanted.descending else column.asc(), *place)


def _how_many(*holds: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(Case)
    return counted.where(Case.merchant_id == Merchant.id, Case.deleted_at.is_(None), *holds).scalar_subquery()


_SORTS: dict[str, Callable[[Work], ColumnElement[Any]]] = {
    "number": lambda _: Merchant.number.expression,
    "counter": lambda _: func.nullif(Merchant.counter, ""),
    "name": lambda _: Merchant.pinyin.expression,
    "trade": lambda _: func.nullif(Merchant.trade, ""),
    "open": lambda _: _how_many(Case.is_open.is_(True)),
    "recent": lambda work: _how_many(Case.received_on >= recent_since(work)),
    "lease": lambda _: Merchant.lease_end.expression,
    "deposit": lambda _: Merchant.deposit.expression,
}


def _case_counts(work: Work, merchants: Iterable[int], holds: ColumnElement[bool]) -> dict[int, int]:
    chosen = select(Case.merchant_id, func.count()).where(
        Case.merchant_id.in_(tuple(merchants)), Case.deleted_at.is_(None), holds
    )
    return {row[0]: row[1] for row in work.session.execute(chosen.group_by(Case.merchant_id))}
