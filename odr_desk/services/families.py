"""Cases that are one matter: the one that leads, and those that follow it under numbers of their own."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

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
    archived_on: date | None


def leader_of(work: Work, case: Case) -> Case:
    """Return the case that stands for this one; a case that was never merged stands for itself."""
    while case.merged_into_id is not None:
        case = work.session.get_one(Case, case.merged_into_id)
    return case


def ids(work: Work, case_id: int) -> tuple[int, ...]:
    """Return the ids of a case and of all that follow it, its own first."""
    return case_id, *(one.id for one in followers(work, case_id))


def was_archived(work: Work, case: Case) -> bool:
    """Tell whether a case came out of the archive, also where one that follows it has brought a running clock."""
    if case.archived_on is not None:
        return True
    standing = select(CaseMerge.before).where(CaseMerge.leader_id == case.id, CaseMerge.parted_at.is_(None))
    return any(json.loads(before).get("archived_on") for before in work.session.scalars(standing))


def received_on(work: Work, case: Case) -> date:
    """Return when the matter first came in: the day of the earliest of a case and those that follow it."""
    found = work.session.scalar(select(func.min(Case.received_on)).where(Case.id.in_(ids(work, case.id))))
    return found or case.received_on


def followers(work: Work, case_id: int) -> tuple[Follower, ...]:
    """Return the cases that were merged into this one, the first received first."""
    columns = (
        Case.id, Case.number, Case.platform_no, Case.channel, Case.received_on,
        CaseMerge.merged_at, CaseMerge.merged_by, Case.archived_on,
    )  # fmt: skip
    chosen = select(*columns).join(CaseMerge, CaseMerge.follower_id == Case.id).where(CaseMerge.parted_at.is_(None))
    found: list[Follower] = []
    leading = [case_id]
    while leading:
        new = [Follower(*row) for row in work.session.execute(chosen.where(Case.merged_into_id.in_(leading)))]
        leading = [one.id for one in new]
        found += new
    return tuple(sorted(found, key=lambda one: (one.received_on, one.id)))
