"""What a claim calculator takes and gives: whole fen in, a formula in words and its figures out.

A reckoning is a reference for bargaining (主张参考), never a finding of what is owed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar, roll_working
from odr_desk.rules.errors import Invalid
from odr_desk.rules.moments import show_day
from odr_desk.rules.parsing import check

LABEL = "主张参考"
_DECIMAL = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?")
SCALE = 10_000  # decimals are kept to four places


@dataclass(frozen=True, slots=True)
class Figure:
    """One result with its name: an amount in fen, a day, or words."""

    label: str
    value: int | date | str

    @property
    def shown(self) -> str:
        """Return the result as people read it."""
        match self.value:
            case int():
                return f"{money.show(self.value)} 元"
            case date():
                return f"{self.value.isoformat()} {show_day(self.value)[-2:]}"
            case text:
                return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How a claim comes out: the formula with the numbers filled in, and the figures, the claim itself first.

    Without `stands` the rule does not carry the claim, such as when its days are over; the steps say why.
    """

    steps: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    stands: bool = True
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculator:
    """One rule of legal_rules.csv that computes: the draft it takes and what it makes of it."""

    rule: str
    takes: type
    reckon: Callable[[Any, Calendar], Reckoning]
    jiangsu: bool = False

    def work_out(self, draft: object, calendar: Calendar) -> Reckoning:
        """Return how the claim comes out; raise Invalid naming every input that is missing or does not fit."""
        check(draft)
        return self.reckon(draft, calendar)


@dataclass(frozen=True, slots=True)
class Decimal4:
    """A number with up to four decimals, as typed and in ten-thousandths."""

    text: str
    units: int


def decimal(text: str, field: str, label: str) -> Decimal4:
    """Return a number as people type it; raise Invalid unless it has at most four decimals."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    found = _DECIMAL.fullmatch(plain)
    if not found:
        raise Invalid.of(field, f"{label}应为数字，如 0.5，最多四位小数")
    units = int(found[1]) * SCALE + int((found[2] or "").ljust(4, "0"))
    return Decimal4(plain, units)


def share(fen: int, part: int, whole: int) -> tuple[int, str]:
    """Return fen × part ÷ whole, halves up to the fen, and the words that say so when it was not exact."""
    exact, rest = divmod(fen * part, whole)
    return exact + (2 * rest >= whole), "（四舍五入）" if rest else ""


def not_below_zero(whole: int, less: int) -> tuple[int, str]:
    """Return what is left of an amount, never less than nothing, and the sum in words."""
    left = whole - less
    said = f"{money.show(whole)} − {money.show(less)} = "
    return (left, said + money.show(left)) if left >= 0 else (0, f"{said}{money.show(left)}，不低于 0，按 0.00")


def require_order(first: date, then: date, field: str, text: str) -> None:
    """Raise Invalid when the later day is before the earlier one."""
    if then < first:
        raise Invalid.of(field, text)


def last_day(calendar: Calendar, day: date) -> tuple[date, str]:
    """Return the last day of a term, moved on from a day off (民法典 203), and the words about it."""
    rolled = roll_working(calendar, day)
    moved = "" if rolled == day else f"，{day.isoformat()} {calendar.note(day)}，顺延至 {rolled.isoformat()}"
    guessed = "" if calendar.knows(rolled) else "（该年放假安排未录入，暂估）"
    return rolled, moved + guessed
