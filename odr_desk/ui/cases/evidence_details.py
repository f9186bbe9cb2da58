"""What is said about the chosen piece of evidence, and what can be done with it."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.evidence import FileKind, Side
from odr_desk.rules.moments import show_moment
from odr_desk.services.evidence import Piece
from odr_desk.ui.actions import Act
from odr_desk.ui.cases import evidence_tile
from odr_desk.ui.widgets.boxes import column, on_ground, row
from odr_desk.ui.widgets.buttons import Button, SplitButton
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words


class Details(QWidget):
    """Label and party are saved as they are left.

    `labelled` and `moved` carry the number of the piece, what is said now, and what it was when that began.
    """

    labelled = Signal(int, str, str)
    moved = Signal(int, object, object)
    restored = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._piece: Piece | None = None
        self._seen = ""  # the label that the typing began with
        self.label = LineEdit("说明，如：小票、聊天记录")
        self.label.setAccessibleName("说明")
        self.label.editingFinished.connect(self._on_label)
        self.party = Segments([(side, side.label) for side in Side])
        self.party.chosen.connect(self._on_party)
        self._name = Words("", "head", elide=True)
        self._facts = Words("", "small", elide=True)
        self.look = SplitButton("查看", "plain")
        self.look.clicked.connect(lambda: self.opened.emit(self._number()))
        self.back = Button("放回", icon="back", clicked=lambda: self.restored.emit(self._number()))
        first = row(self._name, self.label, self.party, gap=8)
        first.setStretch(1, 1)
        second = row(self._facts, self.back, self.look, gap=8)
        second.setStretch(0, 1)
        self.setLayout(column(first, second, margins=(16, 8, 16, 8), gap=6))

    def show_piece(self, piece: Piece, acts: Iterable[Act], *, may_edit: bool, may_look: bool) -> None:
        """Show a piece; a label that is being typed stays as it is typed."""
        same = self._piece is not None and self._piece.id == piece.id
        if not same:
            self.settle()
        typing = same and self.label.hasFocus() and self.label.isModified()
        self._piece = piece
        if not typing:
            self._seen = piece.label
            self.label.set_value(piece.label)
            self.label.setModified(False)
        editable = may_edit and not piece.is_removed
        self.label.setVisible(editable)
        self.party.setVisible(editable)
        self.party.set_value(piece.party)
        self._name.setVisible(not editable)
        self._name.setText(f"{piece.called}　{piece.party.label}")
        self._facts.setText(_facts(piece))
        self.look.set_acts(acts)
        self.look.setVisible(may_look)
        self.back.setVisible(piece.is_removed and may_edit)

    def settle(self) -> None:
        """Have a label saved that is still being typed, before another piece or another case is shown."""
        if self.label.isModified():
            self._on_label()

    def go_on(self) -> None:
        """Go on with a label that was being typed: it is saved, as any, when it is left."""
        self.label.setModified(True)
        self.label.setFocus()

    def edit(self) -> None:
        """Put the cursor into the label."""
        if self.label.isVisible():
            self.label.setFocus()
            self.label.selectAll()

    def _on_label(self) -> None:
        if self._piece is not None and str(self.label.value()) != self._piece.label:
            self.label.setModified(False)
            self.labelled.emit(self._piece.number, str(self.label.value()), self._seen)

    def _on_party(self, side: object) -> None:
        if self._piece is not None and side is not self._piece.party:
            self.moved.emit(self._piece.number, side, self._piece.party)

    def _number(self) -> int:
        return self._piece.number if self._piece is not None else 0


def _facts(piece: Piece) -> str:
    if piece.is_removed:
        when = show_moment(piece.deleted_at) if piece.deleted_at else ""
        return f"{piece.deleted_by} {when} 拿掉：{piece.delete_reason}"
    size = f"{piece.width}×{piece.height}" if piece.kind is not FileKind.PDF else ""
    original = f"第 {piece.shared_of} 号的遮盖副本" if piece.shared_of is not None else ""
    parts = (
        f"第 {piece.number} 号", original, piece.name, size, evidence_tile.facts(piece),
        f"{piece.added_by} {show_moment(piece.added_at)}", f"SHA-256 {piece.sha256[:12]}…",
    )  # fmt: skip
    return " · ".join(part for part in parts if part)
