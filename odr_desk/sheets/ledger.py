"""A form with a row for each record, or one row for the period: prepared rows first, then as many as it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import bulk, dress, names, stretch, styles, values
from odr_desk.sheets.form import Facts, Form, Kind, Line, Shape
from odr_desk.sheets.layout import Layout, Place, text_of
from odr_desk.sheets.outcome import Outcome
from odr_desk.sheets.stretch import Stretch
from odr_desk.sheets.text import looks_like_formula
from odr_desk.sheets.values import Stated

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LAST_SHEET_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rows a template keeps ready: from the first to `last`; something stands below if `has_footer`."""

    first: int
    last: int
    has_footer: bool

    @property
    def kept(self) -> int:
        """Return the last row that is written cell by cell; those beyond look like the first."""
        return max(self.first, self.last)


def fill(layout: Layout, form: Form, facts: Facts) -> Outcome:
    """Write the lines below the heading in the style of the first prepared row."""
    if form.shape is Shape.SINGLE and len(facts.lines) != 1:
        raise TypeError(f"{form.code} takes one line, not {len(facts.lines)}")
    if layout.first_row + len(facts.lines) > LAST_SHEET_ROW:
        raise Invalid.of("rows", f"台账有 {len(facts.lines):,} 行，一张表放不下，没有填写；请缩短期间")
    prepared = prepared_rows(layout)
    needed = prepared.first + len(facts.lines) - 1
    if needed > prepared.last:
        stretch.apply(layout.sheet, Stretch(prepared.last, needed - prepared.last, prepared.has_footer))
    outcome = Outcome(lines=len(facts.lines), last_row=max(needed, prepared.last))
    columns = [_Column(layout, place, prepared, facts.lines) for place in layout.places]
    is_high = any(column.room.wrap for column in columns)
    for column in columns:
        column.write(outcome, is_high=is_high)
    _raise_rows(layout, prepared, columns)
    outcome.added = tuple(_added_rows(layout, prepared, needed, columns))
    _fill_totals(layout, form, columns, outcome)
    return outcome


def prepared_rows(layout: Layout) -> Prepared:
    """Return the empty rows below the heading; a row that only numbers itself is empty too."""
    sheet = layout.sheet
    sequence = next((place.column for place in layout.places if place.entry.kind is Kind.SEQUENCE), 0)
    for row in range(layout.first_row, sheet.max_row + 1):
        filled = [cell for cell in sheet[row] if cell.value is not None and cell.data_type != "f"]
        if any(cell.column != sequence or not str(cell.value).isdigit() for cell in filled):
            return Prepared(layout.first_row, row - 1, has_footer=True)
    return Prepared(layout.first_row, max(sheet.max_row, layout.first_row), has_footer=False)


class _Column:
    """One column on its way into the sheet: what is written, and the room it takes."""

    def __init__(self, layout: Layout, place: Place, prepared: Prepared, lines: Sequence[Line]) -> None:
        self.place = place
        self._sheet = layout.sheet
        self._prepared = prepared
        self._model = styles.cell_at(layout.sheet, prepared.first, place.column)
        self.is_formula = self._model.data_type == "f"
        self.stated = [_stated(place, line, number) for number, line in enumerate(lines, start=1)]
        width = dress.width_of(dress.widths(layout.sheet), layout.sheet, place.column)
        words = place.entry.kind in (Kind.TEXT, Kind.LABEL)
        shown = {what.shown for what in self.stated}
        self.room = dress.room(width, dress.font_size(self._model), shown, words=words)
        self._lines = {text: self.room.lines(text) for text in shown}
        if self.room.width > width and not self.is_formula:
            dress.set_width(layout.sheet, place.column, self.room.width)

    def lines(self, number: int) -> int:
        """Return the lines that the words of one record take."""
        return self._lines[self.stated[number].shown]

    def write(self, outcome: Outcome, *, is_high: bool) -> None:
        """Write the facts, all cells in one style: the model's, with the format and wrapping they need."""
        if self.is_formula:
            return
        before = styles.snapshot(self._model)
        self._prepare_model(is_high=is_high)
        plain = styles.style_of(self._model)
        quoted = styles.quoted(plain)
        self._numbers = styles.number_of(self._sheet, plain), styles.number_of(self._sheet, quoted)
        first = self._prepared.first
        for row, what in enumerate(self.stated[: self._prepared.kept - first + 1], start=first):
            cell = styles.cell_at(self._sheet, row, self.place.column)
            # A prepared row may be dressed otherwise than the first one, and keeps it.
            shares = cell is self._model or not cell.has_style or styles.style_of(cell) == before
            values.put(cell, what)
            if shares:
                styles.use(cell, quoted if cell.quotePrefix else plain)
            elif self.room.wrap:
                dress.wrap(cell)
        outcome.cells.update({(row, self.place.column): what for row, what in enumerate(self.stated, start=first)})

    def added(self, letter: str, row: int) -> bulk.Cell:
        """Return the cell of a row beyond the prepared ones."""
        what = self.stated[row - self._prepared.first]
        is_quoted = isinstance(what.value, str) and looks_like_formula(what.value)
        return bulk.Cell(letter, self._numbers[is_quoted], what)

    def _prepare_model(self, *, is_high: bool) -> None:
        formats = {what.number_format for what in self.stated} - {values.ANY}
        if formats and self._model.number_format == values.ANY:
            self._model.number_format = formats.pop()
        if is_high:
            dress.centre(self._model)
        if self.room.wrap:
            dress.wrap(self._model)
        if any(what.value == values.NOTHING for what in self.stated):
            dress.to_the_right(self._model)

    def total(self) -> Stated | None:
        """Return the sum of a column that has one."""
        if self.place.entry.kind not in (Kind.COUNT, Kind.MONEY):
            return None
        total = sum((Decimal(str(what.value)) for what in self.stated), Decimal(0))
        money = self.place.entry.kind is Kind.MONEY
        return Stated(total if money else int(total), values.HUNDREDTHS if money else values.WHOLE)


