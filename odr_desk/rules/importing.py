"""What becomes of a row of a foreign table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from odr_desk.rules.labels import Word

Progress = Callable[[int, int], object]


def untold(_done: int, _total: int) -> None:
    """Keep to itself how far long work is."""


class Verdict(Word):
    """What an import does, or will do, with one row."""

    NEW = "new", "新建"
    UPDATE = "update", "更新"
    SAME = "same", "没有变化"
    DUPLICATE = "duplicate", "表内重复"
    BAD = "bad", "不能导入"
    SKIPPED = "skipped", "不是数据"


TAKEN = frozenset({Verdict.NEW, Verdict.UPDATE})
"""Rows that change something."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field a row changes, as people read it."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReadValue:
    """What was read from one cell, and the cell's own words where they were others."""

    label: str
    value: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the table and what becomes of it; `number` names the record it changes or repeats.

    `remarks` ask for a look, `facts` only tell.
    """

    row: int
    verdict: Verdict
    number: str
    place: str
    name: str
    changes: tuple[FieldChange, ...]
    remarks: tuple[str, ...]
    values: tuple[ReadValue, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Return in one line what is odd about the row, what else is known of it, and what it changes."""
        changed = (f"{change.label} {change.before or '空'} → {change.after or '空'}" for change in self.changes)
        return "；".join((*self.remarks, *self.facts, *changed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do; `absent` are records on file that the table does not name."""

    rows: tuple[PreviewRow, ...]
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    applied_before: str = ""

    @property
    def counts(self) -> dict[Verdict, int]:
        """Return how many rows have each verdict, every verdict named."""
        return {verdict: sum(row.verdict is verdict for row in self.rows) for verdict in Verdict}

    @property
    def takes_any(self) -> bool:
        """Tell whether an import would change anything."""
        return any(row.verdict in TAKEN for row in self.rows)


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did; without a batch number it found nothing to do.

    `numbers` are those of the records made or changed, by the row of the table,
    also of a row that repeats an earlier one.
    """

    batch_no: str
    counts: Mapping[Verdict, int]
    numbers: Mapping[int, str]
