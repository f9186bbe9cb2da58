"""The true preview of a paper: page images one below the other, fitted, scrolled, turned by keys."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels: three bytes red, green, blue each, rows without padding, at `dpi`."""

    width: int
    height: int
    rgb: bytes
    dpi: int = 144


class PdfView(QAbstractScrollArea):
    """Shows pages; `page_changed` carries page x and how many there are, `scaled` the scale in percent."""

    page_changed = Signal(int, int)
    scaled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QImage] = []
        self._dpi = 144
        self._fit: Fit = "width"
        self._shown = 0
        self._sheets: dict[tuple[int, int], QPixmap] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书预览")
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

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
        self._fit = fit
        page = self._shown
        self._lay_out()
        self.go_to(page)

    def fit(self) -> Fit:
        """Return how pages are fitted."""
        return self._fit

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
        for number, area in enumerate(self._areas()):
            seen = area.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
            if not seen.intersects(self.viewport().rect()):
                continue
            painter.drawPixmap(seen.topLeft(), self._sheet(number, area.size(), ratio))
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
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + self.viewport().height() - 40)
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - self.viewport().height() + 40)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(len(self._pages) - 1)
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + 40)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - 40)
            case _:
                super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y())

    def _scale(self) -> float:
        if not self._pages:
            return 1.0
        room = self.viewport().size() - QSize(2 * _MARGIN, 2 * _MARGIN)
        wide = room.width() / self._pages[0].width()
        high = room.height() / self._pages[0].height()
        return max(0.05, min(wide, high) if self._fit == "page" else wide)

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
        bar.setSingleStep(40)
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
        self.setAccessibleName(f"文书预览，第 {self._shown + 1} 页，共 {len(self._pages)} 页")
        self.page_changed.emit(self._shown + 1, len(self._pages))
