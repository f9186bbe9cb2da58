"""How much room text takes in a cell, so that nothing is hidden behind the next one."""

import math
import unicodedata

_WIDE = {"W", "F", "A"}  # ambiguous ones (“”…—×) are wide in Chinese fonts
LINE_FACTOR = 1.35  # a line of Chinese text is a third taller than its type size
_DIGIT, _HALF = 7.0, 0.68  # pixels of a standard digit; of a half-width place per point of type, a little generous
HIGHEST = 409.0  # points; a spreadsheet allows no more


def width(text: str) -> int:
    """Return the half-width places of the widest line."""
    return max((sum(2 if _is_wide(letter) else 1 for letter in line) for line in text.split("\n")), default=0)


def lines(text: str, places: float) -> int:
    """Return the lines a text needs in a column of so many half-width places."""
    room = max(places, 2)
    return sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))


def places(column_width: float, size: float) -> float:
    """Return the half-width places of a column, whose width counts digits of the 11-point standard type."""
    return column_width * _DIGIT / (size * _HALF)


def height(count: int, size: float) -> float:
    """Return the row height in points for so many lines of a type size."""
    return min(HIGHEST, round(count * size * LINE_FACTOR + 3, 1))


def _is_wide(letter: str) -> bool:
    return letter > "~" and unicodedata.east_asian_width(letter) in _WIDE
