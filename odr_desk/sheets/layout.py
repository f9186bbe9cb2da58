"""Where in a template the things of a form stand, found by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import names
from odr_desk.sheets.form import Entry, Form, Kind
from odr_desk.sheets.names import Unit

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_HEADING_ROW = 40
FEWEST = 2  # headings that must be known before a row is taken for the heading


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the template and what goes into it."""

    entry: Entry
    column: int
    heading: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of a form inside a template; rows and columns count from 1."""

    sheet: "Worksheet"
    heading_row: int
    first_row: int
    places: tuple[Place, ...]
    unmapped: tuple[str, ...]
    missing: tuple[Entry, ...]

    def place(self, key: str) -> Place | None:
        """Return the column of a key, if the template has one."""
        return next((place for place in self.places if place.entry.key == key), None)


def find(book: "Workbook", form: Form, mapping: Mapping[str, str]) -> Layout:
    """Return the best place of the form's headings; raise Invalid if no sheet has them.

    `mapping` names keys for headings that the form does not know by itself.
    """
    known = _Known(form, mapping)
    best: tuple[int, Worksheet, int] | None = None
    for sheet in book.worksheets:
        for row in range(1, min(sheet.max_row, LAST_HEADING_ROW) + 1):
            found = (_entry_at(known, sheet, row, column) for column in range(1, sheet.max_column + 1))
            score = len({entry.key for entry in found if entry})
            if score >= FEWEST and (best is None or score > best[0]):
                best = score, sheet, row
    if best is None:
        some = "、".join(entry.heading for entry in form.entries[:4])
        raise Invalid.of("template", f"模板里找不到“{form.title}”的表头（如{some}），没有填写；请核对是否选错了模板")
    return _layout(form, known, best[1], best[2])


def heading_text(sheet: "Worksheet", row: int, column: int) -> str:
    """Return the text over a column: of the cell, or of the block it belongs to from above."""
    for block in sheet.merged_cells.ranges:
        if block.min_col <= column <= block.max_col and block.min_row <= row <= block.max_row:
            if block.min_col != block.max_col:
                return text_of(sheet, row, column)
            return text_of(sheet, block.min_row, block.min_col)
    return text_of(sheet, row, column)


def text_of(sheet: "Worksheet", row: int, column: int) -> str:
    """Return a cell as text, empty for an empty one."""
    value = sheet.cell(row, column).value
    return "" if value is None else str(value)


class _Known:
    """The names a form goes by."""

    def __init__(self, form: Form, mapping: Mapping[str, str]) -> None:
        entries = {entry.key: entry for entry in form.entries}
        self._said = {names.exact(heading): entries[key] for heading, key in mapping.items() if key in entries}
        self._exact: dict[str, Entry] = {}
        self._bare: dict[str, Entry] = {}
        for entry in reversed(form.entries):
            for name in (*entry.aliases, entry.heading):
                self._exact[names.exact(name)] = entry
                self._bare[names.bare(name)] = entry

    def entry(self, text: str) -> Entry | None:
        if not text.strip():
            return None
        exact = names.exact(text)
        return self._said.get(exact) or self._exact.get(exact) or self._bare.get(names.bare(text))


def _texts(sheet: "Worksheet", row: int) -> Iterator[str]:
    for column in range(1, sheet.max_column + 1):
        yield heading_text(sheet, row, column)


def _layout(form: Form, known: _Known, sheet: "Worksheet", row: int) -> Layout:
    places: dict[str, Place] = {}
    unmapped: list[str] = []
    general = _general_unit(sheet, row)
    for column in range(1, sheet.max_column + 1):
        text = heading_text(sheet, row, column)
        entry = _entry_at(known, sheet, row, column)
        if entry is not None and entry.key not in places:
            places[entry.key] = Place(entry, column, text, _unit(entry, text, general))
        elif text.strip():
            unmapped.append(" ".join(text.split()))
    missing = tuple(entry for entry in form.entries if entry.key not in places and entry.kind is not Kind.SEQUENCE)
    return Layout(sheet, row, _first_row(sheet, row), tuple(places.values()), tuple(unmapped), missing)


def _entry_at(known: _Known, sheet: "Worksheet", row: int, column: int) -> Entry | None:
    """Return what a column is by its heading, else by the heading together with the group above it."""
    text = heading_text(sheet, row, column)
    group = _group_text(sheet, row, column) if text else ""
    return (known.entry(group + text) if group else None) or known.entry(text)


def _unit(entry: Entry, text: str, general: Unit) -> Unit:
    """Return the unit the heading states, else for money what the form states in general, else the usual one."""
    said = names.unit(text)
    if entry.kind is not Kind.MONEY or said is not Unit.NONE:
        return said
    return names.unit(entry.heading) if general is Unit.NONE else general


def _general_unit(sheet: "Worksheet", heading_row: int) -> Unit:
    cells = (text_of(sheet, row, column) for row in range(1, heading_row) for column in range(1, sheet.max_column + 1))
    return next((unit for unit in map(names.general_unit, cells) if unit is not Unit.NONE), Unit.NONE)


def _group_text(sheet: "Worksheet", row: int, column: int) -> str:
    for block in sheet.merged_cells.ranges:
        if block.min_row < row and block.max_row == row - 1 and block.min_col <= column <= block.max_col:
            return text_of(sheet, block.min_row, block.min_col)
    return ""


def _first_row(sheet: "Worksheet", heading_row: int) -> int:
    """Return the first row of the body: below merged headings and below a line that numbers the columns."""
    last = max(
        (block.max_row for block in sheet.merged_cells.ranges if block.min_row <= heading_row <= block.max_row),
        default=heading_row,
    )
    texts = [text for text in _texts(sheet, last + 1) if text.strip()]
    return last + 2 if len(texts) > FEWEST and all(map(names.is_counter, texts)) else last + 1
