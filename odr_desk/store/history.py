"""The journal read back: what a step did to which records, and who has been there since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Boolean, Column, Date, Enum, Integer, Select, func, inspect, select

from odr_desk.model.base import Base, UtcMoment
from odr_desk.model.journal import Change, JournalEntry, Step
from odr_desk.model.people import User
from odr_desk.store.database import Work

_LOT = 500  # objects named in one question


@dataclass(slots=True)
class Alteration:
    """What a step did to one record: `before` holds the old values of what it changed, `after` the new ones."""

    kind: type[Base]
    identity: int
    created: bool
    gone: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what the journal calls the record."""
        return f"{self.kind.__tablename__}:{self.identity}"


@dataclass(frozen=True, slots=True)
class Touch:
    """Who changed a record, and when."""

    by: str
    at: datetime
    verb: str


def of_step(work: Work, step: Step) -> list[Alteration]:
    """Return what a step did, record by record, in the order it came to them."""
    entries = list(
        work.session.execute(
            select(JournalEntry.seq, JournalEntry.object, JournalEntry.before_hash, JournalEntry.after_hash)
            .where(JournalEntry.seq.between(step.first_seq, step.last_seq))
            .order_by(JournalEntry.seq)
        )
    )
    changes = _changes(work, step)
    found: dict[str, Alteration] = {}
    for seq, obj, before_hash, after_hash in entries:
        kind, identity = _record(obj)
        if kind is None:
            continue
        known = found.setdefault(obj, Alteration(kind, identity, created=before_hash == ""))
        known.gone = after_hash == ""
        for name, old, new in changes.get(seq, ()):
            column = _column(kind, name)
            known.before.setdefault(name, value_of(column, old))
            if not known.gone:  # of a record taken away the journal has no new values
                known.after[name] = value_of(column, new)
    return list(found.values())


def since(work: Work, step: Step, objects: Collection[str]) -> Touch | None:
    """Return the first change of one of these records after a step; what has been undone since does not count."""
    settled = _settled(work, step)
    names = list(objects)
    for at in range(0, len(names), _LOT):
        chosen = select(JournalEntry.seq, JournalEntry.user, JournalEntry.at, JournalEntry.verb).where(
            JournalEntry.object.in_(names[at : at + _LOT]), JournalEntry.seq > step.last_seq
        )
        for seq, user, moment, verb in work.session.execute(chosen.order_by(JournalEntry.seq)):
            if not any(first <= seq <= last for first, last in settled):
                return Touch(_name_of(work, user), moment, verb)
    return None


def last_touch(work: Work, obj: str) -> Touch | None:
    """Return who changed a record last."""
    chosen = select(JournalEntry.user, JournalEntry.at, JournalEntry.verb).where(JournalEntry.object == obj)
    row = work.session.execute(chosen.order_by(JournalEntry.seq.desc()).limit(1)).first()
    return Touch(_name_of(work, row[0]), row[1], row[2]) if row else None


def field_touch(work: Work, obj: str, fields: Collection[str]) -> Touch | None:
    """Return who changed one of these fields of a record last."""
    chosen = select(JournalEntry.user, JournalEntry.at, JournalEntry.verb).join(Change, Change.seq == JournalEntry.seq)
    chosen = chosen.where(JournalEntry.object == obj, Change.field.in_(fields))
    row = work.session.execute(chosen.order_by(JournalEntry.seq.desc()).limit(1)).first()
    return Touch(_name_of(work, row[0]), row[1], row[2]) if row else None


