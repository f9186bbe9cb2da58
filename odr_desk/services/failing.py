"""Ending without a settlement: the reason, what the consumer was told, and the hand-over to another body."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, Transfer
from odr_desk.papers import failure_notice, transfer_letter
from odr_desk.papers.checking import Check, Level
from odr_desk.rules import moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.ending import FailDraft, TransferDraft
from odr_desk.rules.events import EventKind
from odr_desk.rules.fields import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, issuing, setup, timeline
from odr_desk.services.issuing import Issued
from odr_desk.store.database import Work

OUT = "out"


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A hand-over, as shown."""

    direction: str
    body: str
    on: date
    reason: str
    materials: tuple[str, ...]
    receiver: str


def fail(work: Work, case_no: str, draft: FailDraft, transfer: TransferDraft | None = None) -> CaseState:
    """End a case without a settlement, and hand it over where that was decided; return its state."""
    work.actor.require(Right.MEDIATE)
    check(draft)
    assert draft.reason is not None  # noqa: S101 - required, checked before
    case = cases.named(work, case_no)
    said = draft.text.strip()
    cases.move(work, case, CaseState.FAILED, f"{draft.reason.label}：{said}" if said else draft.reason.label)
    if transfer is not None:
        _hand_over(work, case, transfer)
    return case.state


def hand_out(work: Work, case_no: str) -> tuple[Issued, ...]:
    """Issue what goes with a failure: the notice for the consumer and, if it was handed over, the letter.

    A paper that still has something to be mended is left for later; the case's file shows it as ready.
    """
    kinds = [failure_notice.CODE, *([transfer_letter.CODE] if transfers(work, case_no) else [])]
    ready = [kind for kind in kinds if not _must(issuing.look(work, kind, case_no).checks)]
    return tuple(issuing.issue(work, kind, case_no) for kind in ready)


def transfers(work: Work, case_no: str) -> tuple[TransferRow, ...]:
    """Return the hand-overs of a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    found = work.session.scalars(select(Transfer).where(Transfer.case_id == case.id).order_by(Transfer.id.desc()))
    return tuple(
        TransferRow(t.direction, t.body, t.on, t.reason, tuple(t.materials.splitlines()), t.receiver) for t in found
    )


def _hand_over(work: Work, case: Case, draft: TransferDraft) -> None:
    check(draft)
    body = draft.to.strip() or setup.profile(work).regulator or "市场监督管理部门"
    materials = [line.strip() for line in draft.materials.splitlines() if line.strip()]
    today = moments.day_of(work.now)
    work.session.add(
        Transfer(
            case_id=case.id,
            direction=OUT,
            body=body,
            on=today,
            original_no=case.platform_no or case.number,
            reason=case.result_note,
            materials="\n".join(materials),
            receiver=draft.receiver,
        )
    )
    case.transferred_on = today
    given = f"，材料 {len(materials)} 件" if materials else ""
    timeline.system(work, case, EventKind.TRANSFER, f"移送{body}{given}")


def _must(checks: tuple[Check, ...]) -> bool:
    return any(check.level is Level.MUST for check in checks)
