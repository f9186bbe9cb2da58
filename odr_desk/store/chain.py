"""The chain of hashes under the journal: one changed, removed, inserted or moved link is found.

Only a cut at the end cannot be seen from inside; the head of the chain is therefore written on
reports and into backups, and `find_fault` can be told to look for it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from odr_desk.model.journal import JournalEntry

VERSION = 1
START = "0" * 64
Seal = tuple[int, str]
"""Number and hash of a link; the last one stands for everything before it."""

_E = JournalEntry
_COLUMNS = (
    _E.seq, _E.version, _E.at, _E.user, _E.verb, _E.object,
    _E.before_hash, _E.after_hash, _E.reason, _E.ok, _E.previous, _E.hash,
)  # fmt: skip
_NAMES = tuple(column.key for column in _COLUMNS)
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """The first link that does not hold, and what is wrong with it."""

    seq: int
    text: str


def head(connection: Connection) -> Seal:
    """Return the last link."""
    row = connection.execute(select(_E.seq, _E.hash).order_by(_E.seq.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, START)


def link(connection: Connection, seq: int) -> Seal | None:
    """Return the link of a number."""
    if seq == 0:
        return (0, START)
    row = connection.execute(select(_E.seq, _E.hash).where(_E.seq == seq)).first()
    return (row[0], row[1]) if row else None


def find_fault(connection: Connection, after: int = 0, report: Callable[[int], object] | None = None) -> Fault | None:
    """Walk the chain behind a link and return its first fault; `report` hears how far the walk has come."""
    seal = link(connection, after)
    if seal is None:
        return Fault(after, f"审计记录第 {after} 条缺失")
    seq, previous = seal
    entries = select(*_COLUMNS).where(_E.seq > after).order_by(_E.seq)
    rows = connection.execution_options(yield_per=_BATCH).execute(entries)
    with rows:
        for row in rows:
            seq += 1
            entry = dict(zip(_NAMES, row, strict=True))
            if entry["seq"] != seq:
                return Fault(seq, f"审计记录第 {seq} 条缺失")
            if entry["previous"] != previous or entry["hash"] != seal_of(facts_of(entry)):
                return Fault(seq, f"审计记录第 {seq} 条与前后不符，可能被改动过")
            previous = entry["hash"]
            if report is not None and seq % _BATCH == 0:
                report(seq)
    return None


def facts_of(columns: Mapping[str, Any]) -> dict[str, object]:
    """Return what the hash of a link covers, from its columns."""
    moment: datetime = columns["at"]
    return {
        "seq": columns["seq"],
        "version": columns["version"],
        "at": moment.astimezone(UTC).isoformat(),
        "user": columns["user"],
        "verb": columns["verb"],
        "object": columns["object"],
        "before": columns["before_hash"],
        "after": columns["after_hash"],
        "reason": columns["reason"],
        "ok": columns["ok"],
        "previous": columns["previous"],
    }


def seal_of(facts: Mapping[str, object]) -> str:
    """Return the hash of facts written as canonical JSON."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
