"""What painted controls share: the focus ring and a round ground."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from odr_desk.ui import theme


def begin(widget: QWidget) -> QPainter:
    """Return a painter with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def pill(painter: QPainter, area: QRectF, fill: str, edge: str = "", radius: float = 0) -> None:
    """Paint a round ground, with an edge of one pixel if its role is named."""
    painter.setBrush(theme.colour(fill))
    if edge:
        painter.setPen(QPen(theme.colour(edge), 1))
        area = area.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    corner = radius or area.height() / 2
    painter.drawRoundedRect(area, corner, corner)


def ring(painter: QPainter, widget: QWidget, radius: float = 6, role: str = "accent") -> None:
    """Paint the focus ring, 2 px inside the edge, if the control has the focus."""
    if widget.hasFocus():
        painter.setPen(QPen(theme.colour(role), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), radius, radius)
