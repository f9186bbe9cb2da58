"""How long cases took, in working days of the calendar."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from odr_desk.model.case import Case
from odr_desk.rules import calendar as days
from odr_desk.rules.calendar import Calendar
from odr_desk.services.figures.counting import COUNTED
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Durations:
    """The working days of some cases together, and how many cases they were."""

    total: int
    cases: int


def of_cases(work: Work, calendar: Calendar, within: ColumnElement[bool]) -> Durations:
    """Add up the working days from receipt to end of the ended cases that lie `within`."""
    chosen = (
        select(Case.received_on, Case.ended_on, func.count())
        .where(COUNTED, Case.ended_on.is_not(None), within)
        .group_by(Case.received_on, Case.ended_on)
    )
    total = cases = 0
    for received_on, ended_on, count in work.session.execute(chosen):
        assert ended_on is not None  # noqa: S101 - chosen so
        total += used(calendar, received_on, ended_on) * count
        cases += count
    return Durations(total, cases)


def used(calendar: Calendar, received_on: date, ended_on: date) -> int:
    """Return the working days a case took; the day of receipt is not counted (Order 121 art 45)."""
    return max(0, days.working_between(calendar, received_on, ended_on))
