"""A line for a word that is usually one of a few: typed freely, or taken from the list below it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.ui.actions import Act, menu
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.text_edit import LineEdit


class WordEdit(LineEdit):
    """A text with suggestions; F4 or ↓ opens them."""

    def __init__(self, words: Sequence[str], hint: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self._words = tuple(words)
        self.setTextMargins(0, 0, 20, 0)
        self._button = Button("", "link", "down", role="secondary", says="常用", clicked=self.open_list, parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def open_list(self) -> None:
        """Show the usual words; choosing one writes it here."""
        shown = menu(self, [Act(word, self._taker(word)) for word in self._words])
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F4, Qt.Key.Key_Down}:
            self.open_list()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._button.sizeHint()
        self._button.setGeometry(self.width() - 28, (self.height() - side.height()) // 2, 24, side.height())

    def _taker(self, word: str) -> Callable[[], object]:
        return partial(self._take, word)

    def _take(self, word: str) -> None:
        self.setText(word)
        self.changed.emit()
        self.setFocus()
