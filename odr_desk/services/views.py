"""Saved views of the queue: each a name and the cases it holds, said once for lists, counters and 今日."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, false, func, not_, or_, select

from odr_desk.model.case import Case
from odr_desk.rules.calendar import ONE
from odr_desk.rules.case import AWAITING, ODR_CHANNELS, PERFORMING, RESULTS, CaseState, Performance
from odr_desk.rules.labels import Word
from odr_desk.rules.moments import day_of, start_of
from odr_desk.services import clocks
from odr_desk.store.database import Work

Condition = ColumnElement[bool]
SOON_WORKING_DAYS = 2
FORGOTTEN_AFTER = timedelta(days=3)


class Mark(Word):
    """The four states of the desk, as colour, shape and word."""

    LATE = "late", "逾期"
    ACT = "act", "待办"
    WAIT = "wait", "等待"
    DONE = "done", "完成"


@dataclass(frozen=True, slots=True)
class Today:
    """What a view may depend on: the day, the last day that counts as soon, and whose desk it is."""

    day: date
    soon: date
    user_id: int


@dataclass(frozen=True, slots=True)
class View:
    """A name and the condition its cases meet."""

    code: str
    title: str
    mark: Mark | None
    holds: Callable[[Today], Condition]


def _open() -> Condition:
    return and_(Case.is_open.is_(True), Case.deleted_at.is_(None))


def in_bin() -> Condition:
    """Deleted, and not only led by another case; one of which only the number is left is gone from here too."""
    return and_(Case.deleted_at.is_not(None), Case.merged_into_id.is_(None), Case.emptied_at.is_(None))


def _ended() -> Condition:
    return Case.state.in_(tuple(RESULTS))


def _unanswered() -> Condition:
    """Ended, but the platform has not been told."""
    return and_(_ended(), Case.channel.in_(tuple(ODR_CHANNELS)), Case.fed_back_on.is_(None))


def clock_is_over() -> Condition:
    """Archived before and reopened: the law's period was answered then, and no rule begins it anew (1.5, D01)."""
    return Case.archived_on.is_not(None)


def _running() -> Condition:
    """The clock still matters: no result yet, or the platform has not been told."""
    return and_(_open(), not_(clock_is_over()), or_(not_(_ended()), _unanswered()))


def _unsolved() -> Condition:
    return and_(_open(), not_(_ended()))


def _nothing_ahead(day: date) -> Condition:
    """No next step, or one whose day has passed."""
    return or_(Case.next_step == "", Case.next_step_on < day)


def _paused() -> Condition:
    """The clock stands still, and had not run out when it stopped."""
    return and_(Case.paused_since.is_not(None), Case.due_on >= Case.paused_since)


def _unperformed() -> Condition:
    return and_(_open(), Case.state == CaseState.SETTLED, Case.performance.in_(tuple(PERFORMING)))


VIEWS: tuple[View, ...] = (
    View("open", "在办", None, lambda _: _open()),
    View("late", "逾期", Mark.LATE, lambda t: and_(_open(), mark_of(t) == Mark.LATE.value)),
    View("act", "待办", Mark.ACT, lambda t: and_(_open(), mark_of(t) == Mark.ACT.value)),
    View("wait", "等待", Mark.WAIT, lambda t: and_(_open(), mark_of(t) == Mark.WAIT.value)),
    View("done", "完成", Mark.DONE, lambda t: and_(_open(), mark_of(t) == Mark.DONE.value)),
    View("today", "今日到期", Mark.ACT, lambda t: and_(_running(), not_(_paused()), Case.due_on == t.day)),
    View(
        "soon",
        f"{SOON_WORKING_DAYS} 个工作日内到期",
        Mark.ACT,
        lambda t: and_(_running(), not_(_paused()), Case.due_on > t.day, Case.due_on <= t.soon),
    ),
    View("no_next_step", "无下一步", Mark.ACT, lambda _: and_(_unsolved(), Case.next_step == "")),
    View("unperformed", "已和解未履行", Mark.ACT, lambda _: _unperformed()),
    View("unanswered", "待反馈平台", Mark.ACT, lambda _: and_(_open(), _unanswered())),
    View(
        "revisit",
        "待回访",
        Mark.ACT,
        lambda t: and_(_open(), Case.revisit_due_on <= t.day, Case.revisited_on.is_(None)),
    ),
    View("mine", "我的", None, lambda t: and_(_open(), Case.handler_id == t.user_id)),
    View(
        "forgotten",
        "被遗忘",
        Mark.LATE,
        lambda t: and_(_unsolved(), Case.last_event_at < _before(t.day), _nothing_ahead(t.day)),
    ),
    View("archived", "已归档", None, lambda _: and_(Case.is_open.is_(False), Case.deleted_at.is_(None))),
    View("all", "全部", None, lambda _: Case.deleted_at.is_(None)),
    View("bin", "回收站", None, lambda _: in_bin()),
)
WIDE = frozenset({"archived", "all", "bin"})
"""The views that are not about open cases only."""
EVEN = frozenset({Mark.LATE.value, Mark.ACT.value, Mark.DONE.value})
"""The views of which every case is as urgent as the others: those that wait may have to be performed first."""
BY_CODE = {view.code: view for view in VIEWS}


