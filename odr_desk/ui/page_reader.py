"""A file in full, page by page, larger and smaller: evidence of a case, the scan of a licence."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.ui import theme
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.cover_view import CoverView
from odr_desk.ui.widgets.pdf_view import PageImage
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.pictures.looking import Points

_DPI = 96


class PageReader(QWidget):
    """Shows the pages of one file; `left` asks to go back. `tools` stand at the right of the title."""

    left = Signal()

    def __init__(self, shell: Shell, name: str, back: str, *tools: QWidget) -> None:
        super().__init__()
        on_ground(self, "desk")
        self._shell = shell
        self._page, self._pages = 1, 1
        self._fetch: Callable[[int], Points] | None = None
        self.view = CoverView(name)
        self.view.set_fit("page")
        self._title = Words("", "head", elide=True)
        self._place = Words("", "small")
        self._scale = Words("", "small", right=True)
        self._before = Button("", "ghost", "left", says="上一页", clicked=lambda: self.turn(-1))
        self._after = Button("", "ghost", "right", says="下一页", clicked=lambda: self.turn(1))
        self._fit = Segments([("page", "整页"), ("width", "页宽")], "page")
        self._fit.chosen.connect(lambda fit: self.view.set_fit("page" if fit == "page" else "width"))
        self.view.scaled.connect(lambda percent: self._scale.setText(f"{percent} %"))
        self._lay(back, tools)
        bind(self, self.acts(back))

    def acts(self, back: str) -> tuple[Act, ...]:
        """Return the keys of the pages."""
        return (
            Act(back, self.leave, shortcut="Escape"),
            Act("上一页", lambda: self.turn(-1), shortcut="Ctrl+PgUp"),
            Act("下一页", lambda: self.turn(1), shortcut="Ctrl+PgDown"),
        )

    def show_pages(self, title: str, pages: int, fetch: "Callable[[int], Points]") -> None:
        """Show a file from its first page; `fetch` returns one page by its number and runs beside the screen."""
        self._title.setText(title)
        self._page, self._pages, self._fetch = 1, pages, fetch
        self._read()
        self.view.setFocus()

    def turn(self, way: int) -> None:
        """Go to another page."""
        if 1 <= self._page + way <= self._pages:
            self._page += way
            self._read()

    def leave(self) -> None:
        """Go back."""
        self.left.emit()

    def _lay(self, back: str, tools: tuple[QWidget, ...]) -> None:
        away = Button("", "ghost", "back", says=back, clicked=self.leave)
        head = row(away, self._title, *tools, margins=(8, 6, 16, 6))
        head.setStretch(1, 1)
        if tools:
            head.setStretch(2, 2)
        smaller = Button("−", "ghost", says="缩小", clicked=lambda: self.view.zoom(-1))
        larger = Button("", "ghost", "plus", says="放大", clicked=lambda: self.view.zoom(1))
        foot = row(
            self._before, self._place, self._after, None, self._fit, smaller, self._scale, larger,
            margins=(8, 0, 16, 0), gap=4,
        )  # fmt: skip
        theme.widen(self._scale, 56)
        body = column(panel(head, "surface"), line(), self.view, line(), panel(foot, "surface", height=40), gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _read(self) -> None:
        fetch, number = self._fetch, self._page
        if fetch is None:
            return
        self._place.setText(f"第 {number} 页，共 {self._pages} 页")
        self._before.setEnabled(number > 1)
        self._after.setEnabled(number < self._pages)
        self._shell.desk.make(
            self,
            lambda: fetch(number),
            lambda points: self._show(fetch, number, points),
            self._failed,
        )

    def _show(self, fetch: object, number: int, points: "Points") -> None:
        if fetch is self._fetch and number == self._page:  # not what was asked for before the last turn
            self.view.show_page(number, PageImage(points.width, points.height, points.rgb, _DPI))

    def _failed(self, error: DeskError) -> None:
        self._shell.refuse(error)
        self.left.emit()
