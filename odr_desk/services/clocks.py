"""The clocks of a case, computed from rules, calendar and pauses, and explained day by day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, ClockPause
from odr_desk.rules import calendar as days
from odr_desk.rules import deadlines, moments
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.deadlines import Clock, Deadline, DeadlineRule, Pause
from odr_desk.rules.mall import Mall
from odr_desk.services import families
from odr_desk.services.families import Follower
from odr_desk.store import reference, settings
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


def of_case(work: Work, case: Case, merged: tuple[Follower, ...] | None = None) -> tuple[Deadline, ...]:
    """Return both clocks of a case, less the days on which the second stood still.

    Of cases that were merged into it the earlier clock counts, each by the channel and the day it came by; one that
    was over when its case came out of the archive counts only where no other runs. `merged` are those cases, if they
    have been read already.
    """
    return _earliest(work, case, pauses_of(work, case.id), merged)


def renew(work: Work, case: Case) -> None:
    """Count the clocks of a case anew, after its pauses or what they are counted from have changed."""
    pauses = pauses_of(work, case.id)
    set_due(case, _earliest(work, case, pauses))
    case.paused_since = next((pause.since for pause in pauses if pause.until is None), None)


def _earliest(
    work: Work, case: Case, pauses: tuple[Pause, ...], merged: tuple[Follower, ...] | None = None
) -> tuple[Deadline, ...]:
    if merged is None:
        merged = families.followers(work, case.id)
    pack = load(work)
    own = pack.deadlines(case.channel, case.received_on, pauses)
    if not merged:
        return own
    others = [
        pack.deadlines(one.channel, one.received_on, _together(pauses, pauses_of(work, one.id))) for one in merged
    ]
    over = (families.was_archived(work, case), *(one.archived_on is not None for one in merged))
    running = [clocks for clocks, is_over in zip((own, *others), over, strict=True) if not is_over]
    return tuple(min(clocks, key=lambda clock: clock.due) for clocks in zip(*(running or (own, *others)), strict=True))


def _together(leading: tuple[Pause, ...], own: tuple[Pause, ...]) -> tuple[Pause, ...]:
    """Return the pauses of a merged case's clock: those of the leading case, and its own that lie apart from them."""
    apart = (
        one
        for one in own
        if not any(
            (one.until is None or led.since <= one.until) and (led.until is None or one.since <= led.until)
            for led in leading
        )
    )
    return tuple(sorted((*leading, *apart), key=lambda one: one.since))


def pauses_of(work: Work, case_id: int) -> tuple[Pause, ...]:
    """Return the pauses of a case that count, the first one first."""
    chosen = select(ClockPause.since, ClockPause.until, ClockPause.reason).where(
        ClockPause.case_id == case_id, ClockPause.taken_back == ""
    )
    return tuple(Pause(*row) for row in work.session.execute(chosen.order_by(ClockPause.since)))


def end_pause(work: Work, case: Case) -> None:
    """Let a clock that stands still run again, because the case has come to its result."""
    if case.paused_since is None:
        return
    running = select(ClockPause).where(
        ClockPause.case_id == case.id, ClockPause.until.is_(None), ClockPause.taken_back == ""
    )
    for pause in work.session.scalars(running):
        pause.until = moments.day_of(work.now)
    work.session.flush()
    renew(work, case)


def remaining(pack: RulePack, due_on: date, today: date) -> int:
    """Count the working days left until the due day, negative when it has passed."""
    return days.working_between(pack.calendar, today, due_on)


def left_of(pack: RulePack, due_on: date, today: date, paused_since: date | None) -> int:
    """Count the working days left; while the clock stands still, those left on the day before it stopped."""
    return remaining(pack, due_on, paused_since - days.ONE if paused_since is not None else today)


def read(work: Work) -> RulePack:
    """Return rules and calendar as they stand now, also within the work that is editing them."""
    mall = settings.load(work, Mall)
    district = mall.district if mall is not None else ""
    return RulePack(reference.load_deadline_rules(work), reference.load_calendar(work), district)
