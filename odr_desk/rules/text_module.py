"""Text modules: words the desk uses again and again, with fields that the case fills."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from odr_desk.rules import calendar as days
from odr_desk.rules import moments
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import WRITTEN
from odr_desk.rules.fields import number, text
from odr_desk.rules.parsing import check

GAP = "▢"
"""Stands where a field has no value: the clerk fills it in."""
FIELDS = (
    "消费者",
    "商户",
    "柜位",
    "店方联系人",
    "商品",
    "金额",
    "购买日期",
    "编号",
    "平台编号",
    "首答期限",
    "和解期限",
    "下一步",
    "商场",
    "服务台",
    "商场电话",
    "我",
    "今天",
)
RECKONED = ("日期+3", "工作日+3")
"""Fields with a number in them, by example: so many days, or working days, from today."""
_BRACES = frozenset("{}｛｝")  # an input method set to Chinese writes the wide ones
_FIELD = re.compile(r"[{｛]([^{}｛｝\n]{1,20})[}｝]")
_DAYS_ON = re.compile(r"(日期|工作日)\+(\d{1,3})")
_LONGEST_TYPED = 13
_TYPED_CODE = re.compile(r"[/／、]([A-Za-z0-9]{1,12})$")  # with Chinese punctuation the key / writes 、


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleDraft:
    """One module as it is edited; `kinds` are the ways of contact it is for, all when empty."""

    code: str = text("短码", required=True, max_length=12, hint="字母和数字，如 hf")
    title: str = text("名称", required=True, max_length=30)
    kinds: str = text("用于", max_length=100, hint="空着为都用")
    text: str = text("内容", required=True, max_length=1000, multiline=True)
    rank: int | None = number("排序", maximum=9999)


def check_module(draft: ModuleDraft) -> None:
    """Raise Invalid unless the module can be typed and every field of it is known."""
    check(draft)
    if not draft.code.isascii() or not draft.code.isalnum():
        raise Invalid.of("code", "短码只能用字母和数字，如 hf、wj2")
    known = {kind.value for kind in WRITTEN}
    for kind in draft.kinds.split():
        if kind not in known:
            words = "、".join(f"{kind.value} {kind.label}" for kind in WRITTEN)
            raise Invalid.of("kinds", f"没有“{kind[:20]}”这种记录方式，可选：{words}")
    unknown = [name for name in fields_in(draft.text) if not _is_known(name)]
    if unknown:
        words = "、".join((*FIELDS, *RECKONED))
        raise Invalid.of("text", f"没有“{{{unknown[0]}}}”这个字段，可用：{words}")
    if _BRACES & set(_FIELD.sub("", draft.text)):
        raise Invalid.of("text", "内容里有单个的 { 或 }；字段要写成对，如 {消费者}")


def fields_in(text: str) -> Iterator[str]:
    """Yield the names in braces."""
    return (_name(found) for found in _FIELD.finditer(text))


def fill(text: str, values: Mapping[str, str], today: date, calendar: Calendar) -> str:
    """Return the text with its fields filled; one without a value is left as a gap."""

    def filled(found: re.Match[str]) -> str:
        name = _name(found)
        if name == "今天":
            return long_day(today)
        if reckoned := _DAYS_ON.fullmatch(name):
            return long_day(_days_on(reckoned[1], int(reckoned[2]), today, calendar))
        return values.get(name, "") or GAP

    return _FIELD.sub(filled, text)


def typed_code(before: str) -> str:
    """Return the short code that stands right before the cursor after a stroke, small; empty when none does."""
    found = _TYPED_CODE.search(normalize("NFKC", before[-_LONGEST_TYPED:]))
    return found[1].lower() if found else ""


def long_day(day: date) -> str:
    """Return `11月26日（周四）`, as a note says it."""
    return f"{day.month}月{day.day}日（{moments.show_day(day)[-2:]}）"


def _name(found: re.Match[str]) -> str:
    return normalize("NFKC", found[1]).strip()


def _is_known(name: str) -> bool:
    return name in FIELDS or _DAYS_ON.fullmatch(name) is not None


def _days_on(kind: str, count: int, today: date, calendar: Calendar) -> date:
    if kind == "工作日" and count:
        return days.add_working(calendar, today, count)[-1].day
    return today + timedelta(days=count)
