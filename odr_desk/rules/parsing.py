"""Loose values made into a draft, and what is wrong with one said field by field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from odr_desk.rules import moments
from odr_desk.rules import money as amounts
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.labels import Word

Draft = TypeVar("Draft")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
_ALLOWED = "\n\t\u200d\ufe0f"  # line break, tab, and the joiners that emoji are built with
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile("[\n\u2028\u2029]+")
_LONGEST_NUMBER = 18  # digits; no number of the desk has more
_LONGEST_NAME = 40


def check(draft: object) -> None:
    """Raise Invalid naming every field that is missing, too long, out of range or holds invisible characters."""
    problems: list[Problem] = []
    for field in fields_of(type(draft)):
        wrong = _wrong(field, getattr(draft, field.name))
        if wrong:
            problems.append(Problem(field.name, wrong))
    if problems:
        raise Invalid(tuple(problems))


def _wrong(field: Field, value: Any) -> str:  # noqa: ANN401
    if field.required and (value is None or value == ""):
        return f"请填写{field.label}"
    if isinstance(value, str) and field.kind is Kind.TEXT:
        return _wrong_text(field, value)
    if field.kind is Kind.NUMBER and value is not None:
        lowest, highest = field.minimum or 0, field.maximum or 0  # number() sets both
        if not lowest <= value <= highest:
            return f"{field.label}应在 {lowest} 至 {highest} 之间"
    return ""


def _wrong_text(field: Field, value: str) -> str:
    if field.max_length is not None and len(value) > field.max_length:
        return f"{field.label}有 {len(value):,} 个字，最多 {field.max_length:,} 字，请删减后再存"
    for place, character in enumerate(value, start=1):
        if character not in _ALLOWED and unicodedata.category(character) in _INVISIBLE:
            return f"{field.label}第 {place} 个字是看不见的控制字符（U+{ord(character):04X}），请删去后再存"
    return ""


def without_unseen(text: str) -> str:
    """Return a text as a paste should bring it: without the marks and controls that nobody sees.

    What is sent by other ways is refused instead (`check`): a program can be told which character it was.
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def sentence(label: str, value: str, name: str = "reason", *, required: bool = True, max_length: int = 200) -> str:
    """Return a text that belongs to no draft, without blanks around it; raise Invalid as `check` would."""
    field = Field(label=label, kind=Kind.TEXT, required=required, max_length=max_length, multiline=True)
    read = _read_text(field, value)
    wrong = _wrong(field, read)
    if wrong:
        raise Invalid.of(name, wrong)
    return read


def parse(draft: type[Draft], values: Mapping[str, object]) -> Draft:
    """Return the draft made from loose values, texts or already of the right type.

    Raise Invalid naming each field that does not fit or is not known; required fields are the
    business of `check`, so that a half-filled form can be parsed too.
    """
    known = {field.name: field for field in fields_of(draft)}
    problems: list[Problem] = []
    good: dict[str, object] = {}
    for name, value in values.items():
        field = known.get(name)
        if field is None:
            problems.append(Problem(name[:_LONGEST_NAME], f"没有“{name[:_LONGEST_NAME]}”这一项"))
            continue
        try:
            good[name] = _READ[field.kind](field, value)
        except ValueError as error:
            problems.append(Problem(name, f"{field.label}{error}"))
        except Invalid as error:
            problems += (Problem(f"{name}{problem.field}", problem.text) for problem in error.problems)
    if problems:
        raise Invalid(tuple(problems))
    return draft(**good)


def _read_text(field: Field, value: object) -> str:
    """Return a text; in a field of one line a line break becomes a blank, as where one pastes it on screen."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("应为文字")
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if field.multiline else _BREAKS.sub(" ", text)


def _read_day(_field: Field, value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise ValueError("应为日期，如 2026-11-23")
    if isinstance(value, date):
        if not moments.EARLIEST <= value <= moments.LATEST:
            raise ValueError("应在 2000 年至 2099 年之间")
        return value
    return moments.parse_day(value)


def _read_moment(_field: Field, value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("应带时区")
        if not moments.EARLIEST <= value.date() <= moments.LATEST:
            raise ValueError("应在 2000 年至 2099 年之间")
        return value
    if not isinstance(value, str):
        raise ValueError("应为日期或时间，如 2026-11-23 14:30")
    return moments.parse_moment(value)


def _read_money(_field: Field, value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("应为金额文字，如 1299.00")
    if isinstance(value, int):
        if not 0 <= value <= amounts.LARGEST_FEN:
            raise ValueError("超出范围，请核对位数")
        return value
    return amounts.parse(value)


def _read_number(_field: Field, value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    plain = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""
    if not plain.isascii() or not plain.isdigit():
        raise ValueError("应为整数")
    if len(plain) > _LONGEST_NUMBER:
        raise ValueError("位数太多，请核对")
    return int(plain)


def _read_flag(_field: Field, value: object) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise ValueError("应为是或否（true 或 false）")
    return value


def _read_choice(field: Field, value: object) -> object:
    if value is None or value == "":
        return "" if isinstance(field.options, str) else None
    if not isinstance(value, str):
        raise ValueError("应为代码文字")
    if field.options is None or isinstance(field.options, str):
        return value.strip()
    words: tuple[Word, ...] = field.among or tuple(field.options)
    for word in words:
        if value in (word.value, word.label):
            return word
    known = "、".join(word.value if word.value == word.label else f"{word.value} {word.label}" for word in words)
    raise ValueError(f"没有“{value[:20]}”这一种，可选：{known}")


def _read_rows(field: Field, value: object) -> tuple[object, ...]:
    """Return the drafts; raise Invalid with the place of each that does not fit, such as `[1].amount`."""
    kind = field.rows
    assert kind is not None  # noqa: S101 - rows() sets it
    if not isinstance(value, list | tuple):
        raise ValueError("应为列表")
    found: list[object] = []
    problems: list[Problem] = []
    for place, entry in enumerate(value):
        try:
            found.append(entry if isinstance(entry, kind) else parse(kind, _as_mapping(entry)))
        except Invalid as error:
            problems += (Problem(f"[{place}].{p.field}", f"第 {place + 1} 项{p.text}") for p in error.problems)
    if problems:
        raise Invalid(tuple(problems))
    return tuple(found)


def _as_mapping(entry: object) -> Mapping[str, object]:
    if not isinstance(entry, Mapping):
        raise ValueError("每一项应为对象")
    return entry


_READ: dict[Kind, Callable[[Field, object], object]] = {
    Kind.TEXT: _read_text,
    Kind.DAY: _read_day,
    Kind.MOMENT: _read_moment,
    Kind.MONEY: _read_money,
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.CHOICE: _read_choice,
    Kind.ROWS: _read_rows,
}
