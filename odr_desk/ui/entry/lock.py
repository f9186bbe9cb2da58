"""The lock: after five minutes in which nobody touched the window, what it shows is put away."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog
from typing_extensions import override

from odr_desk.ui.window import Window

IDLE_MS = 5 * 60 * 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Lock(QObject):
    """Tells by `locked` that nobody has touched the program for a while.

    It listens to the window that has the focus, not to the whole application: an event filter in
    Python on everything would slow down scrolling.
    """

    locked = Signal()

    def __init__(self, window: Window, idle_ms: int = IDLE_MS) -> None:
        super().__init__(window)
        self._heard: QWindow | None = None
        self._put_away: list[QDialog] = []
        self._idle = QTimer(self, singleShot=True, interval=idle_ms)
        self._idle.timeout.connect(self._lock)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen_to)

    def watch(self) -> None:
        """Begin, or begin again after it was unlocked; dialogs that were put away come back."""
        for dialog in self._put_away:
            if shiboken6.isValid(dialog):
                dialog.show()
        self._put_away.clear()
        self._idle.start()

    def rest(self) -> None:
        """Stop: nobody is logged in; dialogs of the person before are closed."""
        self._idle.stop()
        for dialog in [*self._put_away, *_dialogs()]:
            if shiboken6.isValid(dialog):
                dialog.reject()
        self._put_away.clear()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._idle.isActive():
            self._idle.start()
        return False

    def _listen_to(self, window: QWindow | None) -> None:
        if self._heard is not None and shiboken6.isValid(self._heard):
            self._heard.removeEventFilter(self)
        self._heard = window
        if window is not None:
            window.installEventFilter(self)

    def _lock(self) -> None:
        self._put_away = _dialogs()
        for dialog in self._put_away:
            dialog.hide()
        self.locked.emit()


def _dialogs() -> list[QDialog]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QDialog) and box.isVisible()]
