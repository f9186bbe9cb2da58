"""Sittings of a mediation: written down once, told in the timeline, read by the papers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.fields import fields_of
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.people import Right
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import appointments, cases, codes, timeline, versions
from odr_desk.services import offers as made
from odr_desk.services.offers import OfferRow
from odr_desk.store.database import Work

ON_SITE = "A"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sitting, as shown."""

    number: int
    held_at: datetime
    ended_at: datetime | None
    mode: str
    mediator: str
    place: str
    informed: bool
    present: tuple[PresentDraft, ...]
    consumer_position: str
    merchant_position: str
    opinion: str
    offers: tuple[OfferRow, ...]
    outcome: str


def add(
    work: Work,
    case_no: str,
    draft: SessionDraft,
    present: tuple[PresentDraft, ...] = (),
    offers: tuple[OfferDraft, ...] = (),
    appointment: int | None = None,
) -> int:
    """Write a sitting down and return its number; it counts as contact with both sides.

    `appointment` is the number of the planned sitting that it is.
    """
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再记调解，请先重新打开", ("reopen",))
    held_at = _held_at(work, case, draft)
    mode = codes.require(work, "modes", draft.mode, "mode", "调解方式")
    last = work.session.scalar(select(func.max(MediationSession.number)).where(MediationSession.case_id == case.id))
    number = (last or 0) + 1
    values = {field.name: getattr(draft, field.name) for field in fields_of(SessionDraft)}
    people = _people(present)
    work.session.add(MediationSession(**values | {"mode": mode}, case_id=case.id, number=number, present=people))
    for offer in offers:
        made.add(work, case_no, replace(offer, at=offer.at or held_at), number)
    if appointment is not None:
        appointments.hold(work, case, appointment, number)
    case.mode = mode
    words = _words(number, _way(work, mode), draft.mediator, draft.outcome)
    timeline.add(work, case, EventDraft(kind=EventKind.MEETING, party=Party.BOTH, text=words, at=held_at))
    return number


def at_length(work: Work, case_ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """Return, by case and the words of its entry in the timeline, a sitting with what both sides said at it."""
    found = {}
    chosen = select(MediationSession).where(MediationSession.case_id.in_(case_ids))
    for held in work.session.scalars(chosen.order_by(MediationSession.id)):
        views = (("消费者", held.consumer_position), ("商户", held.merchant_position))
        said = "".join(f"{who}：{view.strip().rstrip('。；')}。" for who, view in views if view.strip())
        part = (held.number, _way(work, held.mode), held.mediator)
        found[held.case_id, _words(*part, held.outcome)] = _words(*part, f"{said}{held.outcome}")
    return found


def _way(work: Work, mode: str) -> str:
    return "" if mode == ON_SITE else f"（{codes.names(work, 'modes').get(mode, mode)}）"


def _words(number: int, way: str, mediator: str, said: str) -> str:
    return f"第 {number} 次调解{way}，调解员{mediator}。{said}".strip()


def change(
    work: Work,
    case_no: str,
    number: int,
    changes: Mapping[str, object],
    present: tuple[PresentDraft, ...] | None = None,
    seen: Mapping[str, object] | None = None,
) -> tuple[str, ...]:
    """Correct what was noted of a sitting, with a trace of it; return the names of what was corrected.

    Papers issued of it stay as they are. Conflict when a field does not stand any more as it was `seen`.
    """
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再改调解记录，请先重新打开", ("reopen",))
    chosen = select(MediationSession).where(MediationSession.case_id == case.id, MediationSession.number == number)
    found = work.session.scalars(chosen).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case_no} 没有第 {number} 次调解")
    given = {name: getattr(parse(SessionDraft, changes), name) for name in changes}
    before = SessionDraft(**{field.name: getattr(found, field.name) for field in fields_of(SessionDraft)})
    stood = {name: getattr(before, name) for name in given}
    if any(stood[name] not in ((seen or stood).get(name, stood[name]), value) for name, value in given.items()):
        what = f"{case_no} 第 {number} 次调解的记录"
        raise versions.overtaken(work, what, f"sessions:{found.id}", 0, given, before)
    draft = replace(before, **given)
    check(draft)
    _held_at(work, case, draft)
    draft = replace(draft, mode=codes.require(work, "modes", draft.mode, "mode", "调解方式"))
    labels = [field.label for field in fields_of(SessionDraft) if _put(found, field.name, getattr(draft, field.name))]
    if present is not None and _put(found, "present", _people(present)):
        labels.append("参加人")
    if labels:
        _retell(work, case, number, before, draft)
        words = f"改了第 {number} 次调解的记录：{'、'.join(labels)}"
        timeline.system(work, case, EventKind.CHANGED, words)
    return tuple(labels)


