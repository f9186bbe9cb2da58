"""The audit journal: every changed record gets a link in a chain of hashes, in the same transaction.

The chain holds hashes only; the old and new values lie beside it, where an erasure may blank them
without breaking the proof.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction, attributes

from odr_desk.model.base import Base, Versioned
from odr_desk.model.journal import Change, JournalEntry
from odr_desk.store import chain

if TYPE_CHECKING:
    from odr_desk.store.database import Work

SILENT = frozenset(
    {"journal", "changes", "counters", "preferences", "saved_views", "drafts", "steps", "document_files"}
)
"""Tables whose records are no decisions; a document's bytes are proved by the hash in its record."""
SECRET = frozenset({"password_hash"})
"""Columns whose values stay out of the changes, beside those their table marks so."""
EMPTY: tuple[Any, ...] = (None, "", 0, False)
DROPPED = "（不记录）"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class _Altered:
    """A record about to be written, with what it held before."""

    record: Base
    before: Mapping[str, Any] | None
    deleted: bool


def watch(work: "Work") -> None:
    """Journal everything that this piece of work writes."""
    waiting: list[_Altered] = []
    counted: dict[int, Base] = {}  # records whose version this step has set; once is enough

    def note(session: Session, _context: UOWTransaction, _instances: object) -> None:
        for record in (*session.new, *session.dirty, *session.deleted):
            if not isinstance(record, Base) or not _is_altered(session, record):
                continue
            work.touched.add(record.__tablename__)
            if record.__tablename__ in SILENT or not _is_decided(session, record):
                continue
            before = None if record in session.new else _before(record)
            if isinstance(record, Versioned) and id(record) not in counted:
                counted[id(record)] = record
                if before is not None and not _is_counted_up(record):
                    record.version_id += 1
            waiting.append(_Altered(record, before, record in session.deleted))

    def write(_session: Session, _context: UOWTransaction) -> None:
        for altered in waiting:
            _append(work, altered)
        waiting.clear()

    event.listen(work.session, "before_flush", note)
    event.listen(work.session, "after_flush", write)


def outdate(record: Base) -> None:
    """Count a record's version up: what belongs to it has changed, if none of its own columns."""
    own = next(name for name in decided_columns(type(record)) if name not in {"id", "version_id"})
    setattr(record, own, getattr(record, own))  # loads it, so that it can be marked
    attributes.flag_modified(record, own)


def record_deed(work: "Work", obj: str, facts: Mapping[str, object]) -> None:
    """Journal something done that changes no single record, such as a mass import or an export.

    Its object is never that of a record: what was done with a record says nothing of what the record holds.
    """
    _link(work, f"deed:{obj}", "", fingerprint(facts))


def forget(work: "Work", objects: Sequence[str]) -> None:
    """Blank the old and new values that lie beside the chain for these records; the chain stays whole."""
    for at in range(0, len(objects), 500):
        links = select(JournalEntry.seq).where(JournalEntry.object.in_(objects[at : at + 500]))
        work.session.execute(update(Change).where(Change.seq.in_(links)).values(old="", new=""))


def fingerprint(values: Mapping[str, Any]) -> str:
    """Return the hash that the journal holds of a record; empty values count as absent, so new columns change none."""
    return chain.seal_of({name: _plain(value) for name, value in values.items() if value not in EMPTY})


@cache
def decided_columns(kind: type[Base]) -> tuple[str, ...]:
    """Return the attributes of a table that are decided; derived ones can be made again from the others."""
    return tuple(a.key for a in inspect(kind).column_attrs if not a.columns[0].info.get("derived"))


@cache
def secret_columns(kind: type[Base]) -> frozenset[str]:
    """Return the attributes of a table whose values the journal proves but never writes down."""
    return SECRET | {a.key for a in inspect(kind).column_attrs if a.columns[0].info.get("secret")}


def _is_altered(session: Session, record: Base) -> bool:
    return record in session.new or record in session.deleted or session.is_modified(record)


def _is_decided(session: Session, record: Base) -> bool:
    """Tell whether more has changed than what follows from other records."""
    if record in session.new or record in session.deleted:
        return True
    held = inspect(record).attrs
    return any(held[name].history.has_changes() for name in decided_columns(type(record)))


def _is_counted_up(record: Versioned) -> bool:
    """Tell whether the step has counted the version up itself, for a change of what belongs to the record."""
    return bool(inspect(record).attrs["version_id"].history.has_changes())


def _values(record: Base) -> dict[str, Any]:
    held = inspect(record).attrs
    return {name: held[name].value for name in decided_columns(type(record))}


def _before(record: Base) -> dict[str, Any]:
    held = inspect(record).attrs
    values: dict[str, Any] = {}
    for name in decided_columns(type(record)):
        history = held[name].history
        values[name] = history.deleted[0] if history.deleted else held[name].value
    return values


def _append(work: "Work", altered: _Altered) -> None:
    after = {} if altered.deleted else _values(altered.record)
    state = inspect(altered.record)
    identity = "-".join(str(part) for part in state.mapper.primary_key_from_instance(altered.record))
    seq = _link(
        work,
        f"{altered.record.__tablename__}:{identity}",
        "" if altered.before is None else fingerprint(altered.before),
        "" if altered.deleted else fingerprint(after),
    )
    if altered.before is not None:
        changes = _changes(altered.before, after, secret_columns(type(altered.record)))
        if changes:
            work.session.connection().execute(insert(Change), [{"seq": seq, **change} for change in changes])


def _link(work: "Work", obj: str, before: str, after: str) -> int:
    seq, previous = work.seal or chain.head(work.session.connection())
    columns: dict[str, Any] = {
        "seq": seq + 1,
        "version": chain.VERSION,
        "at": work.now,
        "user": work.actor.user,
        "verb": work.verb,
        "object": obj,
        "before_hash": before,
        "after_hash": after,
        "reason": work.reason[:LONGEST_REASON],
        "ok": True,
        "previous": previous,
    }
    sealed = chain.seal_of(chain.facts_of(columns))
    work.session.connection().execute(insert(JournalEntry), {**columns, "hash": sealed})
    work.seal = (seq + 1, sealed)
    work.first_link = work.first_link or seq + 1
    return seq + 1


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], secret: frozenset[str]) -> list[dict[str, str]]:
    return [
        {"field": name, "old": _shown(name, before.get(name), secret), "new": _shown(name, after.get(name), secret)}
        for name in before
        if before.get(name) != after.get(name) and name != "version_id"
    ]


def _shown(name: str, value: object, secret: frozenset[str]) -> str:
    return DROPPED if name in secret else "" if value is None else str(_plain(value))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case Enum():
            return value.value
        case None | str() | int() | float():
            return value
        case list() | tuple():
            return [_plain(part) for part in value]
        case dict():
            return {str(name): _plain(part) for name, part in value.items()}
        case _:
            return str(value)
