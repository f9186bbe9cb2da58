"""A page on which places are covered with black boxes, by mouse or by keys."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.evidence import WHOLE, BoxDraft
from odr_desk.ui import theme
from odr_desk.ui.widgets.pdf_view import PageImage, PdfView

_LEAST = 4  # pixels; less is a click
_NEW_WIDTH, _NEW_HEIGHT = 2_400, 600
_STEP = 100
_SEE_THROUGH = 215  # of 255: what is covered can be made out here, so that one sees whether all of it is
_KEYS = "N 加一处，空格换一处，方向键移动，Shift 加方向键改大小，Delete 去掉"
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CoverView(PdfView):
    """Shows one page at a time; while covering, boxes are drawn on it. `covered` says that they changed."""

    covered = Signal()

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(says, parent)
        self._plain_name = says
        self._page = 1
        self._boxes: list[BoxDraft] = []
        self._chosen = -1
        self._covering = False
        self._start: QPoint | None = None
        self._drawn = QRect()

    def show_page(self, number: int, page: PageImage) -> None:
        """Show a page, counted from 1, with the boxes that are on it."""
        self._page, self._chosen = number, -1
        self.show_pages([page])

    def set_covering(self, covering: bool) -> None:
        """Begin to cover, or forget the boxes."""
        self._covering, self._boxes, self._chosen = covering, [], -1
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if covering else Qt.CursorShape.ArrowCursor)
        self._say()

    def boxes(self) -> tuple[BoxDraft, ...]:
        """Return the boxes of all pages."""
        return tuple(self._boxes)

    def add(self) -> None:
        """Put a box into the middle of the page, to be moved by keys."""
        left, top = (WHOLE - _NEW_WIDTH) // 2, (WHOLE - _NEW_HEIGHT) // 2
        self._keep(BoxDraft(page=self._page, left=left, top=top, width=_NEW_WIDTH, height=_NEW_HEIGHT))

    def remove(self) -> None:
        """Take the chosen box away, or the last one."""
        if self._boxes:
            self._boxes.pop(self._chosen)
            self._chosen = -1
            self._say()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not self._covering or event.button() != Qt.MouseButton.LeftButton or not self.count():
            super().mousePressEvent(event)
            return
        hit = [
            place for place, box in enumerate(self._boxes) if box.page == self._page and self._area(box).contains(at)
        ]
        self._chosen = hit[-1] if hit else -1
        self._start = None if hit else at
        self._drawn = QRect()
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._drawn = QRect(self._start, event.position().toPoint()).normalized() & self.area_of(0)
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawn, self._start, self._drawn = self._drawn, None, QRect()
        if min(drawn.width(), drawn.height()) >= _LEAST:
            self._keep(self._box(drawn))
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._covering or not self._take_key(event):
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._covering or not self.count():
            return
        painter = QPainter(self.viewport())
        black = QColor(theme.colour("ink"))
        black.setAlpha(_SEE_THROUGH)
        for place, box in enumerate(self._boxes):
            if box.page == self._page:
                painter.fillRect(self._area(box), black)
                if place == self._chosen:
                    painter.setPen(QPen(theme.colour("accent"), 2))
                    painter.drawRect(self._area(box))
        painter.fillRect(self._drawn, black)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        here = [place for place, box in enumerate(self._boxes) if box.page == self._page]
        if key in {Qt.Key.Key_N, Qt.Key.Key_Insert}:
            self.add()
        elif key == Qt.Key.Key_Space and here:
            after = [place for place in here if place > self._chosen]
            self._chosen = after[0] if after else here[0]
            self.viewport().update()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._boxes:
            self.remove()
        elif key in _WAYS and self._chosen >= 0:
            self._move(_WAYS[Qt.Key(key)], larger=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return False
        return True

    def _move(self, way: tuple[int, int], *, larger: bool) -> None:
        box, (right, down) = self._boxes[self._chosen], (part * _STEP for part in way)
        left, top, width, height = box.left, box.top, box.width, box.height
        if larger:
            width, height = min(max(_STEP, width + right), WHOLE - left), min(max(_STEP, height + down), WHOLE - top)
        else:
            left, top = min(max(0, left + right), WHOLE - width), min(max(0, top + down), WHOLE - height)
        self._boxes[self._chosen] = BoxDraft(page=box.page, left=left, top=top, width=width, height=height)
        self.viewport().update()

    def _keep(self, box: BoxDraft) -> None:
        self._boxes.append(box)
        self._chosen = len(self._boxes) - 1
        self._say()

    def _box(self, drawn: QRect) -> BoxDraft:
        page = self.area_of(0)
        left = max(0, (drawn.left() - page.left()) * WHOLE // page.width())
        top = max(0, (drawn.top() - page.top()) * WHOLE // page.height())
        width = min(WHOLE - left, -(-drawn.width() * WHOLE // page.width()))
        height = min(WHOLE - top, -(-drawn.height() * WHOLE // page.height()))
        return BoxDraft(page=self._page, left=left, top=top, width=max(1, width), height=max(1, height))

    def _area(self, box: BoxDraft) -> QRect:
        page = self.area_of(0)
        return QRect(
            page.left() + box.left * page.width() // WHOLE,
            page.top() + box.top * page.height() // WHOLE,
            max(1, box.width * page.width() // WHOLE),
            max(1, box.height * page.height() // WHOLE),
        )

    def _say(self) -> None:
        here = sum(box.page == self._page for box in self._boxes)
        self.setAccessibleDescription(f"这一页遮盖 {here} 处。{_KEYS}" if self._covering else "")
        self.viewport().update()
        self.covered.emit()
