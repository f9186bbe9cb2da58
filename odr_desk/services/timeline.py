"""The timeline of a case: what people wrote down and what the program noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.rules import moments
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import CONTACT, EventDraft, EventKind, Party, check_event
from odr_desk.rules.people import Right
from odr_desk.services import families
from odr_desk.services.families import Follower
from odr_desk.store.database import Work

EDITABLE_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of the timeline, as shown; `of` is the number of the case it was written in, if that was merged."""

    number: int
    kind: str
    party: str
    text: str
    at: datetime
    recorded_at: datetime
    author: str
    author_id: int
    system: bool
    amends: int | None
    of: str = ""


def rows(work: Work, case_id: int, merged: tuple[Follower, ...] | None = None) -> tuple[EventRow, ...]:
    """Return the timeline of a case, newest first, with those of the cases merged into it; `merged` if read already."""
    work.actor.require(Right.READ_CASES)
    columns = (
        Event.number, Event.kind, Event.party, Event.text, Event.at, Event.recorded_at,
        Event.author, Event.author_id, Event.system, Event.amends, Event.case_id,
    )  # fmt: skip
    if merged is None:
        merged = families.followers(work, case_id)
    others = {one.id: one.number for one in merged}
    told = or_(Event.case_id == case_id, Event.kind != EventKind.MERGED)  # the one that leads says it already
    of_all: Any = select(*columns).where(Event.case_id.in_((case_id, *others)), told)
    found = work.session.execute(of_all.order_by(Event.at.desc(), Event.case_id == case_id, Event.number.desc()))
    return tuple(EventRow(*(*row[:-1], others.get(row[-1], ""))) for row in found)


def add(work: Work, case: Case, draft: EventDraft) -> int:
    """Write an entry down and return its number; a first contact starts or stops what depends on it."""
    work.actor.require(Right.WRITE_CASES)
    check_event(draft)
    at = draft.at or work.now
    if at > work.now + timedelta(minutes=1):
        raise Invalid.of("at", "记录时间在现在之后，请核对时间")
    event = _append(work, case, draft.kind, draft.party, draft.text, at, system=False)
    note_contact(case, draft.kind, draft.party, at)
    return event.number


def require_since(work: Work, case: Case, at: datetime, field: str, label: str) -> None:
    """Raise Invalid when what is dated then lies before the day on which the complaint came in."""
    first = families.received_on(work, case)
    if moments.day_of(at) < first:
        raise Invalid.of(field, f"{label}早于收到投诉的 {first.isoformat()}，请核对年月日")


def system(work: Work, case: Case, kind: EventKind, text: str, at: datetime | None = None) -> int:
    """Note what the program did or what somebody did with a button; folded on screen."""
    return _append(work, case, kind, Party.DESK, text, at or work.now, system=True).number


def edit(work: Work, case: Case, number: int, text: str) -> None:
    """Change one's own entry within ten minutes; afterwards it can only be amended."""
    work.actor.require(Right.WRITE_CASES)
    event = entry(work, case, number)
    if event.system or event.author_id != work.actor.user_id:
        raise IllegalMove("只能改自己写的记录；对别人的记录可以“补充更正”")
    if work.now - event.recorded_at > EDITABLE_FOR:
        raise IllegalMove("这条记录写下已超过 10 分钟，不能再改；请用“补充更正”另写一条")
    check_event(EventDraft(kind=EventKind(event.kind), party=Party(event.party), text=text))
    event.text = text


def amend(work: Work, case: Case, number: int, text: str) -> int:
    """Add a correction to an entry; the entry itself stays as it was written."""
    work.actor.require(Right.WRITE_CASES)
    first = entry(work, case, number)
    draft = EventDraft(kind=EventKind.NOTE, party=Party(first.party), text=text)
    check_event(draft)
    event = _append(work, case, draft.kind, draft.party, text, work.now, system=False)
    event.amends = first.number
    return event.number


def withdraw(work: Work, event: Event) -> None:
    """Take back what somebody wrote: the entry keeps its number and time, its words are gone from the case."""
    amends = (Event.case_id == event.case_id, Event.amends == event.number, Event.system.is_(False))
    later = work.session.scalars(select(Event.number).where(*amends).limit(1)).first()
    if later is not None:
        raise IllegalMove(f"第 {event.number} 条记录已有补充更正（第 {later} 条），请先撤销那一条")
    event.kind, event.text, event.system = EventKind.UNDONE.value, "这条记录已由本人撤销", True


def settle_contacts(work: Work, case: Case, doubtful: set[datetime]) -> None:
    """Reckon the days of first contact anew where they rest on an entry of one of these instants."""
    days = {moments.day_of(at) for at in doubtful}
    for name in ("first_contact_at", "merchant_contact_at"):
        if getattr(case, name) in doubtful:
            setattr(case, name, None)
    for name in ("answered_on", "mediated_on"):
        if getattr(case, name) in days:
            setattr(case, name, None)
    if case.solved_on_spot:
        case.first_contact_at = case.first_contact_at or case.received_at
        case.answered_on = case.answered_on or case.received_on
    written = select(Event).where(Event.case_id == case.id, Event.system.is_(False)).order_by(Event.at)
    for event in work.session.scalars(written):
        note_contact(case, EventKind(event.kind), Party(event.party), event.at)
    held = select(MediationSession.held_at).where(MediationSession.case_id == case.id)
    first = work.session.scalars(held.order_by(MediationSession.held_at).limit(1)).first()
    if first is not None:
        sat = moments.day_of(first)
        case.mediated_on = min(sat, case.mediated_on) if case.mediated_on else sat


def entry(work: Work, case: Case, number: int) -> Event:
    """Return one entry; raise Missing when the case has none of that number."""
    found = work.session.scalars(select(Event).where(Event.case_id == case.id, Event.number == number)).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case.number} 没有第 {number} 条记录")
    return found


def _append(work: Work, case: Case, kind: EventKind, party: Party, text: str, at: datetime, *, system: bool) -> Event:
    case.event_count += 1
    case.last_event_at = max(at, case.last_event_at) if case.last_event_at else at
    event = Event(
        case_id=case.id,
        number=case.event_count,
        kind=kind.value,
        party=party.value,
        text=text,
        at=at,
        recorded_at=work.now,
        author=work.actor.name,
        author_id=work.actor.user_id,
        system=system,
    )
    work.session.add(event)
    return event


def note_contact(case: Case, kind: EventKind, party: Party, at: datetime) -> None:
    """Keep the days of first contact, which the clocks and the monthly figures read."""
    if kind not in CONTACT:
        return
    if party in (Party.CONSUMER, Party.BOTH):
        case.first_contact_at = min(at, case.first_contact_at) if case.first_contact_at else at
        answered = moments.day_of(at)
        case.answered_on = min(answered, case.answered_on) if case.answered_on else answered
    if party in (Party.MERCHANT, Party.BOTH):
        case.merchant_contact_at = min(at, case.merchant_contact_at) if case.merchant_contact_at else at
    if kind is EventKind.MEETING and party is Party.BOTH:
        met = moments.day_of(at)
        case.mediated_on = min(met, case.mediated_on) if case.mediated_on else met
