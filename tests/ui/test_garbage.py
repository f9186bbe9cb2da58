import gc
import threading
import weakref

import pytest

from odr_desk.ui.garbage import Garbage


class Loop:
    """Refers to itself, so that only the collector can free it; notes where that happened."""

    freed_in: list[threading.Thread] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Loop.freed_in.append(threading.current_thread())


@pytest.fixture
def garbage(qapp):
    Loop.freed_in.clear()
    made = Garbage()
    yield made
    made.end()
    assert gc.isenabled()


def allocate_much():
    return [[n] for n in range(200_000)]


def test_a_busy_thread_collects_nothing(garbage, qtbot):
    Loop()
    kept = []
    worker = threading.Thread(target=lambda: kept.append(allocate_much()))
    worker.start()
    worker.join()
    assert Loop.freed_in == []
    qtbot.waitUntil(lambda: Loop.freed_in != [], timeout=5000)
    assert Loop.freed_in == [threading.main_thread()]


def test_it_waits_until_there_is_enough(garbage):
    gc.collect()
    kept = weakref.ref(loop := Loop())
    del loop
    garbage.collect()
    assert kept() is not None
    kept_alive = allocate_much()
    garbage.collect()
    assert kept() is None
    assert kept_alive


def test_what_has_settled_is_passed_over_until_the_end(garbage):
    garbage.settle()
    assert gc.get_freeze_count() > 10_000
    garbage.end()
    assert gc.get_freeze_count() == 0