def changed_since(work: Work, obj: str, versions: int, fields: Collection[str]) -> Touch | None:
    """Return who changed one of these fields within the last so many versions of a record, each one step."""
    entries = select(JournalEntry.seq, JournalEntry.user, JournalEntry.at, JournalEntry.verb)
    steps: set[int] = set()
    for seq, user, at, verb in work.session.execute(
        entries.where(JournalEntry.object == obj).order_by(JournalEntry.seq.desc())
    ):
        steps.add(work.session.scalar(select(func.max(Step.first_seq)).where(Step.first_seq <= seq)) or 0)
        if len(steps) > versions:
            return None
        if work.session.scalar(select(Change.id).where(Change.seq == seq, Change.field.in_(fields)).limit(1)):
            return Touch(_name_of(work, user), at, verb)
    return None


def entries(work: Work, obj: str) -> int:
    """Return how often a record was written: no version of it can be higher."""
    return work.session.scalar(select(func.count()).where(JournalEntry.object == obj)) or 0


def objects_of(work: Work, step: Step) -> tuple[str, ...]:
    """Return the names of the records that a step touched."""
    chosen = select(JournalEntry.object).where(JournalEntry.seq.between(step.first_seq, step.last_seq)).distinct()
    return tuple(work.session.scalars(chosen))


def value_of(column: Column[Any], text: str) -> Any:  # noqa: ANN401
    """Return a value as the record held it, from the text that the journal keeps of it."""
    kind = column.type
    if text == "" and column.nullable:
        return None
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(text)
    if isinstance(kind, UtcMoment):
        return datetime.fromisoformat(text)
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, Boolean):
        return text == "True"
    return int(text) if isinstance(kind, Integer) else text


def cases_among(work: Work, objects: Iterable[str]) -> set[int]:
    """Return the cases that records belong to, from the names of the records."""
    by_kind: dict[type[Base], list[int]] = {}
    for obj in objects:
        kind, identity = _record(obj)
        if kind is not None:
            by_kind.setdefault(kind, []).append(identity)
    found: set[int] = set()
    for kind, ids in by_kind.items():
        if kind.__tablename__ == "cases":
            found.update(ids)
        elif "case_id" in inspect(kind).attrs:
            found.update(_owners(work, kind, ids))
    return found


def _owners(work: Work, kind: type[Base], ids: list[int]) -> set[int]:
    owners: set[int] = set()
    for at in range(0, len(ids), _LOT):
        chosen: Select[Any] = select(getattr(kind, "case_id")).where(getattr(kind, "id").in_(ids[at : at + _LOT]))  # noqa: B009
        owners.update(found for found in work.session.scalars(chosen.distinct()) if found is not None)
    return owners


def _changes(work: Work, step: Step) -> Mapping[int, list[tuple[str, str, str]]]:
    chosen = select(Change.seq, Change.field, Change.old, Change.new).where(
        Change.seq.between(step.first_seq, step.last_seq)
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for seq, name, old, new in work.session.execute(chosen.order_by(Change.id)):
        found.setdefault(seq, []).append((name, old, new))
    return found


def _settled(work: Work, step: Step) -> list[tuple[int, int]]:
    """Return the links of later steps that cancel each other: those undone, and the undoings of them."""
    later = select(Step).where(Step.first_seq > step.last_seq)
    undone = {found.id: found for found in work.session.scalars(later.where(Step.undone_at.is_not(None)))}
    undoing = list(work.session.scalars(later.where(Step.undoes.in_(undone)))) if undone else []
    return [(found.first_seq, found.last_seq) for found in (*undone.values(), *undoing)]


@cache
def _kinds() -> Mapping[str, type[Base]]:
    from odr_desk.model import tables  # noqa: F401 - every table has to be known

    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def _record(obj: str) -> tuple[type[Base] | None, int]:
    table, _, identity = obj.partition(":")
    return (_kinds().get(table) if identity.isdigit() else None), int(identity) if identity.isdigit() else 0


def _column(kind: type[Base], name: str) -> Column[Any]:
    return cast(Column[Any], inspect(kind).column_attrs[name].columns[0])


def _name_of(work: Work, user: str) -> str:
    known = work.session.scalars(select(User.display_name).where(func.lower(User.user) == user.lower())).first()
    return known or "系统"
