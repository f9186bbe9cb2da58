"""Foreign workbooks, read in a child process that may crash, hang or swell without harm."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from odr_desk.paths import PACKAGE
from odr_desk.rules.cells import Cell
from odr_desk.rules.errors import UnsafeFile
from odr_desk.sheets import container
from odr_desk.sheets.reading_child import CHILD_OPTION, PROBE, SECONDS

Row = tuple[Cell, ...]
_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged block, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet as plain values; rows may be of different length."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()  # row and column of text that was a formula
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a foreign file holds; `notes` say what could not be read from it."""

    name: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def read(path: Path, waiting: Callable[[], object] = lambda: None) -> Workbook:
    """Return the values of .xlsx, .xls, .ods or .csv; raise UnsafeFile or Invalid in complete words.

    `waiting` is called while it lasts; what it raises ends the reading.
    """
    path = Path(path).absolute()
    container.present_size(path)
    found = _ask_child(path, (), waiting)
    return Workbook(path.name, tuple(map(_sheet, found["sheets"])), tuple(found["notes"]))


def probe_template(path: Path) -> None:
    """Raise UnsafeFile unless the template can be opened for filling within the limits."""
    path = Path(path).absolute()
    container.present_size(path)
    _ask_child(path, (PROBE,))


def filled_down(sheet: Sheet) -> tuple[Row, ...]:
    """Return the rows with the value of each merged block in all its cells."""
    rows = [list(row) for row in sheet.rows]
    for block in sheet.merged:
        if block.bottom == block.top or block.right != block.left or block.top >= len(rows):
            continue  # a title across columns stays one cell
        value = rows[block.top][block.left] if block.left < len(rows[block.top]) else None
        for row in rows[block.top + 1 : block.bottom + 1]:
            row.extend([None] * (block.left + 1 - len(row)))
            row[block.left] = value
    return tuple(map(tuple, rows))


def _ask_child(path: Path, options: Sequence[str], waiting: Callable[[], object] = lambda: None) -> dict[str, Any]:
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(  # noqa: S603 - our own program, the path is one argument
        [*_command(), *options, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PACKAGE.parent,
        creationflags=flags,
    )
    try:
        output = _heard(child, waiting)
    except subprocess.TimeoutExpired:
        raise UnsafeFile(f"读取“{path.name}”超过 {SECONDS} 秒，已停止；请另存为新的 .xlsx 或分成几份再试") from None
    if child.returncode != 0 or not output:
        raise UnsafeFile(
            f"“{path.name}”读不了：内容已损坏，或占用内存超过 500 MB；请用 WPS/Excel 另存为新的 .xlsx 再试"
        )
    found: dict[str, Any] = json.loads(output.decode("utf-8", "replace"))
    if "refused" in found:
        raise UnsafeFile(found["refused"])
    return found


def _heard(child: "subprocess.Popen[bytes]", waiting: Callable[[], object]) -> bytes:
    """Return what the child says; it does not outlive the patience with it."""
    until = time.monotonic() + SECONDS
    try:
        while True:
            try:
                return child.communicate(timeout=min(_POLL_SECONDS, SECONDS))[0]
            except subprocess.TimeoutExpired:
                waiting()
                if time.monotonic() >= until:
                    raise
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_OPTION]
    return [sys.executable, "-m", "odr_desk.sheets.reading_child"]


def _sheet(found: dict[str, Any]) -> Sheet:
    return Sheet(
        name=found["name"],
        rows=tuple(tuple(map(_cell, row)) for row in found["rows"]),
        merged=tuple(Merged(*start, *end) for start, end in found["merged"]),
        formulas=frozenset((row, column) for row, column in found["formulas"]),
        hidden=found["hidden"],
    )


def _cell(found: object) -> Cell:
    match found:
        case {"at": str() as instant}:
            return datetime.fromisoformat(instant)
        case {"on": str() as day}:
            return date.fromisoformat(day)
        case str() | bool() | int() | float():
            return found
        case _:
            return None
