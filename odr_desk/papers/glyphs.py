"""Which characters the paper font can show: whatever it cannot is named before anything is printed."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from struct import unpack, unpack_from

from odr_desk import paths
from odr_desk.papers.checking import Check, must
from odr_desk.rules.errors import Invalid, Problem

_PARTING = frozenset("\t\r\n")  # set as blanks and line ends

# Invisible or direction-changing: a reader would see something else than what is stored.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_UNJOINED = frozenset({"Mn", "Me", "Mc"})
LACKED = "□"
"""Stands for a sign that is missing, as GB/T 15834 has it."""


def font_file() -> Path:
    """The face every paper is set in, headings in the same one drawn heavier."""
    return paths.resource("fonts", "NotoSerifSC-Regular.ttf")


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters that cannot be printed, each once, in the order met."""
    known = _known()
    doubtful = (sign for sign in text if sign not in _PARTING)
    return tuple(dict.fromkeys(sign for sign in doubtful if ord(sign) not in known or _hidden(sign)))


def without_missing(text: str) -> str:
    """Return the text as an internal sheet may show it: □ for what the font lacks, nothing for what is not seen."""
    for sign in missing_glyphs(text):
        text = text.replace(sign, "" if _hidden(sign) else LACKED)
    return text


def findings(texts: Iterable[tuple[str, str, str]]) -> tuple[Check, ...]:
    """Return a finding for every character that cannot be printed; each text comes as path, label, text."""
    return tuple(
        must(path if "[" in path else path.replace(".", "_"), *_complaint(label, sign))
        for path, label, text in texts
        for sign in missing_glyphs(text)
    )


def check_texts(texts: Iterable[tuple[str, str, str]]) -> None:
    """Raise Invalid for every character that cannot be printed."""
    found = findings(texts)
    if found:
        raise Invalid(tuple(Problem(check.field, f"{check.text}；{check.advice}") for check in found))


def _complaint(label: str, sign: str) -> tuple[str, str]:
    """Say in Chinese that a character of a field cannot be printed, and what to do."""
    code = f"U+{ord(sign):04X}"
    if unicodedata.category(sign) in _UNSEEN:
        return f"“{label}”里有看不见的控制字符（{code}），不能印进文书", "请删去这一处，重新输入前后的字"
    if unicodedata.category(sign) in _UNJOINED:
        return f"“{label}”里有单独的组合符号（{code}），印出来会错位", "请改用完整的字"
    return (
        f"“{label}”里的“{sign}”（{code}）字库没有，印不出来",
        "请改用字库有的写法，或者先空着，打印后手写",
    )


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN | _UNJOINED


@cache
def _known() -> frozenset[int]:
    """Read the characters of the font from its cmap table, without any PDF library."""
    data = font_file().read_bytes()
    (count,) = unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: unpack(">LL", data[at + 8 : at + 16]) for at in range(12, 12 + 16 * count, 16)}
    start, _ = tables[b"cmap"]
    (subtables,) = unpack_from(">H", data, start + 2)
    offsets = {start + unpack_from(">L", data, start + 8 + 8 * place)[0] for place in range(subtables)}
    full = next(offset for offset in offsets if unpack_from(">H", data, offset)[0] == 12)  # all of Unicode
    (groups,) = unpack_from(">L", data, full + 12)
    known: set[int] = set()
    for place in range(groups):
        first, last, _ = unpack_from(">LLL", data, full + 16 + 12 * place)
        known.update(range(first, last + 1))
    return frozenset(known)
