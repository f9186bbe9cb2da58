"""Planned sittings: arranged with an eye on what they clash with, moved and cancelled with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, Select, func, select

from odr_desk.model.case import Case
from odr_desk.model.mediation import Appointment
from odr_desk.rules import appointment as planning
from odr_desk.rules import moments
from odr_desk.rules.appointment import AppointmentDraft, AppointmentState, check_appointment
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import cases, codes, setup, timeline, versions
from odr_desk.store.database import Work

WEEK = timedelta(days=6)
_LONGEST = timedelta(minutes=planning.LONGEST_MINUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRow:
    """One appointment, as lists and the week show it."""

    number: int
    version: int
    case_no: str
    consumer: str
    merchant: str
    starts_at: datetime
    minutes: int
    mode: str
    place: str
    mediator: str
    invited: str
    reminder: str
    despite: str
    state: AppointmentState
    reason: str
    session: int | None

    @property
    def day(self) -> date:
        """Return the day on the wall clock."""
        return moments.day_of(self.starts_at)

    @property
    def hours(self) -> str:
        """Return from when till when."""
        return planning.hours(self.starts_at, self.minutes)

    @property
    def tail(self) -> str:
        """Return the part of the case number that people say aloud."""
        return self.case_no.rsplit("-", 1)[-1]


def proposed(work: Work, case_no: str) -> AppointmentDraft:
    """Return what to begin with: the next full hour of tomorrow, both sides, the desk."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    mall = setup.profile(work)
    tomorrow = moments.start_of(moments.day_of(work.now) + timedelta(days=1))
    sides = ((case.consumer_name, "消费者"), (case.merchant_name, "商户"))
    return AppointmentDraft(
        starts_at=tomorrow + timedelta(hours=14),
        minutes=planning.USUAL_MINUTES,
        mode="A",
        place=mall.desk_name or mall.name,
        mediator=work.actor.name,
        invited="、".join(f"{name}（{role}）" for name, role in sides if name),
    )


