"""Where a Chinese line may end: closing marks never start one, opening marks never end one, numbers stay whole.

Works on a text and the width of each of its characters; knows nothing of fonts or pages.
A value still empty stands in the text as one GAP character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

GAP = "\ufffc"
BLANKS = " \u3000"
OPENING = frozenset("（〔［｛〈《「『【〖“‘([{￥¥＄$＃#")
CLOSING = frozenset("，。、；：？！．）〕］｝〉》」』】〗”’…—·・～％‰℃°,.;:?!)]}%/")

# Full-width marks with an empty half: two that meet share it, and one may hang it over the end of a line.
_EMPTY_BEFORE = frozenset("（〔［｛〈《「『【〖“‘")
_EMPTY_BEHIND = frozenset("，。、；：．）〕］｝〉》」』】〗”’")

_LEADING = OPENING | {"．"}  # the point of 13．is followed by what it numbers

_UNIT = "年月日时分秒号元角分个件次份页条款项天期折克瓶张台双名人岁级楼层"
_WHOLE = re.compile(
    rf"""
    \d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)? | \d{{1,2}}月\d{{1,2}}日   # dates
  | [\u4e00-\u9fff]?〔\d{{4}}〕第?\d+号?                            # numbers of papers
  | 第[\d一二三四五六七八九十百千零〇]+[{_UNIT}]?                   # articles, pages
  | [¥￥]?[!-~\u00a1-\u024f]+(?:(?<=\d)[ ]?[{_UNIT}])?               # numbers with their unit, Latin words
  | —{{2,}} | …{{2,}}
    """,
    re.VERBOSE,
)
_DATE_PARTS = re.compile(r"(?<=年)(?=\d{1,2}月)|(?<=月)(?=\d{1,2}日)|(?<=[\u4e00-\u9fff])(?=〔\d{4}〕)")
_SHORT = 0.91  # a line less full than this may end inside a date, between year, month and day
_HOLE = 0.4  # a line emptier than this is worse than a word cut in two


class Joint(IntEnum):
    """How well a line may end before a character."""

    NEVER = 0
    UNWILLINGLY = 1
    FREELY = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line: text[start:end]; `filled` is what it takes of its measure, an overhanging half mark not counted."""

    start: int
    end: int
    filled: float


def squeezed(text: str, widths: Sequence[float]) -> list[float]:
    """Return the widths with the empty halves of neighbouring full-width marks shared."""
    found = list(widths)
    for place in range(len(text) - 1):
        here, following = text[place], text[place + 1]
        if (here in _EMPTY_BEHIND and following in _EMPTY_BEHIND | _EMPTY_BEFORE) or (
            here in _EMPTY_BEFORE and following in _EMPTY_BEFORE
        ):
            found[place] -= widths[place] / 2
    return found


def joints(text: str) -> list[Joint]:
    """Return for each place how well a line may end before it."""
    found = [Joint.NEVER] + [
        Joint.FREELY if _may_part(before, after) else Joint.NEVER for before, after in pairwise(text)
    ]
    for whole in _WHOLE.finditer(text):
        found[whole.start() + 1 : whole.end()] = [Joint.NEVER] * (whole.end() - whole.start() - 1)
    for parts in _DATE_PARTS.finditer(text):
        found[parts.start()] = Joint.UNWILLINGLY
    return found


def break_lines(text: str, widths: Sequence[float], first: float, rest: float) -> Iterator[Line]:
    """Part a paragraph into lines: the first of measure `first`, the others of `rest`."""
    may, start, measure = joints(text), 0, first
    while start < len(text):
        reach = _reach(text, widths, start, measure)
        end = reach if reach == len(text) else _end(text, widths, may, start, reach, measure)
        filled = sum(widths[start:end])
        while end > start + 1 and text[end - 1] in BLANKS:  # blanks at the end of a line are not set
            end -= 1
            filled -= widths[end]
        if filled > measure:
            filled -= _overhang(text[end - 1], widths[end - 1])
        yield Line(start, end, filled)
        start, measure = end, rest
        while start < len(text) and text[start] in BLANKS:
            start += 1


def _may_part(before: str, after: str) -> bool:
    return before not in _LEADING and after not in CLOSING and after not in BLANKS


def _overhang(mark: str, width: float) -> float:
    """Return how much of a character may stand beyond the edge because nothing is seen of it there."""
    if mark in BLANKS:
        return width
    return width / 2 if mark in _EMPTY_BEHIND else 0.0


def _reach(text: str, widths: Sequence[float], start: int, measure: float) -> int:
    """Return the place behind the last character that still fits, at least one."""
    used, place = 0.0, start
    limit = measure + 1e-6
    while place < len(text):
        used += widths[place]
        if used > limit and place > start and used - _overhang(text[place], widths[place]) > limit:
            break
        place += 1
    return place


def _end(text: str, widths: Sequence[float], may: Sequence[Joint], start: int, reach: int, measure: float) -> int:
    """Return the best place to end a line that cannot go beyond `reach`."""

    def last(joint: Joint) -> int:
        return next((place for place in range(reach, start, -1) if may[place] >= joint), start)

    free = last(Joint.FREELY)
    allowed = free if sum(widths[start:free]) >= measure * _SHORT else last(Joint.UNWILLINGLY)
    if sum(widths[start:allowed]) >= measure * _HOLE:
        return allowed
    cut = next((place for place in range(reach, start, -1) if _may_part(text[place - 1], text[place])), start)
    return max(cut, allowed) if max(cut, allowed) > start else reach
