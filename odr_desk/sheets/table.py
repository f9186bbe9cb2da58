"""Any list as one worksheet: heading, one row a record, ready to filter and to print."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odr_desk.rules import moments, money
from odr_desk.rules.columns import Column, plain
from odr_desk.rules.errors import Invalid, Trouble
from odr_desk.sheets import fit, text, writing
from odr_desk.sheets.proof import ADVICE, Trace
from odr_desk.sheets.writing import Prepared

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_000  # of the 1,048,576 a worksheet has
EXACT = 10**15  # a spreadsheet keeps fifteen digits; longer numbers are written as text
EVERY = 500  # rows between two reports of progress
Progress = Callable[[int], None]
"""Called with the number of rows done; what it raises stops the export and leaves nothing behind."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "top", "bottom": 1, "bottom_color": "#D9DEE4"}
_HEAD = {
    "bold": True,
    "bg_color": "#E8EEF4",
    "border": 1,
    "border_color": "#B8C4D0",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_A4 = 9
_AIR = 2  # places left and right of the longest text a column expects
_OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "quoted": {"text_wrap": True, "quote_prefix": True},
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "General"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}

Shown = str | int | float | date | datetime | None


def write(
    title: str, columns: Sequence[Column[Any]], rows: Iterable[Any], *, note: str = "", progress: Progress | None = None
) -> bytes:
    """Return the workbook; for many rows `prepare` is lighter."""
    with tempfile.TemporaryDirectory(prefix="odr-") as folder:
        made = prepare(Path(folder) / "table.xlsx", title, columns, rows, note=note, progress=progress)
        return made.put().path.read_bytes()


def prepare(
    path: Path,
    title: str,
    columns: Sequence[Column[Any]],
    rows: Iterable[Any],
    *,
    note: str = "",
    progress: Progress | None = None,
    upright: bool = False,
) -> Prepared:
    """Write the workbook beside its place and read it back cell by cell; it is printed across unless `upright`."""
    sheet = _Sheet(title, columns, note, progress or _unheard, upright=upright)
    return writing.prepare_file(path, lambda file: sheet.fill(file, rows), sheet.check)


class _Sheet:
    """One export: what was written is traced, so that the finished file can be compared."""

    def __init__(
        self, title: str, columns: Sequence[Column[Any]], note: str, progress: Progress, *, upright: bool
    ) -> None:
        self._title = title
        self._columns = columns
        self._note = note
        self._upright = upright
        self._progress = progress
        self._meant = Trace()
        self._rows = 0

    def fill(self, file: Path, rows: Iterable[Any]) -> None:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError

        book = Workbook(str(file), _OPTIONS | {"tmpdir": str(file.parent)})
        sheet = book.add_worksheet(_sheet_name(self._title))
        try:
            self._write(book, sheet, rows)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            sheet.row_data_fh.close()  # an export that is stopped must not hold its temporary file

    def check(self, file: Path) -> None:
        """Raise Trouble unless the file on the disk holds what was meant."""
        found = Trace()
        for row in _read_back(file, self._rows + 1):
            found.add(row)
        self._meant.require(found)
        self._progress(self._rows)

    def _write(self, book: "Workbook", sheet: "Worksheet", rows: Iterable[Any]) -> None:
        self._dress(book, sheet)
        formats = _Formats(book)
        for row in rows:
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise Invalid.of("rows", f"一张表最多 {MOST_ROWS:,} 行，没有导出；请缩小范围，分几次导出")
            self._write_row(sheet, formats, row)
            if self._rows % EVERY == 0:
                self._progress(self._rows)
        if self._columns and self._rows:
            sheet.autofilter(0, 0, self._rows, len(self._columns) - 1)
        if self._note:
            sheet.write_string(
                self._rows + 2, 0, text.fit(self._note, "说明"), book.add_format({"font_color": "#666666"})
            )

    def _dress(self, book: "Workbook", sheet: "Worksheet") -> None:
        head = book.add_format(_FONT | _HEAD)
        for number, column in enumerate(self._columns):
            sheet.set_column(number, number, column.width + _AIR)
            sheet.write_string(0, number, column.heading, head)
        self._meant.add(column.heading for column in self._columns)
        sheet.freeze_panes(1, 0)
        if not self._upright:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(0.4, 0.4, 0.75, 0.6)
        sheet.set_header(f"&C&14{self._title[:100].replace('&', '&&')}")
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def _write_row(self, sheet: "Worksheet", formats: "_Formats", row: object) -> None:
        cells = [_cell(column, column.value(row)) for column in self._columns]
        sheet.set_row(self._rows, self._height(value for _, value in cells))
        for number, ((kind, value), column) in enumerate(zip(cells, self._columns, strict=True)):
            dress = formats.of(kind, column.align)
            match value:
                case None:
                    sheet.write_blank(self._rows, number, None, dress)
                case str():
                    sheet.write_string(self._rows, number, value, dress)
                case date():
                    sheet.write_datetime(self._rows, number, value, dress)
                case _:
                    sheet.write_number(self._rows, number, value, dress)
        self._meant.add(value for _, value in cells)

    def _height(self, cells: Iterable[Shown]) -> float:
        words = zip(cells, self._columns, strict=True)
        most = max((fit.lines(cell, _places(column)) for cell, column in words if isinstance(cell, str)), default=1)
        return fit.height(most, _FONT["font_size"])


class _Formats:
    """The few cell formats of one workbook, made when first needed."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, str], object] = {}

    def of(self, kind: str, align: str) -> object:
        key = kind, align
        if key not in self._made:
            right = {"align": "right", "indent": 1} if align == "right" else {}
            self._made[key] = self._book.add_format(_FONT | _KINDS[kind] | right)
        return self._made[key]


def _cell(column: Column[Any], value: object) -> tuple[str, Shown]:
    """Return what stands in the cell: numbers and days as such where the list shows them as such."""
    match value:
        case None:
            return "text", None
        case int() | float() | Decimal() if not isinstance(value, bool):
            return _number(column, value)
        case datetime():
            there = moments.local(value) if value.tzinfo else value
            return "moment", there.replace(tzinfo=None, microsecond=0)
        case date():
            return "day", value
        case _:
            return _words(column, value)


def _number(column: Column[Any], value: float | Decimal) -> tuple[str, Shown]:
    if column.show is money.show:
        return "money", float(value) / 100
    if column.show is plain and -EXACT < value < EXACT:
        return "number", float(value) if isinstance(value, Decimal) else value
    return _words(column, value)


def _words(column: Column[Any], value: object) -> tuple[str, Shown]:
    fitted = text.fit(column.show(value), column.heading)
    return ("quoted" if text.looks_like_formula(fitted) else "text"), fitted or None


def _places(column: Column[Any]) -> float:
    return fit.places(column.width + _AIR, _FONT["font_size"])


def _read_back(file: Path, rows: int) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(file) as book:
            yield from book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=rows)
    except CalamineError as error:
        raise Trouble("导出的表格打不开，没有保存。", ADVICE) from error


def _sheet_name(title: str) -> str:
    name = _FORBIDDEN.sub(" ", title).strip().strip("'")[:31].strip("'")
    return name if name and name.lower() != "history" else "表"


def _unheard(_rows: int) -> None:
    pass
