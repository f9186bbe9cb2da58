"""Pages made while nobody does anything, so that opening one later takes no time."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget
from typing_extensions import override

QUIET_MS = 400
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod})


class Ahead(QObject):
    """Does one job at a time, each after a moment in which nothing was typed, clicked or read."""

    def __init__(self, window: QWidget, is_idle: Callable[[], bool], quiet_ms: int = QUIET_MS) -> None:
        super().__init__(window)
        self._window = window
        self._is_idle = is_idle
        self._jobs: list[Callable[[], object]] = []
        self._heard: QWindow | None = None
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._quiet.timeout.connect(self._step)

    def begin(self, jobs: Iterable[Callable[[], object]]) -> None:
        """Do these from now on, instead of what was left of others."""
        self._jobs = list(jobs)
        handle = self._window.windowHandle()
        if handle is not self._heard and handle is not None:
            handle.installEventFilter(self)
            self._heard = handle
        self._quiet.start()

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to be done ahead."""
        return not self._jobs

    def stop(self) -> None:
        """Leave the rest undone: nobody is there any more for whom it would be."""
        self._jobs.clear()
        self._quiet.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._jobs:
            self._quiet.start()
        return False

    def _step(self) -> None:
        held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton  # such as the handle of a list, dragged slowly
        if self._jobs and self._is_idle() and not held:
            self._jobs.pop(0)()
        if self._jobs:
            self._quiet.start()
