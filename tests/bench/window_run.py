"""The real program on a large file, driven by a script and timed: `python -m tests.bench.window_run FOLDER`.

Writes one JSON object of milliseconds, and the memory in megabytes, to standard output. A deed lasts
from the call until the rows or words it brings have been painted.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from odr_desk import app
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.narrowing import Narrowing
from odr_desk.services import demo
from odr_desk.ui.pages import PAGES

TURNS = 7
NARROWED = (
    Narrowing(channel="CH01"),
    Narrowing(channel="CH06", problem="P05"),
    Narrowing(state=CaseState.NEGOTIATING),
    Narrowing(result=Outcome.SETTLED, category="服装鞋帽类"),
    Narrowing(handler="wangmin", overdue=True),
)
WHEEL = 600
"""Turns of the wheel by three rows, then as many pages, then as many drags of the handle to anywhere."""
PATIENCE_MS = 10_000
TYPING_MS = 2_500
"""As long as a quick person takes for name and password; the program warms up meanwhile."""

GLANCE_MS = 1_500
"""As long as the first page is looked at before the queue is opened."""


class Painted(QObject):
    """Counts how often a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def main(folder: Path) -> None:
    """Open, log in, use the queue and a case; say how long each took."""
    app.UPKEEP_AFTER_MS = 10 * PATIENCE_MS  # the backup of the day would be measured with it
    application = app._application()
    program = app.Program(application)
    program.open(folder)
    window = program.window
    took: dict[str, list[float]] = {}
    began = time.perf_counter()
    wait(lambda: window.isVisible() and window.desk.has_database and window.desk.idle)
    sys.excepthook = sys.__excepthook__
    took["data open after the first window"] = [ms(began)]
    pause(TYPING_MS)
    log_in(window, took)
    pause(GLANCE_MS)
    cases = open_queue(window, took)
    use_queue(cases, took)
    wait(lambda: window._ahead.is_done)  # a hand's wheel and mouse put that off; a script's values do not
    scroll(cases, took)
    open_cases(cases, took)
    open_pages(window, took)
    peak = peak_memory()
    sys.stdout.write(json.dumps({"times": took, "memory": peak}))
    program.end()


def peak_memory() -> float:
    """Return the most memory this process has held; the kernel's other figure remembers the parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def log_in(window: QWidget, took: dict[str, list[float]]) -> None:
    gate = window.gate
    gate.user.set_value(demo.FIRST_LOGIN)
    gate.password.setText(demo.PASSWORD)
    gate.enter.click()
    wait(lambda: window.desk.actor.user == demo.FIRST_LOGIN)
    began = time.perf_counter()
    wait(lambda: window.current() is not None and window.desk.idle)
    took["first page after the login"] = [ms(began)]


def open_queue(window: QWidget, took: dict[str, list[float]]) -> QWidget:
    began = time.perf_counter()
    window.open("cases")
    cases = window.current()
    rows_painted(cases)
    took["queue after the login"] = [ms(began)]
    return cases


def use_queue(cases: QWidget, took: dict[str, list[float]]) -> None:
    table = cases.queue.table

    def timed(name: str, deed: Callable[[], object]) -> None:
        settled(cases)
        seen = Painted(table.viewport())
        answers = []
        table.rows.loaded.connect(lambda: answers.append(seen.times))
        began = time.perf_counter()
        deed()
        wait(lambda: bool(answers) and seen.times > answers[0])
        took.setdefault(name, []).append(ms(began))
        table.viewport().removeEventFilter(seen)

    for _ in range(TURNS):
        for view in ("late", "mine", "archived", "all", "open"):
            timed("change the view", lambda code=view: cases.queue.show_view(code))
        cases.queue.show_view("all")
        for key in ("amount", "merchant", "received", "due"):
            timed("change the order", lambda name=key: table.rows.set_order(name))
        for narrowing in NARROWED:
            timed("change the filter of all cases", lambda chosen=narrowing: cases.queue._narrow(chosen))
        cases.queue.show_view("open")
        for narrowing in NARROWED:
            timed("change the filter of open cases", lambda chosen=narrowing: cases.queue._narrow(chosen))
        cases.queue._widen()
        cases.queue.show_view("all")
        settled(cases)
        timed("jump to the end", table.scrollToBottom)
        timed("jump to the start", table.reload)


def scroll(cases: QWidget, took: dict[str, list[float]]) -> None:
    """Scroll as a hand does, and note how long the thread of the window works at a stretch."""
    table = cases.queue.table
    cases.queue.show_view("all")
    settled(cases)
    bar, chance = table.verticalScrollBar(), random.Random(7)  # noqa: S311 - no secret
    ways: tuple[tuple[str, Callable[[], int]], ...] = (
        ("scroll by the wheel", lambda: bar.value() + 3),
        ("scroll by the page", lambda: bar.value() + bar.pageStep()),
        ("drag the handle", lambda: chance.randint(0, bar.maximum())),
    )
    for name, place in ways:
        took[name] = busy = []
        for _ in range(WHEEL):
            began = time.thread_time()
            bar.setValue(place())
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            busy.append((time.thread_time() - began) * 1000)
        settled(cases)


def open_cases(cases: QWidget, took: dict[str, list[float]]) -> None:
    table = cases.queue.table
    cases.queue.show_view("open")
    wait(lambda: table.rows.row(TURNS * 3) is not None)
    for at in range(1, TURNS * 3):
        settled(cases)
        header, number = Painted(cases.case.header), table.rows.row(at).number
        began = time.perf_counter()
        table.choose(number)
        wait(lambda wanted=number: cases.case._number() == wanted)
        painted = header.times
        cases.case.header.update()
        wait(lambda seen=header, before=painted: seen.times > before)
        took.setdefault("open a case", []).append(ms(began))
        cases.case.header.removeEventFilter(header)


def open_pages(window: QWidget, took: dict[str, list[float]]) -> None:
    """Open every page but the queue until what it reads has been painted; by now they have been made ahead."""
    for page in PAGES:
        wait(lambda: window.desk.idle)
        began = time.perf_counter()
        window.open(page.code)
        shown = window.current()
        if page.code == "cases":
            continue
        seen = Painted(shown)
        shown.update()
        wait(lambda on=seen: window.desk.idle and on.times > 0)
        took.setdefault("open a page", []).append(ms(began))
        pause(GLANCE_MS)


def rows_painted(cases: QWidget) -> None:
    table = cases.queue.table
    wait(lambda: table.rows.rowCount() > 0)
    seen = Painted(table.viewport())
    table.viewport().update()
    wait(lambda: seen.times > 0)


def settled(cases: QWidget) -> None:
    wait(lambda: cases.desk.idle)
    QApplication.processEvents()


def wait(until: Callable[[], bool]) -> None:
    """Let the program run until something holds."""
    end = time.monotonic() + PATIENCE_MS / 1000
    loop = QEventLoop()
    wake = QTimer(interval=1)
    wake.timeout.connect(loop.quit)
    wake.start()
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the program does not answer")
        loop.exec()


def pause(long_ms: int) -> None:
    """Let the program run for a while."""
    end = time.monotonic() + long_ms / 1000
    wait(lambda: time.monotonic() >= end)


def ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
