"""The steps of a task that takes several: number, name, a note below each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.painting import begin

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Wizard(QWidget):
    """Where a task stands: steps behind ticked, the present one filled, the rest outlined."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._notes: dict[int, str] = {}
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_at(0)

    def set_at(self, at: int) -> None:
        """Say which step is the present one."""
        self._at = at
        self.setAccessibleName(
            f"第 {at + 1} 步，共 {len(self._names)} 步：{self._names[min(at, len(self._names) - 1)]}"
        )
        self.update()

    def set_note(self, step: int, note: str) -> None:
        """Say something short below a step."""
        self._notes[step] = note
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120 * len(self._names), 56 + theme.size("row") - 28)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        width = self.width() / len(self._names)
        for number, name in enumerate(self._names):
            self._paint_disc(painter, number, number * width)
            wide = self._paint_words(painter, number, name, QRectF(number * width + 34, 0, width - 42, self.height()))
            if number < len(self._names) - 1:
                painter.setPen(QPen(theme.colour("done" if number < self._at else "border"), 2))
                start, end = int(number * width + 46 + wide), int((number + 1) * width - 12)
                if end - start > 8:
                    painter.drawLine(start, self.height() // 2, end, self.height() // 2)

    def _paint_disc(self, painter: QPainter, number: int, left: float) -> None:
        behind, now = number < self._at, number == self._at
        disc = QRectF(left + 1, self.height() / 2 - 12, 24, 24)
        painter.setPen(QPen(theme.colour("done" if behind else "accent" if now else "field"), 1.5))
        painter.setBrush(theme.colour("done_soft" if behind else "accent_fill" if now else "surface"))
        painter.drawEllipse(disc)
        if behind:
            icons.draw(painter, "check", "done", disc.left() + 4, disc.top() + 4)
            return
        painter.setFont(theme.bold())
        painter.setPen(theme.colour("on_accent" if now else "secondary"))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))

    def _paint_words(self, painter: QPainter, number: int, name: str, room: QRectF) -> int:
        behind, now, note = number < self._at, number == self._at, self._notes.get(number, "")
        middle, high = room.center().y(), theme.size("body") + 7
        painter.setFont(theme.bold() if now else theme.font())
        painter.setPen(theme.colour("accent" if now else "text" if behind else "secondary"))
        top = QRectF(room.left(), middle - high + 1, room.width(), high) if note else room
        wide = _draw(painter, top, name)
        if note:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("act" if now else "secondary"))
            wide = max(wide, _draw(painter, QRectF(room.left(), middle + 1, room.width(), high - 2), note))
        return wide


def _draw(painter: QPainter, room: QRectF, text: str) -> int:
    metrics = QFontMetrics(painter.font())
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, int(_MIDDLE), cut)
    return metrics.horizontalAdvance(cut)
