"""A year in twelve bars, the present month in accent, each with its number."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import begin

_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_WIDEST = 28


class MonthBars(QWidget):
    """Counts of the months, oldest first; `says` names what is counted."""

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = says
        self._months: tuple[tuple[date, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: Sequence[tuple[date, int]]) -> None:
        """Show other counts, each with the first day of its month."""
        self._months = tuple((first, count) for first, count in months)
        told = "，".join(f"{first:%Y-%m} {count} 件" for first, count in self._months if count)
        self.setAccessibleName(f"{self._says}：{told or '没有'}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 96)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.setFont(theme.font("tiny"))
        line = painter.fontMetrics().height()
        foot = self.height() - line - 2
        painter.setPen(theme.colour("border"))
        painter.drawLine(0, foot, self.width(), foot)
        share = self.width() / max(1, len(self._months))
        highest = max((count for _first, count in self._months), default=0)
        wide = min(_WIDEST, share - 4)
        for at, (first, count) in enumerate(self._months):
            left, last = at * share, at == len(self._months) - 1
            painter.setPen(theme.colour("text" if last else "secondary"))
            painter.drawText(QRectF(left, foot + 2, share, line), int(_MIDDLE), f"{first.month}")
            if count:
                high = max(2.0, (foot - line - 4) * count / highest)
                painter.drawText(QRectF(left, foot - high - line - 1, share, line), int(_MIDDLE), str(count))
                bar = QRectF(left + (share - wide) / 2, foot - high, wide, high)
                painter.fillRect(bar, theme.colour("accent" if last else "chart"))
