"""The list of cases as a window on a query: count it, fetch a page of it, never copy it whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, true

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.model.queue import CaseTag
from odr_desk.rules.case import PERFORMING, CaseState, Level, Outcome, Performance
from odr_desk.rules.narrowing import Narrowing
from odr_desk.rules.people import Right
from odr_desk.services import clocks, mentions, views
from odr_desk.services.views import Mark, Today
from odr_desk.store import search_index, sqlite
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter(Narrowing):
    """Which cases and in which order; everything left out does not narrow.

    What stands here beside the view and the words is set by pages that open the cases of a figure.
    """

    view: str = "open"
    text: str = ""
    results: tuple[Outcome, ...] = ()
    phone: str = ""
    refunded: bool | None = None
    besides: int | None = None
    sort: str = "due"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the queue; `left` counts the working days to the due day, negative once it has passed."""

    id: int
    number: str
    mark: Mark
    state: CaseState
    due_on: date
    left: int
    merchant: str
    counter: str
    subject: str
    consumer: str
    amount: int | None
    received_on: date
    channel: str
    handler: str
    next_step: str
    next_step_on: date | None
    result: Outcome | None
    performance: Performance
    level: Level | None
    last_event_at: datetime | None
    version: int
    archived_on: date | None
    paused_since: date | None = None
    manual_due_on: date | None = None
    manual_left: int | None = None

    @property
    def is_performing(self) -> bool:
        """Tell whether what is left is the performance of an agreement: the clock of the case has stopped."""
        return self.state is CaseState.SETTLED and self.performance in PERFORMING

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still, with days left on it."""
        return self.paused_since is not None and self.left >= 0 and self.mark is Mark.WAIT

    @property
    def is_reopened(self) -> bool:
        """Tell whether the case was taken out of the archive: its clock is over and does not begin anew."""
        return self.archived_on is not None and self.state is not CaseState.CLOSED

    @property
    def is_due_today(self) -> bool:
        """Tell whether today is the last day."""
        return self.left == 0 and self.mark is Mark.ACT and not self.is_reopened

    @property
    def time_left(self) -> str:
        """Return the time left in words."""
        if self.mark is Mark.DONE:
            return "已办结" if self.result is not None else ""
        if self.state is CaseState.SUSPECTED and self.mark is Mark.ACT:
            return "待核定"
        if self.is_performing:
            return "履行逾期" if self.mark is Mark.LATE else "待履行"
        if self.is_paused:
            return "暂停"
        if self.is_reopened:
            return "重新打开"
        if self.left < 0:
            return f"逾期 {-self.left} 天"
        return "今天到期" if self.left == 0 else f"{self.left} 天"

    @property
    def tail(self) -> str:
        """Return the part of the number that people say aloud."""
        return self.number.rsplit("-", 1)[-1]


Column = ColumnElement[Any]
FEW = 7_000
"""Cases that are sooner found and ordered than come upon by going through the list in its order."""
SORTS: dict[str, Column] = {
    "due": Case.due_on.expression,
    "number": Case.id.expression,
    "received": Case.received_on.expression,
    "merchant": Case.merchant_name.expression,
    "amount": Case.amount.expression,
    "state": Case.state.expression,
    "last": Case.last_event_at.expression,
}


def count(work: Work, wanted: CaseFilter) -> int:
    """Count the cases of a filter."""
    work.actor.require(Right.READ_CASES)
    if _is_plain_search(wanted):
        chosen = select(func.count()).select_from(mentions.of(work, wanted.text).subquery())
    else:
        chosen = select(func.count()).select_from(Case).where(condition(work, wanted))
    return work.session.execute(chosen).scalar_one()


def page(work: Work, wanted: CaseFilter, offset: int, limit: int, total: int | None = None) -> tuple[CaseRow, ...]:
    """Return the rows `offset` … `offset + limit` of a filter, in its order.

    With the total known, the far half of the list is read from its end, so that jumping there costs
    what jumping to the start does.
    """
    work.actor.require(Right.READ_CASES)
    backwards = total is not None and offset > total // 2
    if total is not None and backwards:
        limit = max(0, min(limit, total - offset))
        offset = max(0, total - offset - limit)
    chosen = _in_order(work, wanted, down=wanted.descending != backwards)
    found = by_ids(work, list(work.session.scalars(chosen.offset(offset).limit(limit))))
    return found[::-1] if backwards else found


def window(work: Work, wanted: CaseFilter, offset: int, limit: int) -> tuple[int, tuple[CaseRow, ...]]:
    """Return how many cases a filter has, and some of its rows."""
    work.actor.require(Right.READ_CASES)
    found = _few(work, wanted)
    if found is not None:
        return len(found), by_ids(work, found[offset : offset + limit])
    total = count(work, wanted)
    return total, page(work, wanted, offset, limit, total)


def first(work: Work, wanted: CaseFilter, limit: int) -> tuple[int | None, tuple[CaseRow, ...]]:
    """Return the first rows of a filter, and how many it has: None where people would have to wait for the count."""
    work.actor.require(Right.READ_CASES)
    if wanted.view not in views.WIDE or wanted.text.strip():
        return window(work, wanted, 0, limit)
    found = _few(work, wanted)
    if found is None:
        return None, page(work, wanted, 0, limit)
    return len(found), by_ids(work, found[:limit])


def _few(work: Work, wanted: CaseFilter) -> list[int] | None:
    """Return the few that a filter leaves of all cases, in their order: found once, counted and ordered.

    None where they may be more: of many, a page is soon come by in the order of the list.
    """
    if wanted.view not in views.WIDE or wanted.text.strip() or not is_narrowed(wanted):
        return None
    found = list(work.session.scalars(select(Case.id).where(condition(work, wanted)).limit(FEW + 1)))
    if len(found) > FEW:
        return None
    sort = SORTS.get(wanted.sort, SORTS["due"])
    order = (sort.desc(), Case.id.desc()) if wanted.descending else (sort.asc(), Case.id.asc())
    return list(work.session.scalars(select(Case.id).where(Case.id.in_(sqlite.listed(found))).order_by(*order)))


def ids(work: Work, wanted: CaseFilter) -> list[int]:
    """Return the ids of every case of a filter, in its order."""
    work.actor.require(Right.READ_CASES)
    return list(work.session.scalars(_in_order(work, wanted, down=wanted.descending)))


def ids_of(work: Work, numbers: Sequence[str]) -> list[int]:
    """Return the ids of cases by their numbers, in no order."""
    work.actor.require(Right.READ_CASES)
    return list(work.session.scalars(select(Case.id).where(Case.number.in_(numbers))))


def named(work: Work, numbers: Sequence[str]) -> tuple[CaseRow, ...]:
    """Return the rows of these cases, the oldest first."""
    return by_ids(work, sorted(ids_of(work, numbers)))


def by_ids(work: Work, ids: list[int]) -> tuple[CaseRow, ...]:
    """Return the rows of these cases in this order."""
    today = views.today_of(work)
    pack = clocks.load(work)
    found = {}
    for row in work.session.execute(_rows_of(today), {"ids": ids}):
        values = list(row)
        paused_since, manual_due_on = values[-2:]
        left = clocks.left_of(pack, values[4], today.day, paused_since)
        manual_left = clocks.remaining(pack, manual_due_on, today.day) if manual_due_on is not None else None
        values[2] = Mark(values[2])
        found[values[0]] = CaseRow(*values[:5], left, *values[5:], manual_left)  # type: ignore[call-arg] # the columns below
    return tuple(found[i] for i in ids if i in found)


@lru_cache(maxsize=8)
def _rows_of(today: Today) -> Select[*tuple[Any, ...]]:
    """Return the statement for rows by id, made once a day: making it takes longer than running it."""
    columns = (
        Case.id, Case.number, views.mark_of(today), Case.state, Case.due_on, Case.merchant_name, Case.merchant_counter,
        Case.subject, Case.consumer_name, Case.amount, Case.received_on, Case.channel, Case.handler_name,
        Case.next_step, Case.next_step_on, Case.result, Case.performance, Case.level, Case.last_event_at,
        Case.version_id, Case.archived_on, Case.paused_since, Case.manual_due_on,
    )  # fmt: skip
    return select(*columns).where(Case.id.in_(bindparam("ids", expanding=True)))


def _in_order(work: Work, wanted: CaseFilter, *, down: bool) -> Select[int]:
    """Return the ids of the cases of a filter in its order, or the other way round."""
    if _is_plain_search(wanted) and wanted.sort == "number":
        return search_index.in_order(mentions.of(work, wanted.text), newest_first=down)
    sort = SORTS.get(wanted.sort, SORTS["due"])
    keys = [sort, Case.id.expression]
    if sort is SORTS["due"] and wanted.view not in views.WIDE | views.EVEN:
        keys.insert(0, views.urgency_of(views.today_of(work)))
    return select(Case.id).where(condition(work, wanted)).order_by(*(key.desc() if down else key.asc() for key in keys))


def unordered(wanted: CaseFilter) -> CaseFilter:
    """Return what a filter asks, whatever the order: equal for lists of the same cases."""
    return replace(wanted, sort="due", descending=False)


def seen_as(wanted: CaseFilter, view: str) -> CaseFilter:
    """Return the same filter on another view."""
    return replace(wanted, view=view)


def is_narrowed(wanted: CaseFilter) -> bool:
    """Tell whether more than its view makes up the list."""
    return unordered(wanted) != CaseFilter(view=wanted.view)


def _is_plain_search(wanted: CaseFilter) -> bool:
    """Tell whether only a text narrows: the index alone answers then, without a look at the cases."""
    return bool(wanted.text.strip()) and unordered(wanted) == CaseFilter(view="all", text=wanted.text)


def condition(work: Work, wanted: CaseFilter) -> ColumnElement[bool]:
    """Return what the cases of a filter have in common."""
    parts = [views.condition(work, wanted.view), narrowed(work, wanted)]
    if wanted.text.strip():
        parts.append(answers_to(work, wanted.text, in_hand=wanted.view not in views.WIDE))
    return and_(*parts)


def answers_to(work: Work, text: str, *, in_hand: bool) -> ColumnElement[bool]:
    """Return the condition that a case answers to words."""
    return Case.id.in_(mentions.of(work, text, open_only=in_hand))


def narrowed(work: Work, wanted: CaseFilter) -> ColumnElement[bool]:
    """Return what a filter asks beside its view and its words.

    Fields of which each value has many cases are not looked up in an index of their own: the open
    cases, or the index that holds all these fields, are gone through instead.
    """
    seen = _as_it_is if _is_rare(wanted) else sqlite.unsought
    given = ((name, getattr(wanted, name)) for name in _NARROWING)
    parts = [_NARROWING[name](value, seen) for name, value in given if value not in (None, "", (), False)]
    flags = [code for code, on in (("late", wanted.overdue), ("no_next_step", wanted.no_next_step)) if on]
    return and_(true(), *(views.condition(work, code) for code in flags), *parts)


def _is_rare(wanted: CaseFilter) -> bool:
    """Tell whether few cases can be meant, which an index gives directly."""
    in_hand = wanted.state is not None and wanted.state is not CaseState.CLOSED
    return bool(in_hand or wanted.merchant_no or wanted.tag or wanted.phone or (wanted.problem and wanted.category))


def _as_it_is(column: Column) -> Column:
    return column


_NARROWING: dict[str, Callable[[Any, Callable[[Column], Column]], ColumnElement[bool]]] = {
    "state": lambda state, seen: seen(Case.state.expression) == state,
    "result": lambda result, seen: seen(Case.result.expression) == result,
    "channel": lambda code, seen: seen(Case.channel.expression) == code,
    "problem": lambda code, seen: seen(Case.problem.expression) == code,
    "category": lambda name, seen: seen(Case.category.expression) == name,
    "handler": lambda user, seen: (
        seen(Case.handler_id.expression) == select(User.id).where(User.user == user).scalar_subquery()
    ),
    "unassigned": lambda _, seen: seen(Case.handler_id.expression).is_(None),
    "tag": lambda name, _: Case.id.in_(select(CaseTag.case_id).where(CaseTag.name == name)),
    "merchant_no": lambda number, _: Case.merchant_id.in_(select(Merchant.id).where(Merchant.number == number)),
    "received_from": lambda day, _: Case.received_on >= day,
    "received_to": lambda day, _: Case.received_on <= day,
    "due_before": lambda day, seen: seen(Case.due_on.expression) < day,
    "results": lambda results, seen: seen(Case.result.expression).in_(results),
    "phone": lambda phone, _: Case.consumer_phone == phone,
    "refunded": lambda refunded, _: and_(Case.amount > 0, Case.refund > 0).is_(refunded),
    "besides": lambda case_id, _: Case.id != case_id,
}
"""How each field of a filter narrows the list."""
