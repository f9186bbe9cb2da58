"""Puts the program together; the only place that builds the Desk and the window and opens the data.

Start, from top to bottom:

1. Qt, its Chinese, the theme.
2. The data folder is claimed: one program a folder. A second start brings the first window to the
   front and ends.
3. The window with its gate (ui/entry/door.py) is shown and painted. Nothing but Qt and plain
   modules has been imported until here; no screen imports a service before step 5 has ended.
4. Crash file, log file, doorbell.
5. On the database thread, behind the gate: SQLAlchemy is imported; the data are opened, made or
   brought up. If that fails, the gate gives way to the explanation with its ways out. What the
   first page needs is imported meanwhile, a little at a time.
6. Somebody logs in: the pages. Upkeep looks the data over, makes the backup of the day, turns the
   day for overdue duties.

End: running writes finish, what has changed is backed up, the database is closed, the folder let go.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from odr_desk import paths
from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.store import place
from odr_desk.ui import language, surroundings, theme
from odr_desk.ui.desk import Desk
from odr_desk.ui.entry.door import Door
from odr_desk.ui.entry.house import House
from odr_desk.ui.first_paint import FirstPaint
from odr_desk.ui.garbage import Garbage
from odr_desk.ui.leaving import Leaving
from odr_desk.ui.status_parts import read_parts
from odr_desk.ui.wardrobe import Wardrobe
from odr_desk.ui.window import Window

if TYPE_CHECKING:
    from odr_desk.store.database import Database

START_PROBE = "ODR_DESK_START_PROBE"
FIRST_SIZE = (1366, 697)
UPKEEP_AFTER_MS = 5_000  # people want their page first


def run(folder: Path) -> int:
    """Open the window on a data folder and answer the exit status when it has been closed.

    Raises Trouble when there is no screen: Qt would end the program without a word of Chinese.
    """
    surroundings.check_screen(sys.platform, os.environ)
    with surroundings.explained():
        app = _application()
    program = Program(app)
    surroundings.end_when_asked(program.ask_to_end)
    if not program.open(folder):
        return program.status
    try:
        return app.exec()
    finally:
        program.end()


class Program(QObject):
    """One data folder with its window at a time."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.status = 0
        self._app = app
        self._garbage = Garbage(self)
        self._wardrobe = Wardrobe(app)
        self._is_probe = bool(os.environ.get(START_PROBE))
        self._endings: list[Callable[[], object]] = []
        self._upkeep: QTimer | None = None
        self._left: Path | None = None
        self.window: Window | None = None

    def open(self, folder: Path) -> bool:
        """Show the window on a folder; False when another window has it or it cannot be used."""
        try:
            claim = place.Claim(place.prepare(folder))
        except Trouble as trouble:
            return self._refused(folder, trouble)
        self._endings.append(claim.release)
        desk = Desk(partial(_open_database, folder))
        self._endings.append(desk.close)
        window = self.window = Window(desk, self._wardrobe, status=read_parts)
        is_new = not place.is_used(folder)
        house = House(window, folder, is_new, self._move_to, partial(self._on_entered, desk, window))
        door = Door(house)
        door.begin()
        window.resize(*FIRST_SIZE)
        Leaving(window, desk).left.connect(self._app.quit)
        FirstPaint(window).painted.connect(partial(self._on_painted, house, door))
        window.show()
        return True

    def ask_to_end(self) -> None:
        """Close the window as its own button does: running writes finish, what has changed is backed up."""
        if self.window is None:
            self._app.quit()
        else:
            self.window.close()

    def close(self) -> None:
        """End in the opposite order of the beginning."""
        if self.window is not None:
            self.window.hide()
        while self._endings:
            self._endings.pop()()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

    def end(self) -> None:
        """Close, and leave Python as it was."""
        self.close()
        self._garbage.end()

    def _on_painted(self, house: House, door: Door) -> None:
        if self._is_probe:
            self._app.quit()
            return
        self._begin_watching(house)
        door.look_around(partial(self._on_damage, house))
        if not house.is_new:
            from odr_desk.ui.warming import Warming

            desk, warming = house.window.desk, Warming(self._garbage.settle, parent=house.window)
            desk.with_database(warming, _nothing, lambda _: warming.begin(), _nothing)

    def _begin_watching(self, house: House) -> None:
        from odr_desk.store import logs
        from odr_desk.ui import errors
        from odr_desk.ui.doorbell import Doorbell

        errors.install(lambda: self.window)
        folder = paths.logs(house.folder)
        try:
            left, rest = logs.watch_for_crashes(folder)
            self._endings += [rest, logs.begin(folder)]
        except OSError:
            left = None  # a full disk: the window must open all the same, so that people can read and print
        self._left = left
        bell = Doorbell(house.folder, house.window)
        bell.rung.connect(partial(_to_the_front, house.window))
        self._endings.append(bell.close)

    def _on_damage(self, house: House, error: DeskError) -> None:
        from odr_desk.ui.rescue import Rescue

        rescue = Rescue(house.window.desk, house.folder, partial(self._move_to, house.folder))
        rescue.mended.connect(partial(self._move_to, house.folder))
        house.window.show_gate(rescue)
        rescue.explain(error)

    def _on_entered(self, desk: Desk, window: Window) -> None:
        if self._left is not None:
            window.say(f"程序上次没有正常结束，报告在 {self._left}，可以交给维护人员")
            self._left = None
        if self._upkeep is None:
            self._upkeep = QTimer(window, singleShot=True, interval=UPKEEP_AFTER_MS)
            self._upkeep.timeout.connect(partial(_begin_upkeep, desk, window))
            self._upkeep.start()

    def _move_to(self, folder: Path) -> None:
        """Leave this folder and open another one, or the same one afresh."""
        self._upkeep = None
        self.close()
        if not self.open(folder):
            self._app.quit()

    def _refused(self, folder: Path, trouble: Trouble) -> bool:
        from odr_desk.ui import ask, doorbell

        if isinstance(trouble, place.Taken) and doorbell.ring(folder):
            return False
        self.status = 1
        if self._is_probe:
            print(trouble, file=sys.stderr)  # noqa: T201 - nobody is there to close a box
        elif ask.trouble(None, trouble):
            self.status = 0
            return self.open(folder)
        return False


def _application() -> QApplication:
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setProperty(theme.STYLED, True)
    app.setApplicationName("odr-desk")
    app.setQuitOnLastWindowClosed(False)
    language.speak_chinese(app)
    return app


def _open_database(folder: Path) -> "Database":
    from odr_desk.store import opening

    return opening.open_database(folder)


def _begin_upkeep(desk: Desk, window: Window) -> None:
    from odr_desk.ui.upkeep import Upkeep

    Upkeep(desk, window.refuse, window).begin()


def _nothing(_: object) -> None:
    """Ask for nothing but that the data are open; what is wrong with them is said elsewhere."""


def _to_the_front(window: Window) -> None:
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()
