"""登记: a complaint is written down and gets its number, its deadlines and its level."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, CaseClaim
from odr_desk.model.merchant import Merchant
from odr_desk.rules import intake, mall
from odr_desk.rules.case import CaseDraft, CaseState, Claim, Level, Outcome, Performance
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.events import EventKind
from odr_desk.rules.people import Right
from odr_desk.rules.severity import level_for
from odr_desk.services import cases, clocks, codes, likeness, setup, timeline
from odr_desk.services import claims as demands
from odr_desk.services.likeness import Likeness
from odr_desk.store import numbers
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Registered:
    """What the clerk is told once a case is on record."""

    case_id: int
    case_no: str
    deadlines: tuple[Deadline, ...]
    duplicates: tuple[Likeness, ...]
    level: Level | None = None
    remarks: tuple[intake.Remark, ...] = ()


def register(
    work: Work, draft: CaseDraft, claims: tuple[Claim, ...] = (), key: str = "", number: str = ""
) -> Registered:
    """Write down a new case; the same idempotency key returns the case it made before.

    `number` is for cases that were numbered elsewhere; their series goes on after it.
    """
    work.actor.require(Right.WRITE_CASES)
    known = work.session.scalars(select(Case).where(Case.key == key)).one_or_none() if key else None
    return _registered(work, known or enter(work, draft, claims, key=key, number=number))


def enter(
    work: Work,
    draft: CaseDraft,
    claims: tuple[Claim, ...] = (),
    *,
    key: str = "",
    number: str = "",
    batch_id: int | None = None,
) -> Case:
    """Write down a new case without looking for its like; one out of an import waits to be taken up."""
    work.actor.require(Right.WRITE_CASES)
    draft = cases.checked(work, draft)
    merchant = cases.merchant_of(work, draft.merchant_no)
    claims = demands.checked(work, claims)
    received_on = cases.received_on(draft)
    recent = likeness.recent_on(work, merchant.id, received_on)
    case = _new_case(work, draft, merchant, number or _next_number(work, received_on))
    case.key, case.level = key or None, level_for(draft, recent + 1)
    case.subject = demands.subject(work, draft.product, draft.facts, claims)
    if batch_id is not None:
        case.state, case.batch_id = CaseState.PENDING, batch_id
    if draft.solved_on_spot:
        _solve_on_spot(work, case)
    work.session.add(case)
    work.session.flush()
    work.session.add_all(CaseClaim(case_id=case.id, code=c.code, amount=c.amount) for c in claims)
    timeline.system(work, case, EventKind.REGISTERED, _first_words(work, draft), draft.received_at)
    if draft.solved_on_spot:
        timeline.system(work, case, EventKind.STATE, "当场解决")
    if number:
        numbers.reserve(work, "case", received_on.year, mall.count_in(number))
    work.session.flush()
    return case


def _new_case(work: Work, draft: CaseDraft, merchant: Merchant, number: str) -> Case:
    received_on = cases.received_on(draft)
    case = Case(
        **cases.columns_of(draft),
        **cases.snapshot_of(merchant),
        number=number,
        received_on=received_on,
        registered_at=work.now,
        registered_by=work.actor.name,
        phone_tail=draft.consumer_phone[-4:],
        state=CaseState.REGISTERED,
        event_count=0,
    )
    clocks.set_due(case, clocks.load(work).deadlines(draft.channel, received_on))
    return case


def _next_number(work: Work, received_on: date) -> str:
    year = received_on.year
    return mall.case_number(setup.profile(work), year, numbers.take(work, "case", year))


def _first_words(work: Work, draft: CaseDraft) -> str:
    source = codes.names(work, "channels").get(draft.channel, draft.channel)
    number = f"，平台编号 {draft.platform_no}" if draft.platform_no else ""
    late = "（补录）" if draft.late_entry else ""
    return f"来源 {source}{number}{late}。{draft.facts}"


def _solve_on_spot(work: Work, case: Case) -> None:
    case.state, case.result = CaseState.SETTLED, Outcome.SETTLED
    case.ended_on, case.result_note = case.received_on, "当场解决"
    case.performance = Performance.AT_ONCE
    case.answered_on, case.first_contact_at = case.received_on, case.received_at
    case.handler_id, case.handler_name = work.actor.user_id or None, work.actor.name


def _registered(work: Work, case: Case) -> Registered:
    found = likeness.of_case(work, case)
    counted = clocks.load(work).deadlines(case.channel, case.received_on)
    remarks = intake.remarks(cases.draft_of(work, case), likeness.recent_on(work, case.merchant_id, case.received_on))
    return Registered(case.id, case.number, counted, found, case.level, remarks)
