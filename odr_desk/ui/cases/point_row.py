"""One point of a dispute on screen: what it is, what each side says, on what evidence, how far they are."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.rules.errors import Problem
from odr_desk.rules.fields import field_of
from odr_desk.rules.parsing import parse
from odr_desk.services.evidence import Piece
from odr_desk.ui import actions, theme
from odr_desk.ui.actions import Act
from odr_desk.ui.aim import Aim
from odr_desk.ui.widgets.boxes import column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Editor, mark_bad
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.words import Words

NUMBER = 24
SHARES = (4, 4, 3)
_TYPED = ("point", "consumer_says", "merchant_says", "evidence", "agreed")
_HINTS = {"consumer_says": "消费者怎么说", "merchant_says": "商户怎么说", "evidence": "凭什么，如：小票、聊天记录"}


class PointRow(QWidget):
    """Editors for one point; `changed` after every edit, `removed`, `moved` and `shown` ask the grid."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)
    piece_asked = Signal(int)

    def __init__(self, draft: PointDraft, pieces: Mapping[int, Piece], *, writable: bool) -> None:
        super().__init__()
        self._id, self._version, self._claim = draft.id, draft.version, draft.claim
        self._exhibits = [int(number) for number in draft.exhibits.split() if number.isdecimal()]
        self._pieces, self._writable = pieces, writable
        self._number = Words("1", "secondary")
        self.point = LineEdit("争的是什么，如：是否足金")
        self.consumer_says = TextEdit(_HINTS["consumer_says"], least=2, most=6)
        self.merchant_says = TextEdit(_HINTS["merchant_says"], least=2, most=6)
        self.evidence = TextEdit(_HINTS["evidence"], least=2, most=6)
        self.agreed = TextEdit("双方一致的意见，出协议时带进条款", least=1, most=4)
        self.state = Segments([(state, state.label) for state in PointState], PointState.OPEN)
        self._shown = column(gap=2)
        self._theirs = column(gap=4)
        self._problems = Words("", tone="late", wrap=True)
        self._problems.hide()
        self._lay()
        self.load(draft)
        for name in _TYPED:
            self._editor(name).changed.connect(self._on_changed)
        self.state.changed.connect(self._on_state)

    @property
    def identity(self) -> tuple[int, int] | None:
        """Return id and version of the row on record, None for a new one."""
        return (self._id, self._version or 0) if self._id is not None else None

    def draft(self) -> PointDraft:
        """Return the point as entered."""
        return parse(PointDraft, self.values())

    def values(self) -> dict[str, object]:
        """Return what was entered, fit for a kept draft."""
        typed = {name: self._editor(name).value() for name in _TYPED}
        state = self.state.value()
        return typed | {
            "id": self._id,
            "version": self._version,
            "claim": self._claim,
            "exhibits": " ".join(map(str, self._exhibits)),
            "state": state.value if isinstance(state, PointState) else None,
        }

    def load(self, draft: PointDraft) -> None:
        """Show a point."""
        self._id, self._version, self._claim = draft.id, draft.version, draft.claim
        for name in _TYPED:
            self._editor(name).set_value(getattr(draft, name))
        self.state.set_value(draft.state or PointState.OPEN)
        self._show_agreed()
        self._show_pieces()
        self.show_theirs(None)

    def set_number(self, number: int, *, last: bool) -> None:
        """Say which point this is."""
        self._number.setText(f"{number}．")
        self._up.setEnabled(number > 1)
        self._down.setEnabled(not last)
        for name in _TYPED:
            self._part(name).setAccessibleName(f"第 {number} 点，{field_of(PointDraft, name).label}")
        self.setAccessibleName(f"第 {number} 点")

    def mark(self, aim: Aim) -> None:
        """Mark the words that somebody looked for, in every cell that has them."""
        for part in (self.point, self.consumer_says, self.merchant_says, self.agreed):
            part.mark(aim.spans(str(part.typed())))

    def show_problems(self, problems: list[Problem]) -> QWidget | None:
        """Mark what is wrong and return the first editor of it; with none everything is right again."""
        first: QWidget | None = None
        for name in _TYPED:
            mark_bad(self._part(name), False)
        for problem in problems:
            name = problem.field.partition(".")[2]
            if name in _TYPED:
                mark_bad(self._part(name), True)
                first = first or self._part(name)
        self._problems.setText("；".join(problem.text for problem in problems))
        self._problems.setVisible(bool(problems))
        return first or (self.point if problems else None)

    def show_theirs(self, theirs: Mapping[str, Any] | None, *, gone: bool = False) -> None:
        """Show what somebody else has saved for this point meanwhile, with the choice between both."""
        empty_layout(self._theirs)
        if gone:
            words = Words("别人已删去这一点。您的还在这里，存的时候会重新加上。", tone="act", wrap=True)
            self._theirs.addWidget(words)
            self._id = self._version = None
        elif theirs is not None:
            said = "；".join(
                f"{field_of(PointDraft, name).label}：{theirs[name]}"
                for name in _TYPED
                if theirs[name] and theirs[name] != self._editor(name).value()
            )
            label = PointState(theirs["state"]).label
            take = Button("用对方的", "link", clicked=partial(self._take, dict(theirs)))
            mine = Button("用我的", "link", clicked=partial(self._insist, int(theirs["version"])))
            words = Words(f"别人刚存了这一点（{label}）：{said or '内容相同'}", tone="act", wrap=True)
            laid = row(words, take, mine, gap=12)
            laid.setStretch(0, 1)
            self._theirs.addWidget(panel(laid))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier and self._writable:
            self.moved.emit(way)
            return
        super().keyPressEvent(event)

    def _lay(self) -> None:
        self._up = Button("", "ghost", "up", says="上移（Alt ↑）", clicked=lambda: self.moved.emit(-1))
        self._down = Button("", "ghost", "down", says="下移（Alt ↓）", clicked=lambda: self.moved.emit(1))
        gone = Button("", "ghost", "close", says="删去这一点", clicked=self.removed.emit)
        theme.widen(self._number, NUMBER)
        self.point.returnPressed.connect(self.consumer_says.setFocus)
        top = row(self._number, self.point, self.state, self._up, self._down, gone, gap=6)
        top.setStretch(1, 1)
        cells = (column(self.consumer_says, None), column(self.merchant_says, None))
        said = row(NUMBER + 6, *cells, column(self.evidence, panel(self._shown), None, gap=2), gap=8)
        for at, share in enumerate(SHARES, start=1):
            said.setStretch(at, share)
        views = panel(said)
        views.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._one_mind = panel(row(NUMBER + 6, Words("一致意见", "small", "done"), self.agreed, gap=8))
        below = row(NUMBER + 6, column(self._problems, self._theirs, gap=4), gap=0)
        below.setStretch(1, 1)
        self.setLayout(column(panel(top), views, self._one_mind, panel(below), margins=(0, 8, 0, 8), gap=6))
        for part in (self._up, self._down, gone):
            part.setVisible(self._writable)
        if not self._writable:
            self.state.setEnabled(False)
            self.point.setReadOnly(True)
            for name in _TYPED[1:]:
                part = getattr(self, name)
                part.setReadOnly(True)

    def _editor(self, name: str) -> Editor:
        editor = getattr(self, name)
        assert isinstance(editor, Editor)  # noqa: S101 - every typed field has its editor
        return editor

    def _part(self, name: str) -> QWidget:
        part = getattr(self, name)
        assert isinstance(part, QWidget)  # noqa: S101 - an editor is a widget
        return part

    def _on_changed(self) -> None:
        self.show_problems([])
        self.changed.emit()

    def _on_state(self) -> None:
        self._show_agreed()
        self._on_changed()

    def _show_agreed(self) -> None:
        self._one_mind.setVisible(self.state.value() is PointState.AGREED)

    def _show_pieces(self) -> None:
        """Name the pieces of evidence this point rests on, each a way to it."""
        empty_layout(self._shown)
        line = row(gap=8)
        for number in self._exhibits:
            piece = self._pieces.get(number)
            words = f"材料 {number}" + (f" {piece.label}" if piece is not None and piece.label else "")
            line.addWidget(Button(words[:12], "link", clicked=partial(self.piece_asked.emit, number)))
        if self._writable and self._pieces:
            line.addWidget(Button("选材料", "link", "archive", says="选这一点的材料", clicked=self._choose_pieces))
        line.addStretch(1)
        self._shown.addWidget(panel(line))

    def _choose_pieces(self) -> None:
        acts = (
            Act(
                f"{'✓ ' if number in self._exhibits else ''}{number} {piece.label or piece.name}",
                partial(self._toggle_piece, number),
            )
            for number, piece in self._pieces.items()
        )
        shown = actions.menu(self, acts)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(self._part("evidence").mapToGlobal(self.evidence.rect().bottomLeft()))

    def _toggle_piece(self, number: int) -> None:
        if number in self._exhibits:
            self._exhibits.remove(number)
        else:
            self._exhibits = sorted((*self._exhibits, number))
        self._show_pieces()
        self._on_changed()

    def _take(self, theirs: Mapping[str, Any]) -> None:
        """Put what the other person has saved in the place of what was typed."""
        values = {name: theirs[name] for name in (*_TYPED, "claim", "exhibits", "state", "version")}
        self._exhibits = [int(number) for number in str(theirs["exhibits"]).split()]
        self.load(parse(PointDraft, {**values, "id": self._id}))
        self.changed.emit()

    def _insist(self, version: int) -> None:
        """Let what was typed take the place of what the other person has saved."""
        self._version = version
        self.show_theirs(None)
        self.changed.emit()
