"""A list of cases as a workbook: every row of the filter in its order, with the columns that are shown."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from odr_desk.rules.columns import Column
from odr_desk.rules.people import Right
from odr_desk.services import queue
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.sheets import table
from odr_desk.store import journal
from odr_desk.store.database import Work

TITLE = "投诉件"
LOT = 500  # rows read at once, so that a list of any length takes the same memory
Progress = Callable[[int, int], object]


def save(
    work: Work,
    wanted: CaseFilter,
    columns: Sequence[Column[CaseRow]],
    path: Path,
    progress: Progress,
    numbers: Sequence[str] = (),
) -> int:
    """Write the list, or only these cases of it, and return how many; what `progress` raises leaves no file behind."""
    work.actor.require(Right.READ_CASES)
    ids = queue.ids(work, wanted)
    if numbers:
        chosen = set(queue.ids_of(work, numbers))
        ids = [case_id for case_id in ids if case_id in chosen]

    def tell(done: int) -> None:
        progress(done, len(ids))

    table.save(path, TITLE, columns, _rows(work, ids), progress=tell)
    return len(ids)


def note(work: Work, count: int, name: str) -> None:
    """Record that a list with names of persons has left the program."""
    journal.record_deed(work, "cases", {"exported": count, "file": name})


def _rows(work: Work, ids: list[int]) -> Iterator[CaseRow]:
    for start in range(0, len(ids), LOT):
        yield from queue.by_ids(work, ids[start : start + LOT])
