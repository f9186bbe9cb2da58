"""Stopping the second clock while something is tested, and a due day of the desk's own beside the law's."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from odr_desk.model.case import Case, ClockPause
from odr_desk.rules import moments
from odr_desk.rules.case import NEXT, RESULTS, CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import check, sentence
from odr_desk.rules.pause import DueDraft, PauseDraft, check_pause
from odr_desk.rules.people import Right
from odr_desk.services import cases, clocks, timeline, versions
from odr_desk.store.database import Work

BASIS = "市场监督管理投诉举报处理办法（总局令第121号）第二十二条：鉴定、检测时间不计入"


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One pause as shown; `taken_back` says why it does not count."""

    number: int
    since: date
    until: date | None
    reason: str
    noted_by: str
    noted_at: datetime
    taken_back: str


def rows(work: Work, case_id: int) -> tuple[PauseRow, ...]:
    """Return every pause of a case, those taken back too."""
    columns = (
        ClockPause.number, ClockPause.since, ClockPause.until, ClockPause.reason,
        ClockPause.noted_by, ClockPause.noted_at, ClockPause.taken_back,
    )  # fmt: skip
    chosen = select(*columns).where(ClockPause.case_id == case_id).order_by(ClockPause.since, ClockPause.number)
    return tuple(PauseRow(*row) for row in work.session.execute(chosen))


def pause(work: Work, case_no: str, draft: PauseDraft) -> int:
    """Note a stretch that does not count, running on where it has no end; return its number."""
    work.actor.require(Right.WRITE_CASES)
    case = _running(work, case_no)
    if case.state in RESULTS:
        raise IllegalMove(f"{case.state.label}的投诉件已有结果，期限不用暂停")
    if case.archived_on is not None:
        raise IllegalMove(
            f"投诉件 {case_no} 归档后重新打开，法定期限不再计，不用暂停；要提醒自己，请定内部期限", ("case.due",)
        )
    check_pause(draft, case.received_on, moments.day_of(work.now))
    assert draft.since is not None  # noqa: S101 - required, checked above
    _refuse_overlap(work, case, draft.since, draft.until)
    last = work.session.scalar(select(func.max(ClockPause.number)).where(ClockPause.case_id == case.id)) or 0
    work.session.add(
        ClockPause(
            case_id=case.id,
            number=last + 1,
            since=draft.since,
            until=draft.until,
            reason=draft.reason,
            noted_by=work.actor.name,
            noted_at=work.now,
        )
    )
    work.session.flush()
    clocks.renew(work, case)
    until = f"至 {draft.until} 止" if draft.until else ""
    words = f"自 {draft.since} 起{until}不计期限：{draft.reason}"
    timeline.system(work, case, EventKind.DEADLINE, words)
    if draft.until is None and CaseState.AWAITING_TESTING in NEXT[case.state]:
        cases.move(work, case, CaseState.AWAITING_TESTING)
    return last + 1


def resume(work: Work, case_no: str, on: date | None = None) -> date:
    """Let the clock run again after a day, today where none is named; return the new due day."""
    work.actor.require(Right.WRITE_CASES)
    case = cases.named(work, case_no)
    open_one = work.session.scalars(
        select(ClockPause).where(ClockPause.case_id == case.id, ClockPause.until.is_(None), ClockPause.taken_back == "")
    ).one_or_none()
    if open_one is None:
        raise IllegalMove(f"投诉件 {case_no} 的期限没有暂停，不用恢复", ("case.pause",))
    until = on or moments.day_of(work.now)
    draft = PauseDraft(since=open_one.since, until=until, reason=open_one.reason)
    check_pause(draft, case.received_on, moments.day_of(work.now))
    open_one.until = until
    work.session.flush()
    clocks.renew(work, case)
    timeline.system(
        work, case, EventKind.DEADLINE, f"恢复计时：{open_one.since} 至 {until} 不计，新的到期日 {case.due_on}"
    )
    if case.state is CaseState.AWAITING_TESTING:
        cases.move(work, case, CaseState.NEGOTIATING)
    return case.due_on


def take_back(work: Work, case_no: str, number: int, reason: str) -> date:
    """Take back a pause that was noted by mistake: it stays on record and counts no longer."""
    work.actor.require(Right.WRITE_CASES)
    case = _running(work, case_no)
    found = work.session.scalars(
        select(ClockPause).where(ClockPause.case_id == case.id, ClockPause.number == number)
    ).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case_no} 没有第 {number} 次暂停")
    if found.taken_back:
        raise IllegalMove(f"第 {number} 次暂停已经撤回")
    if not reason.strip():
        raise Invalid.of("reason", "请写明为什么撤回这次暂停，最多 200 字")
    reason = sentence("原因", reason)
    found.taken_back = reason.strip()
    work.session.flush()
    clocks.renew(work, case)
    timeline.system(work, case, EventKind.DEADLINE, f"撤回自 {found.since} 起的暂停：{found.taken_back}")
    return case.due_on


def set_due(work: Work, case_no: str, draft: DueDraft, version: int | None = None) -> int:
    """Set a due day of the desk's own, or take it away, and return the version of the case.

    One after the law's day is for the manager to allow; Conflict when somebody else has set one since that version.
    The statutory day stands: it is counted, marked and printed as before (REFERENCE: an internal extension
    must never change it).
    """
    work.actor.require(Right.WRITE_CASES)
    check(draft)
    case = _running(work, case_no)
    if draft.due is not None and case.state in RESULTS:
        raise IllegalMove(f"{case.state.label}的投诉件已有结果，不用再定内部期限")
    if draft.due is not None and draft.due > case.due_on and case.archived_on is None:
        work.actor.require(Right.MANAGE)
    if draft.due is not None and draft.due < moments.day_of(work.now):
        raise Invalid.of("due", f"{draft.due} 已经过去，请填今天或以后的日子")
    if draft.due is None and case.manual_due_on is None:
        raise IllegalMove(f"投诉件 {case_no} 没有内部期限，不用取消")
    theirs = DueDraft(due=case.manual_due_on, reason=case.manual_due_reason)
    what, seen = f"投诉件 {case.number} 的内部期限（现为：{theirs.words}）", (version, case.version_id)
    versions.require_seen(work, what, f"cases:{case.id}", seen, ("manual_due_on", "manual_due_reason"), draft, theirs)
    before = case.manual_due_on
    case.manual_due_on, case.manual_due_reason = draft.due, draft.reason.strip() if draft.due else ""
    said = f"内部期限定为 {draft.due}" if draft.due else f"取消内部期限 {before}"
    timeline.system(work, case, EventKind.DEADLINE, f"{said}：{draft.reason.strip()}。法定期限 {case.due_on} 不变")
    work.session.flush()
    return case.version_id


def _running(work: Work, case_no: str) -> Case:
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不再计期限，请先重新打开", ("reopen",))
    return case


def _refuse_overlap(work: Work, case: Case, since: date, until: date | None) -> None:
    for known in clocks.pauses_of(work, case.id):
        ends_before = known.until is not None and known.until < since
        begins_after = until is not None and until < known.since
        if not ends_before and not begins_after:
            words = f"至 {known.until}" if known.until else "还没有恢复"
            raise Invalid.of("since", f"和已记的暂停重叠：{known.since} 起，{words}（{known.reason}）")
