"""The file itself: SQLite's own checks, and that it declares what this program declares and nothing else."""

from collections.abc import Iterator

from odr_desk.model.tables import METADATA
from odr_desk.store import schema
from odr_desk.store.checks.looking import Finding, Look

_MOST = 20


def declarations(look: Look) -> Iterator[Finding]:
    """Compare what the file declares: a trigger planted by somebody passes every check of SQLite."""
    rows = look.connection.exec_driver_sql("SELECT type, name, coalesce(sql, tbl_name) FROM sqlite_schema")
    found = {(kind, name): " ".join(sql.split()) for kind, name, sql in rows if not name.startswith("sqlite_stat")}
    if look.full:
        expected = schema.expected_objects(schema.head())
    else:
        expected = {key: sql for key, sql in found.items() if key[0] not in {"trigger", "view"}}
        expected |= {("table", name): found.get(("table", name), "") for name in METADATA.tables}
    for kind, name in sorted(found.keys() - expected.keys()):
        yield name, f"数据库里多出一个不属于本程序的{_KINDS[kind]}“{name}”"
    for kind, name in sorted(expected.keys() - found.keys()):
        yield name, f"数据库里少了{_KINDS[kind]}“{name}”"
    for kind, name in sorted(key for key in found.keys() & expected.keys() if found[key] != expected[key]):
        yield name, f"数据库的{_KINDS[kind]}“{name}”和本程序的定义不一致"


def pages(look: Look) -> Iterator[Finding]:
    """Ask SQLite to look at every page, in full also whether each index fits its table."""
    check = "integrity_check" if look.full else "quick_check"
    for (said,) in look.connection.exec_driver_sql(f"PRAGMA {check}({_MOST})"):
        if said != "ok":
            yield "", f"数据库结构有损坏：{said}"


def owners(look: Look) -> Iterator[Finding]:
    """Look for records whose owner is gone."""
    for n, (table, row, owner, _key) in enumerate(look.connection.exec_driver_sql("PRAGMA foreign_key_check")):
        yield f"{table}:{row}", f"“{table}”第 {row} 条所属的“{owner}”记录不在了"
        if n + 1 == _MOST:
            return


_KINDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
