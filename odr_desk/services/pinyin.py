"""Pinyin of names, so that a shop is found by a few Latin keys; pypinyin is loaded only when a name is saved."""

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

SURNAMES = {
    "单": "ds", "曾": "cz", "仇": "cq", "区": "qo", "查": "cz", "解": "jx", "翟": "dz", "覃": "tq", "召": "zs",
    "尉": "wy", "谌": "cs", "盛": "sc", "莘": "sx", "阚": "hk", "贾": "jg", "隗": "wk", "种": "zc", "乜": "nm",
}  # fmt: skip
"""Initials of characters that are read otherwise as a surname: a name that begins with one is kept under both."""
SIGNS = {
    "乐": "ly", "行": "hx", "重": "cz", "长": "cz", "厦": "sx", "参": "cs", "传": "cz", "藏": "cz", "朝": "cz",
    "调": "td", "弹": "td", "石": "sd", "车": "cj", "便": "bp", "番": "fp", "伽": "jgq", "栖": "qx", "提": "td",
    "降": "jx", "校": "xj", "折": "zs", "秘": "mb", "阿": "ae", "茄": "qj", "咖": "kg", "虾": "xh",
}  # fmt: skip
"""The same for characters of shop signs, wherever they stand."""

_MOST_SPELLINGS = 8
_KEY_LENGTH = 600  # the column that holds the keys of a merchant


def initials(text: str) -> tuple[str, ...]:
    """Return the initials of a name in lower case, the likeliest spelling first; Latin words stay whole."""
    parts = _parts(text)
    readings = [
        _readings(letter, sound, SIGNS if place else SURNAMES | SIGNS) for place, (letter, sound) in enumerate(parts)
    ]
    count = 1
    for reading in readings:
        count *= len(reading)
    if count <= _MOST_SPELLINGS:
        return tuple(dict.fromkeys("".join(spelling) for spelling in product(*readings)))
    return tuple(dict.fromkeys(_one_changed(readings)))[:_MOST_SPELLINGS]


def syllables(text: str) -> str:
    """Return the whole pinyin of a name, `jin xi zhu bao`: what lists are sorted by."""
    return " ".join(sound for _letter, sound in _parts(text))


def key(names: Iterable[str]) -> str:
    """Return every spelling of every name, parted by blanks; the spellings of the first name stand first."""
    kept = ""
    for spelling in dict.fromkeys(spelling for name in names if name for spelling in initials(name) if spelling):
        if len(kept) + len(spelling) < _KEY_LENGTH:
            kept = f"{kept} {spelling}" if kept else spelling
    return kept


def _parts(text: str) -> list[tuple[str, str]]:
    """Return each Chinese character or Latin word with its sound in context."""
    from pypinyin import Style, lazy_pinyin

    found: list[tuple[str, str]] = []
    for run in _runs(unicodedata.normalize("NFKC", text)):
        if run.isascii():
            found.append((run, run))
        else:
            sounds = lazy_pinyin(run, style=Style.NORMAL, errors=_each)
            found.extend(zip(run, (_plain(sound) for sound in sounds), strict=True))
    return found


def _each(unknown: str) -> Any:  # noqa: ANN401 - pypinyin takes a list here, though its types say otherwise
    return list(unknown)


def _runs(text: str) -> list[str]:
    """Part a name into words of Latin letters and digits, and runs of other letters; signs part and go."""
    runs: list[str] = []
    latin: bool | None = None
    for letter in text:
        bare = _plain(letter)
        if not bare:
            latin = None
        elif latin is bare.isascii():
            runs[-1] += bare
        else:
            latin = bare.isascii()
            runs.append(bare)
    return runs


def _plain(text: str) -> str:
    """Return letters and digits in lower case without accents."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalnum())
    return unicodedata.normalize("NFC", bare)


def _readings(letter: str, sound: str, second: Mapping[str, str]) -> tuple[str, ...]:
    if letter.isascii():
        return (letter,)
    first = sound[:1]
    return (first, *(other for other in second.get(letter, "") if other != first))


def _one_changed(readings: list[tuple[str, ...]]) -> Iterable[str]:
    usual = [reading[0] for reading in readings]
    yield "".join(usual)
    for place, reading in enumerate(readings):
        for other in reading[1:]:
            yield "".join([*usual[:place], other, *usual[place + 1 :]])
