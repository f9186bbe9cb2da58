"""What the desk saw of a purchase, and how often a telephone has come before: facts and counts, never a label.

Nothing that leaves the desk may read this module: no paper, no export, no feedback (tests hold to it).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from odr_desk.model.case import Case, Observation
from odr_desk.rules import moments
from odr_desk.rules.case import Outcome
from odr_desk.rules.observed import Observed
from odr_desk.rules.people import Right
from odr_desk.services import cases
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work

SPAN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Noted:
    """One kind of fact, seen or not; if seen, who noted it and when."""

    kind: Observed
    noted_at: datetime | None = None
    noted_by: str = ""

    @property
    def is_seen(self) -> bool:
        """Tell whether somebody has noted it."""
        return self.noted_at is not None


@dataclass(frozen=True, slots=True)
class Repeats:
    """The cases of the same telephone in twelve months, this one with them; `those` opens exactly them."""

    cases: int
    merchants: int
    results: tuple[tuple[Outcome | None, int], ...]
    those: CaseFilter


@dataclass(frozen=True, slots=True)
class Observations:
    """Every kind of fact, and the counts; None where the telephone came once or is not known."""

    facts: tuple[Noted, ...]
    repeats: Repeats | None


def of_case(work: Work, number: str) -> Observations:
    """Return what was seen and counted; for those with the right only."""
    work.actor.require(Right.READ_CASES)
    work.actor.require(Right.SEE_OBSERVED)
    case = cases.named(work, number)
    seen = {row.kind: Noted(row.kind, row.noted_at, row.noted_by) for row in _rows(work, case.id)}
    return Observations(tuple(seen.get(kind, Noted(kind)) for kind in Observed), _repeats(work, case.consumer_phone))


def note(work: Work, number: str, kind: Observed, *, seen: bool) -> None:
    """Note that something was seen, or take the note back; the timeline, which others read, says nothing of it."""
    work.actor.require(Right.MEDIATE)
    work.actor.require(Right.SEE_OBSERVED)
    case = cases.named(work, number)
    there = next((row for row in _rows(work, case.id) if row.kind is kind), None)
    if seen and there is None:
        work.session.add(Observation(case_id=case.id, kind=kind, noted_at=work.now, noted_by=work.actor.name))
    elif not seen and there is not None:
        work.session.delete(there)


def _rows(work: Work, case_id: int) -> tuple[Observation, ...]:
    return tuple(work.session.scalars(select(Observation).where(Observation.case_id == case_id)))


def _repeats(work: Work, phone: str) -> Repeats | None:
    if not phone:
        return None
    since = moments.day_of(work.now) - SPAN
    alike = (Case.consumer_phone == phone, Case.received_on >= since, Case.deleted_at.is_(None))
    found = work.session.execute(select(Case.merchant_id, Case.result).where(*alike)).all()
    if len(found) < 2:
        return None
    results = Counter(result for _, result in found)
    counted = tuple((result, results[result]) for result in (*Outcome, None) if results[result])
    those = CaseFilter(view="all", phone=phone, received_from=since, sort="received", descending=True)
    return Repeats(len(found), len({shop for shop, _ in found}), counted, those)
