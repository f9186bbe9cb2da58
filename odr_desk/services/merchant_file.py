"""One merchant as its file shows it: what is written down, what is complained about, the deposit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from odr_desk.model.agreement import Advance, Recovery
from odr_desk.model.case import Case
from odr_desk.model.exchange import ImportBatch
from odr_desk.model.merchant import Merchant
from odr_desk.rules import moments
from odr_desk.rules.advance import DEPOSIT
from odr_desk.rules.errors import Invalid
from odr_desk.rules.merchant import Expiry, MerchantDraft, Warning_, check_merchant, expiry, expiry_remark
from odr_desk.rules.people import Right
from odr_desk.services import codes, licences, merchant_list, merchants
from odr_desk.services.licences import Licence
from odr_desk.services.merchant_list import MerchantRow
from odr_desk.store.database import Work

MONTHS = 12
"""The word by which the source of a payment says that the deposit was used."""


def detail(work: Work, number: str) -> "MerchantDetail":
    """Return everything about a merchant; raise Missing when there is none of that number."""
    work.actor.require(Right.READ_MERCHANTS)
    merchant = merchants.known(work, number)
    draft = merchants.draft_of(merchant)
    (row,) = merchant_list.by_ids(work, [merchant.id])
    batch = work.session.get(ImportBatch, merchant.batch_id) if merchant.batch_id else None
    today = moments.day_of(work.now)
    held = licences.of_merchant(work, merchant.id)
    return MerchantDetail(
        row=row,
        draft=draft,
        licences=held,
        today=today,
        version=merchant.version_id,
        created_on=moments.day_of(merchant.created_at),
        batch_no=batch.number if batch else "",
        warnings=(*_warnings(draft), *merchants.doubts(work, draft, number)),
        remarks=_remarks(merchant, held, today),
        all_cases=_count(work, merchant.id),
        problems=_problems(work, merchant.id, _month_before(today, MONTHS - 1)),
        months=_months(work, merchant.id, today),
        deposit=_deposit(work, merchant),
    )


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a merchant that asks for attention before long, or at once."""

    text: str
    near: Expiry


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How many complaints of the last twelve months were about one problem."""

    code: str
    label: str
    cases: int


class MonthCount(NamedTuple):
    """How many complaints came in during a month, named by its first day."""

    first_day: date
    cases: int


@dataclass(frozen=True, slots=True)
class DepositLine:
    """One payment that concerns the deposit or is owed by the merchant; `change` is that of the deposit."""

    on: date
    text: str
    amount: int
    change: int
    left: int


@dataclass(frozen=True, slots=True)
class Deposit:
    """The deposit as written down, what is left of it, and what the merchant still owes the mall."""

    held: int | None
    left: int | None
    owed: int
    lines: tuple[DepositLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantDetail:
    """A merchant with all that belongs to it."""

    row: MerchantRow
    draft: MerchantDraft
    licences: tuple[Licence, ...]
    today: date
    version: int
    created_on: date
    batch_no: str
    warnings: tuple[Warning_, ...]
    remarks: tuple[Remark, ...]
    all_cases: int
    problems: tuple[ProblemCount, ...]
    months: tuple[MonthCount, ...]
    deposit: Deposit


def _warnings(draft: MerchantDraft) -> tuple[Warning_, ...]:
    """Return what looks wrong; a file that could not be saved as it is says so too."""
    try:
        return check_merchant(draft)
    except Invalid as error:
        return tuple(Warning_(problem.field, problem.text) for problem in error.problems)


def _remarks(merchant: Merchant, held: Iterable[Licence], today: date) -> tuple[Remark, ...]:
    days = (("租约", merchant.lease_end), *((one.draft.kind, one.draft.expires) for one in held))
    if merchant.retired:
        return ()
    said = (Remark(expiry_remark(what, day, today), expiry(day, today)) for what, day in days)
    return tuple(remark for remark in said if remark.text)


def _count(work: Work, merchant_id: int) -> int:
    chosen = select(func.count()).where(Case.merchant_id == merchant_id, Case.deleted_at.is_(None))
    return work.session.execute(chosen).scalar_one()


def _problems(work: Work, merchant_id: int, since: date) -> tuple[ProblemCount, ...]:
    chosen = select(Case.problem, func.count()).where(
        Case.merchant_id == merchant_id, Case.received_on >= since, Case.deleted_at.is_(None)
    )
    found = work.session.execute(chosen.group_by(Case.problem).order_by(func.count().desc(), Case.problem))
    words = codes.names(work, "problems")
    return tuple(ProblemCount(code, words.get(code, "未分类"), count) for code, count in found)


def _months(work: Work, merchant_id: int, today: date) -> tuple[MonthCount, ...]:
    firsts = [_month_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    days = select(Case.received_on, func.count()).where(
        Case.merchant_id == merchant_id, Case.received_on >= firsts[0], Case.deleted_at.is_(None)
    )
    counted = dict.fromkeys(firsts, 0)
    for day, count in work.session.execute(days.group_by(Case.received_on)):
        if day <= today:
            counted[day.replace(day=1)] += count
    return tuple(MonthCount(first, count) for first, count in counted.items())


def _month_before(today: date, back: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _deposit(work: Work, merchant: Merchant) -> Deposit:
    paid = select(Advance.id, Advance.number, Advance.amount, Advance.source, Advance.paid_on).where(
        Advance.merchant_id == merchant.id, Advance.paid_on.is_not(None)
    )
    advances = {row.id: row for row in work.session.execute(paid)}
    chosen = select(Recovery.advance_id, Recovery.amount, Recovery.on, Recovery.source)
    recoveries = list(work.session.execute(chosen.where(Recovery.advance_id.in_(tuple(advances)))))
    moves: list[tuple[date, str, int, int]] = []
    for advance in advances.values():
        used = DEPOSIT in advance.source
        moves.append((advance.paid_on, f"先行赔付 {advance.number}", advance.amount, -advance.amount if used else 0))
    for back in recoveries:
        advance = advances[back.advance_id]
        change = _change(advance.source, back.amount, back.source)
        moves.append((back.on, f"追偿 {advance.number}，{back.source}", back.amount, change))
    owed = sum(advance.amount for advance in advances.values()) - sum(back.amount for back in recoveries)
    lines: list[DepositLine] = []
    left = merchant.deposit or 0
    for on, text, amount, change in sorted(moves, key=lambda move: move[0]):
        left += change
        lines.append(DepositLine(on, text, amount, change, left))
    return Deposit(merchant.deposit, None if merchant.deposit is None else left, owed, tuple(lines))


def _change(advance_source: str, amount: int, source: str) -> int:
    """What was advanced out of the deposit refills it when the merchant pays; else only a deduction touches it."""
    if DEPOSIT in advance_source:
        return amount
    return -amount if DEPOSIT in source else 0
