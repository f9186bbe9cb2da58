"""The shift hand-over: what is in hand by urgency, what was promised today, who calls whom next, what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import ColumnElement, and_, func, select, union_all

from odr_desk.model.case import Case, Event
from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.rules import calendar as days
from odr_desk.rules import masking, moments, promise
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.events import EventKind, in_a_line
from odr_desk.rules.people import Right
from odr_desk.services import clocks, people, queue, setup, view_counts
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.services.views import Mark
from odr_desk.store.database import Work

MOST_OPEN = 120
MOST_MOVED = 80
_RECENT = 5000
"""Entries looked at from the end of the table: more than a desk writes in a day."""
_ORDER = (Mark.LATE, Mark.ACT, Mark.WAIT)
_COUNTED = (("late", "逾期"), ("today", "今日到期"), ("soon", "两个工作日内到期"), ("no_next_step", "无下一步"))
_LONGEST = 36  # characters of one entry; the case itself tells the rest


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise noted today."""

    case_no: str
    until: date
    words: str
    noted_by: str


@dataclass(frozen=True, slots=True)
class Call:
    """A next step that falls due by the next working day; `whom` has telephones masked."""

    case_no: str
    on: date
    handler: str
    whom: str
    what: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A case on which something happened today, told entry by entry."""

    case_no: str
    consumer: str
    merchant: str
    what: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Everything on the sheet as of one moment; `handler` is the name of a person, empty for the whole desk.

    Of the `open_` cases those that are `done` only wait for the archive and are not among the rows. `more_calls`
    and `more_moved` tell how many there are beside those listed.
    """

    at: datetime
    by: str
    desk: str
    handler: str
    open_: int
    done: int
    counts: tuple[tuple[str, str, int], ...]
    rows: tuple[CaseRow, ...]
    promised: tuple[Promised, ...]
    calls: tuple[Call, ...]
    moved: tuple[Moved, ...]
    more_calls: int
    more_moved: int

    @property
    def late_left_out(self) -> int:
        """Return how many late cases are not among the rows."""
        late = next((count for code, _words, count in self.counts if code == Mark.LATE.value), 0)
        return late - sum(row.mark is Mark.LATE for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Entry:
    case_no: str
    consumer: str
    merchant: str
    kind: str
    text: str
    author: str
    system: bool


def read(work: Work, handler: str = "") -> Shift:
    """Return what is handed over: the cases of one person by login name, or of the whole desk."""
    work.actor.require(Right.READ_CASES)
    user_id = people.handler_named(work, handler) if handler else None
    calendar = clocks.load(work).calendar
    entries = _entries(work, user_id)
    due = _due(user_id, days.add_working(calendar, moments.day_of(work.now), 1)[-1].day)
    calls, moved = tuple(_calls(work, due)), tuple(_moved(entries))
    mall = setup.profile(work)
    counts = view_counts.of(
        work, CaseFilter(handler=handler), ("open", Mark.DONE.value, *(code for code, _ in _COUNTED))
    )
    return Shift(
        at=work.now,
        by=work.actor.name,
        desk=mall.desk_name or mall.name,
        handler=dict(people.handlers(work))[user_id] if user_id is not None else "",
        open_=counts["open"],
        done=counts[Mark.DONE.value],
        counts=tuple((code, words, counts[code]) for code, words in _COUNTED),
        rows=_rows(work, handler),
        promised=tuple(_promised(entries, moments.day_of(work.now), calendar)),
        calls=calls,
        moved=moved,
        more_calls=work.session.execute(select(func.count(Case.id)).where(due)).scalar_one() - len(calls),
        more_moved=len({entry.case_no for entry in entries}) - len(moved),
    )


def persons(work: Work) -> tuple[tuple[str, str], ...]:
    """Return login name and name of everybody who may have cases to hand over."""
    ids = dict(people.handlers(work))
    found = work.session.execute(select(User.id, User.user).where(User.id.in_(ids)).order_by(User.id))
    return tuple((user, ids[user_id]) for user_id, user in found)


def _rows(work: Work, handler: str) -> tuple[CaseRow, ...]:
    """Return the open cases, the late ones first; those that only wait to be closed are left out."""
    found: list[CaseRow] = []
    for mark in _ORDER:
        if len(found) < MOST_OPEN:
            found += queue.page(work, CaseFilter(view=mark.value, handler=handler), 0, MOST_OPEN - len(found))
    return tuple(found)


def _entries(work: Work, user_id: int | None) -> list[_Entry]:
    """Return what was written down today, case by case, the earliest first.

    Cases touched today are found by their last entry; one noted today for an earlier day by the end of the table.
    """
    start = moments.start_of(moments.day_of(work.now))
    newest = work.session.scalar(select(func.max(Event.id))) or 0
    touched = select(Event.id).where(Event.case_id.in_(select(Case.id).where(Case.last_event_at >= start)))
    newest_ones = select(Event.id).where(Event.id > newest - _RECENT)
    columns = (
        Case.number, Case.consumer_name, Case.merchant_name, Event.kind, Event.text, Event.author, Event.system,
    )  # fmt: skip
    chosen = select(*columns).join(Case, Case.id == Event.case_id)
    chosen = chosen.where(
        Event.recorded_at >= start,
        Event.id.in_(union_all(touched, newest_ones)),  # each of the two from its index: neither goes through the table
        Case.deleted_at.is_(None),
    )
    if user_id is not None:
        chosen = chosen.where(Case.handler_id == user_id)
    found = work.session.execute(chosen.order_by(Event.case_id, Event.number))
    return [_Entry(*row) for row in found]


def _promised(entries: Sequence[_Entry], today: date, calendar: Calendar) -> Iterator[Promised]:
    for entry in entries:
        found = None if entry.system else promise.find(entry.text, today, calendar)
        if found is not None:
            yield Promised(entry.case_no, found.until, masking.in_text(found.text), entry.author)


def _moved(entries: Sequence[_Entry]) -> Iterator[Moved]:
    cases = [list(run) for _number, run in groupby(entries, key=lambda entry: entry.case_no)]
    for run in cases[-MOST_MOVED:]:
        told = "；".join(in_a_line(EventKind(entry.kind), _short(entry.text)) for entry in run)
        authors = "、".join(dict.fromkeys(entry.author for entry in run))
        yield Moved(run[0].case_no, run[0].consumer, run[0].merchant, told, authors)


def _due(user_id: int | None, until: date) -> ColumnElement[bool]:
    """Return the condition of the cases whose next step is due by a day."""
    due = and_(Case.is_open.is_(True), Case.deleted_at.is_(None), Case.next_step != "", Case.next_step_on <= until)
    return due if user_id is None else and_(due, Case.handler_id == user_id)


def _calls(work: Work, due: ColumnElement[bool]) -> Iterator[Call]:
    columns = (
        Case.number, Case.next_step_on, Case.handler_name, Case.consumer_name, Case.consumer_phone,
        Case.merchant_name, Merchant.contact, Case.next_step,
    )  # fmt: skip
    chosen = select(*columns).join(Merchant, Merchant.id == Case.merchant_id).where(due)
    for row in work.session.execute(chosen.order_by(Case.next_step_on, Case.handler_name, Case.id).limit(MOST_OPEN)):
        number, on, handler, consumer, phone, merchant, contact, what = row
        whom = f"{consumer} {masking.phone(phone)}".strip() + f"；{merchant} {contact}".rstrip()
        if on is not None:
            yield Call(number, on, handler or "未分派", whom, _masked(what))


def _masked(text: str) -> str:
    return " ".join(masking.in_text(text).split())


def _short(text: str) -> str:
    plain = _masked(text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
