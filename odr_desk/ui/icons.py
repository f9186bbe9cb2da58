"""The drawn icons, coloured by role and kept as pixmaps."""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from odr_desk import paths
from odr_desk.ui import theme

_pixmaps: dict[tuple[str, str, str, int, float], QPixmap] = {}


def pixmap(name: str, role: str = "secondary", px: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return an icon of `px` logical pixels in the colour of a role, sharp at the screen's ratio."""
    tint, hole = theme.colour(role).name(), theme.colour("surface").name()
    key = (name, tint, hole, px, ratio)
    if key not in _pixmaps:
        side = round(px * ratio)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        svg = _drawing(name).replace("currentColor", tint).replace('"white"', f'"{hole}"')
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        _pixmaps[key] = picture
    return _pixmaps[key]


def icon(name: str, role: str = "secondary", px: int = 16, ratio: float = 1.0) -> QIcon:
    """Return an icon for a button or an action, grey when that is disabled."""
    made = QIcon(pixmap(name, role, px, ratio))
    made.addPixmap(pixmap(name, "disabled", px, ratio), QIcon.Mode.Disabled)
    return made


def draw(painter: QPainter, name: str, role: str, x: float, y: float, px: int = 16) -> None:
    """Paint an icon with its top left corner at a point."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(x, y), pixmap(name, role, px, ratio))


@cache
def _drawing(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text("utf-8")
