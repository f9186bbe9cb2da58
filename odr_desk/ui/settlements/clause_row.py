"""One clause of an agreement being written: what, how much, how, by when, and the words it becomes."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from odr_desk.rules import clauses
from odr_desk.rules.clauses import TermDraft, wording
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import field_of, fields_of
from odr_desk.rules.parsing import parse
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.field import Editor, mark_bad
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.word_edit import WordEdit
from odr_desk.ui.widgets.words import Words

NUMBER, KIND, AMOUNT, WAY, DUE, ENDS = 24, 100, 96, 104, 124, 196
_EDITED = ("kind", "amount", "method", "due", "at_once", "goods_back")


class ClauseRow(QWidget):
    """Editors for one clause; `changed` after every edit, `removed` and `moved` ask the list."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, kinds: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = False
        self._number = Words("1", "secondary")
        self.kind = ChoiceEdit(kinds, hint="事项")
        self.amount = MoneyEdit()
        self.method = WordEdit(clauses.WAYS, "方式")
        self.due = DayEdit()
        self.at_once = Tick("当场办完")
        self.goods_back = LineEdit("甲方交还的商品")
        self.text = TextEdit(least=1, most=4)
        self._again = Button("按各项重写", "link", clicked=self._compose_again)
        self._whole = Words("", "small", wrap=True)
        self._problems = Words("", tone="late", wrap=True)
        self._problems.hide()
        self._name_parts()
        self._lay()
        self.kind.changed.connect(self._expect_way)
        for editor in (self.kind, self.amount, self.method, self.due, self.at_once, self.goods_back):
            editor.changed.connect(self._on_changed)
        self.text.changed.connect(self._on_own)

    def term(self) -> TermDraft:
        """Return the clause; raise Invalid naming the fields that do not parse."""
        return parse(TermDraft, self.values())

    def values(self) -> dict[str, object]:
        """Return what was entered, as typed; the text only where it is the clerk's own."""
        found = {name: self._editor(name).value() for name in _EDITED}
        return found | {"text": self.text.value() if self._own else ""}

    def load(self, values: TermDraft | dict[str, object]) -> None:
        """Show a clause."""
        given = values if isinstance(values, dict) else {f.name: getattr(values, f.name) for f in fields_of(TermDraft)}
        for name in _EDITED:
            self._editor(name).set_value(_shown(given.get(name)))
        self._own = bool(given.get("text"))
        if self._own:
            self.text.set_value(given["text"])
        self._show_own()
        self._compose()

    def set_number(self, number: int, *, last: bool) -> None:
        """Say which clause this is."""
        self._number.setText(f"{number}．")
        self._up.setEnabled(number > 1)
        self._down.setEnabled(not last)
        self.setAccessibleName(f"第 {number} 项")

    def show_problems(self, problems: Iterable[Problem]) -> QWidget | None:
        """Mark what is wrong and return the first editor of it; with none everything is right again."""
        first: QWidget | None = None
        said = []
        for part in (self.kind, self.amount, self.method, self.due, self.goods_back, self.text):
            mark_bad(part, False)
        for problem in problems:
            wrong = getattr(self, problem.field.partition(".")[2] or problem.field, None)
            said.append(problem.text)
            if isinstance(wrong, QWidget):
                mark_bad(wrong, True)
                first = first or wrong
        self._problems.setText("；".join(said))
        self._problems.setVisible(bool(said))
        return first

    def _editor(self, name: str) -> Editor:
        editor = getattr(self, name)
        assert isinstance(editor, Editor)  # noqa: S101 - every declared field has its editor
        return editor

    def _name_parts(self) -> None:
        for name in (*_EDITED, "text"):
            part = getattr(self, name)
            part.setObjectName(name)
            part.setAccessibleName(field_of(TermDraft, name).label)

    def _lay(self) -> None:
        self._up = Button("", "ghost", "up", says="上移", clicked=lambda: self.moved.emit(-1))
        self._down = Button("", "ghost", "down", says="下移", clicked=lambda: self.moved.emit(1))
        gone = Button("", "ghost", "close", says="删去这一项", clicked=self.removed.emit)
        ends = panel(row(self.at_once, None, self._up, self._down, gone, gap=0), width=ENDS)
        top = in_columns(self._number, (self.kind, self.amount, self.method, self.due), ends)
        theme.widen(self.goods_back, 172)
        own = row(self._whole, self._again)
        own.setStretch(0, 1)
        words = column(self.text, own, gap=2)
        below = row(NUMBER + 8, column(self.goods_back, None, gap=0), words, gap=0)
        below.insertSpacing(2, 8)
        below.setStretch(3, 1)
        notes = row(NUMBER + 8, self._problems, gap=0)
        notes.setStretch(1, 1)
        self.setLayout(column(panel(top), panel(below), notes, margins=(0, 8, 0, 8), gap=6))

    def _on_changed(self) -> None:
        self.show_problems(())
        self._compose()
        self.changed.emit()

    def _on_own(self) -> None:
        self._own = bool(self.text.value())
        self._show_own()
        self._compose()
        self.show_problems(())
        self.changed.emit()

    def _expect_way(self) -> None:
        """Offer the usual way of payment; what was chosen otherwise stays."""
        if not self.method.value():
            self.method.set_value(clauses.usual_way(str(self.kind.value() or "")))

    def _compose_again(self) -> None:
        self._own = False
        self._show_own()
        self._compose()
        self.changed.emit()
        self.text.setFocus()

    def _compose(self) -> None:
        try:
            term = self.term()
        except Invalid:
            return  # half-typed; the words follow when it can be read again
        whole = wording(term) if term.kind and (clauses.kind_of(term.kind).words or term.text) else ""
        if not self._own:
            self.text.set_value(whole)
        added = self._own and whole.rstrip("。") != term.text.rstrip("。")
        self._whole.setText(f"印出：{whole}" if added else "")
        self._whole.setVisible(added)

    def _show_own(self) -> None:
        self._again.setVisible(self._own)


def in_columns(number: QWidget, editors: Sequence[QWidget], ends: QWidget) -> QLayout:
    """Lay the number, the four columns and what stands at their end; the head of the list is laid alike."""
    laid = row(number, *editors, ends, gap=8)
    theme.widen(number, NUMBER)
    for place, (editor, wide, share) in enumerate(zip(editors, (KIND, AMOUNT, WAY, DUE), (3, 2, 2, 2), strict=True), 1):
        editor.setMinimumWidth(wide)
        laid.setStretch(place, share)
    return laid


def _shown(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | date) else str(value)
