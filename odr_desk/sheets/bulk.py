"""Many equal rows, written straight into the XML of a sheet.

openpyxl needs some twenty seconds for a ledger of ten thousand rows; the rows beyond the prepared ones
all look like the first, so that their XML can be put in afterwards.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from odr_desk.sheets import text
from odr_desk.sheets.values import Stated

_EPOCH = date(1899, 12, 30)
_ROW = re.compile(rb'<row r="(\d+)"')
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]+\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an added row: its column by letter, its style by number, a value or a formula."""

    column: str
    style: int
    what: Stated
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One added row; without a height the program that opens it decides."""

    number: int
    height: float | None
    cells: tuple[Cell, ...]


def insert(sheet: bytes, rows: Iterable[Row]) -> bytes:
    """Return the XML of a sheet with rows added where their numbers belong, before any that stand below."""
    added = list(rows)
    if not added:
        return sheet
    place = sheet.index(b"</sheetData>")
    for row in _ROW.finditer(sheet):
        if int(row[1]) > added[-1].number:
            place = row.start()
            break
    body = "".join(map(_row, added)).encode()
    return _with_dimension(sheet[:place], added[-1].number) + body + sheet[place:]


def _with_dimension(head: bytes, last: int) -> bytes:
    found = _DIMENSION.search(head)
    if not found or int(found[3]) >= last:
        return head
    return head[: found.start(3)] + str(last).encode() + head[found.end(3) :]


def _row(row: Row) -> str:
    height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
    cells = "".join(_cell(cell, row.number) for cell in row.cells)
    return f'<row r="{row.number}"{height}>{cells}</row>'


def _cell(cell: Cell, row: int) -> str:
    head = f'<c r="{cell.column}{row}" s="{cell.style}"'
    if cell.formula:
        return f"{head}><f>{escape(cell.formula)}</f><v /></c>"
    match cell.what.value:
        case None:
            return f"{head}/>"
        case str() as words:
            return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(text.escaped(words))}</t></is></c>'
        case date() as day:
            return f"{head}><v>{(day - _EPOCH).days}</v></c>"
        case Decimal() as number:
            return f"{head}><v>{float(number)!r}</v></c>"
        case number:
            return f"{head}><v>{number}</v></c>"