def rows(work: Work, case_no: str) -> tuple[SessionRow, ...]:
    """Return the sittings of a case, the first one first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = select(MediationSession).where(MediationSession.case_id == case.id).order_by(MediationSession.number)
    offers = made.of_case(work, case.id)
    return tuple(_row(found, offers) for found in work.session.scalars(chosen))


def last_held(work: Work, case_id: int) -> datetime | None:
    """Return when the last sitting of a case was held, in the order they were noted."""
    chosen = select(MediationSession.held_at).where(MediationSession.case_id == case_id)
    return work.session.scalars(chosen.order_by(MediationSession.number.desc()).limit(1)).one_or_none()


def views(work: Work, case_id: int) -> tuple[str, str]:
    """Return what consumer and merchant said at the last sitting at which either said something."""
    held = select(MediationSession).where(MediationSession.case_id == case_id).order_by(MediationSession.number.desc())
    said = ((one.consumer_position, one.merchant_position) for one in work.session.scalars(held))
    return next((both for both in said if any(both)), ("", ""))


def _held_at(work: Work, case: Case, draft: SessionDraft) -> datetime:
    """Return when it began; raise Invalid unless it lies between the complaint and now and ended after it began."""
    assert draft.held_at is not None  # noqa: S101 - required, checked before
    if draft.held_at > work.now:
        raise Invalid.of("held_at", "调解时间在现在之后；还没有开的调解请用“约调解”")
    timeline.require_since(work, case, draft.held_at, "held_at", "调解时间")
    if draft.ended_at is not None and not draft.held_at <= draft.ended_at <= work.now:
        raise Invalid.of("ended_at", "结束时间应在开始之后、现在之前，请核对")
    return draft.held_at


def _row(found: MediationSession, offers: tuple[OfferRow, ...]) -> SessionRow:
    return SessionRow(
        found.number,
        found.held_at,
        found.ended_at,
        found.mode,
        found.mediator,
        found.place,
        found.informed,
        tuple(PresentDraft(**one) for one in json.loads(found.present or "[]")),
        found.consumer_position,
        found.merchant_position,
        found.opinion,
        tuple(offer for offer in offers if offer.session == found.number),
        found.outcome,
    )


def _put(found: MediationSession, name: str, value: object) -> bool:
    """Put a value on record and tell whether it is another one."""
    if getattr(found, name) == value:
        return False
    setattr(found, name, value)
    return True


def _retell(work: Work, case: Case, number: int, before: SessionDraft, after: SessionDraft) -> None:
    """Let the entry that tells of a sitting say what holds now, at the time at which it was held after all.

    One that somebody has put in words of their own keeps them.
    """
    was, held_at = before.held_at, after.held_at
    if was is None or held_at is None:
        return
    told = Event.text.startswith(f"第 {number} 次调解")
    of_it = select(Event).where(Event.case_id == case.id, Event.kind == EventKind.MEETING, Event.at == was, told)
    for entry in work.session.scalars(of_it):
        entry.at = held_at
        if entry.text == _told(work, number, before):
            entry.text = _told(work, number, after)
    if was != held_at:
        work.session.flush()
        timeline.settle_contacts(work, case, {was})


def _told(work: Work, number: int, draft: SessionDraft) -> str:
    return _words(number, _way(work, draft.mode), draft.mediator, draft.outcome)


def _people(present: tuple[PresentDraft, ...]) -> str:
    return json.dumps([{"name": one.name, "role": one.role} for one in present], ensure_ascii=False)
