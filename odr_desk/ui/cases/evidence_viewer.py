"""A piece of evidence in full: page by page, larger and smaller, and the tool that blacks places out."""

from PySide6.QtCore import Signal
from typing_extensions import override

from odr_desk.services import evidence_pictures
from odr_desk.services.evidence_pictures import Sight
from odr_desk.ui.page_reader import PageReader
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_HINT = "按住鼠标拖出要遮盖的地方，或按 N 加一处"


class Viewer(PageReader):
    """Shows one piece; `left` asks to go back, `covered` carries the boxes of a copy to be made."""

    covered = Signal(object)

    def __init__(self, shell: Shell) -> None:
        self._hint = Words(_HINT, "secondary", elide=True)
        self._less, self._stop = Button("去掉一处"), Button("不涂了")
        self._make, self._cover = Button("生成遮盖副本", "primary"), Button("涂黑…")
        super().__init__(shell, "材料", "返回材料", self._hint, self._less, self._stop, self._make, self._cover)
        self._less.clicked.connect(lambda: self.view.remove())  # noqa: PLW0108 - the signal would hand in a flag
        self._stop.clicked.connect(self.end_cover)
        self._make.clicked.connect(lambda: self.covered.emit(self.view.boxes()))
        self._cover.clicked.connect(self.begin_cover)
        self.sight: Sight | None = None
        self._may_cover = False
        self.view.covered.connect(self._on_covered)

    def open(self, sight: Sight, *, may_cover: bool) -> None:
        """Show a piece from its first page."""
        self.sight, self._may_cover = sight, may_cover
        self._shell_of_cover(covering=False)
        title = f"{sight.piece.called}　{sight.piece.party.label}"
        self.show_pages(title, sight.piece.pages, lambda number: evidence_pictures.page(sight, number))

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

    @override
    def leave(self) -> None:
        """Stop covering, or else go back."""
        if self.is_covering():
            self.end_cover()
        else:
            self.left.emit()

    def set_busy(self, busy: bool) -> None:
        """Keep the copy from being made twice."""
        self._make.setEnabled(not busy and bool(self.view.boxes()))

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
