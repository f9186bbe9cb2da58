"""What belongs to a case and goes along when it is merged into another one, and comes back when that is undone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.base import Base
from odr_desk.model.case import MediationSession, Observation, Revisit
from odr_desk.model.document import Attachment
from odr_desk.model.handing import Explanation, Package, Transfer
from odr_desk.model.mediation import Appointment, BottomLine, DisputePoint, Offer
from odr_desk.model.queue import CaseTag
from odr_desk.store.database import Work

Moved = list[Any]
"""Table, id, values before and values after, as JSON holds them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose records go along: which columns count within a case, and of what a case has but one.

    `refers` names columns that hold a count of another table.
    """

    table: type[Any]
    counts: tuple[str, ...] = ()
    single: str = ""
    refers: Mapping[str, type[Any]] = field(default_factory=dict)


KINDS = (
    Kind(Attachment, ("number", "position"), single="sha256"),
    Kind(MediationSession, ("number",)),
    Kind(Offer, ("number",), refers={"session": MediationSession}),
    Kind(Appointment, ("number",), refers={"session": MediationSession}),
    Kind(DisputePoint, ("rank",), refers={"exhibits": Attachment}),
    Kind(BottomLine, single="side"),
    Kind(Observation, single="kind"),
    Kind(CaseTag, single="name"),
    Kind(Transfer, ("number",)),
    Kind(Package),
    Kind(Explanation),
    Kind(Revisit),
)
"""Entries of the timeline and pauses of a clock stay and count together; papers, money and agreements never move."""


def move(work: Work, giver: int, taker: int) -> list[Moved]:
    """Give what belongs to one case to another, numbered on after what is there; return what was moved."""
    new_numbers: dict[type[Any], dict[int, int]] = {}
    done: list[Moved] = []
    for kind in KINDS:
        there = _single(work, kind, taker)
        shift = {name: _highest(work, kind.table, name, taker) for name in kind.counts}
        for record in work.session.scalars(
            select(kind.table).where(kind.table.case_id == giver).order_by(kind.table.id)
        ):
            if kind.single and (known := there.get(getattr(record, kind.single))) is not None:
                _note_number(new_numbers, kind, record, known)
                continue
            after = {name: getattr(record, name) + by for name, by in shift.items()}
            after |= dict(_referring(kind, record, new_numbers))
            before = {name: getattr(record, name) for name in after}
            _note_number(new_numbers, kind, record, after.get("number"))
            for name, value in (("case_id", taker), *after.items()):
                setattr(record, name, value)
            done.append([kind.table.__tablename__, record.id, before, after])
        work.session.flush()
    return done


def give_back(work: Work, moved: list[Moved], giver: int, taker: int) -> None:
    """Return what was moved to the case it came from; what somebody has removed since is gone."""
    tables = {kind.table.__tablename__: kind.table for kind in KINDS}
    for table, identity, before, after in moved:
        record = work.session.get(tables[table], identity)
        if record is None or record.case_id != giver:
            continue
        record.case_id = taker
        for name, value in before.items():
            if getattr(record, name) == after[name]:
                setattr(record, name, value)
    work.session.flush()


def tables_of_cases() -> tuple[type[Base], ...]:
    """Return every table whose records belong to a case, those that others rest on last."""
    from odr_desk.model.tables import METADATA

    kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    order = [kinds[table.name] for table in reversed(METADATA.sorted_tables) if "case_id" in table.c]
    return tuple(kind for kind in order if kind.__tablename__ in kinds)


def _single(work: Work, kind: Kind, case_id: int) -> dict[Any, int | None]:
    """Return what a case has already of a thing of which it can have but one, with its number."""
    if not kind.single:
        return {}
    found = work.session.scalars(select(kind.table).where(kind.table.case_id == case_id))
    return {getattr(record, kind.single): getattr(record, "number", 0) for record in found}


def _highest(work: Work, table: type[Any], name: str, case_id: int) -> int:
    return work.session.scalar(select(func.max(getattr(table, name))).where(table.case_id == case_id)) or 0


def _note_number(found: dict[type[Any], dict[int, int]], kind: Kind, record: Any, number: int | None) -> None:  # noqa: ANN401
    if number and "number" in kind.counts:
        found.setdefault(kind.table, {})[record.number] = number


def _referring(kind: Kind, record: Any, numbers: dict[type[Any], dict[int, int]]) -> Iterator[tuple[str, object]]:  # noqa: ANN401
    """Yield the columns that name records by number, with the numbers these have now."""
    for name, target in kind.refers.items():
        known, value = numbers.get(target, {}), getattr(record, name)
        if isinstance(value, str):
            yield name, " ".join(str(known.get(int(part), part)) if part.isdigit() else part for part in value.split())
        elif value is not None:
            yield name, known.get(value, value)
