"""P02 消费纠纷和解（调解）台账: one line for every case received in the period, personal data masked."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case, CaseClaim, Feedback
from odr_desk.rules import masking, moments, money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.period import Period
from odr_desk.services import clocks, codes
from odr_desk.services.figures import durations
from odr_desk.services.figures.counting import COUNTED, received
from odr_desk.services.figures.report import Circumstances, Collected, Report, Sum
from odr_desk.sheets.form import Facts, Line, Value
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
    category: str
    problem: str
    amount: int | None
    claims: str
    contacted_at: str
    mode: str
    process: str
    result: str
    agreement_no: str
    refund: int
    compensation: int
    recovered: int | None
    ended_on: date | None
    days: int | None
    overdue: bool
    performance: str
    satisfaction: str
    handler: str
    remarks: str


_COLUMNS = (
    Case.id, Case.number, Case.platform_no, Case.received_on, Case.channel, Case.consumer_name, Case.consumer_phone,
    Case.merchant_name, Case.merchant_counter, Case.product, Case.problem, Case.problem_note, Case.amount, Case.result,
    Case.refund, Case.compensation, Case.punitive, Case.recovered, Case.ended_on, Case.due_on, Case.performance,
    Case.handler_name, Case.registered_by, Case.late_entry, Case.category, Case.first_contact_at, Case.mode,
    Case.satisfaction, Case.archived_on,
)  # fmt: skip


def lines(work: Work, period: Period) -> tuple[LedgerLine, ...]:
    """Return the ledger in the order the cases came in."""
    chosen = select(*_COLUMNS).where(COUNTED, received(period)).order_by(Case.received_on, Case.id)
    cases = work.session.execute(chosen).all()
    beside = _Beside(
        channels=codes.names(work, "channels"),
        problems=codes.names(work, "problems"),
        modes=codes.names(work, "modes"),
        agreements=_agreements(work, period),
        claims=_claims(work, period),
        processes=_processes(work, period),
        calendar=clocks.load(work).calendar,
        today=moments.day_of(work.now),
    )
    return tuple(_line(case, beside) for case in cases)


def collect(work: Work, month: Circumstances) -> Collected:
    """Return the facts of the ledger: a line a case, and the sums of its columns."""
    found = lines(work, month.period)
    sums = (
        Sum("rows", "台账（件）", str(len(found))),
        Sum("amount", "涉及金额（元）", money.show(sum(line.amount or 0 for line in found))),
        Sum("refund", "退款（元）", money.show(sum(line.refund for line in found))),
        Sum("compensation", "赔偿（元）", money.show(sum(line.compensation for line in found))),
        Sum("recovered", "台账挽回（元）", money.show(sum(line.recovered or 0 for line in found))),
        Sum("overdue", "超期（件）", str(sum(line.overdue for line in found))),
    )
    return Collected(Facts(tuple(Line(_values(line)) for line in found), month.slots()), len(found), sums)


def _values(line: LedgerLine) -> dict[str, Value]:
    values: dict[str, Value] = {field.name: getattr(line, field.name) for field in fields(line)}
    return values | {"overdue": "是" if line.overdue else "否"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What the lines take from other tables."""

    channels: dict[str, str]
    problems: dict[str, str]
    modes: dict[str, str]
    agreements: dict[int, str]
    claims: dict[int, str]
    processes: dict[int, str]
    calendar: Calendar
    today: date


def _is_late(case: Any, today: date) -> bool:  # noqa: ANN401 - a row of _COLUMNS
    if case.ended_on is None and case.archived_on is not None:
        return False  # opened again: its clock was over before
    return bool((case.ended_on or today) > case.due_on)


def _line(case: Any, beside: _Beside) -> LedgerLine:  # noqa: ANN401 - a row of _COLUMNS
    days = durations.used(beside.calendar, case.received_on, case.ended_on) if case.ended_on else None
    contacted = moments.local(case.first_contact_at).strftime("%Y-%m-%d %H:%M") if case.first_contact_at else ""
    return LedgerLine(
        case_no=case.number,
        platform_no=case.platform_no,
        received_on=case.received_on,
        channel=beside.channels.get(case.channel, case.channel),
        consumer=masking.name(case.consumer_name) or UNKNOWN,
        phone=masking.phone(case.consumer_phone) or UNKNOWN,
        merchant=case.merchant_name,
        counter=case.merchant_counter,
        product=case.product,
        category=case.category,
        problem=beside.problems.get(case.problem, case.problem),
        amount=case.amount,
        claims=beside.claims.get(case.id, ""),
        contacted_at=contacted,
        mode=beside.modes.get(case.mode, case.mode),
        process=beside.processes.get(case.id, ""),
        result=RESULTS.get(case.result, case.result.label) if case.result else "",
        agreement_no=beside.agreements.get(case.id, ""),
        refund=case.refund,
        compensation=case.compensation + case.punitive,
        recovered=case.recovered,
        ended_on=case.ended_on,
        days=days,
        overdue=_is_late(case, beside.today),
        performance="" if case.performance is Performance.NONE else case.performance.label,
        satisfaction=case.satisfaction,
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
    """Return the numbers of the agreements in force."""
    chosen = select(Agreement.case_id, Agreement.number).join(Case, Case.id == Agreement.case_id)
    in_force = chosen.where(received(period), Agreement.voided_at.is_(None)).order_by(Agreement.id)
    return _joined((case_id, number) for case_id, number in work.session.execute(in_force))


def _claims(work: Work, period: Period) -> dict[int, str]:
    words = codes.names(work, "claims")
    chosen = select(CaseClaim.case_id, CaseClaim.code).join(Case, Case.id == CaseClaim.case_id)
    found = work.session.execute(chosen.where(received(period)).order_by(CaseClaim.id))
    return _joined((case_id, words.get(code, code)) for case_id, code in found)


def _processes(work: Work, period: Period) -> dict[int, str]:
    """Return how it was negotiated, in the words last fed back to the platform."""
    chosen = select(Feedback.case_id, Feedback.process_text).join(Case, Case.id == Feedback.case_id)
    found = work.session.execute(chosen.where(received(period), Feedback.sent_on.is_not(None)).order_by(Feedback.id))
    return {case_id: masking.in_text(text) for case_id, text in found}


def _joined(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the words of each case, several joined."""
    found: dict[int, list[str]] = {}
    for case_id, word in pairs:
        found.setdefault(case_id, []).append(word)
    return {case_id: "、".join(words) for case_id, words in found.items()}


REPORT = Report("P02", collect)
