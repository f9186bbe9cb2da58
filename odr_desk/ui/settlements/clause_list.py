"""The clauses of an agreement being written, one below the other."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.ui.settlements.clause_row import ENDS, NUMBER, ClauseRow, in_columns
from odr_desk.ui.widgets.boxes import column, let_go, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

ADD_KEYS = "Ctrl+Shift+N"


class ClauseList(QWidget):
    """Adds, orders and removes clauses; `changed` after every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._rows: list[ClauseRow] = []
        self._list = column(gap=0)
        add = Button("加一项", "link", "plus", clicked=self.add)
        foot = row(NUMBER + 8, add, Key("Ctrl ⇧ N"), None, gap=8)
        self.setLayout(column(_head(), line(), self._list, foot, gap=4))

    def set_kinds(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Say what a clause can be about: codes and words."""
        self._kinds = tuple(kinds)

    def load(self, terms: Sequence[TermDraft | dict[str, object]]) -> None:
        """Show these clauses, at least an empty one."""
        for old in list(self._rows):
            self._drop(old)
        for term in terms or (TermDraft(),):
            self._append().load(term)
        self._count()

    def terms(self) -> tuple[TermDraft, ...]:
        """Return the clauses; raise Invalid naming clause and field of everything that does not parse."""
        found: list[TermDraft] = []
        problems: list[Problem] = []
        for n, entry in enumerate(self._rows):
            try:
                found.append(entry.term())
            except Invalid as error:
                problems += (Problem(f"terms[{n}].{p.field}", p.text) for p in error.problems)
        if problems:
            raise Invalid(tuple(problems))
        return tuple(found)

    def values(self) -> list[dict[str, object]]:
        """Return what was entered, as typed."""
        return [entry.values() for entry in self._rows]

    def show_problems(self, error: Invalid) -> tuple[Problem, ...]:
        """Mark what is wrong, go to the first of it, and return what belongs to no clause."""
        rest = [problem for problem in error.problems if not problem.field.startswith("terms[")]
        first: QWidget | None = None
        for n, entry in enumerate(self._rows):
            of_this = [problem for problem in error.problems if problem.field.startswith(f"terms[{n}]")]
            first = first or entry.show_problems(of_this)
        if first is not None:
            first.setFocus()
        return tuple(rest)

    def add(self) -> None:
        """Add an empty clause and go to it."""
        made = self._append()
        made.load(TermDraft())
        self._count()
        made.kind.setFocus()
        self.changed.emit()

    def begin(self) -> None:
        """Put the cursor into the first thing of the first clause that is still empty."""
        first = self._rows[0]
        for editor in (first.kind, first.amount, first.due):
            if not editor.value():
                editor.setFocus()
                return
        first.text.setFocus()

    def go_to(self, field: str) -> None:
        """Put the cursor into a field such as `terms[1].due`."""
        number = int(field.partition("[")[2].partition("]")[0])
        if number < len(self._rows):
            editor = getattr(self._rows[number], field.partition(".")[2], None)
            (editor if isinstance(editor, QWidget) else self._rows[number].kind).setFocus()

    def _append(self) -> ClauseRow:
        made = ClauseRow(self._kinds)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        made.moved.connect(lambda by: self._move(made, by))
        self._rows.append(made)
        self._list.addWidget(made)
        return made

    def _remove(self, entry: ClauseRow) -> None:
        at = self._rows.index(entry)
        self._drop(entry)
        if not self._rows:
            self._append().load(TermDraft())
        self._count()
        self._rows[min(at, len(self._rows) - 1)].kind.setFocus()
        self.changed.emit()

    def _drop(self, entry: ClauseRow) -> None:
        self._rows.remove(entry)
        self._list.removeWidget(entry)
        let_go(entry)

    def _move(self, entry: ClauseRow, by: int) -> None:
        at = self._rows.index(entry) + by
        if not 0 <= at < len(self._rows):
            return
        self._rows.remove(entry)
        self._rows.insert(at, entry)
        self._list.removeWidget(entry)
        self._list.insertWidget(at, entry)
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        last = len(self._rows) - 1
        for n, entry in enumerate(self._rows):
            entry.set_number(n + 1, last=n == last)


def _head() -> QWidget:
    names = [Words(name, "small") for name in ("事项", "金额（元）", "方式", "期限（空着为当日）")]
    return panel(in_columns(Words(""), names, panel(row(), width=ENDS)))
