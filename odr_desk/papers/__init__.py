"""The papers the desk can print. A new one is a module and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odr_desk.papers import (
    failure_notice,
    mediation_record,
    registration_receipt,
    return_letter,
    settlement_agreement,
    settlement_checks,
    shift_sheet,
    transfer_letter,
)
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
    Paper(
        registration_receipt.CODE,
        registration_receipt.TITLE,
        registration_receipt.VERSION,
        registration_receipt.Facts,
        registration_receipt.build,
        registration_receipt.checks,
    ),
    Paper(
        mediation_record.CODE,
        mediation_record.TITLE,
        mediation_record.VERSION,
        mediation_record.Facts,
        mediation_record.build,
        mediation_record.checks,
    ),
    Paper(
        failure_notice.CODE,
        failure_notice.TITLE,
        failure_notice.VERSION,
        failure_notice.Facts,
        failure_notice.build,
        failure_notice.checks,
    ),
    Paper(
        transfer_letter.CODE,
        transfer_letter.TITLE,
        transfer_letter.VERSION,
        transfer_letter.Facts,
        transfer_letter.build,
        transfer_letter.checks,
    ),
    Paper(
        return_letter.CODE,
        return_letter.TITLE,
        return_letter.VERSION,
        return_letter.Facts,
        return_letter.build,
        return_letter.checks,
    ),
)

SHEETS: tuple[Paper, ...] = (
    Paper(
        shift_sheet.CODE,
        shift_sheet.TITLE,
        shift_sheet.VERSION,
        shift_sheet.Facts,
        shift_sheet.build,
        shift_sheet.checks,
    ),
)
"""What is printed for the house alone: made anew each time, without number and register."""
