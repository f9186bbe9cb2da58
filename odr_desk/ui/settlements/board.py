"""A list with its filters at the left and the chosen record at the right: the three parts of the page share it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.ui import theme
from odr_desk.ui.screen import Layout, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.chips import Chips

_WIDE_FROM = 1200


class Board(QWidget):
    """Chips above a table, a panel beside it.

    `filtered` carries the code of the chip, `shown` the row to show: moved to, read again, or none. In a small window
    it shows the `narrow` columns, without as many of the `spare` ones, in their order, as have no room.
    """

    filtered = Signal(str)
    shown = Signal(object)

    def __init__(
        self,
        shell: Shell,
        table: Table,
        beside: QWidget,
        layout: str,
        *,
        narrow: Sequence[str],
        spare: Sequence[str] = (),
    ) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._narrow, self._spare = narrow, spare
        self._shell, self._layout = shell, layout
        kept = shell.layout_of(layout)
        self._own_columns = bool(kept and kept.get("own"))
        self._by_width: tuple[str, ...] = ()
        self._width = 0
        self.chips = Chips()
        self.table = table
        self.beside = beside
        self.chips.chosen.connect(self.filtered)
        table.chosen.connect(self.shown)
        table.rows.loaded.connect(lambda: self.shown.emit(table.current()))
        table.columns.changed.connect(self._keep_layout)
        table.columns.restore(kept)
        table.columns.redressed.connect(lambda: self.set_room(self._width))
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
        """Give the panel what a window of this width has for it, and the list the columns that have room then."""
        self._width = width
        beside = 420 if width >= 1700 else 360 if width >= 1200 else 348
        self.beside.setFixedWidth(beside)
        if self._own_columns:
            return
        shown = [column.key or column.heading for column in self.table.rows.columns]
        if width < theme.wide(_WIDE_FROM):
            shown = list(self._narrow)
            for name in self._spare:
                if self.table.columns.needs(*shown) < width - beside:
                    break
                shown.remove(name)
        self._by_width = tuple(shown)
        self.table.columns.show_only(*shown)

    def _keep_layout(self, kept: Layout) -> None:
        """Remember what this person arranged; only columns of one's own choice stay when the width changes."""
        shown = {entry["name"] for entry in kept["columns"] if not entry["hidden"]}
        self._own_columns = self._own_columns or shown != set(self._by_width)
        self._shell.keep_layout(self._layout, {**kept, "own": self._own_columns})