def mark_of(today: Today) -> ColumnElement[str]:
    """Return the SQL expression of a case's mark, so that lists, chips and counts cannot disagree."""
    return case(
        (Case.is_open.is_(False), Mark.DONE.value),
        (and_(_running(), _paused()), Mark.WAIT.value),
        (and_(_running(), Case.due_on < today.day), Mark.LATE.value),
        (and_(_unperformed(), Case.performance == Performance.OVERDUE), Mark.LATE.value),
        (_unperformed(), Mark.WAIT.value),
        (Case.state == CaseState.SUSPECTED, Mark.ACT.value),
        (and_(_ended(), not_(_unanswered())), Mark.DONE.value),
        (Case.state.in_(tuple(AWAITING)), Mark.WAIT.value),
        else_=Mark.ACT.value,
    )


def urgency_of(today: Today) -> ColumnElement[int]:
    """Return the SQL expression by which open cases stand in order: those that wait for nothing come last."""
    mark = mark_of(today)
    return case((mark == Mark.LATE.value, 0), (mark == Mark.DONE.value, 3), (_unperformed(), 2), else_=1)


def today_of(work: Work) -> Today:
    """Return what the views depend on now."""
    day = day_of(work.now)
    calendar = clocks.load(work).calendar
    soon, left = day, SOON_WORKING_DAYS
    while left:
        soon += ONE
        left -= calendar.is_working(soon)
    return Today(day, soon, work.actor.user_id)


def condition(work: Work, code: str) -> Condition:
    """Return the condition of a view; an unknown one holds nothing."""
    view = BY_CODE.get(code)
    return view.holds(today_of(work)) if view is not None else false()


def counts(work: Work, codes: tuple[str, ...]) -> dict[str, int]:
    """Count the cases of several views: those of open cases in one pass over the open ones."""
    today = today_of(work)
    narrow = [code for code in codes if code not in WIDE]
    sums = [func.coalesce(func.sum(case((BY_CODE[code].holds(today), 1), else_=0)), 0) for code in narrow]
    row = work.session.execute(select(func.count(), *sums).select_from(Case).where(_open())).one()
    found = dict(zip(narrow, (int(value) for value in row[1:]), strict=True))
    if len(narrow) < len(codes):
        found |= _wide_counts(work, int(row[0]))
    return {code: found[code] for code in codes}


def _wide_counts(work: Work, in_hand: int) -> dict[str, int]:
    """Count the views of all cases from those of the table, of the bin and of the open ones."""
    total = work.session.execute(select(func.count()).select_from(Case)).scalar_one()
    held = func.coalesce(func.sum(case((in_bin(), 1), else_=0)), 0)
    gone, binned = work.session.execute(select(func.count(), held).where(Case.deleted_at.is_not(None))).one()
    return {"all": total - gone, "archived": total - gone - in_hand, "bin": int(binned)}


def _before(day: date) -> datetime:
    return start_of(day - FORGOTTEN_AFTER)
