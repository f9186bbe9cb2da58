"""What one press of 记录 does: the entry, the next step that came of it, and the draft that is no longer needed."""

from datetime import date

from odr_desk.rules.events import EventDraft
from odr_desk.services import cases, drafts, timeline
from odr_desk.store.database import Work


def record(
    work: Work, case_no: str, entry: EventDraft | None, step: str = "", due: date | None = None, draft_id: int = 0
) -> None:
    """Write an entry and set the next step in one transaction; either may be left out."""
    if entry is not None:
        timeline.add(work, cases.named(work, case_no), entry)
    if step:
        cases.set_next_step(work, case_no, step, due)
    if draft_id:
        drafts.drop(work, draft_id)
