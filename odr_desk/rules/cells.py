"""Values out of other people's tables: what a cell says, and what about it needs a second look.

Nothing is guessed. A cell that cannot be understood gives no value and a remark that quotes it; a
number whose last digits the spreadsheet has thrown away is reported, never filled up.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from odr_desk.rules import moments, money
from odr_desk.rules.identity import normal_phone, normal_uscc, phone_problem, phones_in, uscc_problem

Cell = str | int | float | bool | date | datetime | None
Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a reading of a day is a reading of a value

_NOTHING = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "未知", "N/A", "#N/A", "NULL", "空"}
_ENDLESS = {"长期", "长期有效", "永久", "不定期", "无固定期限", "至今"}
_EXACT_BELOW = 10**15  # a spreadsheet keeps fifteen digits and writes zeros for the rest
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - serial numbers count wall-clock days
_SERIALS = range(20_000, 73_051)  # 1954 to 2099; smaller numbers are no dates
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[\sT]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?|分)?(?:\.0+)?)?"
)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?(\d{2})")
_AMOUNT = re.compile(
    r"(?P<about>约|大约|大概|近|将近)?(?:人民币|RMB|CNY)?¥?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>[万千百])?(?:元|圆|块|块钱)?整?(?P<more>左右|上下|余|多)?"
)
_UNITS = {"万": 10_000, "千": 1_000, "百": 100}


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What a cell says; without a value a remark tells that something unreadable stands there."""

    value: Value | None
    remark: str = ""


NOTHING: Reading[str] = Reading(None)


def shown(raw: Cell) -> str:
    """Return a cell as the person who sent the table saw it."""
    match raw:
        case None:
            return ""
        case bool():
            return "是" if raw else "否"
        case datetime():
            return raw.isoformat(" ", "minutes")
        case float() if raw.is_integer() and abs(raw) < _EXACT_BELOW:
            return str(int(raw))
        case float():
            return f"{raw:.15g}".replace("e+", "E+")
        case _:
            return str(raw)


