"""The tabs of a case page: words, a line under the open one, a badge for what is missing."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import begin, pill

_GAP = 24
_EDGE = 16


class Tabs(QTabBar):
    """A tab bar; `chosen` carries the code of the tab, ← and → move, Ctrl+Tab is the page's own affair."""

    chosen = Signal(str)

    def __init__(self, *, says: str = "页签", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self._badges: dict[str, str] = {}
        self.setAccessibleName(says)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._on_current)

    def add(self, code: str, text: str, badge: str = "") -> None:
        """Add a tab at the end."""
        self._codes.append(code)
        self._badges[code] = badge
        self.addTab(text.replace("&", "&&"))

    def set_badge(self, code: str, badge: str) -> None:
        """Say what is missing behind a tab; an empty text says nothing."""
        self._badges[code] = badge
        at = self._codes.index(code)
        self.setTabText(at, self.tabText(at))  # asks for the size again
        self.setAccessibleTabName(at, f"{self.tabText(at)}，{badge}" if badge else self.tabText(at))
        self.update()

    def choose(self, code: str) -> None:
        """Open a tab; announced like a click."""
        self.setCurrentIndex(self._codes.index(code))

    def code(self) -> str:
        """Return the code of the open tab."""
        return self._codes[self.currentIndex()] if self._codes else ""

    @override
    def tabSizeHint(self, index: int) -> QSize:
        left = _EDGE if index == 0 else _GAP / 2
        return QSize(int(left + self._words(index) + self._badge_width(index) + _GAP / 2), theme.size("row") + 8)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("border"))
        for at in range(self.count()):
            area, on = self.tabRect(at), at == self.currentIndex()
            left = area.left() + (_EDGE if at == 0 else _GAP // 2)
            painter.setFont(theme.bold() if on else theme.font())
            painter.setPen(theme.colour("accent" if on else "text" if self.isTabEnabled(at) else "disabled"))
            room = QRect(left, 0, self._words(at) + 2, self.height() - 1)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.tabText(at).replace("&&", "&"))
            if on:
                pill(painter, QRectF(left, self.height() - 3, self._words(at), 3), "accent")
            self._paint_badge(painter, at, left + self._words(at) + 6)
            if on and self.hasFocus():
                pill_area = QRectF(area).adjusted(0 if at else 6, 4, -2, -5)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRoundedRect(pill_area, 6, 6)

    def _paint_badge(self, painter: QPainter, at: int, left: int) -> None:
        text = self._badges[self._codes[at]]
        if not text:
            return
        wide = self._badge_width(at) - 6
        area = QRectF(left, (self.height() - 18) / 2, wide, 18)
        pill(painter, area, "act_soft")
        painter.setFont(theme.bold("small"))
        painter.setPen(theme.colour("act"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def _words(self, at: int) -> int:
        return QFontMetrics(theme.bold()).horizontalAdvance(self.tabText(at).replace("&&", "&"))

    def _badge_width(self, at: int) -> int:
        text = self._badges.get(self._codes[at], "") if at < len(self._codes) else ""
        return QFontMetrics(theme.bold("small")).horizontalAdvance(text) + 18 if text else 0

    def _on_current(self, at: int) -> None:
        if 0 <= at < len(self._codes):
            self.chosen.emit(self._codes[at])
