"""What a regulator's form is made of: declared once, found by name in whatever template it comes.

A new form is one declaration in a module of its own and one line in `odr_desk.sheets.FORMS`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

Value = str | int | float | Decimal | date | datetime | None


class Shape(Enum):
    """How the facts stand in the form."""

    MATRIX = "matrix"  # a row for each class, the classes printed in the template
    SINGLE = "single"  # one row for the whole period
    LEDGER = "ledger"  # a row for each case, as many as there are


class Kind(Enum):
    """What a column holds, and so what an empty fact is written as."""

    LABEL = "label"  # the printed names of the rows of a matrix
    SEQUENCE = "sequence"  # 1, 2, 3 …
    TEXT = "text"
    COUNT = "count"  # none is written as 0
    WHOLE = "whole"  # a whole number that may be missing
    MONEY = "money"  # given in fen, written in the unit of the heading; none is 0
    RATE = "rate"  # given in per cent; a dash where there is nothing to divide by
    MEAN = "mean"  # an average with two decimals; a dash where there is nothing to divide by
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of a form: the key of the fact and the headings it goes by."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that stands outside the table, behind a label such as 填报人：."""

    key: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adding:
    """Columns that add up to another in every row; what a template has no column for goes under `rest`."""

    total: str
    parts: tuple[str, ...]
    rest: str


UNIT = Slot("unit", ("填报单位", "报送单位", "上报单位", "单位名称"))
PERIOD = Slot("period", ("统计期间", "统计时间", "统计月份", "统计区间", "报告期", "填报期间"))
FILLER = Slot("filler", ("填报人", "填表人", "制表人", "经办人"))
CHECKER = Slot("checker", ("审核人", "复核人", "单位负责人", "负责人"))
PHONE = Slot("phone", ("联系电话", "联系方式", "电话"))
FILLED_ON = Slot("filled_on", ("填报日期", "填表日期", "制表日期", "报送日期", "上报日期", "日期"))
SLOTS = (UNIT, PERIOD, FILLER, CHECKER, PHONE, FILLED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A regulator's form."""

    code: str
    title: str
    shape: Shape
    entries: tuple[Entry, ...]
    slots: tuple[Slot, ...] = SLOTS
    adding: Adding | None = None
    total_labels: tuple[str, ...] = ("合计", "总计", "共计")
    rest_label: str = ""

    def entry(self, key: str) -> Entry:
        """Return the column of a key; KeyError when there is none."""
        return {entry.key: entry for entry in self.entries}[key]


@dataclass(frozen=True, slots=True)
class Line:
    """The facts of one row by key; of a matrix also its class and the group the class belongs to."""

    values: Mapping[str, Value]
    label: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that goes into one form.

    A matrix gets a line for every class the desk knows, those without cases too: a row of the
    template that is none of them is reported as unknown.
    """

    lines: Sequence[Line]
    slots: Mapping[str, str | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the template or the filling that a person should know."""

    place: str
    text: str
