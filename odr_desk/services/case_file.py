"""One case as the case page and the port show it: everything at hand, frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import case as steps
from odr_desk.rules.case import CaseEdit, CaseState, Claim, Outcome, Performance
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.moments import day_of
from odr_desk.rules.stations import Station, station_of
from odr_desk.services import cases, clocks, duties, families, pausing, queue, tags, timeline
from odr_desk.services.families import Follower
from odr_desk.services.pausing import PauseRow
from odr_desk.services.queue import CaseRow
from odr_desk.services.timeline import EventRow
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """A case with all that belongs to it, as of one moment; `asked_for` is the merged number it was opened by.

    `agreed` says that an agreement is in force.
    """

    read_at: datetime
    row: CaseRow
    draft: CaseEdit
    version: int
    merchant: "MerchantCard"
    deadlines: tuple[Deadline, ...]
    pauses: tuple[PauseRow, ...]
    timeline: tuple[EventRow, ...]
    station: Station
    legal: tuple[CaseState, ...]
    agreed: bool
    handler_id: int | None
    registered_by: str
    result_note: str
    refund: int
    compensation: int
    punitive: int
    recovered: int | None
    ended_on: date | None
    answered_on: date | None
    fed_back_on: date | None
    revisit_due_on: date | None
    revisited_on: date | None
    satisfaction: str
    manual_due_on: date | None
    manual_due_reason: str
    due_estimated: bool
    earlier: int
    merged: tuple[Follower, ...]
    asked_for: str
    tags: tuple[str, ...]

    @property
    def state(self) -> CaseState:
        """Return where the case stands."""
        return self.row.state

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return what the consumer demands."""
        return self.draft.claims

    @property
    def result(self) -> Outcome | None:
        """Return the result, if there is one."""
        return self.row.result

    @property
    def performance(self) -> Performance:
        """Return how far the agreement has been kept."""
        return self.row.performance


@dataclass(frozen=True, slots=True)
class MerchantCard:
    """The shop as the facts panel shows it."""

    number: str
    name: str
    legal_name: str
    counter: str
    contact: str
    phone: str
    lease_end: date | None
    deposit: int | None
    recent_cases: int


def detail(work: Work, number: str) -> CaseDetail:
    """Return everything about a case; raise Missing when there is none of that number."""
    case = cases.named(work, number)
    (row,) = queue.by_ids(work, [case.id])
    merchant = work.session.get_one(Merchant, case.merchant_id)
    merged = families.followers(work, case.id)
    agreed = duties.running(work, case.id) is not None
    return CaseDetail(
        read_at=work.now,
        row=row,
        draft=cases.draft_of(work, case),
        version=case.version_id,
        merchant=_card(work, merchant),
        deadlines=clocks.of_case(work, case, merged),
        pauses=pausing.rows(work, case.id),
        timeline=timeline.rows(work, case.id, merged),
        station=station(case),
        agreed=agreed,
        legal=cases.legal_moves(case, agreed=agreed),
        handler_id=case.handler_id,
        registered_by=case.registered_by,
        result_note=case.result_note,
        refund=case.refund,
        compensation=case.compensation,
        punitive=case.punitive,
        recovered=case.recovered,
        ended_on=case.ended_on,
        answered_on=case.answered_on,
        fed_back_on=case.fed_back_on,
        revisit_due_on=case.revisit_due_on,
        revisited_on=case.revisited_on,
        satisfaction=case.satisfaction,
        manual_due_on=case.manual_due_on,
        manual_due_reason=case.manual_due_reason,
        due_estimated=case.due_estimated,
        earlier=_earlier(work, case),
        merged=merged,
        asked_for=number if number != case.number else "",
        tags=tags.of_case(work, case.id),
    )


def station(case: Any) -> Station:  # noqa: ANN401 - a case or a row with these columns of one
    """Return the station a case has reached."""
    return station_of(
        state=case.state,
        accepted=case.handler_id is not None,
        merchant_told=case.merchant_contact_at is not None,
        mediated=case.mediated_on is not None,
        performance=case.performance,
        needs_feedback=case.channel in steps.ODR_CHANNELS and case.fed_back_on is None,
    )


def _card(work: Work, merchant: Merchant) -> MerchantCard:
    since = day_of(work.now).toordinal() - 90
    recent = select(func.count()).where(
        Case.merchant_id == merchant.id, Case.received_on >= date.fromordinal(since), Case.deleted_at.is_(None)
    )
    return MerchantCard(
        merchant.number,
        merchant.shown_name,
        merchant.name,
        merchant.counter,
        merchant.contact,
        merchant.phone,
        merchant.lease_end,
        merchant.deposit,
        work.session.execute(recent).scalar_one(),
    )


def _earlier(work: Work, case: Case) -> int:
    """Count the other cases of the same telephone."""
    if not case.consumer_phone:
        return 0
    chosen = select(func.count()).where(
        Case.consumer_phone == case.consumer_phone, Case.id != case.id, Case.deleted_at.is_(None)
    )
    return work.session.execute(chosen).scalar_one()
