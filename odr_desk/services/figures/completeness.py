"""What stands in the way of a report: the checks of `rules.completeness` on the cases of a period."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from odr_desk.model.case import Case
from odr_desk.rules import completeness
from odr_desk.rules.completeness import CaseFacts, Finding
from odr_desk.rules.period import Period
from odr_desk.services.figures.counting import COUNTED, ended, received
from odr_desk.store.database import Work

YEAR = timedelta(days=365)

_COLUMNS = {
    "case_no": Case.number,
    "merchant": Case.merchant_name,
    "merchant_id": Case.merchant_id,
    "channel": Case.channel,
    "platform_no": Case.platform_no,
    "phone": Case.consumer_phone,
    "received_on": Case.received_on,
    "due_on": Case.due_on,
    "category": Case.category,
    "problem": Case.problem,
    "problem_note": Case.problem_note,
    "amount": Case.amount,
    "result": Case.result,
    "ended_on": Case.ended_on,
    "fed_back_on": Case.fed_back_on,
    "refund": Case.refund,
    "paid": Case.refund + Case.compensation + Case.punitive,
    "recovered": Case.recovered,
}


def facts(work: Work, period: Period) -> tuple[CaseFacts, ...]:
    """Return the counted cases that were received or ended in the period, in the order they came in."""
    return _read(work, or_(received(period), ended(period)))


def findings(work: Work, period: Period, cases: tuple[CaseFacts, ...]) -> tuple[Finding, ...]:
    """Return what is wrong with these cases and what deserves a look, the graver first, by case number."""
    shortly_before = Period(period.first - completeness.SAME_MATTER, period.first - timedelta(days=1))
    own = {case.case_no for case in cases}
    earlier = tuple(case for case in _read(work, received(shortly_before)) if case.case_no not in own)
    found = (
        *completeness.examine(cases),
        *completeness.repeated(cases, earlier),
        *completeness.unusual(cases, completeness.medians(_amounts(work, period))),
    )
    return in_order(found)


def in_order(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with those that must be mended first, then by case number."""
    return tuple(sorted(found, key=lambda one: (one.level is not completeness.Weight.MUST, one.case_no)))


def _read(work: Work, within: ColumnElement[bool]) -> tuple[CaseFacts, ...]:
    chosen = select(*_COLUMNS.values()).where(COUNTED, within).order_by(Case.received_on, Case.id)
    return tuple(CaseFacts(**dict(zip(_COLUMNS, row, strict=True))) for row in work.session.execute(chosen))


def _amounts(work: Work, period: Period) -> list[tuple[str, int]]:
    """Return class and amount of the cases of the last year, the ground for what is usual."""
    year = Period(period.last - YEAR, period.last)
    chosen = select(Case.category, Case.amount).where(COUNTED, received(year), Case.amount > 0, Case.category != "")
    return [(category, amount) for category, amount in work.session.execute(chosen) if amount is not None]
