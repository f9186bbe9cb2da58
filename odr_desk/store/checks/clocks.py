"""Clocks and talks: due days as they are counted, pauses apart, appointments and offers with their sittings."""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from odr_desk.model.case import Case, ClockPause, MediationSession
from odr_desk.model.mediation import Appointment, Offer
from odr_desk.model.reference import CalendarDay, DeadlineRuleRow, Setting
from odr_desk.rules import calendar, deadlines
from odr_desk.rules.appointment import AppointmentState
from odr_desk.rules.calendar import SpecialDay
from odr_desk.rules.deadlines import Clock, DeadlineRule, Pause
from odr_desk.store.checks.looking import Finding, Look

_NEWEST = 500
_Known = dict[tuple[str, date, tuple[Pause, ...]], tuple[date, date, bool]]


def counted(look: Look) -> Iterator[Finding]:
    """Count the clocks of open cases and compare; a quick look takes the newest."""
    columns = (
        Case.id, Case.number, Case.channel, Case.received_on,
        Case.first_due_on, Case.due_on, Case.due_estimated, Case.paused_since,
    )  # fmt: skip
    leading = select(Case.merged_into_id).where(Case.merged_into_id.is_not(None))  # there an earlier clock may count
    chosen = select(*columns).where(Case.is_open.is_(True), Case.id.not_in(leading)).order_by(Case.id.desc())
    counting, pauses = _counting(look), _pauses(look)
    known: _Known = {}
    if not counting.rules:
        return
    for row in look.connection.execute(chosen if look.full else chosen.limit(_NEWEST)):
        own = pauses.get(row.id, ())
        key = (row.channel, row.received_on, own)
        if key not in known:
            known[key] = counting.days(*key)
        since = next((pause.since for pause in own if pause.until is None), None)
        if known[key] != (row.first_due_on, row.due_on, row.due_estimated):
            first, due, _ = known[key]
            yield row.number, f"投诉件 {row.number} 的期限应为首次答复 {first}、和解 {due}，记的不一样"
        elif since != row.paused_since:
            yield row.number, f"投诉件 {row.number} 的期限暂停记录和“暂停”标记不一致"


def pauses_apart(look: Look) -> Iterator[Finding]:
    """Look for pauses of one case that overlap or end before they begin."""
    one, other = aliased(ClockPause), aliased(ClockPause)
    overlap = (
        select(Case.number, one.since)
        .join(one, one.case_id == Case.id)
        .where(one.taken_back == "")
        .where(
            or_(
                one.until < one.since,
                exists().where(
                    other.case_id == one.case_id,
                    other.id != one.id,
                    other.taken_back == "",
                    other.since >= one.since,
                    or_(one.until.is_(None), other.since <= one.until),
                ),
            )
        )
    )
    for number, since in look.connection.execute(overlap):
        yield number, f"投诉件 {number} 自 {since} 起的期限暂停和另一次重叠，或止期早于起期"


def held(look: Look) -> Iterator[Finding]:
    """Look for appointments said to be held, and offers said to be made, at a sitting that is not there."""
    for kind, words, wanted in (
        (Appointment, "预约", Appointment.state == AppointmentState.HELD),
        (Offer, "方案", Offer.session.is_not(None)),
    ):
        there = exists().where(MediationSession.case_id == kind.case_id, MediationSession.number == kind.session)
        lost = select(Case.number, kind.number).join(kind, kind.case_id == Case.id).where(wanted, ~there)
        for number, count in look.connection.execute(lost):
            yield number, f"投诉件 {number} 第 {count} 个{words}所属的调解记录不在了"


class _Counting:
    """Rules, calendar and district as the file holds them."""

    def __init__(self, rules: tuple[DeadlineRule, ...], days: calendar.Calendar, district: str) -> None:
        self.rules, self._days, self._district = rules, days, district

    def days(self, channel: str, received_on: date, pauses: tuple[Pause, ...]) -> tuple[date, date, bool]:
        """Return both due days, and whether the second is an estimate."""
        found = []
        for clock in Clock:
            rule = deadlines.choose(self.rules, clock, channel, self._district, received_on)
            stops = pauses if clock is Clock.ODR_RESULT else ()
            found.append(deadlines.count(rule, self._days, received_on, stops))
        return found[0].due, found[1].due, found[1].estimated


def _counting(look: Look) -> _Counting:
    rows = look.connection.execute(select(DeadlineRuleRow.__table__)).mappings()
    rules = tuple(
        DeadlineRule(**{**{k: v for k, v in row.items() if k != "id"}, "channels": tuple(row["channels"].split())})
        for row in rows
    )
    days = look.connection.execute(select(CalendarDay.day, CalendarDay.kind, CalendarDay.name))
    mall = look.connection.execute(select(Setting.value).where(Setting.key == "mall")).scalar_one_or_none()
    district = str(json.loads(mall).get("district", "")) if mall else ""
    return _Counting(rules, calendar.make(tuple(SpecialDay(*day) for day in days)), district)


def _pauses(look: Look) -> dict[int, tuple[Pause, ...]]:
    chosen = select(ClockPause.case_id, ClockPause.since, ClockPause.until, ClockPause.reason).where(
        ClockPause.taken_back == ""
    )
    found: dict[int, tuple[Pause, ...]] = {}
    for case_id, since, until, reason in look.connection.execute(chosen.order_by(ClockPause.case_id, ClockPause.since)):
        found[case_id] = (*found.get(case_id, ()), Pause(since, until, reason))
    return found
