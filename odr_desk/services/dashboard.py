"""今日: what has to be done now, in the order to do it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.rules import moments, money
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.rules.reporting import Reporting
from odr_desk.rules.stations import Station
from odr_desk.services import appointments, calendar_admin, case_file, duty_list, queue, submissions, views
from odr_desk.services.duty_list import DutyFilter, DutyView
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.services.submissions import Pending
from odr_desk.services.views import Mark
from odr_desk.store import settings
from odr_desk.store.database import Work

COUNTED = ("late", "today", "soon", "no_next_step", "unperformed", "unanswered", "revisit")
MOST_FIRST = 9
MOST_DATES = 6
AHEAD = timedelta(days=7)
_ALL_WELL = {
    "late": "没有超过期限的件",
    "today": "今天没有到期的件",
    "soon": "近两个工作日没有到期的件",
    "no_next_step": "每件都有下一步",
    "unperformed": "和解的都已履行",
    "unanswered": "平台都已反馈",
    "revisit": "没有到日子的回访",
}


@dataclass(frozen=True, slots=True)
class Counter:
    """How many cases a view holds and which one to take first."""

    code: str
    title: str
    mark: Mark
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """One case of the list to begin with: how long is left, what is next, which button stands there."""

    row: CaseRow
    left: str
    next_: str
    station: Station


class DateKind(Word):
    """What a date on the desk is."""

    MEETING = "meeting", "调解"
    NEXT_STEP = "next_step", "约定"
    DUTY = "duty", "履行"
    OWN_DUE = "own_due", "内部期限"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something promised for a day; `is_past` says that the day has gone by without it."""

    day: date
    kind: DateKind
    what: str
    case_no: str
    merchant: str
    is_past: bool

    @property
    def tail(self) -> str:
        """Return the part of the case number that people say aloud."""
        return self.case_no.rsplit("-", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything on 今日 as of one moment; `cases` tells whether there has ever been one."""

    now: datetime
    today: date
    counters: tuple[Counter, ...]
    first: tuple[ToDo, ...]
    open_: int
    dates: tuple[Appointment, ...]
    pending: Pending | None
    report_due: date | None
    cases: bool
    missing_year: int | None = None


def read(work: Work) -> Dashboard:
    """Return what stands on 今日."""
    work.actor.require(Right.READ_CASES)
    today = moments.day_of(work.now)
    found = views.counts(work, (*COUNTED, "open"))
    pending = submissions.pending(work)
    return Dashboard(
        now=work.now,
        today=today,
        counters=tuple(_counter(work, code, found[code], today) for code in COUNTED),
        first=_first(work),
        open_=found["open"],
        dates=_dates(work, today),
        pending=pending,
        report_due=_report_due(work, pending),
        missing_year=calendar_admin.missing_year(work) if work.actor.may(Right.MANAGE) else None,
        cases=work.session.execute(select(Case.id).limit(1)).first() is not None,
    )


def _counter(work: Work, code: str, count: int, today: date) -> Counter:
    view = views.BY_CODE[code]
    if not count:
        return Counter(code, view.title, Mark.DONE, 0, _next_revisit(work, today) if code == "revisit" else _well(code))
    (row,) = queue.page(work, CaseFilter(view=code), 0, 1)
    return Counter(code, view.title, view.mark or Mark.ACT, count, f"先办 {row.tail} {row.merchant}")


def _well(code: str) -> str:
    return _ALL_WELL[code]


def _next_revisit(work: Work, today: date) -> str:
    chosen = select(func.min(Case.revisit_due_on)).where(
        Case.is_open.is_(True), Case.deleted_at.is_(None), Case.revisit_due_on > today, Case.revisited_on.is_(None)
    )
    day = work.session.execute(chosen).scalar_one()
    return f"下一件 {moments.show_day(day, today)}" if day is not None else _well("revisit")


def _first(work: Work) -> tuple[ToDo, ...]:
    """Return the late cases, then those to be worked on by their due day, then those only to be closed."""
    found: list[CaseRow] = []
    for mark in (Mark.LATE, Mark.ACT, Mark.DONE):
        found += queue.page(work, CaseFilter(view=mark.value), 0, MOST_FIRST - len(found))
    stations = _stations(work, [row.id for row in found])
    return tuple(ToDo(row, row.time_left, _next(row), stations[row.id]) for row in found)


def _next(row: CaseRow) -> str:
    if not row.next_step:
        return row.subject
    return f"{moments.show_day(row.next_step_on)} {row.next_step}" if row.next_step_on else row.next_step


def _stations(work: Work, ids: list[int]) -> dict[int, Station]:
    columns = (
        Case.id, Case.state, Case.handler_id, Case.merchant_contact_at, Case.mediated_on, Case.performance,
        Case.channel, Case.fed_back_on,
    )  # fmt: skip
    return {row.id: case_file.station(row) for row in work.session.execute(select(*columns).where(Case.id.in_(ids)))}


def _dates(work: Work, today: date) -> tuple[Appointment, ...]:
    """Return what was promised: missed days first, then the days to come; no sitting of today is left out."""
    steps = select(Case.next_step_on, Case.next_step, Case.number, Case.merchant_name).where(
        Case.is_open.is_(True), Case.deleted_at.is_(None), Case.next_step != "", Case.next_step_on <= today + AHEAD
    )
    found = [
        Appointment(day, DateKind.NEXT_STEP, what, number, merchant, day < today)
        for day, what, number, merchant in work.session.execute(steps.order_by(Case.next_step_on).limit(MOST_DATES))
        if day is not None
    ]
    own = select(Case.manual_due_on, Case.manual_due_reason, Case.number, Case.merchant_name).where(
        Case.is_open.is_(True), Case.deleted_at.is_(None), Case.result.is_(None), Case.manual_due_on <= today + AHEAD
    )
    found += [
        Appointment(day, DateKind.OWN_DUE, f"内部期限：{why}", number, merchant, day < today)
        for day, why, number, merchant in work.session.execute(own.order_by(Case.manual_due_on).limit(MOST_DATES))
        if day is not None
    ]
    for duty in duty_list.page(work, DutyFilter(view=DutyView.OPEN), 0, MOST_DATES):
        if duty.due_on <= today + AHEAD:
            what = f"{duty.kind} ¥{money.show(duty.outstanding)}" if duty.outstanding else duty.text
            found.append(
                Appointment(duty.due_on, DateKind.DUTY, what, duty.case_no, duty.merchant, duty.due_on < today)
            )
    meetings = [
        Appointment(one.day, DateKind.MEETING, f"{one.hours} 调解", one.case_no, one.merchant, False)
        for one in appointments.between(work, today, today + AHEAD, planned_only=True)
    ]
    of_today = [one for one in meetings if one.day == today]
    rest = sorted((*found, *(one for one in meetings if one.day != today)), key=lambda one: one.day)
    kept = (*of_today, *rest[: max(0, MOST_DATES - len(of_today))])
    return tuple(sorted(kept, key=lambda one: (one.day, one.kind is not DateKind.MEETING)))


def _report_due(work: Work, pending: Pending | None) -> date | None:
    """Return the day by which the waiting report is to be sent, None when the mall has not said."""
    reporting = settings.load(work, Reporting)
    if pending is None or reporting is None or reporting.due_day is None:
        return None
    month_after = (pending.period.last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return month_after.replace(day=reporting.due_day)
