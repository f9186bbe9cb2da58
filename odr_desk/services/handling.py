"""Who works a case, and what comes next on it and when."""

from datetime import date

from odr_desk.model.case import Case
from odr_desk.model.people import User
from odr_desk.rules import moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.handling import Handling, NextStep
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import cases, timeline, versions
from odr_desk.store import history
from odr_desk.store.database import Work

_STEP = ("next_step", "next_step_on")


def assign(work: Work, number: str, user_id: int, version: int | None = None) -> int:
    """Give a case to somebody and return its version; Conflict when somebody else has since the version named."""
    work.actor.require(Right.WRITE_CASES)
    case = cases.named(work, number)
    person = work.session.get(User, user_id)
    if person is None or person.disabled or Right.WRITE_CASES not in person.role.rights:
        raise Invalid.of("handler", "这个账号不能承办投诉件，请另选承办人")
    if case.handler_id == user_id:
        return case.version_id
    before = work.session.get(User, case.handler_id) if case.handler_id is not None else None
    mine, theirs = _handling(person), Handling("", case.handler_name) if before is None else _handling(before)
    what = f"投诉件 {case.number} 的承办人（现为{theirs.handler_name or '无'}）"
    seen = (version, case.version_id)
    versions.require_seen(work, what, f"cases:{case.id}", seen, ("handler_id",), mine, theirs)
    instead = f"，原由{case.handler_name}承办" if case.handler_name else ""
    case.handler_id, case.handler_name = person.id, person.display_name
    if case.state in (CaseState.PENDING, CaseState.REGISTERED):
        case.state = CaseState.ASSIGNED
    timeline.system(work, case, EventKind.ASSIGNED, f"分派给{person.display_name}{instead}")
    work.session.flush()
    return case.version_id


def set_next_step(work: Work, number: str, text: str, due: date | None, version: int | None = None) -> int:
    """Say what comes next and by when, and return the version; an empty text takes the next step away.

    Conflict when somebody else has changed it since the version named. The one before stays in the timeline.
    """
    work.actor.require(Right.WRITE_CASES)
    case = cases.named(work, number)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件没有下一步，请先重新打开")
    text = sentence("下一步", text, "text", required=False)
    if text and due is None:
        raise Invalid.of("due", "下一步要有日期，请填写哪一天办")
    step, before = NextStep(text, due if text else None), NextStep(case.next_step, case.next_step_on)
    if step == before:
        return case.version_id
    what = f"投诉件 {case.number} 的下一步（现为：{before.words or '没有'}）"
    seen = (version, case.version_id)
    versions.require_seen(work, what, f"cases:{case.id}", seen, _STEP, step, before)
    if before.text:
        timeline.system(work, case, EventKind.NEXT_STEP, _step_replaced(work, case, before, step))
    case.next_step, case.next_step_on = step.text, step.due
    work.session.flush()
    return case.version_id


def _handling(person: User) -> Handling:
    return Handling(person.user, person.display_name)


def _step_replaced(work: Work, case: Case, before: NextStep, after: NextStep) -> str:
    """Return the words that keep an earlier next step readable: what, for when, by whom."""
    last = history.field_touch(work, f"cases:{case.id}", _STEP)
    said = f"“{before.words}”" + (
        f"，{last.by} {moments.local(last.at):%Y-%m-%d %H:%M} 所定" if last is not None else ""
    )
    return f"下一步改为“{after.words}”；原为{said}" if after.text else f"取消下一步{said}"
