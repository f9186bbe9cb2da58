"""What belongs to a case and goes along when it is merged into another one, and comes back when that is undone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.base import Base
from odr_desk.model.case import MediationSession, Observation, Revisit
from odr_desk.model.document import Attachment
from odr_desk.model.handing import Explanation, Package, Transfer
from odr_desk.model.mediation import Appointment, BottomLine, DisputePoint, Offer
from odr_desk.model.queue import CaseTag
from odr_desk.store import history
from odr_desk.store.database import Work

Moved = list[Any]
"""Table, id, values before and values after, as JSON holds them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose records go along: which columns count within a case, and of what a case has but one.

    `refers` names columns that hold a count of another table, `within` one that holds the id of a record of the
    same table and case; `gone` are the columns that say a record counts no more, the deciding one first.
    """

    table: type[Any]
    counts: tuple[str, ...] = ()
    single: str = ""
    refers: Mapping[str, type[Any]] = field(default_factory=dict)
    within: str = ""
    gone: tuple[str, ...] = ()


KINDS = (
    Kind(
        Attachment,
        ("number", "position"),
        single="sha256",
        within="shared_of",
        gone=("deleted_at", "deleted_by", "delete_reason"),
    ),
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
    """Give what belongs to one case to another, numbered on after what is there; return what was changed."""
    new_numbers: dict[type[Any], dict[int, int]] = {}
    done: list[Moved] = []
    for kind in KINDS:
        there = _single(work, kind, taker)
        shift = {name: _highest(work, kind.table, name, taker) for name in kind.counts}
        instead: dict[int, int] = {}
        for record in work.session.scalars(
            select(kind.table).where(kind.table.case_id == giver).order_by(kind.table.id)
        ):
            known = there.get(getattr(record, kind.single)) if kind.single else None
            if known is not None:
                instead[record.id] = known.id
                _note_number(new_numbers, kind, record, getattr(known, "number", None))
                done += _standing_again(kind, known, record)
                continue
            after = {"case_id": taker} | {name: getattr(record, name) + by for name, by in shift.items()}
            after |= dict(_referring(kind, record, new_numbers))
            if kind.within:
                after[kind.within] = instead.get(getattr(record, kind.within), getattr(record, kind.within))
            _note_number(new_numbers, kind, record, after.get("number"))
            done.append(_changed(kind, record, after))
        work.session.flush()
    return done


def give_back(work: Work, moved: list[Moved], giver: int, taker: int) -> None:
    """Return what was moved to the case it came from; what somebody has removed since is gone."""
    kinds = {kind.table.__tablename__: kind for kind in KINDS}
    returned: dict[str, list[int]] = {}
    for name, identity, before, after in moved:
        record = work.session.get(kinds[name].table, identity)
        if record is None or record.case_id != giver:
            continue
        for column, value in before.items():
            if plain(getattr(record, column)) == after[column]:
                setattr(
                    record, column, history.value_of(record.__table__.c[column], "" if value is None else str(value))
                )
        if record.case_id == taker:
            returned.setdefault(name, []).append(identity)
    work.session.flush()
    for name, ids in returned.items():
        if kinds[name].within:
            _follow(work, kinds[name], ids, giver, taker)


def plain(value: object) -> object:
    """Return a value as JSON holds it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def tables_of_cases() -> tuple[type[Base], ...]:
    """Return every table whose records belong to a case, those that others rest on last."""
    from odr_desk.model.tables import METADATA

    kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    order = [kinds[table.name] for table in reversed(METADATA.sorted_tables) if "case_id" in table.c]
    return tuple(kind for kind in order if kind.__tablename__ in kinds)


def _single(work: Work, kind: Kind, case_id: int) -> dict[Any, Any]:
    """Return what a case has already of a thing of which it can have but one."""
    if not kind.single:
        return {}
    found = work.session.scalars(select(kind.table).where(kind.table.case_id == case_id))
    return {getattr(record, kind.single): record for record in found}


def _standing_again(kind: Kind, known: Any, record: Any) -> Iterator[Moved]:  # noqa: ANN401
    """Let what one case had put away count again where it still counts in the other one."""
    if kind.gone and getattr(known, kind.gone[0]) is not None and getattr(record, kind.gone[0]) is None:
        yield _changed(kind, known, {name: getattr(record, name) for name in kind.gone})


def _changed(kind: Kind, record: Any, after: Mapping[str, Any]) -> Moved:  # noqa: ANN401
    """Change a record and return how it was and is."""
    before = {name: plain(getattr(record, name)) for name in after}
    for name, value in after.items():
        setattr(record, name, value)
    return [kind.table.__tablename__, record.id, before, {name: plain(value) for name, value in after.items()}]


def _follow(work: Work, kind: Kind, ids: Iterable[int], giver: int, taker: int) -> None:
    """Let what was made since of records that went back go after them, numbered on."""
    made = select(kind.table).where(kind.table.case_id == giver, getattr(kind.table, kind.within).in_(tuple(ids)))
    for record in work.session.scalars(made.order_by(kind.table.id)):
        numbers = {name: _highest(work, kind.table, name, taker) + 1 for name in kind.counts}
        _changed(kind, record, {"case_id": taker, **numbers})
        work.session.flush()


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
