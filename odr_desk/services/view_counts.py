"""How many cases stand behind every view of a list, under what else narrows it."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, case, func, select

from odr_desk.rules.people import Right
from odr_desk.services import queue, views
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work

Condition = ColumnElement[bool]


def of(work: Work, wanted: CaseFilter, codes: tuple[str, ...]) -> dict[str, int]:
    """Return for each view how many cases the list would have if it showed that view instead of its own."""
    work.actor.require(Right.READ_CASES)
    if not queue.is_narrowed(wanted):
        return views.counts(work, codes)
    narrow = [code for code in codes if code not in views.WIDE]
    asked = {code: views.condition(work, code) for code in ("open", *narrow)}
    held = [queue.narrowed(work, wanted)]
    if wanted.text.strip():
        held.append(queue.answers_to(work, wanted.text, in_hand=True))
    found = in_hand(work, asked, and_(*held))
    if len(narrow) < len(codes):
        found |= _wide(work, wanted, found["open"])
    return {code: found[code] for code in codes}


def in_hand(work: Work, asked: Mapping[str, Condition], among: Condition | None = None) -> dict[str, int]:
    """Count what meets each condition in one pass over the open cases, or over some of them."""
    if not asked:
        return {}
    sums = [func.coalesce(func.sum(case((holds, 1), else_=0)), 0) for holds in asked.values()]
    chosen = select(*sums).where(views.condition(work, "open"))
    row = work.session.execute(chosen if among is None else chosen.where(among)).one()
    return dict(zip(asked, (int(value) for value in row), strict=True))


def _wide(work: Work, wanted: CaseFilter, opened: int) -> dict[str, int]:
    """Count the views of all cases: those that live in one pass, those in the bin from an index of few."""
    every = queue.count(work, queue.seen_as(wanted, "all"))
    return {"all": every, "archived": every - opened, "bin": queue.count(work, queue.seen_as(wanted, "bin"))}
