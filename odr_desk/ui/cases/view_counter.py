"""Counts the views of the queue beside the work that people wait for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from odr_desk.rules.errors import DeskError
from odr_desk.services import queue, view_counts, views
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.screen import Shell


class ViewCounter(QObject):
    """Counts every view, narrowed by what `base` says; while one counting runs, only the newest wish waits."""

    counted = Signal(dict)

    def __init__(self, shell: Shell, base: Callable[[], CaseFilter], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._base = shell, base
        self._is_running = self._is_wanted_again = False
        self._of = self._narrowing()

    @property
    def is_due(self) -> bool:
        """Tell whether the views are narrowed by something else than when they were counted last."""
        return self._narrowing() != self._of

    def count(self) -> None:
        """Count, off the thread that types."""
        if self._is_running:
            self._is_wanted_again = True
            return
        self._is_running = True
        codes, base = tuple(view.code for view in views.VIEWS), self._base()
        self._of = self._narrowing()
        self._shell.desk.survey(
            self, lambda work: view_counts.of(work, base, codes), self._on_counted, self._on_not_counted
        )

    def _narrowing(self) -> CaseFilter:
        return queue.seen_as(queue.unordered(self._base()), "")

    def _on_counted(self, found: dict[str, int]) -> None:
        self.counted.emit(found)
        self._is_running = False
        if self._is_wanted_again:
            self._is_wanted_again = False
            self.count()

    def _on_not_counted(self, error: DeskError) -> None:
        self._is_running = self._is_wanted_again = False
        self._shell.refuse(error)
