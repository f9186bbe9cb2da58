"""The calendar of a year: entered from the State Council's notice, and the clocks of open cases counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.reference import CalendarDay
from odr_desk.rules import moments, notice
from odr_desk.rules.calendar import DayKind, SpecialDay
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.notice import Reading
from odr_desk.rules.people import Right
from odr_desk.services import clocks
from odr_desk.services.recounting import Report, recount
from odr_desk.store import reference
from odr_desk.store.database import Work

REMIND_FROM_MONTH = 11


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the calendar and its special days."""

    year: int
    days: tuple[SpecialDay, ...]

    def count(self, kind: DayKind) -> int:
        """Count the days off, or the make-up days."""
        return sum(day.kind is kind for day in self.days)


@dataclass(frozen=True, slots=True)
class Saved:
    """What entering a year has changed."""

    year: int
    days: int
    recounted: int


def years(work: Work) -> tuple[Year, ...]:
    """Return every year that has been entered, the newest first."""
    chosen = select(CalendarDay.day, CalendarDay.kind, CalendarDay.name).order_by(CalendarDay.day)
    found: dict[int, list[SpecialDay]] = {}
    for row in work.session.execute(chosen):
        found.setdefault(row[0].year, []).append(SpecialDay(*row))
    return tuple(Year(year, tuple(found[year])) for year in sorted(found, reverse=True))


def special_days(work: Work, first: date, last: date) -> Mapping[date, str]:
    """Return what the notice says of the days from one to another that it names."""
    known = reference.load_calendar(work)
    return {day: known.note(day) for day in sorted(known.special) if first <= day <= last}


def may_enter(work: Work) -> None:
    """Raise NotAllowed unless this person may enter a year."""
    work.actor.require(Right.REFERENCE)


def save(work: Work, year: int, text: str, report: Report = lambda _done, _total: None) -> Saved:
    """Enter a year in place of what was there; raise Invalid while the notice does not fit the calendar."""
    return enter(work, year, notice.read(text, year), report)


def enter(work: Work, year: int, reading: Reading, report: Report = lambda _done, _total: None) -> Saved:
    """Enter what was read for a year; raise Invalid while something in it is wrong."""
    work.actor.require(Right.REFERENCE)
    if reading.wrong:
        raise Invalid(tuple(Problem("text", words) for words in reading.wrong))
    source = _source(year)
    rows = {row.day: row for row in work.session.scalars(select(CalendarDay))}
    known = {row.day: row for row in rows.values() if row.source == source or _is_own(row, year)}
    for special in reading.days:
        known.pop(special.day, None)
        row = rows.get(special.day)
        if row is None:
            row = CalendarDay(day=special.day)
            work.session.add(row)
        row.kind, row.name, row.source = special.kind, special.name, source
    for gone in known.values():
        work.session.delete(gone)
    work.session.flush()
    return Saved(year, len(reading.days), recount(work, report))


def _source(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def _is_own(row: CalendarDay, year: int) -> bool:
    """Tell whether a day is of the notice of its own year; one in December may be of the next."""
    return row.day.year == year and row.source != _source(year + 1)


def missing_year(work: Work) -> int | None:
    """Return next year from November on while its notice has not been entered, this year if it is missing."""
    today = moments.day_of(work.now)
    known = clocks.load(work).calendar
    if not known.knows(today):
        return today.year
    following = date(today.year + 1, 1, 1)
    return following.year if today.month >= REMIND_FROM_MONTH and not known.knows(following) else None