def text(raw: Cell) -> Reading[str]:
    """Read words: composed characters, no invisible ones, no blanks around."""
    if _has_lost_digits(raw):
        return Reading(None, _lost(raw))
    lines = unicodedata.normalize("NFC", shown(raw).replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(letter for letter in lines if letter in "\n\u200d\ufe0f" or not _is_invisible(letter))
    return Reading(kept.strip() or None)


def code(raw: Cell) -> Reading[str]:
    """Read a number that names something: digits and letters without blanks, in half width."""
    found = text(raw)
    if found.value is None:
        return found
    plain = "".join(unicodedata.normalize("NFKC", found.value).split())
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific and int(scientific[1]) >= 10:
        return Reading(None, _lost(plain))
    return Reading(None if plain.upper() in _NOTHING else plain)


def phone(raw: Cell) -> Reading[str]:
    """Read a telephone; of several the first is taken and the others are named."""
    found = text(raw)
    if found.value is None or found.value.upper() in _NOTHING:
        return Reading(None, found.remark)
    several = phones_in(found.value)
    if len(several) > 1:
        return Reading(several[0], f"有 {len(several)} 个电话，取第一个；其余 {'、'.join(several[1:])} 请写进备注")
    return Reading(normal_phone(found.value) or None, phone_problem(found.value))


def uscc(raw: Cell) -> Reading[str]:
    """Read a unified social credit code; a wrong one is kept and doubted."""
    found = code(raw)
    if found.value is None:
        return found
    return Reading(normal_uscc(found.value) or None, uscc_problem(found.value))


def day(raw: Cell) -> Reading[date]:
    """Read a calendar day, written in any of the office's ways or as a serial number."""
    found = _wall_clock(raw)
    return Reading(found.value.date() if found.value else None, found.remark)


def last_day(raw: Cell) -> Reading[date]:
    """Read the day on which something runs out; what never does has none."""
    if isinstance(raw, str) and unicodedata.normalize("NFKC", raw).strip() in _ENDLESS:
        return Reading(None)
    return day(raw)


def moment(raw: Cell) -> Reading[datetime]:
    """Read an instant of China's wall clock, returned in UTC; without a time it is midnight."""
    found = _wall_clock(raw)
    if found.value is None:
        return found
    return Reading(found.value.replace(tzinfo=moments.CHINA).astimezone(UTC), found.remark)


def fen(raw: Cell, unit: int = 1) -> Reading[int]:
    """Read an amount of money in a column of so many yuan; about amounts and amounts in 万 are taken and said so."""
    if raw is None or isinstance(raw, bool | date):
        return Reading(None) if raw is None else Reading(None, f"“{shown(raw)}”不是金额，没有录入")
    if isinstance(raw, int | float):
        return _fen_of_number(raw, unit)
    plain = unicodedata.normalize("NFKC", raw).strip()
    if plain.upper() in _NOTHING:
        return Reading(None)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return Reading(None, f"“{_short(raw)}”不是一个明确的金额，没有录入")
    return _fen_of_words(found, raw, unit)


def count(raw: Cell) -> Reading[int]:
    """Read a whole number that is not negative."""
    plain = unicodedata.normalize("NFKC", shown(raw)).strip().rstrip("件个户天日次").strip()
    if plain.upper() in _NOTHING:
        return Reading(None)
    if plain.isascii() and plain.isdigit() and len(plain) <= 9:
        return Reading(int(plain))
    return Reading(None, f"“{_short(shown(raw))}”不是整数，没有录入")


Reader = Callable[[Cell], Reading[object]]


def _wall_clock(raw: Cell) -> Reading[datetime]:
    match raw:
        case None | bool():
            return Reading(None)
        case datetime():
            return _within(raw.replace(tzinfo=None), raw)
        case date():
            return _within(datetime(raw.year, raw.month, raw.day), raw)  # noqa: DTZ001 - wall clock
        case int() | float():
            return _of_number(raw)
        case _:
            return _of_words(raw)


def _of_number(raw: float) -> Reading[datetime]:
    if math.isfinite(raw) and int(raw) in _SERIALS:
        return _within(_FIRST_DAY + timedelta(seconds=round(raw * 86_400)), raw)
    return _of_words(shown(raw))


def _of_words(raw: str) -> Reading[datetime]:
    plain = unicodedata.normalize("NFKC", raw).strip()
    if plain.upper() in _NOTHING:
        return Reading(None)
    if plain in _ENDLESS:
        return Reading(None, f"“{plain}”没有确定的日期，留空")
    found = _DAY.fullmatch(plain) or _EIGHT.fullmatch(plain)
    if not found:
        return Reading(None, f"“{_short(raw)}”不是完整的日期，没有录入；请写成 2026-11-23 的样子")
    try:
        return _within(datetime(*(int(part) for part in found.groups() if part)), raw)  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        return Reading(None, f"“{_short(raw)}”没有这一天或这一刻，没有录入")


def _within(found: datetime, raw: Cell) -> Reading[datetime]:
    if moments.EARLIEST <= found.date() <= moments.LATEST:
        return Reading(found)
    return Reading(None, f"“{_short(shown(raw))}”不在 2000 年至 2099 年之间，没有录入")


def _fen_of_number(raw: float, unit: int) -> Reading[int]:
    if not math.isfinite(raw) or raw < 0:
        return Reading(None, f"金额“{shown(raw)}”为负数或无效，没有录入")
    exact = Decimal(repr(raw)) * 100 * unit
    if exact > money.LARGEST_FEN:
        return Reading(None, f"金额“{shown(raw)}”太大，没有录入，请核对位数")
    amount = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    if abs(exact - amount) > Decimal("0.0001"):
        return Reading(amount, f"金额“{shown(raw)}”不足一分的部分四舍五入，按 {money.show(amount)} 元录入")
    return Reading(amount)


def _fen_of_words(found: re.Match[str], raw: str, unit: int) -> Reading[int]:
    exact = _fen_of_number(float(found["number"].replace(",", "")), _UNITS.get(found["unit"] or "", unit))
    if exact.value is None or exact.remark:
        return exact
    if found["about"] or found["more"] or found["unit"]:
        return Reading(exact.value, f"“{_short(raw)}”按 {money.show(exact.value)} 元录入，请核对")
    return exact


def _has_lost_digits(raw: Cell) -> bool:
    return isinstance(raw, float) and math.isfinite(raw) and abs(raw) >= _EXACT_BELOW


def _lost(raw: Cell) -> str:
    return f"长号码被表格软件改成了数字“{shown(raw)}”，末尾几位已经丢失，没有录入；请按原单补填"


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf"} and letter != "\t"


def _short(raw: str) -> str:
    plain = " ".join(raw.split())
    return plain if len(plain) <= 20 else plain[:20] + "…"
