"""Calling consumers back after the end of their case."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Revisit
from odr_desk.rules import moments
from odr_desk.rules.case import RESULTS, CaseState
from odr_desk.rules.ending import RevisitDraft, Satisfaction
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, timeline
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class RevisitRow:
    """One call back, as shown."""

    on: date
    mode: str
    performed: str
    satisfaction: str
    text: str
    by: str


def record(work: Work, case_no: str, draft: RevisitDraft) -> None:
    """Write a call back down; one that was not answered leaves the case to be called again."""
    work.actor.require(Right.WRITE_CASES)
    check(draft)
    assert draft.on is not None  # noqa: S101 - required, checked before
    assert draft.satisfaction is not None  # noqa: S101
    case = cases.named(work, case_no)
    if case.state not in RESULTS and case.state is not CaseState.CLOSED:
        raise IllegalMove(f"{case.state.label}的投诉件还没有结果，不用回访")
    if not case.received_on <= draft.on <= moments.day_of(work.now):
        raise Invalid.of("on", f"回访日期应在收到投诉（{case.received_on}）与今天之间，请核对日期")
    work.session.add(
        Revisit(
            case_id=case.id,
            on=draft.on,
            mode=draft.mode,
            satisfaction=draft.satisfaction.value,
            performed=draft.performed.value if draft.performed else "",
            text=draft.text,
            by=work.actor.name,
        )
    )
    if draft.satisfaction is not Satisfaction.NO_ANSWER:
        case.revisited_on, case.satisfaction = draft.on, draft.satisfaction.value
    kept = f"，{draft.performed.label}" if draft.performed else ""
    left = f"；{draft.text}" if draft.text else ""
    words = f"{draft.mode}回访（{draft.on}）：{draft.satisfaction.label}{kept}{left}"
    timeline.system(work, case, EventKind.REVISIT, words)


def rows(work: Work, case_no: str) -> tuple[RevisitRow, ...]:
    """Return the calls back on a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    columns = (Revisit.on, Revisit.mode, Revisit.performed, Revisit.satisfaction, Revisit.text, Revisit.by)
    found = work.session.execute(select(*columns).where(Revisit.case_id == case.id).order_by(Revisit.id.desc()))
    return tuple(RevisitRow(**row._asdict()) for row in found)
