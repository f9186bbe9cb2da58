"""A running digest of cells: what was meant and what a file gives back can be compared in full."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from odr_desk.rules.errors import Trouble

ADVICE = "请再导出一次；若再出现，请检查磁盘。"


class Trace:
    """Takes rows of cells; two traces are equal when all texts, numbers and days were."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, cells: Iterable[object]) -> None:
        words = "\x1f".join(map(_word, cells)).rstrip("\x1f")
        self._digest.update(words.encode("utf-8", "surrogatepass") + b"\n")

    def require(self, found: "Trace") -> None:
        """Raise Trouble unless the finished file gave back the same."""
        if found._digest.digest() != self._digest.digest():  # noqa: SLF001 - the other is of the same class
            raise Trouble("导出的表格读回后与原数据不一致，没有保存。", ADVICE)


def _word(cell: object) -> str:
    match cell:
        case None | "":
            return ""
        case datetime():
            return f"d{cell:%Y-%m-%dT%H:%M:%S}"
        case date():
            return f"d{cell:%Y-%m-%d}T00:00:00"
        case int() | float():
            return f"n{cell:.12g}"
        case _:
            return f"s{cell}"
