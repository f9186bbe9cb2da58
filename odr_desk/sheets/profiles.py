"""Rows of a foreign table as values with remarks: what each row says, and what about it needs a look.

Whether a row is new, changes something or is already there, the service decides that knows the records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from odr_desk.rules import cells
from odr_desk.rules.cells import Cell, Reading
from odr_desk.rules.errors import Invalid
from odr_desk.sheets import names, reading
from odr_desk.sheets.names import Unit
from odr_desk.sheets.profile import ImportField, Profile
from odr_desk.sheets.reading import Row, Sheet, Workbook

LAST_HEADING_ROW = 40
FEWEST = 2  # headings that must be known before a row is taken for the heading
_ASIDE = re.compile(r"(?:说明|备注|注|合计|总计|共计|小计|制表|填表|填报|审核|以上)")
_TOTAL = re.compile(r"(?:合计|总计|共计|小计)")
_COUNTED = re.compile(r"共\s*(\d+)\s*[户条件行家个]")


class Level(StrEnum):
    """Whether a remark keeps a row out or asks for a look."""

    MUST = "must"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one value of a row."""

    level: Level
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of the table by its number there; `values` has only what was read.

    `repeats` is the number of an earlier row with the same key, `differs` the fields that say otherwise there.
    """

    number: int
    values: Mapping[str, object]
    remarks: tuple[Remark, ...]
    shown: Mapping[str, str]
    repeats: int | None = None
    differs: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        return any(remark.level is Level.MUST for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record: a note, a total, a repeated heading."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table holds; `missing` are required fields that no column was found for."""

    sheet: str
    heading_row: int
    headings: Mapping[str, str]  # heading of the table → field
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    rows: tuple[ImportedRow, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    heading: str
    field: ImportField


def read_book(book: Workbook, profile: Profile, mapping: Mapping[str, str] | None = None) -> Imported:
    """Return the rows of the sheet that fits the profile best; raise Invalid when none does.

    `mapping` names fields for headings that the profile does not know, or an empty text to leave one out.
    """
    known = _Known(profile, mapping or {})
    tables = [table for table in (_table(sheet, known) for sheet in book.sheets) if table]
    if not tables:
        some = "、".join(field.headings[0] for field in profile.fields[:4])
        raise Invalid.of(
            "path", f"“{book.name}”里找不到“{profile.title}”的表头（如{some}），没有导入；请核对是否选错了文件"
        )
    best = max(tables, key=lambda table: (table.count > 0 and not table.sheet.hidden, table.score))
    _check_count(book, best.count, profile)
    found = _read(book, best.sheet, best.heading, profile, known)
    return replace(found, notes=(*_other_sheets(best, tables), *found.notes))


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet that has the headings of a profile, `count` rows with content below them."""

    sheet: Sheet
    heading: int
    score: int
    count: int


def _table(sheet: Sheet, known: "_Known") -> _Table | None:
    """Return where the headings stand, none where fewer are known than make a table."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(sheet.rows[:LAST_HEADING_ROW]):
        score = len({field.name for field in map(known.field, row) if field}) - (FEWEST if sheet.hidden else 0)
        if score >= FEWEST and (best is None or score > best[0]):
            best = score, index
    if best is None:
        return None
    count = sum(any(cell is not None for cell in row) for row in sheet.rows[best[1] + 1 :])
    return _Table(sheet, best[1], best[0], count)


def _other_sheets(read: _Table, tables: Iterable[_Table]) -> Iterator[str]:
    """Say which sheet was read where there was a choice, so that nobody believes the others were."""
    left = [table for table in tables if table is not read and table.count and not table.sheet.hidden]
    if left:
        there = "、".join(f"“{table.sheet.name}”（{table.count:,} 行）" for table in left)
        yield f"只读了工作表“{read.sheet.name}”；{there}也是这种表，没有读入，请把它们另存成单独的文件再导入"
    if read.sheet.hidden:
        yield f"读的是隐藏的工作表“{read.sheet.name}”，请核对是不是要导入的那张"


def _check_count(book: Workbook, count: int, profile: Profile) -> None:
    if not count:
        raise Invalid.of("path", f"“{book.name}”只有表头，下面没有数据，没有导入；请核对是否导出了空表")
    if count > profile.most:
        said = f"“{book.name}”有 {count:,} 行，一次最多导入 {profile.most:,} 行，没有导入；请按时间分成几份"
        raise Invalid.of("path", said)


class _Known:
    """The names the fields of a profile go by."""

    def __init__(self, profile: Profile, mapping: Mapping[str, str]) -> None:
        fields = {field.name: field for field in profile.fields}
        self._said = {names.exact(heading): fields.get(name) for heading, name in mapping.items()}
        self._exact: dict[str, ImportField] = {}
        self._bare: dict[str, ImportField] = {}
        for field in reversed(profile.fields):
            for name in reversed((*field.headings, field.label)):
                self._exact[names.exact(name)] = field
                self._bare[names.bare(name)] = field

    def field(self, cell: Cell) -> ImportField | None:
        plain = cells.shown(cell)
        exact = names.exact(plain)
        if not exact or exact in self._said:
            return self._said.get(exact)
        return self._exact.get(exact) or self._bare.get(names.bare(plain))


def _read(book: Workbook, sheet: Sheet, heading: int, profile: Profile, known: _Known) -> Imported:
    columns, unmapped = _columns(sheet.rows[heading], known)
    found = {column.field.name for column in columns}
    rows: list[ImportedRow] = []
    skipped: list[Skipped] = []
    for index, row in _body(sheet, heading):
        aside = _aside(sheet.rows[index], columns)
        if aside:
            skipped.append(Skipped(index + 1, aside))
        elif any(_at(sheet.rows[index], column.index) is not None for column in columns):
            rows.append(_row(sheet, index, row, columns, profile))
    return Imported(
        sheet=sheet.name,
        heading_row=heading + 1,
        headings={column.heading: column.field.name for column in columns},
        unmapped=unmapped,
        missing=tuple(field.label for field in profile.fields if field.required and field.name not in found),
        rows=tuple(_with_repeats(rows, profile)),
        skipped=tuple(skipped),
        notes=(*book.notes, *_counted(skipped, len(rows))),
    )


def _columns(row: Row, known: _Known) -> tuple[list[_Column], tuple[str, ...]]:
    columns: list[_Column] = []
    unmapped: list[str] = []
    for index, cell in enumerate(row):
        field = known.field(cell)
        heading = " ".join(cells.shown(cell).split())
        if field and field not in [column.field for column in columns]:
            columns.append(_Column(index, heading, field))
        elif heading:
            unmapped.append(heading)
    return columns, tuple(unmapped)


def _body(sheet: Sheet, heading: int) -> Iterator[tuple[int, Row]]:
    filled = reading.filled_down(sheet)
    for index in range(heading + 1, len(filled)):
        yield index, filled[index]


def _aside(row: Row, columns: list[_Column]) -> str:
    """Return the text of a row that is no record, empty for a record or an empty row."""
    filled = [cells.shown(cell).strip() for cell in row if cell is not None]
    headings = {names.exact(column.heading) for column in columns}
    if len(filled) >= FEWEST and all(names.exact(text) in headings for text in filled):
        return "　".join(filled)
    if filled and _TOTAL.fullmatch(names.exact(filled[0])):
        return "　".join(filled)
    required = [column for column in columns if column.field.required]
    has_required = any(_at(row, column.index) is not None and column.index > 0 for column in required)
    if filled and (_ASIDE.match(filled[0]) and not has_required):
        return "　".join(filled)
    return ""


def _row(sheet: Sheet, index: int, row: Row, columns: list[_Column], profile: Profile) -> ImportedRow:
    values: dict[str, object] = {}
    remarks: list[Remark] = []
    for column in columns:
        found = _reading(column, _at(row, column.index))
        if found.value is not None:
            values[column.field.name] = found.value
        if found.remark:
            level = Level.MUST if found.value is None and column.field.required else Level.LOOK
            remarks.append(Remark(level, column.field.name, found.remark))
        if (index, column.index) in sheet.formulas:
            words = "原表这一格是公式，没有算出的结果，按原文录入，请核对"
            remarks.append(Remark(Level.LOOK, column.field.name, words))
    said = {remark.field for remark in remarks if remark.level is Level.MUST} | values.keys()
    lacking = (field for field in profile.fields if field.required and field.name not in said)
    remarks += [Remark(Level.MUST, field.name, f"没有{field.label}") for field in lacking]
    shown = {column.field.name: cells.shown(_at(row, column.index)) for column in columns}
    return ImportedRow(index + 1, values, tuple(remarks), shown)


def _reading(column: _Column, cell: Cell) -> Reading[object]:
    if column.field.read is cells.fen and names.unit(column.heading) is Unit.TEN_THOUSAND:
        return cells.fen(cell, 10_000)
    return column.field.read(cell)


def _at(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else None


def _with_repeats(rows: list[ImportedRow], profile: Profile) -> Iterator[ImportedRow]:
    first: dict[tuple[object, ...], ImportedRow] = {}
    for row in rows:
        keys = [(names, *(row.values.get(name) for name in names)) for names in profile.keys]
        complete = [key for key in keys if None not in key]
        same = (first[key] for key in complete if key in first)
        earlier = next((found for found in same if not _told_apart(found, row, profile.number)), None)
        if earlier is None:
            for key in complete:
                first.setdefault(key, row)
            yield row
        else:
            differs = tuple(name for name, value in row.values.items() if earlier.values.get(name, value) != value)
            yield replace(row, repeats=earlier.number, differs=differs)


def _told_apart(row: ImportedRow, other: ImportedRow, number: str) -> bool:
    return number in row.values and number in other.values and row.values[number] != other.values[number]


def _counted(skipped: list[Skipped], rows: int) -> Iterator[str]:
    for row in skipped:
        found = _COUNTED.search(row.text)
        if found and int(found[1]) != rows:
            yield f"第 {row.number} 行写着“{row.text[:40]}”，实际读到 {rows} 行，请核对有没有漏行"
