"""The audit journal: every changed record gets a link in a chain of hashes, in the same transaction.

The chain holds hashes only; the old and new values lie beside it, where an erasure may blank them
without breaking the proof.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from odr_desk.model.base import Base, Versioned
from odr_desk.model.journal import Change, JournalEntry

if TYPE_CHECKING:
    from odr_desk.store.database import Work

VERSION = 1
START = "0" * 64
SILENT = frozenset({"journal", "changes", "counters", "preferences", "drafts", "document_files"})
SECRET = frozenset({"password_hash"})
DROPPED = "（不记录）"


@dataclass(frozen=True, slots=True)
class _Altered:
    """A record about to be written, with what it held before."""

    record: Base
    before: Mapping[str, Any] | None
    deleted: bool


def watch(work: "Work") -> None:
    """Journal everything that this piece of work writes."""
    waiting: list[_Altered] = []
    counted: dict[int, Base] = {}  # records whose version has gone up in this step; once is enough

    def note(session: Session, _context: UOWTransaction, _instances: object) -> None:
        for record in (*session.new, *session.dirty, *session.deleted):
            if not isinstance(record, Base) or not _concerns(session, record):
                continue
            work.touched.add(record.__tablename__)
            if record.__tablename__ in SILENT:
                continue
            before = None if record in session.new else _before(record)
            if before is not None and isinstance(record, Versioned) and id(record) not in counted:
                record.version_id += 1
                counted[id(record)] = record
            waiting.append(_Altered(record, before, record in session.deleted))

    def write(session: Session, _context: UOWTransaction) -> None:
        for altered in waiting:
            work.seal = _append(session, work, altered)
        waiting.clear()

    event.listen(work.session, "before_flush", note)
    event.listen(work.session, "after_flush", write)


def record_deed(work: "Work", obj: str, facts: Mapping[str, object]) -> None:
    """Journal something done that changes no single record, such as a mass import or an export."""
    work.seal = _link(work.session, work, obj, "", _hash(facts))


def verify(session: Session) -> tuple[int, str]:
    """Return the number of links checked and what is wrong with the chain, empty when it is whole."""
    previous, seq = START, 0
    for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.seq).execution_options(yield_per=2000)):
        seq += 1
        if entry.seq != seq:
            return seq, f"审计记录第 {seq} 条缺失"
        if entry.previous != previous or entry.hash != _seal(entry_facts(entry)):
            return seq, f"审计记录第 {seq} 条与前后不符，可能被改动"
        previous = entry.hash
        session.expunge(entry)
    return seq, ""


def head(session: Session) -> tuple[int, str]:
    """Return sequence number and hash of the last link."""
    row = session.execute(
        select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    ).first()
    return (row[0], row[1]) if row else (0, START)


def entry_facts(entry: JournalEntry) -> dict[str, object]:
    """Return what the hash of a link covers."""
    return {
        "seq": entry.seq,
        "version": entry.version,
        "at": entry.at.astimezone(UTC).isoformat(),
        "user": entry.user,
        "verb": entry.verb,
        "object": entry.object,
        "before": entry.before_hash,
        "after": entry.after_hash,
        "reason": entry.reason,
        "ok": entry.ok,
        "previous": entry.previous,
    }


def _concerns(session: Session, record: Base) -> bool:
    if record in session.new or record in session.deleted:
        return True
    state = inspect(record)
    return any(
        state.attrs[column.key].history.has_changes()
        for column in state.mapper.column_attrs
        if not column.columns[0].info.get("derived")
    )


def _before(record: Base) -> dict[str, Any]:
    state = inspect(record)
    values: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        values[attribute.key] = history.deleted[0] if history.deleted else state.attrs[attribute.key].value
    return values


def _append(session: Session, work: "Work", altered: _Altered) -> tuple[int, str]:
    state = inspect(altered.record)
    after = {a.key: state.attrs[a.key].value for a in state.mapper.column_attrs}
    identity = "-".join(str(part) for part in state.mapper.primary_key_from_instance(altered.record))
    obj = f"{altered.record.__tablename__}:{identity}"
    seal = _link(
        session,
        work,
        obj,
        "" if altered.before is None else _hash(altered.before),
        "" if altered.deleted else _hash(after),
    )
    changes = _changes(altered.before or {}, {} if altered.deleted else after)
    if changes and altered.before is not None:
        session.execute(insert(Change), [{"seq": seal[0], **change} for change in changes])
    return seal


def _link(session: Session, work: "Work", obj: str, before: str, after: str) -> tuple[int, str]:
    seq, previous = work.seal or head(session)
    entry = JournalEntry(
        seq=seq + 1,
        version=VERSION,
        at=work.now,
        user=work.actor.user,
        verb=work.verb,
        object=obj,
        before_hash=before,
        after_hash=after,
        reason=work.reason[:200],
        ok=True,
        previous=previous,
    )
    sealed = _seal(entry_facts(entry))
    columns = {a.key: getattr(entry, a.key) for a in inspect(JournalEntry).column_attrs}
    session.execute(insert(JournalEntry), [{**columns, "hash": sealed}])
    return entry.seq, sealed


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"field": name, "old": _shown(name, before.get(name)), "new": _shown(name, after.get(name))}
        for name in (after or before)
        if before.get(name) != after.get(name) and name != "version_id"
    ]


def _shown(name: str, value: object) -> str:
    return DROPPED if name in SECRET else "" if value is None else str(_plain(value))


def _hash(values: Mapping[str, Any]) -> str:
    return _seal({name: _plain(value) for name, value in values.items()})


def _seal(facts: Mapping[str, object]) -> str:
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


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
        case _:
            return value
