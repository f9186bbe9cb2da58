"""How much a consumer may claim: worked out by a rule of law, nothing is written."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import calculators
from odr_desk.rules.fields import text
from odr_desk.rules.reckoning import LABEL, Calculator, Figure
from odr_desk.services import calculating


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    rule: str = text("规则", required=True, max_length=40)


def _takes(chosen: Iterable[Calculator] = calculators.CALCULATORS) -> type:
    """Return a draft with the rule and the inputs of these rules."""
    inputs: dict[str, dataclasses.Field[object]] = {}
    for calculator in chosen:
        inputs |= {entry.name: entry for entry in dataclasses.fields(calculator.takes)}
    made = [
        (name, entry.type, dataclasses.field(default=entry.default, metadata=entry.metadata))
        for name, entry in inputs.items()
    ]
    return dataclasses.make_dataclass("_Calculate", made, bases=(_Rule,), frozen=True, kw_only=True)


def _of_rule(sent: Mapping[str, object]) -> type:
    """Return the draft of the rule that is named, whose words its refusals use; without one that of every rule."""
    named = calculators.BY_RULE.get(str(sent.get("rule", "")))
    return _ALL if named is None else _takes((named,))


def _calculate(session: Session, given: Given) -> Answer:
    values: Mapping[str, object] = {name: sent for name, sent in given.changes().items() if name != "rule"}
    with session.reading() as work:
        found = calculating.work_out(calculating.book(work), given.draft.rule, values)
    law, reckoning = found.law, found.reckoning
    return {
        "label": LABEL,
        "rule": law.rule,
        "name": law.name,
        "stands": reckoning.stands,
        "figures": [_figure(figure) for figure in reckoning.figures],
        "steps": list(reckoning.steps),
        "remarks": list(reckoning.remarks),
        "article": law.article,
        "versions": list(law.versions),
        "conditions": list(law.conditions),
        "exceptions": list(law.exceptions),
        "evidence": law.evidence,
    }


def _figure(figure: Figure) -> Answer:
    match figure.value:
        case int():
            return {"label": figure.label, "amount": answers.fen(figure.value)}
        case date():
            return {"label": figure.label, "day": figure.value.isoformat()}
        case words:
            return {"label": figure.label, "text": words}


_ALL = _takes()
VERBS = (
    Verb(name="claim.calculate", takes=_ALL, run=_calculate, nested={"inputs": ""}, partial=True, decided=_of_rule),
)
