"""P02 消费纠纷和解（调解）台账: one line for every case received in the period, personal data masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case
from odr_desk.rules import masking, moments
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.period import Period
from odr_desk.services import clocks, codes
from odr_desk.services.figures import durations
from odr_desk.services.figures.counting import COUNTED, received
from odr_desk.store.database import Work

UNKNOWN = "不详"
RESULTS: dict[Outcome, str] = {
    Outcome.SUSPECTED: Outcome.FAILED.label,
    Outcome.UNHANDLED: Outcome.FAILED.label,
}
"""The form's list of results is short: what it lacks goes under 和解不成, with the word in the remarks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One case as the ledger shows it; amounts in fen."""

    case_no: str
    platform_no: str
    received_on: date
    channel: str
    consumer: str
    phone: str
    merchant: str
    counter: str
    product: str
    problem: str
    amount: int | None
    result: str
    agreement_no: str
    refund: int
    compensation: int
    recovered: int | None
    ended_on: date | None
    days: int | None
    overdue: bool
    performance: str
    handler: str
    remarks: str


_COLUMNS = (
    Case.id, Case.number, Case.platform_no, Case.received_on, Case.channel, Case.consumer_name, Case.consumer_phone,
    Case.merchant_name, Case.merchant_counter, Case.product, Case.problem, Case.problem_note, Case.amount, Case.result,
    Case.refund, Case.compensation, Case.punitive, Case.recovered, Case.ended_on, Case.due_on, Case.performance,
    Case.handler_name, Case.registered_by, Case.late_entry,
)  # fmt: skip


def lines(work: Work, period: Period) -> tuple[LedgerLine, ...]:
    """Return the ledger in the order the cases came in."""
    chosen = select(*_COLUMNS).where(COUNTED, received(period)).order_by(Case.received_on, Case.id)
    cases = work.session.execute(chosen).all()
    agreements = _agreements(work, period)
    words = _Words(codes.names(work, "channels"), codes.names(work, "problems"))
    calendar, today = clocks.load(work).calendar, moments.day_of(work.now)
    return tuple(_line(case, agreements.get(case.id, ""), words, calendar, today) for case in cases)


@dataclass(frozen=True, slots=True)
class _Words:
    channels: dict[str, str]
    problems: dict[str, str]


def _line(case: Any, agreement: str, words: _Words, calendar: Calendar, today: date) -> LedgerLine:  # noqa: ANN401
    days = durations.used(calendar, case.received_on, case.ended_on) if case.ended_on else None
    return LedgerLine(
        case_no=case.number,
        platform_no=case.platform_no,
        received_on=case.received_on,
        channel=words.channels.get(case.channel, case.channel),
        consumer=masking.name(case.consumer_name) or UNKNOWN,
        phone=masking.phone(case.consumer_phone) or UNKNOWN,
        merchant=case.merchant_name,
        counter=case.merchant_counter,
        product=case.product,
        problem=words.problems.get(case.problem, case.problem),
        amount=case.amount,
        result=RESULTS.get(case.result, case.result.label) if case.result else "",
        agreement_no=agreement,
        refund=case.refund,
        compensation=case.compensation + case.punitive,
        recovered=case.recovered,
        ended_on=case.ended_on,
        days=days,
        overdue=(case.ended_on or today) > case.due_on,
        performance="" if case.performance is Performance.NONE else case.performance.label,
        handler=case.handler_name or case.registered_by,
        remarks="；".join(_remarks(case)),
    )


def _remarks(case: Any) -> Iterable[str]:  # noqa: ANN401 - a row of _COLUMNS
    if case.result in RESULTS:
        yield case.result.label
    if case.problem_note:
        yield masking.in_text(case.problem_note)
    if case.late_entry:
        yield "补录"


def _agreements(work: Work, period: Period) -> dict[int, str]:
    """Return the numbers of the agreements in force, by case; several are joined."""
    chosen = (
        select(Agreement.case_id, Agreement.number)
        .join(Case, Case.id == Agreement.case_id)
        .where(received(period), Agreement.voided_at.is_(None))
        .order_by(Agreement.id)
    )
    found: dict[int, str] = {}
    for case_id, number in work.session.execute(chosen):
        found[case_id] = f"{found[case_id]}、{number}" if case_id in found else number
    return found
