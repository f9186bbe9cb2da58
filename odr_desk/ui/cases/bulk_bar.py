"""The bar below the queue while several cases are chosen: how many, and what can be done with all of them."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.ui.picking import MOST, Picking
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_WAYS = QBoxLayout.Direction
_BESIDE = 16  # pixels of margins and gaps


class BulkBar(QWidget):
    """Hidden while fewer than two cases are chosen; `export` means the chosen ones."""

    export = Signal()

    def __init__(self, shell: Shell, picking: Picking) -> None:
        super().__init__()
        on_ground(self, "window")
        self._shell, self._picking = shell, picking
        self._said = Words("", "small")
        self._acts = (
            Button("分派", clicked=self.assign),
            Button("下一步", clicked=self.next_step),
            Button("标签", clicked=self.tag),
        )
        self._export = Button("导出", clicked=self.export.emit)
        leave = Button("", "ghost", "close", says="取消多选", clicked=picking.clear)
        self._buttons = panel(row(*self._acts, self._export, leave, gap=2))
        self._line = row(self._said, None, self._buttons, margins=(8, 4, 4, 4), gap=2)
        self.setLayout(column(line(), self._line, gap=0))
        if not shell.desk.actor.may(Right.WRITE_CASES):
            for button in self._acts:
                button.hide()
        picking.changed.connect(self._follow)
        picking.limited.connect(lambda: shell.say(f"一次最多选 {MOST} 件，已选前 {MOST} 件"))
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def is_on(self) -> bool:
        """Tell whether several cases are chosen."""
        return self._picking.count > 1

    def assign(self) -> None:
        """Ask to whom the chosen cases are given."""
        self._ask("assign")

    def next_step(self) -> None:
        """Ask what comes next in the chosen cases."""
        self._ask("next_step")

    def tag(self) -> None:
        """Ask which tags the chosen cases get and lose."""
        self._ask("tag")

    def _ask(self, what: str) -> None:
        from odr_desk.ui.cases import bulk_dialogs  # made when it is first wanted

        if self._picking.count and self._picking.is_known:
            dialogs = {"assign": bulk_dialogs.assign, "next_step": bulk_dialogs.next_step, "tag": bulk_dialogs.tag}
            dialogs[what](self._shell, self, self._picking.identities())

    def _fit(self) -> None:
        """Put the count above the buttons where a narrow list has no room for both side by side."""
        wanted = self._said.sizeHint().width() + self._buttons.sizeHint().width() + _BESIDE
        beside = wanted <= self.width()
        self._line.setDirection(_WAYS.LeftToRight if beside else _WAYS.TopToBottom)

    def _follow(self) -> None:
        self._said.setText(f"已选 {self._picking.count:,} 件")
        self._fit()
        for button in (*self._acts, self._export):
            button.setEnabled(self._picking.is_known)
        self.setVisible(self.is_on)
