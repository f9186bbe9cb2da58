"""What each side would at most accept: told to the mediator in confidence, opened only by a click that is recorded.

Nothing else reads these records. They are in no list, paper, export, dump, feedback, timeline or search
index, and the journal proves their values by a hash without writing them down (docs/decisions/014).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from odr_desk.model.mediation import BottomLine
from odr_desk.rules import moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid
from odr_desk.rules.events import Party
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.rules.session import SIDES, BottomLineDraft
from odr_desk.services import cases
from odr_desk.store import journal
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class BottomLineRow:
    """One side's bottom line, for the eyes of a mediator."""

    side: Party
    amount: int | None
    text: str
    told_at: datetime
    noted_by: str

    @property
    def draft(self) -> BottomLineDraft:
        """Return what was noted."""
        return BottomLineDraft(side=self.side, amount=self.amount, text=self.text)


def reveal(work: Work, case_no: str) -> tuple[BottomLineRow, ...]:
    """Return the bottom lines of a case and record who opened them; that is why it is a piece of writing work."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    journal.record_deed(work, f"cases:{case.id}", {"revealed": "bottom_lines"})
    found = work.session.scalars(select(BottomLine).where(BottomLine.case_id == case.id))
    of_side = {line.side: line for line in found}
    return tuple(
        BottomLineRow(line.side, line.amount, line.text, line.told_at, line.noted_by)
        for line in (of_side.get(side) for side in SIDES)
        if line is not None
    )


def keep(work: Work, case_no: str, draft: BottomLineDraft, seen: BottomLineDraft | None = None) -> None:
    """Note a side's bottom line in place of the one before; neither amount nor words takes it away.

    Raise Conflict when somebody else has noted another one since it was `seen`. It does not say which: opening it is
    recorded.
    """
    work.actor.require(Right.MEDIATE)
    check(draft)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再记底线，请先重新打开", ("reopen",))
    if draft.side not in SIDES:
        raise Invalid.of("side", "底线是消费者或商户的，请选哪一方")
    line = work.session.scalars(
        select(BottomLine).where(BottomLine.case_id == case.id, BottomLine.side == draft.side)
    ).one_or_none()
    if seen is not None:
        _require_seen(work, line, draft, seen)
    if draft.amount is None and not draft.text.strip():
        if line is not None:
            work.session.delete(line)
        return
    if line is None:
        line = BottomLine(case_id=case.id, side=draft.side)
        work.session.add(line)
    line.amount, line.text = draft.amount, draft.text.strip()
    line.told_at, line.noted_by = work.now, work.actor.name


def _require_seen(work: Work, line: BottomLine | None, mine: BottomLineDraft, seen: BottomLineDraft) -> None:
    theirs = (line.amount, line.text) if line is not None else (None, "")
    if theirs in ((seen.amount, seen.text.strip()), (mine.amount, mine.text.strip())):
        return
    by, at = (line.noted_by, line.told_at) if line is not None else ("别人", work.now)
    assert mine.side is not None  # noqa: S101 - required, checked before
    whose = f"{mine.side.label}的底线"
    said = f"{whose}在 {moments.show_moment(at)} 已由{by}另记" if line is not None else f"{whose}已被别人删去"
    told: dict[str, object] = {"by": by, "at": moments.local(at).isoformat()}
    raise Conflict(f"{said}，您的没有存，也没有丢。请打开看过再记", told)
