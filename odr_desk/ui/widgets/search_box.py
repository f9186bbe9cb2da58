"""The search box: tells what is typed once the typing pauses."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from odr_desk.ui.widgets import composing
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.text_edit import LONGEST

_PAUSE_MS = 120


class SearchBox(QLineEdit):
    """A line for a search; `searched` carries the words, `entered` means ⏎, `left_down` means ↓ into the list."""

    searched = Signal(str)
    entered = Signal()
    left_down = Signal()

    def __init__(self, hint: str, *, says: str = "搜索", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "search")
        self.setPlaceholderText(hint)
        self.setMaxLength(LONGEST)
        self.setAccessibleName(says)
        self.setMinimumWidth(120)
        self._sign = Icon("search", parent=self)
        self._clear = Button("", "link", "close", role="secondary", says="清空", clicked=self._on_clear, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._said = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(self._on_text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._say()
                self.entered.emit()
            case Qt.Key.Key_Down:
                self.left_down.emit()
            case Qt.Key.Key_Escape if self.text():
                self._on_clear()
            case _:
                super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        composing.guard(self, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sign.move(9, (self.height() - 16) // 2)
        side = self._clear.sizeHint()
        self._clear.setGeometry(
            self.width() - side.width() - 6, (self.height() - side.height()) // 2, side.width(), side.height()
        )

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.setTextMargins(0, 0, 20 if text else 0, 0)
        self._pause.start()

    def _on_clear(self) -> None:
        self.clear()
        self._say()

    def say_now(self) -> bool:
        """Tell what is typed without waiting for a pause; answer whether it was news."""
        self._pause.stop()
        words = self.text().strip()
        if words == self._said:
            return False
        self._said = words
        self.searched.emit(words)
        return True

    def _say(self) -> None:
        self.say_now()
