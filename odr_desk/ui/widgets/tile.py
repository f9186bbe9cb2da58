"""A counter that is a button: number, what it counts, the first case to take."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.marks import State
from odr_desk.ui.widgets.painting import begin, pill, ring

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Tile(QAbstractButton):
    """Opens exactly what it counts. Zero is grey with the green tick and stays in its place."""

    def __init__(self, label: str, unit: str = "件", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._count: int | None = None
        self._note = ""
        self._state: State = "wait"
        self.setText(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label)

    def show_count(self, count: int, note: str, state: State = "act") -> None:
        """Show the number, the first case behind it and how urgent it is."""
        self._count, self._note = count, note
        self._state = state if count else "done"
        self.setAccessibleName(f"{self.text()} {count:,} {self._unit}。{note}")
        self.setToolTip(theme.plain_tip(note))
        self.update()

    def count(self) -> int | None:
        """Return the number shown, None before it is known."""
        return self._count

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, theme.size("figure") + theme.size("small") + 40)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(150, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        late, quiet = self._state == "late", not self._count
        fill = "late_soft" if late else "pressed" if self.isDown() else "hover" if self.underMouse() else "raised"
        pill(painter, QRectF(self.rect()), fill, "late" if late else "border", radius=6)
        number = "…" if self._count is None else f"{self._count:,}"
        painter.setFont(theme.bold("figure"))
        painter.setPen(theme.colour("secondary" if quiet else "late" if late else "text"))
        high = theme.size("figure") + 8
        wide = max(28, QFontMetrics(theme.bold("figure")).horizontalAdvance(number) + 12)
        painter.drawText(QRect(16, 10, wide, high), int(_MIDDLE), number)
        left = 16 + wide
        painter.setFont(theme.bold())
        painter.setPen(theme.colour("secondary" if quiet else "text"))
        self._draw(painter, QRect(left, 10, self.width() - left - 32, high), self.text())
        if self._count is not None:
            icons.draw(painter, f"mark_{self._state}", self._state, self.width() - 28, 10 + high / 2 - 8)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("secondary"))
        self._draw(painter, QRect(left, 10 + high, self.width() - left - 12, self.height() - high - 20), self._note)
        ring(painter, self)

    def _draw(self, painter: QPainter, room: QRect, text: str) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_MIDDLE), cut)
