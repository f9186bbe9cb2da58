"""Sums of a template: what its formulas come to, and their results stored beside them.

openpyxl writes formulas without results. Excel and WPS calculate when they open the file, but a web
upload, a preview or another program reads nothing where the sum should be.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from odr_desk.sheets.values import Stated

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Place = tuple[int, int]  # row and column, from 1
Places = dict[Place, Decimal]

_SUM = re.compile(r"SUM\(([^()]*)\)", re.IGNORECASE)
_TERM = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_FORMULA_CELL = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
_MOST = 100_000  # cells under one sum


def results(sheet: "Worksheet", written: Mapping[Place, Stated]) -> Places:
    """Return what the sums and simple additions of a sheet come to; other formulas are left out.

    `written` are the cells that were filled, some of them not yet in the sheet.
    """
    formulas: dict[Place, str] = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f":
                formulas[number, column] = str(cell.value)
    sums = _Sums(sheet, formulas, written)
    for place in formulas:
        sums.result(place, frozenset())
    return sums.found


def with_results(part: bytes, found: Places) -> bytes:
    """Return the XML of a sheet whose formulas carry their results."""
    from openpyxl.utils import get_column_letter

    words = {f"{get_column_letter(column)}{row}".encode(): _number(total) for (row, column), total in found.items()}

    def with_result(cell: re.Match[bytes]) -> bytes:
        return cell[1] + b"<v>" + words[cell[2]] + b"</v>" if cell[2] in words else cell[0]

    return _FORMULA_CELL.sub(with_result, part) if words else part


class _Sums:
    """The formulas of a sheet while their results are being found."""

    def __init__(self, sheet: "Worksheet", formulas: Mapping[Place, str], written: Mapping[Place, Stated]) -> None:
        self.found: Places = {}
        self._sheet = sheet
        self._formulas = formulas
        self._written = written

    def result(self, place: Place, above: frozenset[Place]) -> Decimal | None:
        """Return the value of a cell; `above` are the formulas it is being asked for, to notice a circle."""
        if place in self.found:
            return self.found[place]
        if place not in self._formulas:
            return self._value(place)
        terms = None if place in above else _terms(self._formulas[place])
        if terms is None:
            return None
        total = Decimal(0)
        within = above | {place}
        for sign, cells in terms:
            for cell in cells:
                part = self.result(cell, within)
                if part is None:
                    return None
                total += sign * part
        self.found[place] = total
        return total

    def _value(self, place: Place) -> Decimal:
        value = self._written[place].value if place in self._written else self._sheet.cell(*place).value
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return Decimal(str(value))
        return Decimal(0)


def _terms(formula: str) -> list[tuple[int, list[Place]]] | None:
    """Return the signed cells of `=SUM(B3:B9,B12)` or `=B3+B4-B5`; None for anything else."""
    plain = formula.removeprefix("=").replace(" ", "").upper()
    inside = _SUM.fullmatch(plain)
    pieces = [("+", piece) for piece in inside[1].split(",")] if inside else re.findall(r"([+-]?)([^+-]+)", plain)
    terms = []
    for sign, piece in pieces:
        found = _TERM.fullmatch(piece)
        if not found or (found[3] and not inside):
            return None
        cells = _cells(found)
        if len(cells) > _MOST:
            return None
        terms.append((-1 if sign == "-" else 1, cells))
    return terms


def _cells(found: re.Match[str]) -> list[Place]:
    from openpyxl.utils import column_index_from_string

    left, top = column_index_from_string(found[1]), int(found[2])
    right = column_index_from_string(found[3]) if found[3] else left
    bottom = int(found[4]) if found[4] else top
    if (right - left + 1) * (bottom - top + 1) > _MOST:
        return [(0, 0)] * (_MOST + 1)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _number(total: Decimal) -> bytes:
    return repr(float(total)).removesuffix(".0").encode()
