"""Ending without a settlement: the reason, and what goes out with it."""

from odr_desk.papers import failure_notice, transfer_letter
from odr_desk.papers.checking import Check, Level
from odr_desk.rules.case import CaseState
from odr_desk.rules.ending import FailDraft
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import cases, issuing, transfers
from odr_desk.services.issued_papers import Issued
from odr_desk.store.database import Work


def fail(work: Work, case_no: str, draft: FailDraft, transfer: TransferDraft | None = None) -> CaseState:
    """End a case without a settlement, and hand it over where that was decided; return its state."""
    work.actor.require(Right.MEDIATE)
    check(draft)
    assert draft.reason is not None  # noqa: S101 - required, checked before
    case = cases.named(work, case_no)
    said = draft.text.strip()
    cases.move(work, case, CaseState.FAILED, f"{draft.reason.label}：{said}" if said else draft.reason.label)
    if transfer is not None:
        transfers.hand_over(work, case_no, transfer)
    return case.state


def hand_out(work: Work, case_no: str) -> tuple[Issued, ...]:
    """Issue what goes with a failure: the notice for the consumer and, if it was handed over, the letter.

    A paper that still has something to be mended is left for later; the case's file shows it as ready.
    """
    case = cases.named(work, case_no)
    kinds = [failure_notice.CODE, *([transfer_letter.CODE] if transfers.departure(work, case) else [])]
    ready = [kind for kind in kinds if not _must(issuing.look(work, kind, case_no).checks)]
    return tuple(issuing.issue(work, kind, case_no) for kind in ready)


def _must(checks: tuple[Check, ...]) -> bool:
    return any(check.level is Level.MUST for check in checks)
