"""Connections to a SQLite file: what the promises need is set on each and read back.

WAL is used where SQLite and the disk are up to it; anything else falls back to TRUNCATE, which
survives a power cut as well and only makes readers and writers wait for each other.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    QueuePool,
    Select,
    UnaryExpression,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.sql.operators import custom_op

from odr_desk.rules.errors import Trouble

SAFE_WAL = (3, 51, 3)  # older SQLite can corrupt a file in WAL mode
PATIENCE = 10  # seconds to wait for another connection's lock
SETTINGS = {
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
TUNING = {"journal_size_limit": 64 << 20, "cache_size": -49152, "temp_store": 2}
Error = driver.Error
Handle = Any
"""A connection of the driver, which ships no types."""


def connect(path: Path, *, create: bool = False, foreign_keys: bool = True) -> Handle:
    """Open a file that exists (or may be created) in autocommit, settled; raise the driver's Error."""
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = driver.connect(uri, uri=True, timeout=PATIENCE, check_same_thread=False, isolation_level=None)
    try:
        settle(connection, SETTINGS | {"foreign_keys": int(foreign_keys)})
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: Handle, settings: dict[str, int] = SETTINGS) -> None:
    """Set what the promises need and read it back; raise Trouble when the connection has not taken it."""
    mode = _journal_mode(connection)
    refused = {} if mode in {"wal", "truncate"} else {"journal_mode": mode}
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found != (value,) and not (found is None and name == "mmap_size"):
            refused[name] = str(found[0]) if found else "？"
    for name, value in TUNING.items():
        connection.execute(f"PRAGMA {name} = {value}")
    if refused:
        words = "，".join(f"{name}={value}" for name, value in refused.items())
        raise Trouble(
            f"数据库不能按安全设置打开（{words}），程序没有继续，数据没有改动。",
            "请把数据文件夹放到本机硬盘，或请系统管理员检查安装。",
        )


def engine(path: Path, *, create: bool = False, foreign_keys: bool = True) -> Engine:
    """Return an engine whose transactions begin explicitly, as the execution option `begin` says."""
    made = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, create=create, foreign_keys=foreign_keys),
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
    )
    event.listen(made, "begin", _begin)
    return made


def _journal_mode(connection: Handle) -> str:
    mode = ""
    if driver.sqlite_version_info >= SAFE_WAL:
        mode = str(connection.execute("PRAGMA journal_mode = wal").fetchone()[0])
    if mode != "wal":
        mode = str(connection.execute("PRAGMA journal_mode = truncate").fetchone()[0])
    return mode


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def listed(ids: Iterable[int]) -> Select[int]:
    """Return ids as a query of their own: a statement that names thousands of them singly takes as long to read."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def unsought(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column for which SQLite looks into no index: the sign before it means nothing else."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)
