"""The papers the desk can print. A new one is a module and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odr_desk.papers import settlement_agreement, settlement_checks
from odr_desk.papers.checking import Check
from odr_desk.papers.content import Content


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper: what it has to know, what it says, what is looked at before printing."""

    code: str
    title: str
    version: int
    facts: type
    build: Callable[[Any], Content]
    checks: Callable[[Any], tuple[Check, ...]]


PAPERS: tuple[Paper, ...] = (
    Paper(
        settlement_agreement.CODE,
        settlement_agreement.TITLE,
        settlement_agreement.VERSION,
        settlement_agreement.Facts,
        settlement_agreement.build,
        settlement_checks.checks,
    ),
)
