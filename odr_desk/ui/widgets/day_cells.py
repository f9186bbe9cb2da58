"""A deadline drawn as cells, one a counted working day, so that the count can be checked by eye."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import begin


class DayCells(QWidget):
    """Days gone are grey, days left blue; late is all red."""

    def __init__(self, used: int = 0, total: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used, self._total = used, total
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_days(used, total)

    def set_days(self, used: int, total: int) -> None:
        """Show how many of how many working days are gone."""
        self._used, self._total = used, max(1, total)
        self.setAccessibleName(f"已用 {used} 个工作日，共 {total} 个")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(100, 10 * self._total), 12)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(100, 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        width = self.width() / self._total
        late = self._used > self._total
        for number in range(self._total):
            gone = number < self._used
            painter.setPen(QPen(theme.colour("late" if late else "disabled" if gone else "accent"), 1))
            painter.setBrush(theme.colour("late_soft" if late else "disabled" if gone else "accent_soft"))
            gap = 4 if width > 8 else 1
            painter.drawRoundedRect(QRectF(number * width + 0.5, 2.5, width - gap, 7), 2, 2)
