"""The child process that opens a foreign workbook: whatever it does to us, it does here.

Started as `python -m odr_desk.sheets.reading_child FILE`, in the frozen program as
`odr-desk --read-workbook FILE`. Answers with one JSON object on standard output. A crash is an
answer too: the parent calls the file damaged.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from odr_desk.rules.errors import DeskError, UnsafeFile
from odr_desk.sheets import container, formulas
from odr_desk.sheets.container import Kind

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 200, 1_000_000
MOST_TEMPLATE_CELLS = 200_000
_MERGED = re.compile(rb'<mergeCell ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
MEMORY = 500 * container.MEGABYTE
SECONDS = 60
CHILD_OPTION = "--read-workbook"
PROBE = "--template"

Answer = dict[str, Any]


def child_main(arguments: Sequence[str]) -> int:
    """Read the workbook named last and print what it holds; `--template` only opens it for filling."""
    _limit_itself()
    *options, path = arguments
    work = probe if PROBE in options else answer
    _say(refusing(work, Path(path)))
    return 0


def refusing(work: Callable[[Path], Answer], path: Path) -> Answer:
    """Return the answer, or the refusal in words."""
    try:
        return work(path)
    except DeskError as error:
        return {"refused": str(error)}


def answer(path: Path) -> Answer:
    """Return the sheets of a workbook as plain JSON."""
    found = container.examine(path)
    sheets = [_csv_sheet(path)] if found.kind is Kind.PLAIN_TEXT else list(_sheets(path))
    notes = list(found.notes)
    if found.kind is Kind.OPEN_XML:
        notes += _put_back(path, sheets)
    if not any(row for sheet in sheets for row in sheet["rows"]):
        raise UnsafeFile(f"“{path.name}”里没有任何内容，没有读取")
    return {"sheets": sheets, "notes": notes}


def probe(path: Path) -> Answer:
    """Open a template as it will be opened for filling, to see whether that is bearable."""
    if container.examine(path).kind is not Kind.OPEN_XML:
        raise UnsafeFile(f"“{path.name}”不是 .xlsx 模板，请用 WPS/Excel 另存为 .xlsx 再用")
    _check_template(path)
    from openpyxl import load_workbook

    load_workbook(path, rich_text=True)
    return {"ok": True}


def _check_template(path: Path) -> None:
    # A merged block costs one cell object per cell in it, however few bytes it takes in the file.
    with container.unpack_checked(path) as archive:
        for part in archive.infolist():
            content = container.read_part(archive, part)
            area = sum(_area(*block) for block in _MERGED.findall(content))
            if area + content.count(b"<c ") > MOST_TEMPLATE_CELLS:
                raise UnsafeFile(f"“{path.name}”的表格区域太大，不能当作模板；请删去多余的合并单元格和空行后另存再用")


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    return (formulas.column(right) - formulas.column(left) + 1) * (int(bottom) - int(top) + 1)


def _sheets(path: Path) -> Iterator[Answer]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise UnsafeFile(f"“{path.name}”已加密（设了打开密码），没有读取；请去掉密码后另存再导入") from None
    except (calamine.CalamineError, OSError):
        raise UnsafeFile(container.damaged(path)) from None
    cells = 0
    with book:
        for facts in book.sheets_metadata:
            if facts.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            try:
                sheet = book.get_sheet_by_name(facts.name)
            except (calamine.CalamineError, OSError):
                raise UnsafeFile(container.damaged(path)) from None
            _check_extent(path, sheet.end)
            rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
            cells += sum(map(len, rows))
            if cells > MOST_CELLS:
                raise UnsafeFile(f"“{path.name}”的内容超过 {MOST_CELLS:,} 格，没有读取；请分成几份再导入")
            yield {
                "name": facts.name,
                "hidden": facts.visible != calamine.SheetVisibleEnum.Visible,
                "rows": rows,
                "merged": sheet.merged_cell_ranges or [],
                "formulas": [],
            }


def _put_back(path: Path, sheets: Iterable[Answer]) -> list[str]:
    missing = formulas.without_result(path)
    put = 0
    for sheet in sheets:
        rows = sheet["rows"]
        for (row, column), text in missing.get(sheet["name"], {}).items():
            _check_extent(path, (row, column))
            rows.extend([] for _ in range(row + 1 - len(rows)))
            cells = rows[row]
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = text
                sheet["formulas"].append((row, column))
                put += 1
    return [f"有 {put} 格是没有结果的公式，按公式原文读入，不计算；请核对这些行"] if put else []


def _check_extent(path: Path, end: tuple[int, int] | None) -> None:
    if end is None:
        return
    if end[0] >= MOST_ROWS:
        raise UnsafeFile(f"“{path.name}”有 {end[0] + 1:,} 行，超过 {MOST_ROWS:,} 行，没有读取；请分成几份再导入")
    if end[1] >= MOST_COLUMNS:
        raise UnsafeFile(f"“{path.name}”有 {end[1] + 1:,} 列，超过 {MOST_COLUMNS} 列，没有读取；请删去无用的列")


def _row(row: Iterable[object]) -> list[object]:
    cells = [_plain(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _plain(cell: object) -> object:
    match cell:
        case "":
            return None
        case str() | bool() | int() | float():
            return cell
        case datetime():
            return {"at": cell.isoformat()}
        case date():
            return {"on": cell.isoformat()}
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


def _csv_sheet(path: Path) -> Answer:
    text = _decoded(path)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    rows: list[list[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), dialect):
            rows.append(_row(cell.strip() for cell in row))
            _check_extent(path, (len(rows) - 1, len(row) - 1))
    except csv.Error:
        raise UnsafeFile(container.damaged(path)) from None
    return {"name": path.stem, "hidden": False, "rows": rows, "merged": [], "formulas": []}


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnsafeFile(f"“{path.name}”的文字编码认不出来，没有读取；请用 WPS/Excel 打开后另存为 .xlsx 再导入")


def _limit_itself() -> None:
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write


def _say(result: Answer) -> None:
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode())
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(child_main(sys.argv[1:]))
