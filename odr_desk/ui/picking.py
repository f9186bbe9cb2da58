"""Several rows of a list chosen at once, by the record and never by the place it happens to have."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QTableView

from odr_desk.ui.rows import PAGE, Rows

MOST = 500
"""Rows chosen at once; a wish for more is cut to the first of them."""
_FLAGS = QItemSelectionModel.SelectionFlag


class Picking(QObject):
    """What is chosen in a list that allows several rows.

    Rows chosen with Shift or Ctrl+A may not have been read yet: they are asked for, and `is_known`
    tells when all are here. When the list is read anew the choice stays with its records; those
    that the answer does not bring are chosen no longer.
    """

    changed = Signal()
    limited = Signal()

    def __init__(self, view: QTableView, rows: Rows[Any], identity: Callable[[Any], object]) -> None:
        super().__init__(view)
        self._view, self._rows, self._identity = view, rows, identity
        self._found: dict[int, object] = {}
        self._count = 0
        self._quiet = False
        self._choice().selectionChanged.connect(lambda *_: self._on_selection())
        rows.renewed.connect(self._on_renewed)
        rows.loaded.connect(self._on_loaded)

    @property
    def count(self) -> int:
        """How many rows are chosen."""
        return self._count

    @property
    def is_known(self) -> bool:
        """Whether the record of every chosen row has been read."""
        return len(self._found) == self._count

    def identities(self) -> tuple[Any, ...]:
        """Return the chosen records from top to bottom."""
        return tuple(self._found[at] for at in sorted(self._found))

    def choose_all(self) -> None:
        """Choose the first rows of the list, as many as may be."""
        total = self._rows.rowCount()
        self._choose(range(min(total, MOST)))
        if total > MOST:
            self.limited.emit()

    def clear(self) -> None:
        """Choose only the row the person is on."""
        now = self._view.currentIndex()
        flags = _FLAGS.ClearAndSelect | _FLAGS.Rows if now.isValid() else _FLAGS.Clear
        self._choice().select(now, flags)

    def _choice(self) -> QItemSelectionModel:
        return self._view.selectionModel()

    def _selected(self) -> list[int]:
        found: list[int] = []
        for part in self._choice().selection().toList():
            found += range(part.top(), min(part.bottom(), part.top() + MOST) + 1)
        return sorted(set(found))

    def _on_selection(self) -> None:
        if self._quiet:
            return
        chosen = self._selected()
        if len(chosen) > MOST:
            self._choose(chosen[:MOST])
            self.limited.emit()
            return
        self._count = len(chosen)
        self._found = {at: self._found[at] for at in chosen if at in self._found}
        self._look(chosen)
        self.changed.emit()

    def _on_loaded(self) -> None:
        if not self.is_known:
            self._look(self._selected())
            self.changed.emit()

    def _on_renewed(self) -> None:
        """Find the chosen records again where the new answer has them."""
        if self._count <= 1:
            self._found = {}
            self._look(self._selected())
            self.changed.emit()
            return
        wanted = set(self._found.values())
        places = self._rows.places(lambda row: self._identity(row) in wanted)
        self._found = {}
        self._choose(places)

    def _look(self, chosen: Iterable[int]) -> None:
        missing: set[int] = set()
        for at in chosen:
            row = self._rows.row(at)
            if row is not None:
                self._found.setdefault(at, self._identity(row))
            elif at not in self._found:
                missing.add(at // PAGE)
        for page in sorted(missing, reverse=True):
            self._rows.row_or_ask(page * PAGE)

    def _choose(self, places: Iterable[int]) -> None:
        """Select these rows as blocks; the row the person is on stays that."""
        made, model = QItemSelection(), self._rows
        last = model.columnCount() - 1
        for first, end in _blocks(places):
            made.select(model.index(first, 0), model.index(end, last))
        self._quiet = True
        self._choice().select(made, _FLAGS.ClearAndSelect)
        self._quiet = False
        self._on_selection()


def _blocks(places: Iterable[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at in places:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
