"""The look-up of a merchant by a few keys: Chinese, pinyin initials, counter number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import finding, moments
from odr_desk.rules.finding import Fit, Named, Span
from odr_desk.rules.merchant import expiry_remark
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

_LOOKED_AT = (
    Merchant.id, Merchant.number, Merchant.name, Merchant.brand, Merchant.nickname, Merchant.counter, Merchant.trade,
    Merchant.uscc, Merchant.initials, Merchant.pinyin, Merchant.lease_end, Merchant.provisional, Merchant.retired,
)  # fmt: skip
_Found = Row[*tuple[Any, ...]]


def find(work: Work, text: str, limit: int = 10) -> tuple["MerchantHit", ...]:
    """Return who answers to a few keys, the best answer first; tenants that have left come last."""
    work.actor.require(Right.READ_MERCHANTS)
    found = ranked(work, text)
    open_cases = _open_cases(work, [merchant.id for _fit, merchant in found])
    found.sort(
        key=lambda hit: (hit[1].retired, hit[0].rank, hit[1].id not in open_cases, hit[1].pinyin, hit[1].counter)
    )
    today = moments.day_of(work.now)
    return tuple(_hit(fit, merchant, open_cases.get(merchant.id, 0), today) for fit, merchant in found[: max(0, limit)])


def ranked(work: Work, text: str) -> list[tuple[Fit, _Found]]:
    """Return every merchant that answers to all the words of a text, in no order."""
    words = finding.words_of(text)
    if not words:
        return []
    chosen = select(*_LOOKED_AT).where(*(_may_hold(word) for word in words))
    answers = ((finding.fit(words, _named(merchant)), merchant) for merchant in work.session.execute(chosen))
    return [(fit, merchant) for fit, merchant in answers if fit is not None]


@dataclass(frozen=True, slots=True)
class MerchantHit:
    """One answer; the spans say which letters of initials, name and counter to highlight."""

    id: int
    number: str
    name: str
    full_name: str
    counter: str
    trade: str
    initials: str
    initials_span: Span | None
    name_span: Span | None
    counter_span: Span | None
    open_cases: int
    remark: str
    provisional: bool
    retired: bool


def _may_hold(word: str) -> ColumnElement[bool]:
    """Return a condition that leaves out nobody who answers to the word; finding.fit decides."""
    names = (Merchant.initials, Merchant.name, Merchant.brand, Merchant.nickname, Merchant.counter)
    counter = func.replace(func.lower(Merchant.counter), "-", "")
    return or_(
        *(func.lower(name).contains(word, autoescape=True) for name in names),
        counter.contains(word.replace("-", ""), autoescape=True),
        func.replace(Merchant.pinyin, " ", "").startswith(word, autoescape=True),
        func.lower(Merchant.number) == word,
        func.lower(Merchant.uscc).endswith(word, autoescape=True),
    )


def _named(merchant: _Found) -> Named:
    return Named(
        name=merchant.brand or merchant.name,
        other_names=(merchant.nickname, merchant.name),
        counter=merchant.counter,
        keys=merchant.initials,
        sound=merchant.pinyin,
        codes=(merchant.number, merchant.uscc),
    )


def _open_cases(work: Work, merchants: Iterable[int]) -> dict[int, int]:
    chosen = select(Case.merchant_id, func.count()).where(
        Case.merchant_id.in_(tuple(merchants)), Case.is_open.is_(True), Case.deleted_at.is_(None)
    )
    return {row[0]: row[1] for row in work.session.execute(chosen.group_by(Case.merchant_id))}


def _order(fit: Fit, merchant: _Found, open_cases: int) -> tuple[Any, ...]:
    """Sort who has left last, then by fit; among equals those complained about, then as a list would be sorted."""
    by_counter = merchant.counter if fit.counter_span else ""
    return merchant.retired, fit.rank, open_cases == 0, by_counter, merchant.pinyin, merchant.counter


def _hit(fit: Fit, merchant: _Found, open_cases: int, today: date) -> MerchantHit:
    remark = "已撤场" if merchant.retired else expiry_remark("租约", merchant.lease_end, today)
    return MerchantHit(
        id=merchant.id,
        number=merchant.number,
        name=merchant.brand or merchant.name,
        full_name=merchant.name,
        counter=merchant.counter,
        trade=merchant.trade,
        initials=fit.initials,
        initials_span=fit.initials_span,
        name_span=fit.name_span,
        counter_span=fit.counter_span,
        open_cases=open_cases,
        remark="未建档" if merchant.provisional else remark,
        provisional=merchant.provisional,
        retired=merchant.retired,
    )
