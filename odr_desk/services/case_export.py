"""A list of cases as a workbook: every row of the filter in its order, with the columns that are shown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from odr_desk.rules.columns import Column
from odr_desk.rules.people import Right
from odr_desk.services import queue
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.sheets import table
from odr_desk.sheets.writing import Prepared
from odr_desk.store import journal
from odr_desk.store.database import Work

TITLE = "投诉件"
LOT = 500  # rows read at once, so that a list of any length takes the same memory
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in a file that has not got its name yet."""

    count: int
    file: Prepared


def prepare(
    work: Work,
    wanted: CaseFilter,
    columns: Sequence[Column[CaseRow]],
    path: Path,
    progress: Progress,
    numbers: Sequence[str] = (),
) -> Listed:
    """Write the list, or only these cases of it, beside its place; what `progress` raises leaves no file behind."""
    work.actor.require(Right.READ_CASES)
    ids = queue.ids(work, wanted)
    if numbers:
        chosen = set(queue.ids_of(work, numbers))
        ids = [case_id for case_id in ids if case_id in chosen]

    def tell(done: int) -> None:
        progress(done, len(ids))

    return Listed(len(ids), table.prepare(path, TITLE, columns, _rows(work, ids), progress=tell))


def note(work: Work, made: Listed) -> None:
    """Record that a list with names of persons leaves the program; its file gets its name once that is durable."""
    work.outgoing.append(made.file)
    journal.record_deed(work, "cases", {"exported": made.count, "file": made.file.path.name})


def _rows(work: Work, ids: list[int]) -> Iterator[CaseRow]:
    for start in range(0, len(ids), LOT):
        yield from queue.by_ids(work, ids[start : start + LOT])
