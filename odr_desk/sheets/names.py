"""Names in a template, compared as people compare them: 受理投诉（件） is 受理投诉(件) is 受理投诉."""

import re
import unicodedata
from enum import Enum

_NOISE = re.compile(r"[\s:*★·、,。_]+")
_UNIT_BRACKET = re.compile(r"\((?:单位)?(万元|元|件|起|宗|个|笔|次|天|日|工作日|小时|人|人次|户|家|%|％|脱敏|盖章)\)$")
_NUMBERING = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[.、)])\s*|^其中"
)
_COUNTER = re.compile(r"[甲乙丙丁戊己庚]|栏次|行次|序|\(?\d{1,3}\)?|\d{1,3}\.0|[a-z]")


class Unit(Enum):
    """The unit a heading states."""

    NONE = ""
    YUAN = "元"
    TEN_THOUSAND = "万元"
    PERCENT = "%"


def exact(text: str) -> str:
    """Return a heading without blanks, line breaks and the difference of full and half width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def bare(text: str) -> str:
    """Return a heading also without its unit in brackets and without 其中."""
    return _UNIT_BRACKET.sub("", exact(text)).removeprefix("其中")


def unit(text: str) -> Unit:
    """Return the unit that a heading states in brackets."""
    found = _UNIT_BRACKET.search(exact(text))
    return Unit(found[1]) if found and found[1] in {"元", "万元", "%"} else Unit.NONE


def general_unit(text: str) -> Unit:
    """Return the unit of money that a line such as 单位：万元 states for the whole form."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not re.match(r"\(?(?:金额|计量)?单位:", plain):
        return Unit.NONE
    return Unit.TEN_THOUSAND if "万元" in plain else Unit.YUAN if "元" in plain else Unit.NONE


def label(text: str) -> str:
    """Return the name of a row: without numbering, 其中, commas and the word 类 at its end."""
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"[\s、,，:：·(]+|\)$", "", plain)
    return plain.removeprefix("其中").removesuffix("类")


def is_counter(text: str) -> bool:
    """Tell whether a cell only numbers its column, as the line 甲 乙 1 2 3 under a heading does."""
    return bool(_COUNTER.fullmatch(exact(text)))
