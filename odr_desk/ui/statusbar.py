"""The status bar: in words how things stand, each part leads to where it can be mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import empty_layout, on_ground, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of the bar; a click opens `page` at `record`, without a page it only tells."""

    text: str
    icon: str
    tone: str = "secondary"
    page: str = ""
    record: object = None
    at_right: bool = False


class StatusBar(QWidget):
    """The bar below everything; `wanted` carries page and record of the part clicked, `search_wanted` says find."""

    wanted = Signal(str, object)
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "status")
        self.setAccessibleName("状态栏")
        self._set_height()
        self._parts: list[Button] = []  # of the left half
        self._ends: list[Button] = []  # of the right half
        self._left = row(gap=4)
        self._right = row(gap=4)
        self._busy = Words("正在读取……", "small")
        self._busy.hide()
        self._search = Button("搜索", "status", "search", clicked=self.search_wanted.emit)
        self._search.setToolTip("搜索全部（Ctrl+F）")
        self._search.hide()
        self.setLayout(row(self._left, self._busy, None, self._search, self._right, margins=(8, 0, 8, 0), gap=4))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Say how things stand."""
        empty_layout(self._left)
        empty_layout(self._right)
        self._parts.clear()
        self._ends.clear()
        for part in parts:
            button = Button(part.text, "status", part.icon, role=part.tone)
            button.setEnabled(bool(part.page))
            button.clicked.connect(lambda _on=False, part=part: self.wanted.emit(part.page, part.record))
            (self._right if part.at_right else self._left).addWidget(button)
            (self._ends if part.at_right else self._parts).append(button)
        self._fit()

    def show_search(self, may: bool) -> None:
        """Offer the search to whoever may read."""
        self._search.setVisible(may)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_height()
            QTimer.singleShot(0, self, self._fit)  # when every part has taken up the type

    def _set_height(self) -> None:
        self.setFixedHeight(max(theme.size("status"), theme.size("small") + 14))

    def _fit(self) -> None:
        """Leave out what has no room, from the right end of the left half."""
        ends = self._ends if self._search.isHidden() else [self._search, *self._ends]
        room = self.width() - sum(map(_width, ends)) - 24
        for button in self._parts:
            room -= _width(button)
            button.setVisible(room >= 0)

    def show_busy(self, busy: bool) -> None:
        """Say that an answer takes its time."""
        self._busy.setVisible(busy)


def _width(button: Button) -> int:
    """Return what a part takes with the gap beside it; before it is polished it does not know its type."""
    button.ensurePolished()
    return button.sizeHint().width() + 4
