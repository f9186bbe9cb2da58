"""The one place that opens the database and hands out short pieces of work."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from odr_desk.rules.errors import Trouble
from odr_desk.rules.people import Actor
from odr_desk.store import faults, journal

FILE = "desk.db"
SAFE_WAL = (3, 51, 3)  # older SQLite can corrupt a file in WAL mode
SETTINGS = {
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
Clock = Callable[[], datetime]
T = TypeVar("T")
REFERENCE = frozenset({"codes", "calendar_days", "deadline_rules", "legal_rules", "settings"})
"""Tables that are read all the time and seldom change; what was read of them is kept between steps."""


def wall_clock() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Work:
    """One step of work: its session, whose it is, when it is done, what it touched.

    `verb` and `reason` go into the journal with every record the step changes.
    """

    session: Session
    actor: Actor
    now: datetime
    verb: str = ""
    reason: str = ""
    touched: set[str] = field(default_factory=set)
    seal: tuple[int, str] | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    def remember(self, key: str, load: Callable[[], T]) -> T:
        """Return reference data read before, else read them; forgotten when their tables change."""
        if key not in self.memory:
            self.memory[key] = load()
        return cast(T, self.memory[key])


class Database:
    """An open case file."""

    def __init__(self, place: Path | str, clock: Clock = wall_clock) -> None:
        """Open the SQLite file at a path, or the database at a URL."""
        self.path = place if isinstance(place, Path) else None
        self.clock = clock
        self.engine = _sqlite(place) if isinstance(place, Path) else create_engine(place, hide_parameters=True)
        self._memory: dict[str, Any] = {}
        self._writing = self.engine.execution_options(begin="IMMEDIATE")

    @contextmanager
    def reading(self, actor: Actor) -> Generator[Work]:
        """Yield a piece of work that sees one state of the data and changes nothing."""
        with _explained(), Session(self.engine) as session:
            yield Work(session, actor, self.clock(), memory=self._memory)

    @contextmanager
    def writing(self, actor: Actor, verb: str, reason: str = "") -> Generator[Work]:
        """Yield a piece of work; commit on leaving, on an error roll everything back."""
        session = Session(self._writing, expire_on_commit=False)
        work = Work(session, actor, self.clock(), verb, reason, memory=dict(self._memory))
        journal.watch(work)
        with _explained(), session:
            session.connection()
            yield work
            session.flush()
            self._commit(work)
        if work.touched & REFERENCE:
            self._memory.clear()
        else:
            self._memory.update(work.memory)

    def connection(self) -> Connection:
        """Return a bare connection, for the parts of the store that speak SQL."""
        return self.engine.connect()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _commit(self, work: Work) -> None:
        try:
            work.session.commit()
        except Exception as error:
            # An I/O error at COMMIT does not mean "not saved": look before saying anything.
            known = faults.explain(error)
            if known is None or work.seal is None:
                raise
            work.session.rollback()
            if self._holds(work.seal):
                return
            raise known from error

    def _holds(self, seal: tuple[int, str]) -> bool:
        try:
            with self.engine.connect() as connection:
                found = connection.exec_driver_sql("SELECT hash FROM journal WHERE seq = ?", (seal[0],)).scalar()
        except Exception as error:
            raise Trouble(
                "保存时硬盘出错，程序看不出这一步存上没有。",
                "请重新打开程序，先查一查这条记录在不在，再决定要不要重录。",
                saved="unknown",
            ) from error
        return bool(found == seal[1])


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except Exception as error:
        known = faults.explain(error)
        if known is None:
            raise
        raise known from error


def _sqlite(path: Path) -> Engine:
    import sqlcipher3.dbapi2 as driver

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        connection = driver.connect(str(path), timeout=10, check_same_thread=False, isolation_level=None)
        _settle(connection, driver.sqlite_version_info)
        return connection

    engine = create_engine("sqlite://", module=driver, creator=connect, hide_parameters=True, pool_size=4)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: DBAPIConnection, version: tuple[int, ...]) -> None:
    """Set the promises' settings and read each back; refuse to run on a connection that differs."""
    cursor = connection.cursor()
    mode = "wal" if version >= SAFE_WAL else "truncate"
    cursor.execute(f"PRAGMA journal_mode = {mode}")
    answer = cursor.fetchone()
    found = str(answer[0]) if answer else ""
    for name, value in SETTINGS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is not None and int(row[0]) != value:
            found = f"{name}={row[0]}"
            break
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()
    if found != mode:
        raise Trouble(
            f"数据库不能按安全设置打开（{found}），程序没有继续。",
            "请把数据文件夹放到本机硬盘，或请系统管理员检查。",
        )


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
