"""One licence of a merchant being written: what it is, its number, until when."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from odr_desk.rules.errors import Problem
from odr_desk.rules.fields import field_of
from odr_desk.rules.licence import KINDS, LicenceDraft
from odr_desk.rules.parsing import parse
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.field import mark_bad
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.word_edit import WordEdit
from odr_desk.ui.widgets.words import Words

SHARES = (5, 6, 3)
END = 40


class LicenceRow(QWidget):
    """Editors for one licence; `changed` after every edit, `removed` asks the list."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._id: int | None = None
        self.kind = WordEdit(KINDS, "如：食品经营许可证")
        self.number = LineEdit()
        self.expires = DayEdit()
        self._parts: dict[str, WordEdit | LineEdit | DayEdit] = {
            "kind": self.kind,
            "number": self.number,
            "expires": self.expires,
        }
        self._gone = Button("", "ghost", "close", says="删去这一张", clicked=self.removed.emit)
        self._problems = Words("", tone="late", wrap=True)
        self._problems.hide()
        self.setLayout(column(panel(in_columns(tuple(self._parts.values()), self._gone)), self._problems, gap=2))
        for part in self._parts.values():
            part.changed.connect(self._on_changed)

    def draft(self) -> LicenceDraft:
        """Return the licence; raise Invalid naming the fields that do not parse."""
        return parse(LicenceDraft, self.values())

    def values(self) -> dict[str, object]:
        """Return what was entered, as typed."""
        return {"id": self._id, **{name: part.value() for name, part in self._parts.items()}}

    def load(self, values: Mapping[str, object]) -> None:
        """Show a licence."""
        known = values.get("id")
        self._id = known if isinstance(known, int) else None
        for name, part in self._parts.items():
            part.set_value(values.get(name))

    def set_place(self, number: int) -> None:
        """Say which licence this is."""
        for name, part in self._parts.items():
            part.setAccessibleName(f"第 {number} 张证照，{field_of(LicenceDraft, name).label}")
        self._gone.setAccessibleName(f"删去第 {number} 张证照")

    def show_problems(self, problems: list[Problem]) -> QWidget | None:
        """Mark what is wrong and return the first editor of it; with none everything is right again."""
        first: QWidget | None = None
        wrong = {problem.field.rpartition(".")[2] for problem in problems}
        for name, part in self._parts.items():
            mark_bad(part, name in wrong)
            first = first or (part if name in wrong else None)
        self._problems.setText("；".join(problem.text for problem in problems))
        self._problems.setVisible(bool(problems))
        return first

    def _on_changed(self) -> None:
        self.show_problems([])
        self.changed.emit()


def in_columns(parts: Sequence[QWidget], end: QWidget) -> QHBoxLayout:
    """Lay the columns and what stands at their end; the head of the list is laid alike."""
    laid = row(*parts, end, gap=8)
    for at, share in enumerate(SHARES):
        laid.setStretch(at, share)
    end.setFixedWidth(END)
    return laid
