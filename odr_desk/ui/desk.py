"""The screens' only door to the data: work goes to its thread, the answer comes back to the screen.

`read` and `write` run on the one database thread, `survey` reads through a connection of its own
beside it, `make` renders from facts already read. The database is opened by the first of these
on that thread, so that a window can be painted before SQLAlchemy is imported.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Actor

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from odr_desk.store.database import Database, Work

T = TypeVar("T")
Then = Callable[[T], object]
Failed = Callable[[DeskError], object] | None

NOBODY = Actor(0, "", "", frozenset())
_BUSY_AFTER_MS = 300
_REPORT_EVERY_S = 0.1


class Runner(Protocol):
    """Where work is done: threads in the program, the caller's own in tests."""

    def submit(self, fn: Callable[[], Any], /) -> "Future[Any]":
        """Do the work, now or later."""

    def shutdown(self) -> None:
        """Finish what was submitted and stop."""


class Stopped(DeskError):
    """Long work was cancelled by the person who started it."""

    code = "cancelled"


class Progress:
    """How far long work is; handed to services as `report(done, total)`.

    Calling it after `cancel` raises Stopped inside the work, which then leaves nothing behind.
    """

    def __init__(self, send: Callable[[int, int], object]) -> None:
        self._send = send
        self._cancelled = False
        self._sent_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Say how much is done; comes through at most ten times a second."""
        if self._cancelled:
            raise Stopped("已取消，没有作任何改动")
        now = time.monotonic()
        if done >= total or now - self._sent_at >= _REPORT_EVERY_S:
            self._sent_at = now
            self._send(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Tell whether it was asked to stop."""
        return self._cancelled


@dataclass(frozen=True, slots=True)
class _Asked:
    owner: QObject
    then: Callable[[Any], object]
    failed: Failed
    is_read: bool


