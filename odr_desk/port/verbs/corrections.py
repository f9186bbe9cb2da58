"""Taking back: one's own last steps, the bin, and cases of one matter merged and taken apart."""

from dataclasses import dataclass

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules.fields import number, text
from odr_desk.services import case_bin, merging, undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undo:
    step: int | None = number("步骤", maximum=10**12, hint="空着为自己的最近一步")


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    limit: int | None = number("行数", minimum=1, maximum=undoing.KEPT_STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delete(CaseArgument):
    reason: str = text("原因", required=True, max_length=case_bin.LONGEST_REASON)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge(CaseArgument):
    into: str = text("并入", required=True, max_length=40)
    reason: str = text("原因", max_length=200)


def _undo(session: Session, given: Given) -> Answer:
    with session.writing(undoing.UNDO) as work:
        done = undoing.undo(work, given.draft.step or undoing.last(work))
    return {"undone": done.label, "subject": done.subject, "step": work.step}


def _list(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        rows = undoing.recent(work, given.draft.limit or undoing.KEPT_STEPS)
    return {
        "steps": [
            {"step": row.id, "verb": row.verb, "label": row.label, "subject": row.subject, "at": row.at} for row in rows
        ]
    }


def _delete(session: Session, given: Given) -> Answer:
    with session.writing("case.delete", given.draft.reason) as work:
        case_bin.delete(work, given.draft.case_no, given.draft.reason)
    return {"step": work.step}


def _restore(session: Session, given: Given) -> Answer:
    with session.writing("case.restore") as work:
        clashes = case_bin.restore(work, given.draft.case_no)
    return {"step": work.step, "clashes": clashes}


def _merge(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("case.merge", sent.reason) as work:
        made = merging.merge(work, sent.case_no, sent.into, sent.reason)
    return {
        "case_no": made.case_no,
        "merged": made.follower_no,
        "due": made.due_on,
        "said": made.said,
        "step": work.step,
    }


def _split(session: Session, given: Given) -> Answer:
    with session.writing("case.split") as work:
        parted = merging.split(work, given.draft.case_no)
    return {"case_no": parted.case_no, "leader_no": parted.leader_no, "kept": parted.kept, "step": work.step}


VERBS = (
    Verb(name="undo", takes=_Undo, run=_undo),
    Verb(name="undo.list", takes=_List, run=_list),
    Verb(name="case.delete", takes=_Delete, run=_delete),
    Verb(name="case.restore", takes=CaseArgument, run=_restore),
    Verb(name="case.merge", takes=_Merge, run=_merge),
    Verb(name="case.split", takes=CaseArgument, run=_split),
)
