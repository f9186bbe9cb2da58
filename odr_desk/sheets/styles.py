"""Cell styles shared between cells; the only place that touches openpyxl's style arrays.

Copying font, border, fill and format of a quarter of a million cells one by one takes minutes; they
all may point at the same array, as long as nobody changes a style through one of them afterwards.
"""

from copy import copy
from typing import TYPE_CHECKING, Any

from odr_desk.rules.errors import Invalid

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def cell_at(sheet: "Worksheet", row: int, column: int) -> "Cell":
    """Return a cell that can be written; raise Invalid for one that is hidden in a merged block."""
    from openpyxl.cell.cell import Cell
    from openpyxl.utils import get_column_letter

    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        place = f"{get_column_letter(column)}{row}"
        raise Invalid.of("template", f"模板的 {place} 在合并单元格里，填不进去，没有填写；请取消那里的合并再用")
    return cell


def cells_of(sheet: "Worksheet", row: int) -> list["Cell"]:
    """Return the cells of a row that are not hidden in a merged block."""
    from openpyxl.cell.cell import Cell

    return [cell for cell in sheet[row] if isinstance(cell, Cell)]


def style_of(cell: "Cell") -> Any:  # noqa: ANN401 - openpyxl's StyleArray
    """Return the style of a cell to be shared."""
    return cell._style  # type: ignore[attr-defined] # noqa: SLF001


def snapshot(cell: "Cell") -> Any:  # noqa: ANN401
    """Return a copy of the style of a cell, untouched by later changes to the cell."""
    return copy(style_of(cell))


def quoted(style: Any) -> Any:  # noqa: ANN401
    """Return the same style for text that a spreadsheet would calculate if somebody edited it."""
    other = copy(style)
    other.quotePrefix = 1
    return other


def use(cell: "Cell", style: Any) -> None:  # noqa: ANN401
    """Let a cell share a style."""
    cell._style = style  # type: ignore[attr-defined] # noqa: SLF001


def number_of(sheet: "Worksheet", style: Any) -> int:  # noqa: ANN401
    """Return the number under which the workbook will store a style."""
    number: int = sheet.parent._cell_styles.add(style)  # type: ignore[union-attr] # noqa: SLF001
    return number
