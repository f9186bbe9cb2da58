"""One piece of evidence in the box: its thumbnail, what it is called, what it is."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules import evidence as rules
from odr_desk.rules.evidence import FileKind
from odr_desk.services.evidence import Piece
from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.painting import begin, pill, ring

WIDTH, PICTURE = 148, 92
_EDGE = 8
_TO_PARENT = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}


class Tile(QAbstractButton):
    """Chosen by click or focus; `opened` asks for the picture, `menu_asked` for what can be done."""

    opened = Signal(int)
    menu_asked = Signal(int)

    def __init__(self, piece: Piece, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = piece
        self._picture: QPixmap | None = None
        self._why = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(piece.called.replace("&", "&&"))
        self.setAccessibleName(f"{piece.called}，{piece.party.label}，{facts(piece)}")
        self.setToolTip(theme.plain_tip(piece.called))

    def show_picture(self, jpeg: bytes) -> None:
        """Show the thumbnail."""
        made = QPixmap()
        made.loadFromData(jpeg, "JPEG")
        self._picture = made
        self.update()

    def show_absence(self, why: str) -> None:
        """Say why there is no picture."""
        self._why = why
        self.setToolTip(theme.plain_tip(why))
        self.setAccessibleDescription(why)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = sum(QFontMetrics(theme.font(name)).height() for name in ("small", "tiny"))
        return QSize(WIDTH, PICTURE + words + 2 * _EDGE + 4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TO_PARENT:
            event.ignore()  # a button would move the focus in its own order
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.piece.number)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.piece.number)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.setFocus()
        self.menu_asked.emit(self.piece.number)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        fill = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else "raised"
        pill(painter, QRectF(self.rect()), fill, "accent" if self.isChecked() else "border", radius=6)
        room = QRect(_EDGE, _EDGE, self.width() - 2 * _EDGE, PICTURE)
        self._paint_picture(painter, room)
        if self.piece.pages > 1:
            self._paint_pages(painter, room)
        self._paint_words(painter, room.bottom() + 5)
        ring(painter, self)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        painter.fillRect(room, theme.colour("desk"))
        if self._picture is None or self._picture.isNull():
            name = "alert" if self._why else "eye"
            icons.draw(painter, name, "secondary", room.center().x() - 12, room.center().y() - 12, 24)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        painter.setOpacity(0.4 if self.piece.is_removed else 1.0)
        painter.drawPixmap(place, self._picture)
        painter.setOpacity(1.0)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_pages(self, painter: QPainter, room: QRect) -> None:
        painter.setFont(theme.bold("tiny"))
        words = f"{self.piece.pages} 页"
        wide = painter.fontMetrics().horizontalAdvance(words) + 12
        area = QRectF(room.right() - wide - 3, room.bottom() - 20, wide, 17)
        pill(painter, area, "raised", "border")
        painter.setPen(theme.colour("text"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_words(self, painter: QPainter, top: int) -> None:
        wide = self.width() - 2 * _EDGE
        for name, role, text in (("small", "text", self.piece.called), ("tiny", "secondary", facts(self.piece))):
            painter.setFont(theme.font(name))
            painter.setPen(theme.colour(role))
            high = painter.fontMetrics().height()
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRect(_EDGE, top, wide, high), int(Qt.AlignmentFlag.AlignVCenter), cut)
            top += high


def facts(piece: Piece) -> str:
    """Return in a few words what a piece is."""
    if piece.is_removed:
        return f"已拿掉：{piece.delete_reason}"
    what = "遮盖副本" if piece.shared_of is not None else piece.kind.label
    pages = f" · {piece.pages} 页" if piece.kind is FileKind.PDF else ""
    return f"{what}{pages} · {rules.show_size(piece.size)}"