def words_for(work: Work, case_no: str, draft: AppointmentDraft) -> str:
    """Return the words to read to both sides for an appointment as it stands in the form."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    if draft.starts_at is None:
        return ""
    names = (case.consumer_name, case.merchant_name)
    phone = setup.profile(work).phone
    return planning.reminder(names, draft.starts_at, planning.length_of(draft), draft.place, phone)


def clashes(work: Work, case_no: str, draft: AppointmentDraft, besides: int = 0) -> tuple[str, ...]:
    """Return what stands in the way of an appointment, in words; `besides` is the number being moved."""
    work.actor.require(Right.READ_CASES)
    return tuple(_clashes(work, cases.named(work, case_no), draft, besides))


def overlaps(work: Work, case: Case) -> tuple[str, ...]:
    """Return in words what the sittings of a case that are still to come clash with, such as when it is restored."""
    coming = select(Appointment).where(
        Appointment.case_id == case.id, Appointment.state == AppointmentState.PLANNED, Appointment.starts_at >= work.now
    )
    return tuple(
        f"{_when(draft)} 的调解：{'；'.join(found)}"
        for one in work.session.scalars(coming.order_by(Appointment.starts_at))
        for draft in (
            AppointmentDraft(starts_at=one.starts_at, minutes=one.minutes, mediator=one.mediator, place=one.place),
        )
        if (found := tuple(_overlaps(work, case, draft, one.number)))
    )


def add(work: Work, case_no: str, draft: AppointmentDraft) -> int:
    """Arrange a sitting and return its number; with something in its way it takes a reason in `despite`."""
    work.actor.require(Right.WRITE_CASES)
    case = _open(work, case_no)
    draft = _checked(work, case, draft)
    last = work.session.scalar(select(func.max(Appointment.number)).where(Appointment.case_id == case.id)) or 0
    work.session.add(
        Appointment(
            case_id=case.id, number=last + 1, made_by=work.actor.name, made_at=work.now,
            state=AppointmentState.PLANNED, **_columns(draft),
        )
    )  # fmt: skip
    work.session.flush()
    timeline.system(work, case, EventKind.STATE, f"约调解：{_when(draft)}，{draft.place}，调解员{draft.mediator}")
    return last + 1


def move(work: Work, case_no: str, number: int, draft: AppointmentDraft, reason: str, version: int = 0) -> int:
    """Change a planned sitting, with the reason when its time changes; return its new version."""
    work.actor.require(Right.WRITE_CASES)
    case = _open(work, case_no)
    found = _planned(work, case, number)
    if version and found.version_id != version:
        theirs = AppointmentDraft(**{name: getattr(found, name) for name in _columns(draft)})
        name = f"{case_no} 的预约"
        raise versions.overtaken(work, name, f"appointments:{found.id}", found.version_id, _columns(draft), theirs)
    draft = _checked(work, case, draft, found.number)
    is_later = draft.starts_at != found.starts_at
    if is_later:
        found.reason = _reason(reason, "改期")
    before = found.starts_at
    for name, value in _columns(draft).items():
        if getattr(found, name) != value:
            setattr(found, name, value)
    if is_later:
        was = moments.show_moment(before)
        timeline.system(work, case, EventKind.STATE, f"调解改期：{was} 改到 {_when(draft)}。{found.reason}")
    work.session.flush()
    return found.version_id


def cancel(work: Work, case_no: str, number: int, reason: str) -> None:
    """Call a planned sitting off, with the reason; it stays on record."""
    work.actor.require(Right.WRITE_CASES)
    case = cases.named(work, case_no)
    found = _planned(work, case, number)
    found.state, found.reason = AppointmentState.CANCELLED, _reason(reason, "取消")
    timeline.system(work, case, EventKind.STATE, f"取消 {moments.show_moment(found.starts_at)} 的调解：{found.reason}")


def hold(work: Work, case: Case, number: int, session: int) -> None:
    """Note that a planned sitting has been held as this one."""
    found = _planned(work, case, number)
    found.state, found.session = AppointmentState.HELD, session


def of_case(work: Work, case_no: str) -> tuple[AppointmentRow, ...]:
    """Return the appointments of a case, the earliest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = _rows().where(Appointment.case_id == case.id).order_by(Appointment.starts_at, Appointment.number)
    return tuple(_row(row) for row in work.session.execute(chosen))


def between(work: Work, first: date, last: date, *, planned_only: bool = False) -> tuple[AppointmentRow, ...]:
    """Return what is arranged from one day to another, called-off ones left out."""
    work.actor.require(Right.READ_CASES)
    states = (AppointmentState.PLANNED,) if planned_only else (AppointmentState.PLANNED, AppointmentState.HELD)
    chosen = _rows().where(
        Appointment.starts_at >= moments.start_of(first),
        Appointment.starts_at < moments.start_of(last + timedelta(days=1)),
        Appointment.state.in_(states),
        Case.deleted_at.is_(None),
    )
    return tuple(_row(row) for row in work.session.execute(chosen.order_by(Appointment.starts_at, Appointment.id)))


def _checked(work: Work, case: Case, draft: AppointmentDraft, besides: int = 0) -> AppointmentDraft:
    """Return the draft in its normal form; raise Invalid when it cannot be arranged, or not without a reason."""
    check_appointment(draft, work.now)
    draft = replace(
        draft,
        mode=codes.require(work, "modes", draft.mode, "mode", "调解方式"),
        minutes=planning.length_of(draft),
        place=draft.place.strip(),
    )
    found = tuple(_clashes(work, case, draft, besides))
    if found and not draft.despite.strip():
        raise Invalid.of("despite", f"{'；'.join(found)}。仍要约的，请写明原因")
    return draft if found else replace(draft, despite="")


def _clashes(work: Work, case: Case, draft: AppointmentDraft, besides: int) -> Iterator[str]:
    if draft.starts_at is None:
        return
    yield from _overlaps(work, case, draft, besides)
    minutes = planning.length_of(draft)
    if planning.is_outside_hours(draft.starts_at, minutes):
        hours = planning.hours(draft.starts_at, minutes)
        yield f"{hours} 不在营业时间（{planning.OPENS:%H:%M}–{planning.CLOSES:%H:%M}）内"


