"""The text modules as a page offers them: read once, filled from what the page shows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from odr_desk.services import text_modules
from odr_desk.services.text_modules import Shelf
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.day_edit import this_day

Values = Mapping[str, str]
_TABLES = frozenset({"text_modules", "settings", "calendar_days"})


class PageModules(QObject):
    """The modules of one page: `values` are those of the case it shows, `kind` the way of contact being noted."""

    def __init__(
        self, shell: Shell, page: QWidget, values: Callable[[], Values], kind: Callable[[], str] = lambda: ""
    ) -> None:
        super().__init__(page)
        self._shell, self._values, self._kind = shell, values, kind
        self.shelf: Shelf | None = None
        shell.desk.changed.connect(self._on_changed)
        self._read()

    def words(self, code: str) -> str:
        """Return the filled words of a module, empty when no module has this code."""
        shelf = self.shelf
        found = next((row for row in shelf.modules if row.code == code), None) if shelf is not None else None
        return shelf.filled(found, self._values(), this_day()) if shelf is not None and found is not None else ""

    def choose(self, parent: QWidget, then: Callable[[str], object]) -> None:
        """Open the list; the filled words of the chosen module are handed on."""
        if self.shelf is None:
            return
        from odr_desk.ui.module_picker import pick  # a list and a dialog that few pages want

        pick(self._shell, parent, self.shelf, self._values(), self._kind(), then)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._read()

    def _read(self) -> None:
        self._shell.desk.read(self, text_modules.shelf, self._keep)

    def _keep(self, shelf: Shelf) -> None:
        self.shelf = shelf
