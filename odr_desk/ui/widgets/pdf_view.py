"""Pages as pictures, one below the other: fitted, zoomed, scrolled, turned by keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import ring

Fit = Literal["page", "width"]
_MARGIN = 16
_STEP = 1.25
_LINE = 40
_LEAST_ZOOM, _MOST_ZOOM = 0.2, 8.0


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels: three bytes red, green, blue each, rows without padding, at `dpi`."""

    width: int
    height: int
    rgb: bytes
    dpi: int = 144


class PdfView(QAbstractScrollArea):
    """Shows pages; `page_changed` carries page x and how many there are, `scaled` the scale in percent.

    `says` is what a screen reader calls it. Zooming counts from the fit: + and - or Ctrl and the wheel; 0 takes it
    back.
    """

    page_changed = Signal(int, int)
    scaled = Signal(int)

    def __init__(self, says: str = "文书预览", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = says
        self._pages: list[QImage] = []
        self._dpi = 144
        self._fit: Fit = "width"
        self._zoom = 1.0
        self._shown = 0
        self._sheets: dict[tuple[int, int], QPixmap] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(says)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Show a paper from its first page."""
        self._pages = [
            QImage(page.rgb, page.width, page.height, 3 * page.width, QImage.Format.Format_RGB888).copy()
            for page in pages
        ]
        self._dpi = pages[0].dpi if pages else 144
        self._shown = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell()

    def set_fit(self, fit: Fit) -> None:
        """Fit the whole page or its width into the view."""
        self._fit, self._zoom = fit, 1.0
        page = self._shown
        self._lay_out()
        self.go_to(page)

    def fit(self) -> Fit:
        """Return how pages are fitted."""
        return self._fit

    def zoom(self, steps: int) -> None:
        """Show the page larger or smaller by so many steps, keeping in the middle what is in the middle."""
        before = self._zoom
        self._zoom = min(max(before * _STEP**steps, _LEAST_ZOOM), _MOST_ZOOM)
        room, bars = self.viewport().size(), (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [bar.value() + length / 2 for bar, length in zip(bars, (room.width(), room.height()), strict=True)]
        self._lay_out()
        for bar, middle, length in zip(bars, middles, (room.width(), room.height()), strict=True):
            bar.setValue(round(middle * self._zoom / before - length / 2))

    def area_of(self, page: int) -> QRect:
        """Return where a page, counted from 0, lies in the view now."""
        return self._areas()[page].translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def go_to(self, page: int) -> None:
        """Scroll to a page, counted from 0."""
        if self._pages:
            page = min(max(page, 0), len(self._pages) - 1)
            self.verticalScrollBar().setValue(self._areas()[page].top() - _MARGIN)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("desk"))
        ratio = self.devicePixelRatioF()
        for number in range(len(self._pages)):
            seen = self.area_of(number)
            if not seen.intersects(self.viewport().rect()):
                continue
            if seen.width() * ratio > self._pages[number].width():  # only what is in sight: all of it would be too much
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(seen, self._pages[number])
            else:
                painter.drawPixmap(seen.topLeft(), self._sheet(number, seen.size(), ratio))
            painter.setPen(theme.colour("border"))
            painter.drawRect(seen.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            ring(painter, self, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = self._shown
        self._lay_out()
        self.go_to(page)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, right = self.verticalScrollBar(), self.horizontalScrollBar()
        page = self.viewport().height() - _LINE
        ways: dict[int, Callable[[], object]] = {
            Qt.Key.Key_PageDown: lambda: down.setValue(down.value() + page),
            Qt.Key.Key_Space: lambda: down.setValue(down.value() + page),
            Qt.Key.Key_PageUp: lambda: down.setValue(down.value() - page),
            Qt.Key.Key_Down: lambda: down.setValue(down.value() + _LINE),
            Qt.Key.Key_Up: lambda: down.setValue(down.value() - _LINE),
            Qt.Key.Key_Right: lambda: right.setValue(right.value() + _LINE),
            Qt.Key.Key_Left: lambda: right.setValue(right.value() - _LINE),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(len(self._pages) - 1),
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Equal: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
            Qt.Key.Key_0: lambda: self.set_fit(self._fit),
        }
        if event.key() in ways:
            ways[event.key()]()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        way = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if way > 0 else -1)
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - way)

    def _scale(self) -> float:
        if not self._pages:
            return 1.0
        room = self.viewport().size() - QSize(2 * _MARGIN, 2 * _MARGIN)
        wide = room.width() / self._pages[0].width()
        high = room.height() / self._pages[0].height()
        return max(0.05, self._zoom * (min(wide, high) if self._fit == "page" else wide))

    def _areas(self) -> list[QRect]:
        scale, top, areas = self._scale(), _MARGIN, []
        widest = max((page.width() for page in self._pages), default=0) * scale
        room = max(self.viewport().width(), int(widest) + 2 * _MARGIN)
        for page in self._pages:
            size = QSize(round(page.width() * scale), round(page.height() * scale))
            areas.append(QRect((room - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + _MARGIN
        return areas

    def _lay_out(self) -> None:
        self._sheets.clear()
        areas = self._areas()
        whole = areas[-1].bottom() + _MARGIN if areas else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_LINE)
        widest = max((area.width() for area in areas), default=0) + 2 * _MARGIN
        self.horizontalScrollBar().setRange(0, max(0, widest - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.scaled.emit(round(self._scale() * self._dpi / 96 * 100))
        self.viewport().update()

    def _sheet(self, number: int, size: QSize, ratio: float) -> QPixmap:
        key = (number, size.width())
        if key not in self._sheets:
            picture = self._pages[number].scaled(
                size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            sheet = QPixmap.fromImage(picture)
            sheet.setDevicePixelRatio(ratio)
            self._sheets[key] = sheet
        return self._sheets[key]

    def _on_scrolled(self, _value: int) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        found = [number for number, area in enumerate(self._areas()) if area.top() <= middle]
        if found and found[-1] != self._shown:
            self._shown = found[-1]
            self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._says}，第 {self._shown + 1} 页，共 {len(self._pages)} 页")
        self.page_changed.emit(self._shown + 1, len(self._pages))
