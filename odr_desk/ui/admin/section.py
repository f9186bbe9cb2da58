"""What a section of 设置 is: a head, and below it what there is to look at or to change."""

from typing import ClassVar

from PySide6.QtWidgets import QLayout, QWidget

from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, panel, row, scroll
from odr_desk.ui.widgets.words import Words

NARROW = 720


class Section(QWidget):
    """One section; `refresh` is called when it is shown and after a write that touched WATCHES."""

    WATCHES: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, shell: Shell, title: str, note: str = "") -> None:
        super().__init__()
        self.shell, self.desk = shell, shell.desk
        self._head = row(Words(title, "title"), Words(note, "secondary", elide=True), gap=12)
        self._head.setStretch(1, 1)

    def refresh(self) -> None:
        """Read again what the section shows."""

    def stand(self, body: QLayout, *, wide: bool = False) -> None:
        """Show the body: a form in a readable width, or with `wide` a list over all there is."""
        if wide:
            body.setContentsMargins(0, 0, 0, 0)
            self.setLayout(column(self._head, 4, body, margins=(16, 12, 16, 12), gap=8))
            return
        held = panel(body)
        held.setMaximumWidth(NARROW)
        inside = row(held, None)
        inside.setStretch(0, 1000)  # as wide as it may be, then the room beside it
        self.setLayout(column(self._head, 4, scroll(column(inside, None)), margins=(16, 12, 16, 0), gap=8))
