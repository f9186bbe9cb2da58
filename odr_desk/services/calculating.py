"""The claim calculator: the law's own words from the table joined with what computes, and a note in the case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.reference import Code, LegalRule
from odr_desk.rules import calculators, moments, statutes
from odr_desk.rules.calculators import prepaid
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.fields import fields_of
from odr_desk.rules.mall import Mall
from odr_desk.rules.parsing import parse
from odr_desk.rules.people import Right
from odr_desk.rules.reckoning import LABEL, Reckoning, last_day
from odr_desk.services import cases, claims, timeline
from odr_desk.store import reference, settings
from odr_desk.store.database import Work

JIANGSU = "32"  # first digits of the division code
FIFTEEN_DAYS = "R_PREPAID_15_JS"
_FIRST_FIFTEEN = "付款未超过十五日，江苏先看“江苏单用途卡十五日”"
_FOOD = ("食品类", "烟、酒和饮料类")
_BY_PROBLEM = {
    "P01": ("R_RETURN7", "R_BURDEN6M"),
    "P02": ("R_LOSS",),
    "P03": ("R_SHORT", "R_X3"),
    "P05": ("R_REPAIR", "R_3BAO_7", "R_3BAO_15"),
    "P07": ("R_X3",),
    "P09": ("R_X3",),
    "P10": ("R_X3",),
    "P11": ("R_X3",),
}
"""Rules worth a look by the problem of a case; what the consumer claims goes before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A rule of the table that computes, in its own words."""

    rule: str
    name: str
    category: str
    article: str
    versions: tuple[str, ...]
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Book:
    """The rules that apply where the mall lies, and the calendar their days are counted by."""

    laws: tuple[Law, ...]
    calendar: Calendar

    def law(self, rule: str) -> Law:
        """Return one rule; raise Invalid when there is none of that name that computes here."""
        for law in self.laws:
            if law.rule == rule:
                return law
        known = "、".join(f"{law.rule} {law.name}" for law in self.laws)
        raise Invalid.of("rule", f"没有“{rule[:40]}”这条可以计算的规则，可选：{known}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the calculator of a case opens with: the rules, those to look at first, and inputs already known."""

    case_no: str
    book: Book
    suggested: tuple[str, ...]
    known: Mapping[str, int | date]


@dataclass(frozen=True, slots=True)
class Calculation:
    """A rule, what was put in and how it came out."""

    law: Law
    draft: object
    reckoning: Reckoning


def book(work: Work) -> Book:
    """Return the rules that compute here, in the order in which they should be tried."""
    work.actor.require(Right.READ_CASES)
    mall = settings.load(work, Mall)
    at_home = mall is not None and mall.district.startswith(JIANGSU)
    texts = {row.rule_id: row for row in work.session.scalars(select(LegalRule))}
    offered = (one for one in calculators.CALCULATORS if at_home or not one.jiangsu)
    laws = tuple(_law(texts[one.rule]) for one in offered if one.rule in texts)
    return Book(laws, reference.load_calendar(work))


def sheet(work: Work, case_no: str) -> Sheet:
    """Return the calculator for a case."""
    found = book(work)
    case = cases.named(work, case_no)
    here = {law.rule for law in found.laws}
    wanted = dict.fromkeys((*_by_claims(work, case), *_by_facts(case), *_BY_PROBLEM.get(case.problem, ())))
    return Sheet(case.number, found, tuple(rule for rule in wanted if rule in here), _known(work, case))


def work_out(found: Book, rule: str, values: Mapping[str, object]) -> Calculation:
    """Return how a claim comes out by a rule; raise Invalid naming every input that does not fit."""
    law = found.law(rule)
    calculator = calculators.BY_RULE[rule]
    draft: object = parse(calculator.takes, values)
    reckoning = calculator.work_out(draft, found.calendar)
    if _is_within_fortnight(found, rule, draft):
        reckoning = replace(reckoning, remarks=(_FIRST_FIFTEEN, *reckoning.remarks))
    return Calculation(law, draft, reckoning)


def words(found: Calculation, ticked: tuple[str, ...]) -> str:
    """Return a calculation as the entry of a timeline: figures, formula, article, law version, conditions."""
    law, reckoning = found.law, found.reckoning
    figures = "，".join(f"{figure.label} {figure.shown}" for figure in reckoning.figures) or "不适用"
    open_ones = [condition for condition in law.conditions if condition not in ticked]
    lines = [f"{LABEL}：{law.name}，{figures}", *reckoning.steps, *reckoning.remarks, f"依据：{law.article}"]
    lines += [f"文本：{'、'.join(law.versions)}"] if law.versions else []
    lines += [f"条件已核对：{'；'.join(c for c in law.conditions if c in ticked)}"] if ticked else []
    lines += [f"条件未核对：{'；'.join(open_ones)}"] if open_ones else []
    return "\n".join(lines)


def note(work: Work, case_no: str, rule: str, values: Mapping[str, object], ticked: tuple[str, ...] = ()) -> int:
    """Work a claim out again and write it into the timeline of a case; return the number of the entry."""
    work.actor.require(Right.WRITE_CASES)
    found = work_out(book(work), rule, values)
    case = cases.named(work, case_no)
    return timeline.add(work, case, EventDraft(kind=EventKind.NOTE, party=Party.DESK, text=words(found, ticked)))


def _law(row: LegalRule) -> Law:
    return Law(
        rule=row.rule_id,
        name=row.name,
        category=row.category,
        article=row.article,
        versions=statutes.versions(row.article),
        conditions=_parts(row.condition),
        exceptions=_parts(row.exceptions),
        evidence=row.evidence_needed,
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("；") if part.strip())


def _by_claims(work: Work, case: Case) -> tuple[str, ...]:
    """Return the rules that claims.csv names for what the consumer asks."""
    chosen = work.session.execute(select(Code.code, Code.extra).where(Code.group == "claims"))
    rules_of = {code: json.loads(extra).get("computation_rule_id", "") for code, extra in chosen}
    named = (rules_of.get(one.code, "") for one in claims.of_case(work, case.id))
    return tuple(rule for rules in named for rule in rules.split("|") if rule)


def _by_facts(case: Case) -> tuple[str, ...]:
    found: list[str] = []
    if case.is_prepaid:
        found += [one.rule for one in prepaid.CALCULATORS]
    if case.category in _FOOD:
        found.append("R_X10")
    if case.is_online:
        found.append("R_NOREASON_REMOTE")
    return tuple(found)


def _known(work: Work, case: Case) -> dict[str, int | date]:
    """Return what the case already says, by the names that inputs have."""
    known: dict[str, int | date] = {"asked_on": case.received_on, "found_on": case.received_on}
    known["as_of"] = moments.day_of(work.now)
    if case.amount is not None:
        known |= dict.fromkeys(("price", "principal", "paid", "balance"), case.amount)
    if case.purchase_date is not None:
        known |= dict.fromkeys(("received_on", "paid_on", "bought_on", "sold_on"), case.purchase_date)
    return known


def _is_within_fortnight(found: Book, rule: str, draft: object) -> bool:
    if rule == FIFTEEN_DAYS or all(law.rule != FIFTEEN_DAYS for law in found.laws):
        return False
    days = [getattr(draft, field.name) for field in fields_of(type(draft)) if field.name in ("paid_on", "asked_on")]
    if len(days) != 2:
        return False
    paid_on, asked_on = days
    return bool(asked_on <= last_day(found.calendar, paid_on + timedelta(prepaid.FORTNIGHT))[0])
