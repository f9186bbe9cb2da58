"""Cases that are one matter: the one that leads, and those that follow it under numbers of their own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.merge import CaseMerge
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Follower:
    """A case that was merged into another one, as the head of that one names it."""

    id: int
    number: str
    platform_no: str
    channel: str
    received_on: date
    merged_at: datetime
    merged_by: str


def leader_of(work: Work, case: Case) -> Case:
    """Return the case that stands for this one; a case that was never merged stands for itself."""
    while case.merged_into_id is not None:
        case = work.session.get_one(Case, case.merged_into_id)
    return case


def ids(work: Work, case_id: int) -> tuple[int, ...]:
    """Return the ids of a case and of all that follow it, its own first."""
    return case_id, *(one.id for one in followers(work, case_id))


def followers(work: Work, case_id: int) -> tuple[Follower, ...]:
    """Return the cases that were merged into this one, the first received first."""
    columns = (
        Case.id, Case.number, Case.platform_no, Case.channel, Case.received_on, CaseMerge.merged_at, CaseMerge.merged_by
    )  # fmt: skip
    chosen = select(*columns).join(CaseMerge, CaseMerge.follower_id == Case.id).where(CaseMerge.parted_at.is_(None))
    found: list[Follower] = []
    leading = [case_id]
    while leading:
        new = [Follower(*row) for row in work.session.execute(chosen.where(Case.merged_into_id.in_(leading)))]
        leading = [one.id for one in new]
        found += new
    return tuple(sorted(found, key=lambda one: (one.received_on, one.id)))
