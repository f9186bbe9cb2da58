"""The licences of a merchant being written, one below the other."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import field_of, fields_of
from odr_desk.rules.licence import LicenceDraft
from odr_desk.ui.form import form_values
from odr_desk.ui.merchants.licence_row import LicenceRow, in_columns
from odr_desk.ui.reading_order import go_to
from odr_desk.ui.widgets.boxes import column, let_go, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

ADD_KEYS = "Ctrl+Shift+N"


class LicenceList(QWidget):
    """Adds and removes licences; `changed` after every edit."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[LicenceRow] = []
        self._list = column(gap=6)
        names = (Words(field_of(LicenceDraft, name).label, "small") for name in ("kind", "number", "expires"))
        self._head = panel(in_columns(tuple(names), panel(row())))
        self._add = Button("加一张证照", "link", "plus", clicked=self.add)
        self.setLayout(column(self._head, self._list, row(self._add, Key("Ctrl ⇧ N"), None, gap=8), gap=4))
        self._count()

    def load(self, drafts: Iterable[LicenceDraft | Mapping[str, object]]) -> None:
        """Show these licences without announcing changes."""
        for old in list(self.rows):
            self._drop(old)
        for draft in drafts:
            self._append().load(draft if isinstance(draft, Mapping) else _values(draft))
        self._count()

    def drafts(self) -> tuple[LicenceDraft, ...]:
        """Return the licences, without lines left empty; raise Invalid naming line and field that do not parse."""
        found: list[LicenceDraft] = []
        problems: list[Problem] = []
        for at, entry in enumerate(self._filled()):
            try:
                found.append(entry.draft())
            except Invalid as error:
                problems += (Problem(f"licences[{at}].{wrong.field}", wrong.text) for wrong in error.problems)
        if problems:
            raise Invalid(tuple(problems))
        return tuple(found)

    def values(self) -> list[dict[str, object]]:
        """Return what was entered, as typed and fit for a kept draft."""
        return [form_values(entry.values()) for entry in self.rows]

    def show_problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Mark what is wrong, go to the first of it, and return what belongs to no licence."""
        told = tuple(problems)
        first: QWidget | None = None
        filled = self._filled()
        for entry in self.rows:
            of_this = f"licences[{filled.index(entry)}]" if entry in filled else "-"
            wrong = entry.show_problems([problem for problem in told if problem.field.startswith(of_this)])
            first = first or wrong
        if first is not None:
            go_to(first, first)
        return tuple(problem for problem in told if not problem.field.startswith("licences["))

    def add(self) -> None:
        """Add an empty licence and go to it."""
        made = self._append()
        self._count()
        made.show()  # at once, so that there is room for it when it is scrolled to
        go_to(made.kind, made)
        self.changed.emit()

    def _filled(self) -> list[LicenceRow]:
        return [entry for entry in self.rows if any(entry.values()[name] for name in ("kind", "number", "expires"))]

    def _append(self) -> LicenceRow:
        made = LicenceRow()
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        self.rows.append(made)
        self._list.addWidget(made)
        return made

    def _remove(self, entry: LicenceRow) -> None:
        at = self.rows.index(entry)
        self._drop(entry)
        self._count()
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].kind.setFocus()
        else:
            self._add.setFocus()
        self.changed.emit()

    def _drop(self, entry: LicenceRow) -> None:
        self.rows.remove(entry)
        self._list.removeWidget(entry)
        let_go(entry)

    def _count(self) -> None:
        self._head.setVisible(bool(self.rows))
        for number, entry in enumerate(self.rows, start=1):
            entry.set_place(number)


def _values(draft: LicenceDraft) -> dict[str, object]:
    return {field.name: getattr(draft, field.name) for field in fields_of(LicenceDraft)}
