"""What narrows a list of cases, in words for the chips and in choices for the panel."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.rules import masking
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.moments import show_day
from odr_desk.rules.narrowing import Narrowing
from odr_desk.rules.people import Right
from odr_desk.services import codes, tags
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work

_CODES = ("channels", "problems", "categories")
_PERIOD = ("received_from", "received_to")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that narrows a list: the fields to empty when it is taken away, and its words."""

    names: tuple[str, ...]
    words: str


def chosen(work: Work, wanted: CaseFilter) -> tuple[Chosen, ...]:
    """Return everything that narrows a list besides its view and the words looked for."""
    work.actor.require(Right.READ_CASES)
    return (*_declared(work, wanted), *_period(wanted), *_beyond(wanted))


def choices(work: Work) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the words to choose from, by the group the fields name."""
    work.actor.require(Right.READ_CASES)
    people = work.session.execute(select(User.user, User.display_name).order_by(User.disabled, User.id))
    return {
        **{group: tuple((o.code, o.short or o.name) for o in codes.options(work, group)) for group in _CODES},
        "handlers": tuple((row[0], row[1]) for row in people),
        "tags": tuple((name, f"{name}（{count:,}）") for name, count in tags.in_use(work)),
    }


def _declared(work: Work, wanted: CaseFilter) -> Iterator[Chosen]:
    for field in fields_of(Narrowing):
        value = getattr(wanted, field.name)
        if field.name in _PERIOD or value in (None, "", False):
            continue
        if field.kind is Kind.FLAG:
            yield Chosen((field.name,), field.label)
        else:
            yield Chosen((field.name,), f"{field.label}：{_shown(work, field, value)}")


def _shown(work: Work, field: Field, value: Any) -> str:  # noqa: ANN401
    if field.kind is Kind.DAY:
        return show_day(value)
    if isinstance(field.options, type):
        return str(value.label)
    named = _NAMES.get(field.name)
    if named is not None:
        return work.session.scalar(named(value)) or str(value)
    return codes.names(work, str(field.options)).get(value) or str(value)


_SHOP = func.coalesce(func.nullif(Merchant.brand, ""), Merchant.name)
_NAMES: dict[str, Callable[[str], Any]] = {
    "handler": lambda user: select(User.display_name).where(User.user == user),
    "merchant_no": lambda number: select(_SHOP).where(Merchant.number == number),
}


def _period(wanted: CaseFilter) -> Iterator[Chosen]:
    first, last = wanted.received_from, wanted.received_to
    if first is not None and last is not None:
        yield Chosen(_PERIOD, f"收到：{first:%Y-%m-%d} 至 {last:%Y-%m-%d}")
    elif first is not None:
        yield Chosen(_PERIOD, f"收到：{first:%Y-%m-%d} 起")
    elif last is not None:
        yield Chosen(_PERIOD, f"收到：至 {last:%Y-%m-%d}")


def _beyond(wanted: CaseFilter) -> Iterator[Chosen]:
    """Name what only other pages set, when they open the cases that a figure of theirs counts."""
    if wanted.results:
        yield Chosen(("results",), "结果：" + "、".join(result.label for result in wanted.results))
    if wanted.phone:
        yield Chosen(("phone",), f"电话：{masking.phone(wanted.phone)}")
    if wanted.refunded:
        yield Chosen(("refunded",), "写明金额、有退款的")
    if wanted.besides is not None:
        yield Chosen(("besides",), "不含打开的那件")


def is_own(wanted: CaseFilter) -> bool:
    """Tell whether everything that narrows this list could be set by hand, so that it can be kept."""
    hand = {field.name for field in fields_of(Narrowing)} | {"view", "text", "sort", "descending"}
    return all(
        getattr(wanted, field.name) == field.default for field in dataclasses.fields(wanted) if field.name not in hand
    )
