"""Where the rows of the queue come from: a page at a time, the first of a long list before it is counted."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from odr_desk.services import queue
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui.cases.reasons import Reasons
from odr_desk.ui.desk import Desk
from odr_desk.ui.rows import Ask, Failed, Then, read_page

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Found = tuple[int | None, tuple[CaseRow, ...]]


class QueueSource(QObject):
    """Answers the questions of the list about what `shown` says is wanted, and asks why rows answer to words."""

    def __init__(self, desk: Desk, shown: Callable[[], CaseFilter], reasons: Reasons, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shown, self._reasons = desk, shown, reasons
        self._sizes: dict[CaseFilter, int] = {}  # how many the last list had that took long to count

    def fetch(self, question: Ask, then: Then, failed: Failed) -> None:
        """Read a page and hand it over; the number of a long list comes after its first rows."""
        wanted = replace(self._shown(), sort=question.order or "due", descending=question.descending)

        def show(found: Found) -> None:
            total, rows = found
            if total is None:
                then(self._sizes.get(queue.unordered(wanted), len(rows)), rows)
                self._size(wanted, then)
            else:
                then(total, rows)
            self._reasons.ask(rows)

        self._reasons.look_for(wanted.text)
        read_page(self._desk, self, lambda work: _read(work, wanted, question), show, failed)

    def _size(self, wanted: CaseFilter, then: Then) -> None:
        """Count what a filter has while its first rows are looked at already."""

        def take(total: int) -> None:
            self._sizes = {queue.unordered(wanted): total}
            then(total, None)

        self._desk.survey(self, lambda work: queue.count(work, wanted), take)


def _read(work: "Work", wanted: CaseFilter, question: Ask) -> Found:
    if question.total:
        return question.total, queue.page(work, wanted, question.offset, question.limit, question.total)
    if question.offset:
        return queue.window(work, wanted, question.offset, question.limit)
    return queue.first(work, wanted, question.limit)
