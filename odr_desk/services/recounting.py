"""Counting the clocks of all open cases anew, in one step, after the calendar or a rule has changed."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, ClockPause
from odr_desk.rules.deadlines import Pause
from odr_desk.services import clocks
from odr_desk.services.clocks import RulePack
from odr_desk.store import bulk, journal
from odr_desk.store.database import Work

LOT = 2_000
Report = Callable[[int, int], object]
_Days = tuple[date, date, bool]


def recount(work: Work, report: Report = lambda _done, _total: None) -> int:
    """Count the statutory clocks of all open cases anew and return how many have moved.

    The due days follow from other records, so they are written in bulk, and the journal holds one link
    that proves which cases moved where. Those in the bin move too: they may come back.
    """
    work.session.flush()
    pack, pauses = clocks.read(work), _pauses(work)
    leading = set(work.session.scalars(select(Case.merged_into_id).where(Case.merged_into_id.is_not(None)).distinct()))
    rows = work.session.execute(
        select(Case.id, Case.channel, Case.received_on, Case.first_due_on, Case.due_on, Case.due_estimated)
        .where(Case.is_open.is_(True))
        .order_by(Case.id)
    ).all()
    known: dict[tuple[str, date, tuple[Pause, ...]], _Days] = {}
    moved: list[dict[str, object]] = []
    for n, row in enumerate(rows):
        if n % LOT == 0:
            report(n, 2 * len(rows))
        case = (row.channel, row.received_on, pauses.get(row.id, ()))
        if case not in known:
            known[case] = _count(pack, *case)
        due = _earliest(work, row.id) if row.id in leading else known[case]
        if due != (row.first_due_on, row.due_on, row.due_estimated):
            moved.append({"id": row.id, **dict(zip(_COLUMNS, due, strict=True))})
    _write(work, moved, report)
    report(1, 1)
    return len(moved)


_COLUMNS = ("first_due_on", "due_on", "due_estimated")


def _pauses(work: Work) -> dict[int, tuple[Pause, ...]]:
    chosen = select(ClockPause.case_id, ClockPause.since, ClockPause.until, ClockPause.reason).where(
        ClockPause.taken_back == ""
    )
    found: dict[int, tuple[Pause, ...]] = {}
    for case_id, since, until, reason in work.session.execute(chosen.order_by(ClockPause.case_id, ClockPause.since)):
        found[case_id] = (*found.get(case_id, ()), Pause(since, until, reason))
    return found


def _count(pack: RulePack, channel: str, received_on: date, pauses: tuple[Pause, ...]) -> _Days:
    first, result = pack.deadlines(channel, received_on, pauses)
    return first.due, result.due, result.estimated


def _earliest(work: Work, case_id: int) -> _Days:
    """Count a case that others were merged into: the earlier clock counts."""
    first, result = clocks.of_case(work, work.session.get_one(Case, case_id))
    return first.due, result.due, result.estimated


def _write(work: Work, moved: list[dict[str, object]], report: Report) -> None:
    if not moved:
        return
    for start in range(0, len(moved), LOT):
        report(len(moved) + start, 2 * len(moved))
        bulk.update_derived(work, Case, moved[start : start + LOT])
    lines = (f"{row['id']} {row['first_due_on']} {row['due_on']} {row['due_estimated']}" for row in moved)
    journal.record_deed(work, "clocks:recount", {"moved": "\n".join(lines)})
