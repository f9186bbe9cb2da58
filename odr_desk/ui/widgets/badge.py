"""A badge tells a state in words; it is never clicked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.marks import STATES, State
from odr_desk.ui.widgets.painting import begin, pill


class Badge(QWidget):
    """Soft ground, mark and words."""

    def __init__(self, state: State, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State = state
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, text)

    def text(self) -> str:
        """Return the words."""
        return self._text

    def show_state(self, state: State, text: str) -> None:
        """Tell another state."""
        self._state, self._text = state, text
        self.setAccessibleName(f"{STATES[state]}：{text}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.bold("small"))
        return QSize(metrics.horizontalAdvance(self._text) + 33, max(22, metrics.height() + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        pill(painter, QRectF(self.rect()), f"{self._state}_soft")
        icons.draw(painter, f"mark_{self._state}", self._state, 6, (self.height() - 14) / 2, 14)
        painter.setFont(theme.bold("small"))
        painter.setPen(theme.colour(self._state))
        painter.drawText(self.rect().adjusted(23, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text)
