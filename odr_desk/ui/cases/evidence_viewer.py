"""A piece of evidence in full: page by page, larger and smaller, and the tool that blacks places out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.pictures.looking import Points
from odr_desk.rules.errors import DeskError
from odr_desk.services import evidence_pictures
from odr_desk.services.evidence_pictures import Sight
from odr_desk.ui import theme
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.cover_view import CoverView
from odr_desk.ui.widgets.pdf_view import PageImage
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

_DPI = 96
_HINT = "按住鼠标拖出要遮盖的地方，或按 N 加一处"


class Viewer(QWidget):
    """Shows one piece; `left` asks to go back, `covered` carries the boxes of a copy to be made."""

    left = Signal()
    covered = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "desk")
        self._shell = shell
        self.sight: Sight | None = None
        self._page = 1
        self._may_cover = False
        self.view = CoverView("材料")
        self.view.set_fit("page")
        self._title = Words("", "head", elide=True)
        self._place = Words("", "small")
        self._scale = Words("", "small", right=True)
        self._before = Button("", "ghost", "left", says="上一页", clicked=lambda: self.turn(-1))
        self._after = Button("", "ghost", "right", says="下一页", clicked=lambda: self.turn(1))
        self._fit = Segments([("page", "整页"), ("width", "页宽")], "page")
        self._fit.chosen.connect(lambda fit: self.view.set_fit("page" if fit == "page" else "width"))
        self._cover = Button("涂黑…", clicked=self.begin_cover)
        self._make = Button("生成遮盖副本", "primary", clicked=lambda: self.covered.emit(self.view.boxes()))
        self._less = Button("去掉一处", clicked=self.view.remove)
        self._stop = Button("不涂了", clicked=self.end_cover)
        self._hint = Words(_HINT, "secondary", elide=True)
        self.view.scaled.connect(lambda percent: self._scale.setText(f"{percent} %"))
        self.view.covered.connect(self._on_covered)
        self._lay()
        bind(self, self.acts())

    def acts(self) -> tuple[Act, ...]:
        """Return the keys of the viewer."""
        return (
            Act("返回材料", self.leave, shortcut="Escape"),
            Act("上一页", lambda: self.turn(-1), shortcut="Ctrl+PgUp"),
            Act("下一页", lambda: self.turn(1), shortcut="Ctrl+PgDown"),
        )

    def open(self, sight: Sight, *, may_cover: bool) -> None:
        """Show a piece from its first page."""
        self.sight, self._page, self._may_cover = sight, 1, may_cover
        self._title.setText(f"{sight.piece.called}　{sight.piece.party.label}")
        self._shell_of_cover(covering=False)
        self._read()
        self.view.setFocus()

    def turn(self, way: int) -> None:
        """Go to another page."""
        if self.sight is not None and 1 <= self._page + way <= self.sight.piece.pages:
            self._page += way
            self._read()

    def begin_cover(self) -> None:
        """Let boxes be drawn."""
        if self._may_cover:
            self._shell_of_cover(covering=True)
            self.view.setFocus()

    def end_cover(self) -> None:
        """Forget the boxes."""
        self._shell_of_cover(covering=False)

    def is_covering(self) -> bool:
        """Tell whether boxes are being drawn."""
        return self._stop.isVisibleTo(self)

    def leave(self) -> None:
        """Stop covering, or else go back."""
        if self.is_covering():
            self.end_cover()
        else:
            self.left.emit()

    def set_busy(self, busy: bool) -> None:
        """Keep the copy from being made twice."""
        self._make.setEnabled(not busy and bool(self.view.boxes()))

    def _lay(self) -> None:
        head = row(
            Button("", "ghost", "back", says="返回材料", clicked=self.leave),
            self._title, self._hint, self._less, self._stop, self._make, self._cover,
            margins=(8, 6, 16, 6),
        )  # fmt: skip
        head.setStretch(1, 1)
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

    def _shell_of_cover(self, *, covering: bool) -> None:
        self.view.set_covering(covering)
        for widget in (self._hint, self._less, self._stop, self._make):
            widget.setVisible(covering)
        self._cover.setVisible(self._may_cover and not covering)

    def _on_covered(self) -> None:
        count = len(self.view.boxes())
        self._hint.setText(f"已遮盖 {count} 处" if count else _HINT)
        self._less.setEnabled(count > 0)
        self._make.setEnabled(count > 0)

    def _read(self) -> None:
        if self.sight is None:
            return
        sight, number = self.sight, self._page
        self._place.setText(f"第 {number} 页，共 {sight.piece.pages} 页")
        self._before.setEnabled(number > 1)
        self._after.setEnabled(number < sight.piece.pages)
        self._shell.desk.make(
            self,
            lambda: evidence_pictures.page(sight, number),
            lambda points: self._show(sight, number, points),
            self._failed,
        )

    def _show(self, sight: Sight, number: int, points: Points) -> None:
        if sight is self.sight and number == self._page:  # not what was asked for before the last turn
            self.view.show_page(number, PageImage(points.width, points.height, points.rgb, _DPI))

    def _failed(self, error: DeskError) -> None:
        self._shell.refuse(error)
        self.left.emit()