class Desk(QObject):
    """Runs work off the GUI thread and hands its result to `then` on it.

    An answer is dropped when its owner has been closed meanwhile, and so is the refusal of a read.
    A DeskError goes to `failed`, or to the signal of that name; anything else is a bug and is raised.
    `changed` names the tables a write touched, `busy` tells that something has been running for 300 ms.

    Other threads are handed values and numbers only. Who asked stays here, under the number: a thread
    that let go of a widget last would take it apart while Qt does the same, and the program crashes.
    """

    changed = Signal(frozenset)
    failed = Signal(object)
    busy = Signal(bool)
    actor_changed = Signal(object)
    _answered = Signal(int, object)
    _reported = Signal(int, int, int)

    def __init__(
        self,
        open_database: "Callable[[], Database]",
        actor: Actor = NOBODY,
        *,
        runner: Runner | None = None,
        surveyor: Runner | None = None,
        maker: Runner | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_database = open_database
        self._database: Database | None = None
        self._opening = threading.Lock()
        self._actor = actor
        self._closing = False
        self._numbers = count(1)
        self._asked: dict[int, _Asked] = {}
        self._watching: dict[int, tuple[QObject, Callable[[int, int], object]]] = {}
        self._runner = runner or _Threads(1, "desk")
        self._surveyor = surveyor or _Threads(1, "survey")
        self._maker = maker or _Threads(2, "make")
        self._patience = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._patience.timeout.connect(self._say_busy)
        self._is_busy = False
        self._step = ("", 0)
        self._answered.connect(self._deliver)
        self._reported.connect(self._report)

    @property
    def actor(self) -> Actor:
        """Who is logged in."""
        return self._actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._actor = actor
        self.actor_changed.emit(actor)

    @property
    def step(self) -> tuple[str, int]:
        """Verb and step of the write whose result is being handed over, by which it can be undone."""
        return self._step

    @property
    def idle(self) -> bool:
        """Tell whether every answer has been handed over."""
        return not self._asked

    @property
    def has_database(self) -> bool:
        """Tell whether the data have been opened."""
        return self._database is not None

    def read(self, owner: QObject, op: "Callable[[Work], T]", then: Then[T], failed: Failed = None) -> None:
        """Run `op` with a reading piece of work and hand on its result."""
        self._submit(self._runner, owner, partial(self._reading, self._actor, op), then, failed, is_read=True)

    def survey(self, owner: QObject, op: "Callable[[Work], T]", then: Then[T], failed: Failed = None) -> None:
        """Read like `read`, but beside it: for reports that take seconds and must not hold up typing."""
        self._submit(self._surveyor, owner, partial(self._reading, self._actor, op), then, failed, is_read=True)

    def write(
        self,
        owner: QObject,
        op: "Callable[[Work], T]",
        then: Then[T] | None = None,
        failed: Failed = None,
        *,
        verb: str,
        reason: str = "",
    ) -> None:
        """Run `op` in one transaction, hand on its result, announce the tables it touched."""

        def done(answer: tuple[T, frozenset[str], int]) -> None:
            result, touched, step = answer
            self._step = (verb, step)
            if then is not None and shiboken6.isValid(owner):
                then(result)
            self._step = ("", 0)
            self.changed.emit(touched)

        def refused(error: DeskError) -> None:
            (failed if failed is not None and shiboken6.isValid(owner) else self.failed.emit)(error)

        # The Desk owns the answer: what was written is announced even if the screen has been closed.
        self._submit(self._runner, self, partial(self._writing, self._actor, op, verb, reason), done, refused)

    def with_database(
        self, owner: QObject, op: "Callable[[Database], T]", then: Then[T], failed: Failed = None
    ) -> None:
        """Run what needs the whole database: logging in, setting up, backing up."""
        self._submit(self._runner, owner, lambda: op(self._open()), then, failed)

    def make(self, owner: QObject, job: Callable[[], T], then: Then[T], failed: Failed = None) -> None:
        """Run a job that needs no database: render a paper, fill a workbook, copy a file."""
        self._submit(self._maker, owner, job, then, failed)

    def progress(self, owner: QObject, show: Callable[[int, int], object]) -> Progress:
        """Return a Progress for long work; `show(done, total)` is called on the GUI thread."""
        number = next(self._numbers)
        self._watching = {old: seen for old, seen in self._watching.items() if shiboken6.isValid(seen[0])}
        self._watching[number] = owner, show
        return Progress(partial(self._reported.emit, number))

    def close(self) -> None:
        """Finish every write that was asked for, drop waiting reads, close the database."""
        self._closing = True
        for runner in (self._maker, self._surveyor):
            runner.shutdown()
        if self.has_database or not self.idle:
            self._runner.submit(self._close_database)
        self._runner.shutdown()

    def _reading(self, actor: Actor, op: "Callable[[Work], T]") -> T | None:
        if self._closing:
            return None
        with self._open().reading(actor) as work:
            return op(work)

    def _writing(
        self, actor: Actor, op: "Callable[[Work], T]", verb: str, reason: str
    ) -> tuple[T, frozenset[str], int]:
        with self._open().writing(actor, verb, reason) as work:
            result = op(work)
        return result, frozenset(work.touched), work.step

    def _open(self) -> "Database":
        with self._opening:
            if self._database is None:
                self._database = self._open_database()
            return self._database

    def _close_database(self) -> None:
        if self._database is not None:
            self._database.close()

    def _submit(
        self,
        runner: Runner,
        owner: QObject,
        run: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Failed,
        *,
        is_read: bool = False,
    ) -> None:
        if self._closing:
            return  # a timer of a form that is going; what it held was kept when the form went out of sight
        number = next(self._numbers)
        self._asked[number] = _Asked(owner, then, failed, is_read)
        if not self._patience.isActive() and not self._is_busy:
            self._patience.start()
        runner.submit(run).add_done_callback(partial(self._answered.emit, number))

    @Slot(int, object)
    def _deliver(self, number: int, future: "Future[Any]") -> None:
        asked = self._asked.pop(number)
        self._rest()
        error = future.exception()
        alive = shiboken6.isValid(asked.owner) and not self._closing
        if isinstance(error, DeskError):
            if asked.failed is not None and alive:
                asked.failed(error)
            elif alive or not asked.is_read:  # a page of whoever was here before may read what the next one may not
                self.failed.emit(error)
        elif error is not None:
            raise error
        elif alive:
            asked.then(future.result())

    @Slot(int, int, int)
    def _report(self, number: int, done: int, total: int) -> None:
        owner, show = self._watching.get(number, (None, None))
        if show is not None and shiboken6.isValid(owner):
            show(done, total)

    def _rest(self) -> None:
        if self.idle:
            self._patience.stop()
            if self._is_busy:
                self._is_busy = False
                self.busy.emit(False)

    @Slot()
    def _say_busy(self) -> None:
        self._is_busy = True
        self.busy.emit(True)


class _Threads:
    """Threads that begin with the first work: before the first paint there is none, nor their import."""

    def __init__(self, count: int, name: str) -> None:
        self._count, self._name = count, name
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, fn: Callable[[], Any], /) -> "Future[Any]":
        """Do the work in one of the threads."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=self._count, thread_name_prefix=self._name)
        return self._pool.submit(fn)

    def shutdown(self) -> None:
        """Finish what was submitted and stop."""
        if self._pool is not None:
            self._pool.shutdown()
