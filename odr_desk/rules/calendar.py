"""Working days in China: Monday to Friday, less the days off, plus the make-up days of the State Council's notice.

A year is known only once its notice has been entered; a count that leaves the known years is an estimate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules.labels import Word

ONE = timedelta(days=1)
WORKDAYS = 5  # Monday to Friday
DECEMBER = 12


class DayKind(Word):
    """What the State Council's notice says of a day."""

    OFF = "off", "休"
    WORK = "work", "班"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day the notice names: a day off, or a weekend day worked to make up for one."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: whether it counted, and why not or why although a weekend."""

    day: date
    counts: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The special days by date and the years for which the notice has been entered."""

    special: Mapping[date, SpecialDay]
    years: frozenset[int]

    def knows(self, day: date) -> bool:
        """Tell whether the notice of that year has been entered."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Tell whether the day is worked, as far as it is known."""
        special = self.special.get(day)
        if special is not None:
            return special.kind is DayKind.WORK
        return day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        """Tell whether the day is off by the notice (法定节假日)."""
        special = self.special.get(day)
        return special is not None and special.kind is DayKind.OFF

    def note(self, day: date) -> str:
        """Return what is special about a day: the holiday, the make-up day or the weekend."""
        special = self.special.get(day)
        if special is not None:
            return f"{special.name}{'放假' if special.kind is DayKind.OFF else '调休上班'}"
        return "" if day.weekday() < 5 else "周末"


def make(days: tuple[SpecialDay, ...]) -> Calendar:
    """Return the calendar of these special days; a year counts as known when it has any of its own.

    A day in December may be of the next year's notice.
    """
    return Calendar({day.day: day for day in days}, frozenset(day.day.year for day in days if day.day.month < DECEMBER))


def add_working(calendar: Calendar, start: date, length: int) -> tuple[CountedDay, ...]:
    """Return the days after `start` up to the `length`-th working day.

    The first day is not counted (Order 121 art 45).
    """
    counted: list[CountedDay] = []
    left, day = length, start
    while left:
        day += ONE
        works = calendar.is_working(day)
        counted.append(CountedDay(day, works, calendar.note(day)))
        left -= works
    return tuple(counted)


def roll(calendar: Calendar, day: date) -> date:
    """Return the first day on or after `day` that is not a holiday (Order 121 art 45, last day 法定节假日)."""
    while calendar.is_holiday(day):
        day += ONE
    return day


def roll_working(calendar: Calendar, day: date) -> date:
    """Return the first working day on or after `day` (民法典 203, last day 法定休假日, weekends too)."""
    while not calendar.is_working(day):
        day += ONE
    return day


def working_between(calendar: Calendar, after: date, until: date) -> int:
    """Count the working days after `after` up to and including `until`; negative the other way round.

    Counted by weeks and corrected by the special days, since lists ask it for cases years old.
    """
    if until < after:
        return -working_between(calendar, until, after)
    weeks, rest = divmod((until - after).days, 7)
    common = weeks * WORKDAYS + sum((after + ONE * n).weekday() < WORKDAYS for n in range(1, rest + 1))
    inside = (special for day, special in calendar.special.items() if after < day <= until)
    return common + sum(_correction(special) for special in inside)


def _correction(special: SpecialDay) -> int:
    """Return what a special day adds to or takes from the count of Mondays to Fridays."""
    is_weekday = special.day.weekday() < WORKDAYS
    if special.kind is DayKind.OFF:
        return -1 if is_weekday else 0
    return 0 if is_weekday else 1
