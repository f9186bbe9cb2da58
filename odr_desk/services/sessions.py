"""Sittings of a mediation: written down once, told in the timeline, read by the papers."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from odr_desk.model.case import MediationSession
from odr_desk.rules import moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.fields import check
from odr_desk.rules.people import Right
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import cases, codes, timeline
from odr_desk.store.database import Work

ON_SITE = "A"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sitting, as shown."""

    number: int
    held_at: datetime
    mode: str
    mediator: str
    present: tuple[PresentDraft, ...]
    consumer_position: str
    merchant_position: str
    offers: tuple[OfferDraft, ...]
    outcome: str


def add(
    work: Work,
    case_no: str,
    draft: SessionDraft,
    present: tuple[PresentDraft, ...] = (),
    offers: tuple[OfferDraft, ...] = (),
) -> int:
    """Write a sitting down and return its number; it counts as contact with both sides."""
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再记调解，请先重新打开", ("reopen",))
    assert draft.held_at is not None  # noqa: S101 - required, checked above
    if draft.held_at > work.now:
        raise Invalid.of("held_at", "调解时间在现在之后；还没有开的调解请写在下一步里")
    mode = codes.require(work, "modes", draft.mode, "mode", "调解方式")
    held = work.session.scalar(select(func.count()).where(MediationSession.case_id == case.id)) or 0
    work.session.add(
        MediationSession(
            case_id=case.id,
            number=held + 1,
            held_at=draft.held_at,
            mode=mode,
            mediator=draft.mediator,
            present=_json([{"name": one.name, "role": one.role} for one in present]),
            consumer_position=draft.consumer_position,
            merchant_position=draft.merchant_position,
            offers=_json([{"by": one.by, "amount": one.amount, "text": one.text} for one in offers]),
            outcome=draft.outcome,
        )
    )
    case.mode = mode
    case.mediated_on = case.mediated_on or moments.day_of(draft.held_at)
    kind = EventKind.MEETING if mode == ON_SITE else EventKind.CALL
    words = f"第 {held + 1} 次调解，调解员{draft.mediator}。{draft.outcome}".strip()
    timeline.add(work, case, EventDraft(kind=kind, party=Party.BOTH, text=words, at=draft.held_at))
    return held + 1


def rows(work: Work, case_no: str) -> tuple[SessionRow, ...]:
    """Return the sittings of a case, the first one first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = select(MediationSession).where(MediationSession.case_id == case.id).order_by(MediationSession.number)
    return tuple(_row(found) for found in work.session.scalars(chosen))


def _row(found: MediationSession) -> SessionRow:
    return SessionRow(
        found.number,
        found.held_at,
        found.mode,
        found.mediator,
        tuple(PresentDraft(**one) for one in json.loads(found.present or "[]")),
        found.consumer_position,
        found.merchant_position,
        tuple(
            OfferDraft(by=Party(one["by"]), amount=one["amount"], text=one["text"])
            for one in json.loads(found.offers or "[]")
        ),
        found.outcome,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
