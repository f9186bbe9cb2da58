"""Many rows at once: generated data with the indexes down, and columns that follow from other records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update

from odr_desk.model.base import Base
from odr_desk.model.tables import METADATA
from odr_desk.store.database import Work

TABLES = ("cases", "events", "case_claims")


def next_id(work: Work, table: str) -> int:
    """Return the id after the last of a table."""
    key = METADATA.tables[table].c.id
    return int(work.session.execute(select(func.coalesce(func.max(key), 0))).scalar_one()) + 1


def insert_rows(work: Work, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; a column that a row leaves out takes the default of its declaration."""
    if rows:
        target = METADATA.tables[table]
        given = frozenset().union(*(row.keys() for row in rows))
        blank = _defaults(target, given)
        work.session.execute(insert(target), [{**blank, **row} for row in rows])
        work.touched.add(table)


def update_derived(work: Work, kind: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Write the same derived columns of many records, named by `id`; what people decide goes through the journal."""
    columns = kind.__table__.columns
    decided = {name for name in rows[0] if name != "id" and not columns[name].info.get("derived")}
    if decided:
        raise ValueError(f"not derived: {', '.join(sorted(decided))}")
    target = METADATA.tables[kind.__tablename__]
    named = [{"of": row["id"], **{name: value for name, value in row.items() if name != "id"}} for row in rows]
    work.session.connection().execute(update(target).where(target.c.id == bindparam("of")), named)
    work.session.expire_all()
    work.touched.add(kind.__tablename__)


def drop_indexes(work: Work) -> None:
    """Take the indexes of the filled tables down; they are cheaper to build than to keep."""
    for index in (index for name in TABLES for index in METADATA.tables[name].indexes):
        index.drop(work.session.connection(), checkfirst=True)


def create_indexes(work: Work) -> None:
    """Build the indexes again, and let the database learn how its values are spread."""
    for index in (index for name in TABLES for index in METADATA.tables[name].indexes):
        index.create(work.session.connection(), checkfirst=True)
    work.session.connection().exec_driver_sql("ANALYZE")


def _defaults(table: Table, given: frozenset[str]) -> dict[str, Any]:
    """Return a value for every column some row leaves out, so that all rows are of one shape."""
    blank: dict[str, Any] = {}
    for column in table.columns:
        if column.default is not None and column.default.is_scalar:
            blank[column.name] = column.default.arg  # type: ignore[attr-defined]
        elif column.name in given and column.nullable:
            blank[column.name] = None
    return blank
