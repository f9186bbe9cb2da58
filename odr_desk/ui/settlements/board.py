"""A list with its filters at the left and the chosen record at the right: the three parts of the page share it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.chips import Chips


class Board(QWidget):
    """Chips above a table, a panel beside it.

    `filtered` carries the code of the chip, `shown` the row to show: moved to, read again, or none.
    """

    filtered = Signal(str)
    shown = Signal(object)

    def __init__(self, shell: Shell, table: Table, beside: QWidget, layout: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self.chips = Chips()
        self.table = table
        self.beside = beside
        self.chips.chosen.connect(self.filtered)
        table.chosen.connect(self.shown)
        table.rows.loaded.connect(lambda: self.shown.emit(table.current()))
        table.layout_changed.connect(lambda kept: shell.keep_layout(layout, kept))
        table.restore(shell.layout_of(layout))
        head = panel(row(self.chips, margins=(16, 8, 16, 8)))
        left = column(head, line(), table, gap=0)
        left.setStretch(2, 1)
        whole = row(panel(left), line("down"), beside, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def offer(self, views: Sequence[tuple[str, str, str]], chosen: str) -> None:
        """Offer filters: code, words and state mark."""
        for code, words, state in views:
            self.chips.add(code, words, state)
        self.chips.choose(chosen)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many stand behind each filter."""
        self.chips.set_counts(dict(counts))

    def set_room(self, width: int) -> None:
        """Give the panel what a window of this width has for it."""
        self.beside.setFixedWidth(420 if width >= 1700 else 360 if width >= 1200 else 348)
