"""What the program does by itself while somebody is logged in: a look at the data, the backup, the turn of the day."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.rules.keeping import Why
from odr_desk.services import daily, safekeeping
from odr_desk.services.safekeeping import BackupRow, DueBackup
from odr_desk.ui.desk import Desk

_EVERY_MS = 10 * 60 * 1000


class Upkeep(QObject):
    """Looks every ten minutes whether something is due; `worried` hears what did not work."""

    def __init__(self, desk: Desk, worried: Callable[[DeskError], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worried = worried
        self._again = QTimer(self, interval=_EVERY_MS)
        self._again.timeout.connect(self.look)

    def begin(self) -> None:
        """Look at the data once and see from now on to what is due."""
        self._desk.read(self, daily.full_look_due, self._look_over, self._worried)
        self._again.start()
        self.look()

    def look(self) -> None:
        """Do what is due."""
        self._desk.with_database(self, daily.turn_day, self._on_turned, self._worried)
        self._desk.read(self, partial(safekeeping.due_backup, why=Why.DAILY), self._on_due, self._worried)

    def _on_turned(self, touched: frozenset[str]) -> None:
        self._desk.changed.emit(touched)
        self._clear_words()

    def _clear_words(self, more: bool = True) -> None:
        """Clear the search index step by step; whoever waits comes in between."""
        if more:
            self._desk.with_database(self, daily.clear_words, self._clear_words, self._worried)

    def _look_over(self, everything: bool) -> None:
        then = partial(self._on_looked_over, everything)
        self._desk.survey(self, partial(safekeeping.worry, full=everything), then, self._worried)

    def _on_looked_over(self, everything: bool, trouble: Trouble | None) -> None:
        if trouble is not None:
            self._worried(trouble)
        elif everything:
            self._desk.with_database(self, daily.note_full_look, lambda _: None, self._worried)

    def _on_due(self, due: DueBackup | None) -> None:
        if due is not None:
            self._desk.make(self, partial(safekeeping.make_due, due), self._on_backed_up, self._worried)

    def _on_backed_up(self, _made: BackupRow) -> None:
        self._desk.changed.emit(frozenset({"backups"}))
