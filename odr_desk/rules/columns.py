"""A column said once: the list on screen, the print and the Excel export use the same tuple."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from odr_desk.rules import moments
from odr_desk.rules.labels import Word

Row = TypeVar("Row")
Align = Literal["left", "right"]


def plain(value: Any) -> str:  # noqa: ANN401 - a cell may hold anything
    """Return a value as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Word():
            return value.label
        case datetime():
            return moments.show_moment(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A heading, the value under it and how the value is written for people.

    `width` is in characters; `key` names the column in saved layouts and in the sort order a
    service understands, empty when the list cannot be sorted by it.
    """

    heading: str
    value: Callable[[Row], Any]
    show: Callable[[Any], str] = plain
    width: int = 12
    align: Align = "left"
    key: str = ""
