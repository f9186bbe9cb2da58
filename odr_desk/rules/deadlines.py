"""The clocks on a case: rules as data, counted on the calendar, explained day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from odr_desk.rules import calendar as days
from odr_desk.rules.calendar import Calendar, CountedDay
from odr_desk.rules.labels import Word


class Clock(Word):
    """The two statutory clocks of the desk."""

    FIRST_ANSWER = "first_answer", "首次答复"
    ODR_RESULT = "odr_result", "和解并反馈"


class Unit(Word):
    """What a length is counted in."""

    WORKING = "working", "工作日"
    NATURAL = "natural", "自然日"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One dated rule of a rule pack; empty `channels` or `district` means any.

    A changed rule is a new row with a later `valid_from`: what was in force on a day stays provable.
    """

    code: str
    name: str
    clock: Clock
    length: int
    unit: Unit
    basis: str
    channels: tuple[str, ...] = ()
    district: str = ""
    valid_from: date
    valid_until: date | None = None

    def fits(self, channel: str, district: str, day: date) -> bool:
        """Tell whether the rule is for this channel and district on that day."""
        return (
            (not self.channels or channel in self.channels)
            and (not self.district or district.startswith(self.district))
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )

    @property
    def closeness(self) -> tuple[bool, bool, date]:
        """Order rules that fit: the named channel before any, the named district before any, the newer."""
        return (bool(self.channels), bool(self.district), self.valid_from)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, such as testing (Order 121 art 22); an open pause has no end yet."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a clock runs out, and every day that was counted for it.

    `due` is not rolled over a holiday; `rolled` is the day it would roll to. `estimated` says that the
    count leaves the years whose holidays are known.
    """

    clock: Clock
    rule: DeadlineRule
    start: date
    due: date
    rolled: date
    counted: tuple[CountedDay, ...]
    estimated: bool


def choose(rules: Iterable[DeadlineRule], clock: Clock, channel: str, district: str, day: date) -> DeadlineRule:
    """Return the closest rule for the clock; LookupError when the rule pack has none."""
    fitting = [rule for rule in rules if rule.clock is clock and rule.fits(channel, district, day)]
    if not fitting:
        raise LookupError(f"no rule for {clock} on {day}")
    return max(fitting, key=lambda rule: rule.closeness)


def count(rule: DeadlineRule, calendar: Calendar, start: date, pauses: tuple[Pause, ...] = ()) -> Deadline:
    """Return the deadline of a rule whose period begins with what happened on `start`."""
    counted = _counted(rule, calendar, start, pauses)
    due = counted[-1].day
    return Deadline(
        clock=rule.clock,
        rule=rule,
        start=start,
        due=due,
        rolled=days.roll(calendar, due),
        counted=counted,
        estimated=not all(calendar.knows(day) for day in (counted[0].day, due)),
    )


def _counted(rule: DeadlineRule, calendar: Calendar, start: date, pauses: tuple[Pause, ...]) -> tuple[CountedDay, ...]:
    counted: list[CountedDay] = []
    left, day = rule.length, start
    while left:
        day += days.ONE
        pause = next((p for p in pauses if p.until is not None and p.since <= day <= p.until), None)
        if pause is not None:
            counted.append(CountedDay(day, False, f"暂停：{pause.reason}"))
            continue
        counts = rule.unit is Unit.NATURAL or calendar.is_working(day)
        counted.append(CountedDay(day, counts, calendar.note(day)))
        left -= counts
    return tuple(counted)
