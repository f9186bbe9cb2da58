"""What narrows the queue, as chips that take it away again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services.narrowing import Chosen
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips


class FilterChips(QWidget):
    """Hidden while nothing narrows; `removed` names the fields to empty, `cleared` means all of them."""

    removed = Signal(tuple)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, tuple[str, ...]] = {}
        self._chips = Chips(several=True)
        self._chips.chosen.connect(lambda code: self.removed.emit(self._names[code]))
        line = row(self._chips, Button("不筛了", "link", clicked=self.cleared.emit), gap=8)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_chosen(self, chosen: Sequence[Chosen]) -> None:
        """Show one chip for everything that narrows the list."""
        self._chips.clear()
        self._names = {one.names[0]: one.names for one in chosen}
        for one in chosen:
            chip = self._chips.add(one.names[0], one.words, icon="close")
            chip.setAccessibleName(f"去掉 {one.words}")
            chip.setToolTip("点一下去掉这个条件")
        self.setVisible(bool(chosen))
