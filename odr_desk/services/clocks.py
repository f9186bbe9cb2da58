"""The clocks of a case, computed from rules and calendar and explained day by day."""

from dataclasses import dataclass
from datetime import date

from odr_desk.model.case import Case
from odr_desk.rules import calendar as days
from odr_desk.rules import deadlines
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.deadlines import Clock, Deadline, DeadlineRule, Pause
from odr_desk.services import setup
from odr_desk.store import reference
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class RulePack:
    """What is needed to count any clock: rules, calendar, district of the mall."""

    rules: tuple[DeadlineRule, ...]
    calendar: Calendar
    district: str

    def deadlines(self, channel: str, received_on: date, pauses: tuple[Pause, ...] = ()) -> tuple[Deadline, ...]:
        """Return both statutory clocks of a case received on that day; testing stops only the second."""
        found = []
        for clock in Clock:
            rule = deadlines.choose(self.rules, clock, channel, self.district, received_on)
            stops = pauses if clock is Clock.ODR_RESULT else ()
            found.append(deadlines.count(rule, self.calendar, received_on, stops))
        return tuple(found)


def load(work: Work) -> RulePack:
    """Return rules and calendar in force; read once, then remembered until they are edited."""
    return work.remember("rule_pack", lambda: read(work))


def set_due(case: Case, found: tuple[Deadline, ...]) -> None:
    """Write the two due days into a case; a manual due day never changes them."""
    first, result = found
    case.first_due_on = first.due
    case.due_on = result.due
    case.due_estimated = result.estimated


def remaining(pack: RulePack, due_on: date, today: date) -> int:
    """Count the working days left until the due day, negative when it has passed."""
    return days.working_between(pack.calendar, today, due_on)


def read(work: Work) -> RulePack:
    """Return rules and calendar as they stand now, also within the work that is editing them."""
    district = setup.profile(work).district
    return RulePack(reference.load_deadline_rules(work), reference.load_calendar(work), district)
