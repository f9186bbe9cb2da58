"""What rests on a record: rows of other tables that name it, and later ones of its own count."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, inspect, select

from odr_desk.model.tables import METADATA
from odr_desk.store.database import Work
from odr_desk.store.history import Alteration

_WORDS = {
    "sessions": "调解记录",
    "attachments": "材料",
    "offers": "方案",
    "dispute_points": "争议点",
    "transfers": "移送",
    "packages": "移送材料",
    "case_merges": "合并",
}


def to(work: Work, one: Alteration, among: Sequence[Alteration]) -> str | None:
    """Say what would be left hanging if a record were removed; what goes with it does not count."""
    going = {other.name for other in among if other.created}
    target: Table = inspect(one.kind).local_table  # type: ignore[assignment]
    for table, column in _naming(target):
        chosen = select(table.c.id).where(column == one.identity)
        if any(f"{table.name}:{found}" not in going for found in work.session.scalars(chosen)):
            return _WORDS.get(table.name, "记录")
    return _WORDS.get(target.name, "记录") if _has_later(work, target, one, going) else None


def _naming(target: Table) -> list[tuple[Table, Any]]:
    """Return the columns of other tables that name a record of this one."""
    return [
        (table, key.parent)
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table is target and "id" in table.c
    ]


def _has_later(work: Work, table: Table, one: Alteration, going: set[str]) -> bool:
    """Tell whether the case has a record with a higher number, which would leave a gap behind it."""
    if not {"number", "case_id"} <= set(table.c.keys()) or not issubclass(table.c.number.type.python_type, int):
        return False
    own = select(table.c.case_id, table.c.number).where(table.c.id == one.identity).subquery()
    later = select(table.c.id).join(own, (table.c.case_id == own.c.case_id) & (table.c.number > own.c.number))
    return any(f"{table.name}:{found}" not in going for found in work.session.scalars(later))
