"""Tags: short words of the desk's own on a case; whoever uses a new one has put it on the list."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.queue import CaseTag
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.narrowing import MOST_TAGS, tag_of
from odr_desk.rules.people import Right
from odr_desk.services import cases
from odr_desk.store.database import Work

MOST_OFFERED = 60


def of_case(work: Work, case_id: int) -> tuple[str, ...]:
    """Return the tags of a case in the order they were put on."""
    work.actor.require(Right.READ_CASES)
    chosen = select(CaseTag.name).where(CaseTag.case_id == case_id).order_by(CaseTag.id)
    return tuple(work.session.scalars(chosen))


def in_use(work: Work) -> tuple[tuple[str, int], ...]:
    """Return the tags on any case with how many carry it, the most used first."""
    work.actor.require(Right.READ_CASES)
    many = func.count()
    chosen: Any = select(CaseTag.name, many).group_by(CaseTag.name).order_by(many.desc(), CaseTag.name)
    return tuple((name, count) for name, count in work.session.execute(chosen.limit(MOST_OFFERED)))


def change(work: Work, number: str, add: Collection[str] = (), remove: Collection[str] = ()) -> tuple[str, ...]:
    """Put tags on a case and take others off; return those it has now. One it has already is no mistake."""
    work.actor.require(Right.WRITE_CASES)
    added, removed = [tag_of(words) for words in add], {tag_of(words) for words in remove}
    case = cases.named(work, number)
    chosen = select(CaseTag).where(CaseTag.case_id == case.id).order_by(CaseTag.id)
    known = {tag.name: tag for tag in work.session.scalars(chosen)}
    fresh = [name for name in dict.fromkeys(added) if name not in known]
    kept = [name for name in known if name not in removed]
    if len(kept) + len(fresh) > MOST_TAGS:
        raise IllegalMove(f"投诉件 {number} 的标签会超过 {MOST_TAGS} 个，没有改。请先去掉几个")
    for name in removed & known.keys():
        work.session.delete(known[name])
    work.session.add_all(CaseTag(case_id=case.id, name=name) for name in fresh)
    work.session.flush()
    return (*kept, *fresh)
