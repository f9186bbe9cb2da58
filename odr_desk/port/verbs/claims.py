"""How much a consumer may claim: worked out by a rule of law, nothing is written."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import calculators
from odr_desk.rules.fields import text
from odr_desk.rules.reckoning import LABEL, Figure
from odr_desk.services import calculating


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    rule: str = text("规则", required=True, max_length=40)


def _takes() -> type:
    """Return a draft with the inputs of every rule; which of them the rule takes is checked with the rule."""
    inputs: dict[str, dataclasses.Field[object]] = {}
    for calculator in calculators.CALCULATORS:
        inputs |= {entry.name: entry for entry in dataclasses.fields(calculator.takes)}
    made = [
        (name, entry.type, dataclasses.field(default=entry.default, metadata=entry.metadata))
        for name, entry in inputs.items()
    ]
    return dataclasses.make_dataclass("_Calculate", made, bases=(_Rule,), frozen=True, kw_only=True)


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


VERBS = (Verb(name="claim.calculate", takes=_takes(), run=_calculate, nested={"inputs": ""}, partial=True),)