def _stated(place: Place, line: Line, number: int) -> Stated:
    value = line.values.get(place.entry.key)
    if place.entry.kind is Kind.SEQUENCE and value is None:
        value = number
    return values.stated(place, value)


def _raise_rows(layout: Layout, prepared: Prepared, columns: Sequence[_Column]) -> None:
    wrapped = [column for column in columns if column.room.wrap]
    size = max((column.room.size for column in wrapped), default=0)
    for number in range(min(len(columns[0].stated), prepared.kept - prepared.first + 1)):
        lines = max((column.lines(number) for column in wrapped), default=1)
        dress.raise_row(layout.sheet, prepared.first + number, lines, size)


def _added_rows(layout: Layout, prepared: Prepared, needed: int, columns: Sequence[_Column]) -> Iterator[bulk.Row]:
    """Make the rows beyond the prepared ones: the facts, and beside them what the first row has."""
    from openpyxl.utils import get_column_letter

    by_column = {column.place.column: column for column in columns if not column.is_formula}
    beside = {cell.column: cell for cell in styles.cells_of(layout.sheet, prepared.first)}
    letters = {number: get_column_letter(number) for number in sorted(by_column.keys() | beside.keys())}
    wrapped = [column for column in columns if column.room.wrap]
    size = max((column.room.size for column in wrapped), default=0)
    for row in range(prepared.kept + 1, needed + 1):
        cells = (
            by_column[number].added(letter, row)
            if number in by_column
            else _like(layout.sheet, beside[number], letter, row)
            for number, letter in letters.items()
        )
        lines = max((column.lines(row - prepared.first) for column in wrapped), default=1)
        yield bulk.Row(row, dress.height_for(layout.sheet, prepared.first, lines, size), tuple(cells))


def _like(sheet: "Worksheet", model: "Cell", letter: str, row: int) -> bulk.Cell:
    from openpyxl.formula.translate import Translator

    formula = ""
    if model.data_type == "f":
        formula = Translator(str(model.value), model.coordinate).translate_formula(f"{letter}{row}")[1:]
    return bulk.Cell(letter, styles.number_of(sheet, styles.style_of(model)), Stated(None), formula)


def _fill_totals(layout: Layout, form: Form, columns: Sequence[_Column], outcome: Outcome) -> None:
    """Fill the empty cells of a 合计 row below; where it has formulas they must come to the same."""
    totals = {names.label(word) for word in form.total_labels}
    for row in range(outcome.last_row + 1, layout.sheet.max_row + 1):
        words = [names.label(text_of(layout.sheet, row, place.column)) for place in layout.places]
        if not totals.intersection(words):
            continue
        for column in columns:
            total = column.total()
            cell = styles.cell_at(layout.sheet, row, column.place.column)
            if total is None or (cell.value is not None and cell.data_type != "f"):
                continue
            outcome.totals[row, column.place.column] = Decimal(str(total.value))
            if cell.data_type != "f":
                values.put(cell, total)
                outcome.cells[row, column.place.column] = total
