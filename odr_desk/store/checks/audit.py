"""The journal: its chain is whole up to the heads known elsewhere, and the records are as it says."""

import itertools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from odr_desk.model.base import Base
from odr_desk.model.journal import JournalEntry
from odr_desk.store import chain, journal
from odr_desk.store.checks.looking import Finding, Look

_TAIL = 2000  # links that a quick look walks along
_BATCH = 500


def links(look: Look) -> Iterator[Finding]:
    """Walk along the chain; look for the heads that backups hold, because a cut end cannot be seen from inside."""
    last, _hash = chain.head(look.connection)
    fault = chain.find_fault(look.connection, 0 if look.full else max(0, last - _TAIL), look.report)
    if fault is not None:
        yield f"journal:{fault.seq}", fault.text
    for seal in look.known_seals:
        if chain.link(look.connection, seal[0]) != seal:
            yield f"journal:{seal[0]}", f"备份里记下的第 {seal[0]} 条审计记录，现在没有了或不一样"


def records(look: Look) -> Iterator[Finding]:
    """Compare every record with the last fingerprint that the journal holds of it."""
    if not look.full:
        return
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if kind.__tablename__ not in journal.SILENT:
            yield from _changed(look.connection, kind)


def _changed(connection: Connection, kind: type[Base]) -> Iterator[Finding]:
    table, keys = kind.__tablename__, [attribute.key for attribute in _key_attributes(kind)]
    expected = _number_on_record(connection, table)
    if expected == 0:
        return  # a training file that was filled in one go: its journal holds the deed, not the records
    columns = [getattr(kind, name) for name in journal.decided_columns(kind)]
    every = connection.execution_options(yield_per=_BATCH).execute(select(*columns).order_by(*_key_attributes(kind)))
    known = 0
    with every:
        rows = every.mappings()
        while batch := list(itertools.islice(rows, _BATCH)):
            named = {f"{table}:{'-'.join(str(row[key]) for key in keys)}": row for row in batch}
            sealed = _last_fingerprints(connection, list(named))
            known += len(sealed)
            for obj, row in named.items():
                if obj in sealed and sealed[obj] != journal.fingerprint(dict(row)):
                    yield obj, f"“{obj}”的内容和审计记录不符，可能被程序以外的工具改过"
    if known != expected:
        yield table, f"“{table}”应有 {expected} 条有审计记录的内容，实有 {known} 条，可能被程序以外的工具删过"


def _last_fingerprints(connection: Connection, objects: list[str]) -> dict[str, str]:
    last = select(func.max(JournalEntry.seq)).where(JournalEntry.object.in_(objects)).group_by(JournalEntry.object)
    chosen = select(JournalEntry.object, JournalEntry.after_hash).where(
        JournalEntry.seq.in_(last), JournalEntry.after_hash != ""
    )
    return {row[0]: row[1] for row in connection.execute(chosen)}


def _number_on_record(connection: Connection, table: str) -> int:
    """Return how many records of a table the journal knows to be there."""
    first, behind = f"{table}:", f"{table};"  # the semicolon is the character after the colon
    of_table = (JournalEntry.object > first, JournalEntry.object < behind)
    last = select(func.max(JournalEntry.seq)).where(*of_table).group_by(JournalEntry.object)
    there = select(func.count()).where(JournalEntry.seq.in_(last), JournalEntry.after_hash != "")
    return int(connection.execute(there).scalar_one())


def _key_attributes(kind: type[Base]) -> list[Any]:
    mapper = inspect(kind)
    return [getattr(kind, mapper.get_property_by_column(column).key) for column in mapper.primary_key]
