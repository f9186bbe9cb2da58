"""Before a merge: which cases are likely the same matter, which should lead, and what will come of it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules.people import Right
from odr_desk.services import cases, likeness, merging, queue
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.store.database import Work

MOST = 20
NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging two cases would mean; `refusal` says why it cannot be done this way round."""

    leader: str
    follower: str
    said: tuple[str, ...]
    refusal: str


def likely(work: Work, number: str, text: str = "") -> tuple[CaseRow, ...]:
    """Return cases on the same merchant: those that look alike and the latest ones, or those that answer to a text."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, number)
    if text.strip():
        shop = work.session.get_one(Merchant, case.merchant_id).number
        wanted = CaseFilter(view="all", text=text, merchant_no=shop, sort="received", descending=True)
        found = queue.page(work, wanted, 0, MOST + 1)
        return tuple(row for row in found if row.number != case.number)[:MOST]
    numbers = [like.case_no for like in likeness.of_case(work, case) if like.case_no]
    same = _ids(work, case, numbers)
    return queue.by_ids(work, [*same, *(one for one in _latest(work, case) if one not in same)][:MOST])


def plan(work: Work, number: str, other: str, leader: str = "") -> Plan:
    """Return what would come of merging; without a wish the one leads that has to, else the one received first."""
    work.actor.require(Right.READ_CASES)
    one, two = cases.named(work, number), cases.named(work, other)
    if leader:
        first, second = (one, two) if one.number == leader else (two, one)
    else:
        first, second = sorted((one, two), key=lambda case: (case.received_on, case.id))
        if merging.why_not(work, second, first) and not merging.why_not(work, first, second):
            first, second = second, first
    refusal = merging.why_not(work, second, first)
    return Plan(first.number, second.number, () if refusal else merging.foretold(work, second, first), refusal)


def _ids(work: Work, case: Case, numbers: list[str]) -> list[int]:
    chosen = select(Case.id).where(Case.number.in_(numbers), Case.merchant_id == case.merchant_id)
    return list(work.session.scalars(chosen.order_by(Case.id.desc())))


def _latest(work: Work, case: Case) -> list[int]:
    """Return the cases on the same merchant that came at about the same time."""
    near = Case.received_on.between(case.received_on - NEAR, case.received_on + NEAR)
    same_person = Case.consumer_phone == case.consumer_phone if case.consumer_phone else near
    chosen = select(Case.id).where(
        Case.merchant_id == case.merchant_id, Case.deleted_at.is_(None), Case.id != case.id, or_(near, same_person)
    )
    return list(work.session.scalars(chosen.order_by(Case.received_on.desc(), Case.id.desc()).limit(MOST)))
