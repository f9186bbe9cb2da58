"""The settlement agreement: what is entered, what must be right before it is concluded."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from odr_desk.rules import clauses, money
from odr_desk.rules.clauses import Share, TermDraft
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import day, flag, number, text
from odr_desk.rules.parsing import check

MOST_TERMS = 30
LONGEST_VIEW = 1000
"""Characters of what one side says."""
LEAST_COPIES = 3
"""One for each party and one for the mall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """Everything of an agreement besides its clauses; empty names are taken from the case."""

    signed_on: date | None = day("签订日期", "签订", hint="空着为今天")
    place: str = text("签订地点", "签订", max_length=100)
    copies: int | None = number("份数", "签订", minimum=LEAST_COPIES, maximum=20)
    mediator: str = text("调解员", "签订", max_length=50)
    guardian: str = text("监护人", "甲方", max_length=50)
    agent: str = text("委托代理人", "甲方", max_length=50)
    merchant_handler: str = text("经办人", "乙方", max_length=50)
    merchant_authority: bool = flag("经办人有授权委托书", "乙方")
    consumer_view: str = text("甲方意见", "争议", max_length=LONGEST_VIEW, multiline=True)
    merchant_view: str = text("乙方意见", "争议", max_length=LONGEST_VIEW, multiline=True)
    final: bool = flag("一次性了结，双方再无其他争议", "了结")
    reserved: str = text("保留事项", "了结", max_length=400, multiline=True, hint="如：后续治疗费用另行协商")
    late: str = text("逾期后果", "了结", max_length=400, multiline=True, hint="双方另外约定的，没有就空着")
    advance_payment: bool = flag("写明逾期由商场先行赔付", "了结")
    confidential: bool = flag("协议内容保密", "了结")
    attachments: str = text("附件", "附件", max_length=400, multiline=True, hint="每行一件")


@dataclass(frozen=True, slots=True)
class Sums:
    """The money of an agreement, in all and by what it counts as, in fen."""

    total: int
    refund: int
    compensation: int
    punitive: int


def check_agreement(draft: AgreementDraft, terms: tuple[TermDraft, ...], received_on: date, today: date) -> None:
    """Raise Invalid, naming clause and field, unless the agreement may be concluded as entered."""
    check(draft)
    signed_on = draft.signed_on or today
    problems: list[Problem] = []
    if signed_on > today:
        problems.append(Problem("signed_on", f"签订日期 {signed_on} 在今天之后，请核对日期"))
    if signed_on < received_on:
        problems.append(Problem("signed_on", f"签订日期 {signed_on} 早于收到投诉的日期 {received_on}，请核对"))
    if not 1 <= len(terms) <= MOST_TERMS:
        problems.append(Problem("terms", f"协议应有 1 至 {MOST_TERMS} 项内容，现在是 {len(terms)} 项"))
    for n, term in enumerate(terms):
        problems += _wrong(n, term, terms, signed_on)
    if sums_of(terms).total > money.LARGEST_FEN:
        problems.append(Problem("terms", "各项金额合计太大，请核对位数"))
    if problems:
        raise Invalid(tuple(problems))


def sums_of(terms: tuple[TermDraft, ...]) -> Sums:
    """Add the amounts up, in all and by what they count as."""
    parts = dict.fromkeys(Share, 0)
    for term in terms:
        parts[clauses.kind_of(term.kind).share] += term.amount or 0
    return Sums(sum(parts.values()), parts[Share.REFUND], parts[Share.COMPENSATION], parts[Share.PUNITIVE])


def with_defaults(draft: AgreementDraft, today: date, **known: str) -> AgreementDraft:
    """Return the draft with what was left open taken from the case: signing day, copies and names."""
    filled: dict[str, Any] = {name: value for name, value in known.items() if not getattr(draft, name)}
    filled |= {"signed_on": draft.signed_on or today, "copies": draft.copies or LEAST_COPIES}
    return dataclasses.replace(draft, **filled)


def _wrong(n: int, term: TermDraft, terms: tuple[TermDraft, ...], signed_on: date) -> list[Problem]:
    try:
        check(term)
    except Invalid as error:
        return _named(n, error)
    kind = clauses.kind_of(term.kind)
    found = (
        ("amount", kind.pays and term.amount is None and not _paid_elsewhere(term, terms), "没有写金额，请填写"),
        ("amount", term.amount == 0, "金额应大于 0；不付款的请空着"),
        ("due", term.due is not None and term.due < signed_on, f"期限 {term.due} 早于签订日期 {signed_on}"),
        ("due", term.at_once and term.due not in (None, signed_on), "写了当场已履行，又写了以后的期限，请留一样"),
        ("text", not kind.words and not term.text.strip(), "要写明内容，请填写条文"),
        ("text", contradiction := clauses.contradiction(term), contradiction),
    )
    return [Problem(f"terms[{n}].{field}", f"第 {n + 1} 项{said}") for field, wrong, said in found if wrong]


def _paid_elsewhere(term: TermDraft, terms: tuple[TermDraft, ...]) -> bool:
    """Tell whether a clause on returned goods leaves the refund to another clause."""
    return term.kind == clauses.RETURN_GOODS and any(
        other.amount and clauses.kind_of(other.kind).share is Share.REFUND for other in terms if other is not term
    )


def _named(n: int, error: Invalid) -> list[Problem]:
    return [Problem(f"terms[{n}].{p.field}", f"第 {n + 1} 项：{p.text}") for p in error.problems]
