"""What a filling wrote, cell by cell, to be compared with what the finished file gives back."""

from dataclasses import dataclass, field
from decimal import Decimal

from odr_desk.sheets.bulk import Row
from odr_desk.sheets.form import Remark
from odr_desk.sheets.values import Stated

Cells = dict[tuple[int, int], Stated]


@dataclass(slots=True)
class Outcome:
    """The cells written (row and column from 1), the last row of the table and what to tell about it."""

    cells: Cells = field(default_factory=dict)
    last_row: int = 0
    lines: int = 0
    remarks: list[Remark] = field(default_factory=list)
    added: tuple[Row, ...] = ()  # rows that go into the finished file without passing through openpyxl
    totals: dict[tuple[int, int], Decimal] = field(default_factory=dict)  # what formulas must come to

    def remark(self, place: str, text: str) -> None:
        self.remarks.append(Remark(place, text))