def _overlaps(work: Work, case: Case, draft: AppointmentDraft, besides: int) -> Iterator[str]:
    assert draft.starts_at is not None  # noqa: S101 - looked at before
    for other in _at_that_time(work, draft.starts_at, planning.length_of(draft)):
        if (other.case_id, other.number) == (case.id, besides):
            continue
        when = f"{planning.hours(other.starts_at, other.minutes)} {other.case_no.rsplit('-', 1)[-1]}"
        if other.mediator == draft.mediator.strip():
            yield f"调解员{other.mediator}已约 {when}"
        if other.place and other.place == draft.place.strip():
            yield f"{other.place}已被 {when} 占用"
        if other.merchant_id == case.merchant_id:
            yield f"商户{other.merchant}那时有 {when}"
        if other.phone and other.phone == case.consumer_phone:
            yield f"消费者{other.consumer}那时有 {when}"


def _at_that_time(work: Work, starts_at: datetime, minutes: int) -> list["_Other"]:
    """Return the planned sittings that overlap; those ending just then do not."""
    ends_at = starts_at + timedelta(minutes=minutes)
    chosen = (
        select(
            Appointment.case_id, Appointment.number, Appointment.starts_at, Appointment.minutes, Appointment.mediator,
            Appointment.place, Case.number, Case.merchant_id, Case.merchant_name, Case.consumer_phone,
            Case.consumer_name,
        )
        .join(Case, Case.id == Appointment.case_id)
        .where(
            Appointment.state == AppointmentState.PLANNED,
            Appointment.starts_at < ends_at,
            Appointment.starts_at > starts_at - _LONGEST,
            Case.deleted_at.is_(None),
        )
        .order_by(Appointment.starts_at)
    )  # fmt: skip
    found = (_Other(*row) for row in work.session.execute(chosen))
    return [other for other in found if other.starts_at + timedelta(minutes=other.minutes) > starts_at]


@dataclass(frozen=True, slots=True)
class _Other:
    case_id: int
    number: int
    starts_at: datetime
    minutes: int
    mediator: str
    place: str
    case_no: str
    merchant_id: int
    merchant: str
    phone: str
    consumer: str


def _rows() -> Select[*tuple[object, ...]]:
    return select(Appointment, Case.number, Case.consumer_name, Case.merchant_name).join(
        Case, Case.id == Appointment.case_id
    )


def _row(row: Row[*tuple[object, ...]]) -> AppointmentRow:
    found, case_no, consumer, merchant = row
    assert isinstance(found, Appointment)  # noqa: S101 - what _rows selects
    return AppointmentRow(
        number=found.number,
        version=found.version_id,
        case_no=str(case_no),
        consumer=str(consumer),
        merchant=str(merchant),
        starts_at=found.starts_at,
        minutes=found.minutes,
        mode=found.mode,
        place=found.place,
        mediator=found.mediator,
        invited=found.invited,
        reminder=found.reminder,
        despite=found.despite,
        state=found.state,
        reason=found.reason,
        session=found.session,
    )


def _columns(draft: AppointmentDraft) -> dict[str, object]:
    names = ("starts_at", "minutes", "mode", "place", "mediator", "invited", "reminder", "despite")
    return {name: getattr(draft, name) for name in names}


def _planned(work: Work, case: Case, number: int) -> Appointment:
    found = work.session.scalars(
        select(Appointment).where(Appointment.case_id == case.id, Appointment.number == number)
    ).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case.number} 没有第 {number} 次预约")
    if found.state is not AppointmentState.PLANNED:
        raise IllegalMove(f"这次预约{found.state.label}，不能再改")
    return found


def _open(work: Work, case_no: str) -> Case:
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再约调解，请先重新打开", ("reopen",))
    return case


def _reason(text: str, what: str) -> str:
    if not text.strip():
        raise Invalid.of("reason", f"请写明为什么{what}，最多 200 字")
    return sentence("原因", text)


def _when(draft: AppointmentDraft) -> str:
    assert draft.starts_at is not None  # noqa: S101 - required, checked before
    hours = planning.hours(draft.starts_at, planning.length_of(draft))
    return f"{moments.show_day(moments.day_of(draft.starts_at))} {hours}"
