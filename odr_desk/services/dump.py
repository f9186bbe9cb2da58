"""Every business fact as sorted canonical JSON lines: equal states of the data give equal dumps."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum

from sqlalchemy import select

from odr_desk.model.tables import METADATA
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

LEFT_OUT = frozenset(
    {"journal", "changes", "preferences", "saved_views", "drafts", "steps", "document_files", "users", "bottom_lines"}
)
"""How it came about, what people arranged for themselves, bytes that their hash stands for, passwords, and
what was told in confidence (docs/decisions/014)."""


def lines(work: Work) -> Iterator[str]:
    """Yield one line a record, table by table in order of their keys."""
    work.actor.require(Right.READ_CASES)
    left_out = LEFT_OUT if work.actor.may(Right.SEE_OBSERVED) else LEFT_OUT | {"observations"}
    for table in sorted(METADATA.tables.values(), key=lambda table: table.name):
        if table.name in left_out:
            continue
        for row in work.session.execute(select(table).order_by(*table.primary_key)).mappings():
            facts = {name: _plain(value) for name, value in row.items() if value not in (None, "", False)}
            yield json.dumps({"table": table.name, **facts}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return value
