"""The one place that opens the database and hands out short pieces of work."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from odr_desk.rules.errors import Trouble
from odr_desk.rules.people import Actor
from odr_desk.store import chain, faults, journal, search_index, sqlite, steps
from odr_desk.store.gate import Gate

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

    `verb` and `reason` go into the journal with every record the step changes. `folder` is the
    data folder, where files handed in lie. `step` is the id of the step once the work is done, by
    which it can be undone; `undoes` is the id of the one it takes back. `outgoing` are the files that
    get their names once the work is durable, and are taken away when it fails.
    """

    session: Session
    actor: Actor
    now: datetime
    verb: str = ""
    reason: str = ""
    touched: set[str] = field(default_factory=set)
    seal: chain.Seal | None = None
    memory: dict[str, Any] = field(default_factory=dict)
    folder: Path = Path()
    first_link: int = 0
    step: int = 0
    undoes: int = 0
    outgoing: list["Outgoing"] = field(default_factory=list)

    def remember(self, key: str, load: Callable[[], T]) -> T:
        """Return reference data read before, else read them; forgotten when their tables change."""
        if key not in self.memory:
            self.memory[key] = load()
        return cast(T, self.memory[key])


class Outgoing(Protocol):
    """A file that waits beside its place until what it holds is on record."""

    def put(self) -> object:
        """Give it its name."""

    def drop(self) -> None:
        """Take it away again."""


class Database:
    """An open case file; `store.opening` makes sure beforehand that it is one and has our shape."""

    def __init__(self, path: Path, clock: Clock = wall_clock) -> None:
        self.path = path
        self.clock = clock
        self.engine = sqlite.engine(path)
        self._writing = self.engine.execution_options(begin="IMMEDIATE")
        self._one_writer = threading.Lock()
        self._gate = Gate()
        self._memory: dict[str, Any] = {}

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.path.parent

    @contextmanager
    def reading(self, actor: Actor) -> Generator[Work]:
        """Yield a piece of work that sees one state of the data and changes nothing."""
        with self._gate.passing(), _explained(), Session(self.engine) as session:
            event.listen(session, "before_flush", _refuse_to_write)
            yield Work(session, actor, self.clock(), memory=self._memory, folder=self.folder)

    @contextmanager
    def writing(self, actor: Actor, verb: str, reason: str = "") -> Generator[Work]:
        """Yield a piece of work; commit on leaving, on an error roll everything back."""
        with self._gate.passing(), self._turn(), _explained():
            memory = dict(self._memory)
            with Session(self._writing, expire_on_commit=False) as session:
                work = Work(session, actor, self.clock(), verb, reason, memory=memory, folder=self.folder)
                journal.watch(work)
                search_index.watch(work)
                session.connection()
                try:
                    yield work
                    session.flush()
                    steps.close(work)
                    self._commit(work)
                except BaseException:
                    _drop(work)
                    raise
            # A new dictionary, not a cleared one: a reader may still be filling the old one from the old state.
            self._memory = {} if work.touched & REFERENCE else memory
            _put(work)

    @contextmanager
    def paused(self) -> Generator[None]:
        """Let running work end, close every connection and hold new work back, while the file is exchanged."""
        with self._gate.shut():
            self.close()
            yield
            self._memory = {}

    def connection(self) -> Connection:
        """Return a bare connection, for the parts of the store that speak SQL."""
        return self.engine.connect()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Generator[None]:
        if not self._one_writer.acquire(timeout=sqlite.PATIENCE):
            raise Trouble("数据库正被占用，这一步没有做成。", "请稍等几秒重试。")
        try:
            yield
        finally:
            self._one_writer.release()

    def _commit(self, work: Work) -> None:
        try:
            work.session.commit()
        except DBAPIError as error:
            work.session.invalidate()  # nobody knows what state this connection is in
            if not faults.may_have_saved(error):
                raise
            # An I/O error at COMMIT does not mean "not saved": look with a new connection before saying anything.
            self.close()
            if not self._arrived(work.seal):
                raise

    def _arrived(self, seal: chain.Seal | None) -> bool:
        """Tell whether the last link of a lost step is on disk; when it is not, make sure that it never will be."""
        try:
            with self._writing.connect() as connection:
                if seal is not None and seal == chain.link(connection, seal[0]):
                    return True
                # Its remains may lie in the write-ahead log: a commit of our own takes their place.
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
                connection.commit()
        except DBAPIError as error:
            raise Trouble(
                "保存时硬盘出错，程序看不出这一步存上没有。",
                "请重新打开程序，先查一查这条记录在不在，再决定要不要重录。",
                saved="unknown",
            ) from error
        return False


def _put(work: Work) -> None:
    """Give the files their names; when one does not get it, say that the record stands all the same."""
    try:
        while work.outgoing:
            work.outgoing.pop(0).put()
    except Trouble as error:
        _drop(work)
        words = f"{error.advice}这一步已经记下，文件没有放到位，请再导出一次。"
        raise Trouble(error.what, words, saved="true") from error


def _drop(work: Work) -> None:
    for file in work.outgoing:
        file.drop()


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except Exception as error:
        known = faults.explain(error)
        if known is None:
            raise
        raise known from error


def _refuse_to_write(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading piece of work changes nothing: use Database.writing")
