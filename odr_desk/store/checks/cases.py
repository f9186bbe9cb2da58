"""Cases: a result where the state says so, and derived columns that follow from the timeline."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from odr_desk.model.case import Case, Event
from odr_desk.rules.case import OUTCOME_OF, RESULTS, CaseState
from odr_desk.store.checks.looking import Finding, Look

_MOST = 20


def results(look: Look) -> Iterator[Finding]:
    """Look for closed cases without a result, and for results that do not fit the state."""
    is_closed = Case.state == CaseState.CLOSED
    closed = select(Case.number).where(is_closed, or_(Case.result.is_(None), Case.archived_on.is_(None)))
    for (number,) in look.connection.execute(closed.limit(_MOST)):
        yield number, f"投诉件 {number} 已归档，却没有处理结果或归档日期"
    torn = select(Case.number).where(Case.is_open == is_closed, Case.deleted_at.is_(None))
    for (number,) in look.connection.execute(torn.limit(_MOST)):
        yield number, f"投诉件 {number} 的状态和“在办”标记不一致"
    if not look.full:
        return
    for state in CaseState:
        if state is CaseState.CLOSED:
            continue
        fits = Case.result == OUTCOME_OF[state] if state in RESULTS else Case.result.is_(None)
        for (number,) in look.connection.execute(select(Case.number).where(Case.state == state, ~fits).limit(_MOST)):
            yield number, f"投诉件 {number} 的状态是“{state.label}”，处理结果对不上"


def timelines(look: Look) -> Iterator[Finding]:
    """Compare count and last instant of each timeline with its entries; a quick look takes the newest cases."""
    last = select(func.coalesce(func.max(Case.id), 0)).scalar_subquery()
    chosen = select(Case).where(Case.id > (0 if look.full else last - 500)).subquery()
    entries = (
        select(
            Event.case_id,
            func.count().label("many"),
            func.max(Event.number).label("top"),
            func.max(Event.at).label("last"),
        )
        .where(Event.case_id.in_(select(chosen.c.id)))
        .group_by(Event.case_id)
        .subquery()
    )
    many = func.coalesce(entries.c.many, 0)
    wrong = (
        select(chosen.c.number, chosen.c.event_count, many)
        .outerjoin(entries, entries.c.case_id == chosen.c.id)
        .where(
            or_(
                chosen.c.event_count != many,
                func.coalesce(entries.c.top, 0) != many,
                chosen.c.last_event_at.is_distinct_from(entries.c.last),
            )
        )
    )
    for number, counted, there in look.connection.execute(wrong.limit(_MOST)):
        yield number, f"投诉件 {number} 的进展应有 {counted} 条，实有 {there} 条，或最后时间、序号不一致"
