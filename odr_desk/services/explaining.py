"""Telling the consumer that there is no settlement: kept with the case, and told in its timeline."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.handing import Explanation
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.explaining import ExplainDraft, Route, Told, check_explanation
from odr_desk.rules.people import Right
from odr_desk.services import cases, timeline
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """What the consumer was told, as shown."""

    at: datetime
    mode: Told
    by: str
    text: str
    routes: tuple[Route, ...]


def explain(work: Work, case_no: str, draft: ExplainDraft) -> tuple[Route, ...]:
    """Note what the consumer was told and return the ways that have not been named yet."""
    work.actor.require(Right.WRITE_CASES)
    check_explanation(draft, work.now)
    assert draft.at is not None and draft.mode is not None  # noqa: S101, PT018 - required, checked before
    case = cases.named(work, case_no)
    said = replace(draft, by=draft.by.strip() or work.actor.name, text=draft.text.strip())
    work.session.add(
        Explanation(
            case_id=case.id,
            at=draft.at,
            mode=draft.mode,
            by=said.by,
            text=said.text,
            routes=",".join(draft.routes),
            recorded_at=work.now,
            recorded_by=work.actor.name,
        )
    )
    named = "、".join(route.label for route in draft.routes)
    words = f"{said.text}（已告知其余途径：{named}）"
    kind = EventKind(draft.mode.value)
    timeline.add(work, case, EventDraft(kind=kind, party=Party.CONSUMER, text=words, at=draft.at))
    work.session.flush()
    return missing(work, case)


def of_case(work: Work, case_no: str) -> tuple[ExplanationRow, ...]:
    """Return what the consumer was told, the latest first."""
    work.actor.require(Right.READ_CASES)
    return _rows(work, cases.named(work, case_no))


def missing(work: Work, case: Case) -> tuple[Route, ...]:
    """Return the ways of 消保法39 that the consumer has not been told."""
    told = {route for row in _rows(work, case) for route in row.routes}
    return tuple(route for route in Route if route not in told)


def _rows(work: Work, case: Case) -> tuple[ExplanationRow, ...]:
    found = work.session.scalars(
        select(Explanation).where(Explanation.case_id == case.id).order_by(Explanation.at.desc(), Explanation.id.desc())
    )
    return tuple(
        ExplanationRow(e.at, e.mode, e.by, e.text, tuple(Route(code) for code in e.routes.split(",") if code))
        for e in found
    )
