"""The timeline of a case: what people wrote down and what the program noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from odr_desk.model.case import Case, Event
from odr_desk.rules import moments
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import CONTACT, EventDraft, EventKind, Party, check_event
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

EDITABLE_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of the timeline, as shown."""

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


def rows(work: Work, case_id: int) -> tuple[EventRow, ...]:
    """Return the timeline of a case, newest first."""
    work.actor.require(Right.READ_CASES)
    columns = (
        Event.number, Event.kind, Event.party, Event.text, Event.at, Event.recorded_at,
        Event.author, Event.author_id, Event.system, Event.amends,
    )  # fmt: skip
    found = work.session.execute(
        select(*columns).where(Event.case_id == case_id).order_by(Event.at.desc(), Event.number.desc())
    )
    return tuple(EventRow(**row._asdict()) for row in found)


def add(work: Work, case: Case, draft: EventDraft) -> int:
    """Write an entry down and return its number; a first contact starts or stops what depends on it."""
    work.actor.require(Right.WRITE_CASES)
    check_event(draft)
    at = draft.at or work.now
    if at > work.now + timedelta(minutes=1):
        raise Invalid.of("at", "记录时间在现在之后，请核对时间")
    event = _append(work, case, draft.kind, draft.party, draft.text, at, system=False)
    _note_contact(case, draft, at)
    return event.number


def system(work: Work, case: Case, kind: EventKind, text: str, at: datetime | None = None) -> int:
    """Note what the program did or what somebody did with a button; folded on screen."""
    return _append(work, case, kind, Party.DESK, text, at or work.now, system=True).number


def edit(work: Work, case: Case, number: int, text: str) -> None:
    """Change one's own entry within ten minutes; afterwards it can only be amended."""
    work.actor.require(Right.WRITE_CASES)
    event = entry(work, case, number)
    check_event(EventDraft(kind=EventKind(event.kind), party=Party(event.party), text=text))
    if event.system or event.author_id != work.actor.user_id:
        raise IllegalMove("只能改自己写的记录；对别人的记录可以“补充更正”")
    if work.now - event.recorded_at > EDITABLE_FOR:
        raise IllegalMove("这条记录写下已超过 10 分钟，不能再改；请用“补充更正”另写一条")
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


def _note_contact(case: Case, draft: EventDraft, at: datetime) -> None:
    if draft.kind not in CONTACT:
        return
    if draft.party in (Party.CONSUMER, Party.BOTH):
        case.first_contact_at = min(at, case.first_contact_at) if case.first_contact_at else at
        answered = moments.day_of(at)
        case.answered_on = min(answered, case.answered_on) if case.answered_on else answered
    if draft.party in (Party.MERCHANT, Party.BOTH):
        case.merchant_contact_at = min(at, case.merchant_contact_at) if case.merchant_contact_at else at
    if draft.kind is EventKind.MEETING and draft.party is Party.BOTH and case.mediated_on is None:
        case.mediated_on = moments.day_of(at)
