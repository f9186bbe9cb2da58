"""Where a case stands: its stations in a row, the present one named in bold."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.painting import begin, pill


class Steps(QWidget):
    """Stations that are behind (green, ticked), present (blue, bold) and ahead (grey)."""

    def __init__(self, names: Sequence[str], at: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._at = at
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_at(at)

    def set_at(self, at: int) -> None:
        """Say which station is the present one; one past the last means that all are behind."""
        self._at = at
        now = self._names[at] if 0 <= at < len(self._names) else "全部完成"
        self.setAccessibleName(f"进度：{now}，第 {min(at + 1, len(self._names))} 步，共 {len(self._names)} 步")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(60 * len(self._names), theme.size("small") + 16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        width = self.width() / max(1, len(self._names))
        for number, name in enumerate(self._names):
            left, behind, now = number * width, number < self._at, number == self._at
            pill(painter, QRectF(left, 2, width - 4, 3), "done" if behind else "accent" if now else "border")
            painter.setFont(theme.bold("small") if now else theme.font("small"))
            painter.setPen(theme.colour("accent" if now else "secondary"))
            room = QRectF(left, 8, width - 8, self.height() - 10)
            if behind:
                icons.draw(painter, "check", "done", left - 1, room.center().y() - 7, 14)
                room.setLeft(left + 16)
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
