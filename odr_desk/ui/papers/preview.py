"""The true sheet in the middle, fitted to page or width, with the count of pages below."""

from collections.abc import Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from odr_desk.papers.pages import Picture
from odr_desk.ui.printing import image
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.pdf_view import PageImage, PdfView
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

WIDTH = 1488  # 180 dots an inch on A4, a multiple of four so that rows need no padding
DPI = 180


class Preview(QWidget):
    """Shows pages as they will be printed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView()
        self._place = Words("", "small")
        self._scale = Words("", "small", right=True)
        self._fit = Segments([("page", "整页"), ("width", "页宽")], "width")
        self._fit.chosen.connect(self.view.set_fit)
        self.view.page_changed.connect(self._on_page)
        self.view.scaled.connect(lambda percent: self._scale.setText(f"{percent} %"))
        foot = panel(row(self._place, None, self._fit, self._scale, margins=(16, 0, 16, 0)), "surface", height=40)
        on_ground(self, "desk")
        body = column(self.view, line(), foot, gap=0)
        body.setStretch(0, 1)
        self.setLayout(body)

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show the pages of a paper."""
        self.view.show_pages([_page(picture) for picture in pictures])

    def clear(self) -> None:
        """Show no paper."""
        self.view.show_pages([])
        self._place.setText("")
        self._scale.setText("")

    def set_fit(self, fit: str) -> None:
        """Fit the page or its width."""
        self._fit.set_value(fit)
        self.view.set_fit("page" if fit == "page" else "width")

    def _on_page(self, page: int, count: int) -> None:
        self._place.setText(f"第 {page} 页，共 {count} 页 · A4" if count else "")


def _page(picture: Picture) -> PageImage:
    made = image(picture).convertToFormat(QImage.Format.Format_RGB888)
    return PageImage(made.width(), made.height(), bytes(made.constBits()), DPI)
