"""A large file, built once and kept for later runs, and a stopwatch that also times the bare SQL of a deed.

ODR_DESK_BENCH_CASES says how large (1,000,000), ODR_DESK_BENCH_DIR where it is kept (the system's temporary folder).
"""

import os
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event

from odr_desk.services import bulk_demo, demo, people, training
from odr_desk.store import place, schema
from odr_desk.store.database import Database

CASES = int(os.environ.get("ODR_DESK_BENCH_CASES", "1000000"))
HOME = Path(os.environ.get("ODR_DESK_BENCH_DIR", tempfile.gettempdir()))
BUILT_IN = 600 / 1_000_000  # seconds a case


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if len(Stopwatch.lines) > 1:
        for line in Stopwatch.lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def large() -> Database:
    """A training file of CASES cases."""
    folder = HOME / f"odr-desk-bench-{schema.head()}-{CASES}"
    began, was_there = time.perf_counter(), place.is_used(folder)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:  # its memory is not what is measured here
        child.submit(training.prepare, folder, _fill).result()
    took = time.perf_counter() - began
    if not was_there:
        Stopwatch.lines.append(f"made {CASES:,} cases in {took:.0f} s")
        assert took <= BUILT_IN * CASES + 10
    database = Database(folder / place.FILE)
    yield database
    database.close()


def _fill(database: Database) -> None:
    demo.fill(database)
    bulk_demo.fill(database, CASES)


@pytest.fixture(scope="session")
def actor(large: Database):
    return people.log_in(large, demo.FIRST_LOGIN, demo.PASSWORD).actor


@pytest.fixture
def watch(large: Database, actor):
    return Stopwatch(large, actor)


class Stopwatch:
    """Times deeds of the service, and the statements they send on a bare connection.

    Counts milliseconds of processor time of the thread, the kernel's part for it included: what other
    programs do on the machine meanwhile does not count, nor does waiting for the disk to sync.
    """

    lines: list[str] = [f"{'':44} {'p50':>8} {'p95':>8} {'SQL p95':>8} {'ratio':>6}"]  # noqa: RUF012

    def __init__(self, database: Database, actor) -> None:
        self._database, self._actor = database, actor

    def reads(self, name, *deeds, runs=15):
        """Return p95 of several deeds that only read, each run often, and its ratio to p95 of the bare SQL."""
        times, bare = [], []
        for deed in deeds:
            with self._database.reading(self._actor) as work, heard(work) as sent:
                deed(work)
            for _ in range(runs):
                times.append(self._once(deed))
                bare.append(self._bare(sent))
        p95, ratio = at(times, 95), at(times, 95) / at(bare, 95)
        self.say(name, times, at(bare, 95), ratio)
        return p95, ratio

    def say(self, name, times, bare=None, ratio=None):
        beside = "" if bare is None else f" {bare:8.2f} {ratio:6.2f}"
        self.lines.append(f"{name:44} {statistics.median(times):8.2f} {at(times, 95):8.2f}{beside}")

    def _once(self, deed):
        began = time.thread_time()
        with self._database.reading(self._actor) as work:
            deed(work)
        return (time.thread_time() - began) * 1000

    def _bare(self, sent):
        with self._database.connection() as connection:
            cursor = connection.connection.cursor()
            began = time.thread_time()
            for statement, parameters in sent:
                cursor.execute(statement, parameters).fetchall()
            return (time.thread_time() - began) * 1000


@contextmanager
def heard(work):
    """Yield the statements that a piece of work sends."""
    sent, engine = [], work.session.get_bind()

    def hear(_connection, _cursor, statement, parameters, _context, _many):
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield sent
    event.remove(engine, "before_cursor_execute", hear)


def at(times, percent):
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]
