"""Room for what was filled in: wrapped words, wider columns for numbers, rows as high as their lines.

The template's own measures stay where they suffice. A number that does not fit would print as ####,
words would vanish behind the next cell.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.sheets import fit

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_LINES = 6  # beyond so many lines a column of words is widened
WIDEST = 60.0
_STANDARD_WIDTH, _STANDARD_HEIGHT, _STANDARD_SIZE = 8.43, 15.0, 11.0


@dataclass(frozen=True, slots=True)
class Room:
    """The width a column gets, and whether its words are wrapped."""

    width: float
    wrap: bool
    size: float

    def lines(self, words: str) -> int:
        """Return the lines a text takes in this column."""
        return fit.lines(words, fit.places(self.width, self.size)) if self.wrap else 1


def room(width: float, size: float, shown: Iterable[str], *, words: bool) -> Room:
    """Return the least change of a column under which everything in it is seen."""
    texts = set(shown)
    longest = max(map(fit.width, texts), default=0)
    places = fit.places(width, size)
    has_breaks = words and any("\n" in text for text in texts)
    if longest <= places and not has_breaks:
        return Room(width, wrap=False, size=size)
    if not words:
        return Room(_width_for(longest + 1, size), wrap=False, size=size)
    if longest > places * MOST_LINES:
        width = max(width, min(WIDEST, _width_for(longest / MOST_LINES + 1, size)))
    return Room(width, wrap=True, size=size)


def widths(sheet: "Worksheet") -> dict[int, float]:
    """Return the widths the template states, by column number; one statement may be for many columns."""
    found: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        dimension.reindex()
        for column in range(dimension.min or 1, (dimension.max or 0) + 1):
            found[column] = float(dimension.width)
    return found


def width_of(stated: Mapping[int, float], sheet: "Worksheet", column: int) -> float:
    """Return the width of a column, stated or standard."""
    return stated.get(column) or float(sheet.sheet_format.defaultColWidth or _STANDARD_WIDTH)


def set_width(sheet: "Worksheet", column: int, width: float) -> None:
    """Set the width of one column, also if the template states it for many at once."""
    from openpyxl.utils import get_column_letter

    holder = sheet.column_dimensions
    for dimension in list(holder.values()):
        dimension.reindex()
        first, last = dimension.min or 0, dimension.max or 0
        if first <= column <= last and first != last:
            for number in range(first, last + 1):
                single = copy(dimension)
                single.index, single.min, single.max = get_column_letter(number), number, number
                holder[single.index] = single
    holder[get_column_letter(column)].width = width


def font_size(cell: "Cell") -> float:
    """Return the type size of a cell in points."""
    return float(cell.font.sz or _STANDARD_SIZE)


def wrap(cell: "Cell") -> None:
    """Let the words of a cell flow over several lines."""
    _align(cell, wrap_text=True, vertical=cell.alignment.vertical or "center")


def centre(cell: "Cell") -> None:
    """Put a cell in the middle of a high row, unless the template says where it belongs."""
    if not cell.alignment.vertical:
        _align(cell, vertical="center")


def to_the_right(cell: "Cell") -> None:
    """Put a word where the numbers of its column stand, unless the template says where it belongs."""
    if cell.alignment.horizontal in (None, "general"):
        _align(cell, horizontal="right")


def _align(cell: "Cell", **changes: object) -> None:
    from openpyxl.styles import Alignment

    before = cell.alignment
    kept = {name: getattr(before, name) for name in ("horizontal", "vertical", "text_rotation", "indent", "wrap_text")}
    cell.alignment = Alignment(**{**kept, **changes})


def height_for(sheet: "Worksheet", row: int, lines: int, size: float) -> float | None:
    """Return the height for so many lines, never lower than the row has it; None leaves it to the program."""
    stated = sheet.row_dimensions[row].height
    now = stated or sheet.sheet_format.defaultRowHeight or _STANDARD_HEIGHT
    needed = fit.height(lines, size)
    return needed if lines > 1 and needed > now else stated


def raise_row(sheet: "Worksheet", row: int, lines: int, size: float) -> None:
    """Make a row high enough for so many lines."""
    sheet.row_dimensions[row].height = height_for(sheet, row, lines, size)


def raise_headings(sheet: "Worksheet", row: int, columns: Iterable[int]) -> None:
    """Give the heading row the height its wrapped names need, if the template says nothing about it."""
    stated = widths(sheet)
    most, size = 1, _STANDARD_SIZE
    for column in columns:
        cell = sheet.cell(row, column)
        if cell.alignment.wrap_text and cell.value:
            size = font_size(cell)
            places = fit.places(width_of(stated, sheet, column), size)
            most = max(most, fit.lines(str(cell.value), places))
    if sheet.row_dimensions[row].height is None:
        raise_row(sheet, row, most, size)


def _width_for(places: float, size: float) -> float:
    return round(places / fit.places(1, size), 2)
