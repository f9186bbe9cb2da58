"""What one press of a key does on a case: the entry with its next step, or words that go on in another case."""

from odr_desk.rules.events import EventDraft
from odr_desk.rules.handling import NextStep
from odr_desk.services import cases, drafts, handling, timeline
from odr_desk.store.database import Work


def record(
    work: Work, case_no: str, entry: EventDraft | None, step: NextStep | None = None, version: int | None = None
) -> int:
    """Write an entry and set the next step in one transaction; either may be left out. Return the case's version.

    A step without words takes the next step away; Conflict when somebody else has changed it since the version named.
    """
    case = cases.named(work, case_no)
    if entry is not None:
        timeline.add(work, case, entry)
    if step is not None:
        handling.set_next_step(work, case_no, step.text, step.due, version)
    drafts.drop_for(work, drafts.LOG, case_no)
    return case.version_id


def follow_up(work: Work, case_no: str, text: str, key: str) -> int:
    """Turn an unfinished registration into words for the quick log of the case it belongs to.

    Return the draft that was put aside with what else had been typed, 0 when there was none.
    """
    cases.named(work, case_no)
    known = drafts.of(work, drafts.LOG, case_no)
    content = dict(known[0].content) if known else {}
    before = str(content.get("text", ""))
    if text:
        content["text"] = "\n".join(part for part in (before, text) if part)
        drafts.keep_for(work, drafts.LOG, case_no, content)
    return drafts.throw_away(work, drafts.INTAKE, key)
