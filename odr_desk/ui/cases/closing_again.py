"""接着结案: back to the closing gate once what was gone to from there has been dealt with."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.services import closing
from odr_desk.services.closing import OpenItem
from odr_desk.ui.screen import Shell

_OF_NO_ITEM = frozenset({"drafts", "preferences"})
"""What is written while one types and settles no open item."""


class ClosingAgain(QObject):
    """Waits for one open item of a case, wherever it is dealt with; `close` opens the gate of a case."""

    def __init__(self, shell: Shell, page: QWidget, close: Callable[[str], object]) -> None:
        super().__init__(page)
        self._shell, self._close = shell, close
        self._number = ""
        self._item: OpenItem | None = None
        shell.desk.changed.connect(self._look)

    def wait(self, number: str, item: OpenItem) -> None:
        """Wait for this item now, and for no other any more."""
        self._number, self._item = number, item

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._item = None

    def _look(self, tables: frozenset[str]) -> None:
        number, item = self._number, self._item
        if item is not None and not tables <= _OF_NO_ITEM:
            self._shell.desk.read(
                self, lambda work: closing.gate(work, number), lambda left: self._lead(number, item, left), self._gone
            )

    def _lead(self, number: str, item: OpenItem, left: tuple[OpenItem, ...]) -> None:
        if item is not self._item or item.code in {one.code for one in left}:
            return
        self.forget()
        more = f"，还有 {len(left)} 项没有办" if left else "，全部办完"
        self._shell.lead(f"{number} 的“{item.target.label}”已办{more}", "接着结案", lambda: self._go(number))

    def _go(self, number: str) -> None:
        self._shell.open("cases", number)
        self._close(number)

    def _gone(self, _error: DeskError) -> None:
        """The case is in the bin or hidden by now: there is nothing to close."""
        self.forget()
