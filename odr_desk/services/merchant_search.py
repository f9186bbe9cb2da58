"""The look-up of a merchant by a few keys: Chinese, pinyin initials, counter number."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import finding, moments
from odr_desk.rules.finding import Fit, Named, Span
from odr_desk.rules.merchant import expiry_remark
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

_OPEN_CASES = (
    select(func.count())
    .where(Case.merchant_id == Merchant.id, Case.is_open.is_(True), Case.deleted_at.is_(None))
    .correlate(Merchant)
    .scalar_subquery()
)
_LOOKED_AT = (
    Merchant.id, Merchant.number, Merchant.name, Merchant.brand, Merchant.nickname, Merchant.counter, Merchant.trade,
    Merchant.uscc, Merchant.initials, Merchant.pinyin, Merchant.lease_end, Merchant.provisional, Merchant.retired,
    _OPEN_CASES.label("open_cases"),
)  # fmt: skip
_Found = Row[*tuple[Any, ...]]


def find(work: Work, text: str, limit: int = 10) -> tuple["MerchantHit", ...]:
    """Return who answers to a few keys, the best answer first; tenants that have left come last."""
    work.actor.require(Right.READ_MERCHANTS)
    found = ranked(work, text)
    found.sort(key=lambda hit: (hit[1].retired, hit[0].rank, hit[1].open_cases == 0, place(*hit)))
    today = moments.day_of(work.now)
    return tuple(_hit(fit, merchant, today) for fit, merchant in found[: max(0, limit)])


def ranked(work: Work, text: str) -> list[tuple[Fit, _Found]]:
    """Return every merchant that answers to all the words of a text, in no order."""
    words = finding.words_of(finding.asked(text))
    if not words:
        return []
    chosen = select(*_LOOKED_AT).where(
        *(Merchant.findable.contains(finding.needle(word), autoescape=True) for word in words)
    )
    answers = ((finding.fit(words, _named(merchant)), merchant) for merchant in work.session.execute(chosen))
    return [(fit, merchant) for fit, merchant in answers if fit is not None]


def place(fit: Fit, merchant: _Found) -> tuple[str, str, str]:
    """Return what equal answers are sorted by: the counter if that was asked for, then the pinyin."""
    return merchant.counter if fit.counter_span else "", merchant.pinyin, merchant.counter


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


def _named(merchant: _Found) -> Named:
    return Named(
        name=merchant.brand or merchant.name,
        other_names=(merchant.nickname, merchant.name),
        counter=merchant.counter,
        keys=merchant.initials,
        sound=merchant.pinyin,
        codes=(merchant.number, merchant.uscc),
    )


def _hit(fit: Fit, merchant: _Found, today: date) -> MerchantHit:
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
        open_cases=merchant.open_cases,
        remark="未建档" if merchant.provisional else remark,
        provisional=merchant.provisional,
        retired=merchant.retired,
    )
