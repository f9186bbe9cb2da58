"""Lists a template allows in its cells, held against what was written there."""

from collections import Counter
from typing import TYPE_CHECKING

from odr_desk.sheets.layout import Layout
from odr_desk.sheets.outcome import Outcome

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_MOST = 1_000  # entries of one list


def check(layout: Layout, outcome: Outcome) -> None:
    """Tell which written words the drop-down lists of the template do not know."""
    headings = {place.column: place.heading for place in layout.places}
    for validation in layout.sheet.data_validations.dataValidation:
        allowed = _allowed(layout.sheet, validation)
        if not allowed:
            continue
        strange: Counter[tuple[int, str]] = Counter()
        for (row, column), what in outcome.cells.items():
            if isinstance(what.value, str) and what.value not in allowed and _covers(validation, row, column):
                strange[column, what.value] += 1
        for (column, word), count in strange.items():
            outcome.remark(headings[column], f"“{headings[column]}”的“{word[:20]}”不在模板允许的选项里，共 {count} 处")


def _covers(validation: "DataValidation", row: int, column: int) -> bool:
    return any(
        block.min_row <= row <= block.max_row and block.min_col <= column <= block.max_col
        for block in validation.sqref.ranges
    )


def _allowed(sheet: "Worksheet", validation: "DataValidation") -> frozenset[str]:
    if validation.type != "list" or not validation.formula1:
        return frozenset()
    formula = str(validation.formula1)
    if formula.startswith('"'):
        return frozenset(word.strip() for word in formula.strip('"').split(","))
    return _from_cells(sheet, formula)


def _from_cells(sheet: "Worksheet", formula: str) -> frozenset[str]:
    from openpyxl.worksheet.cell_range import CellRange

    name, _, cells = formula.replace("$", "").rpartition("!")
    name = name.strip("'")
    assert sheet.parent is not None  # noqa: S101 - a sheet of a workbook that was loaded
    if name and name not in sheet.parent.sheetnames:
        return frozenset()
    source = sheet.parent[name] if name else sheet
    try:
        block = CellRange(cells)
    except ValueError:
        return frozenset()  # a name or a formula: WPS and Excel check it, we cannot
    rows = source.iter_rows(block.min_row, min(block.max_row, block.min_row + _MOST), block.min_col, block.max_col)
    return frozenset(str(cell.value) for row in rows for cell in row if cell.value is not None)
