"""Where words stand in a text, and the piece of it that is worth showing."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

Span = tuple[int, int]
"""The first character of a hit and the one behind the last."""

AROUND = 14
"""Characters shown before the first hit."""
_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text as it is compared: wide letters narrow, capitals small."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, folded; signs and blanks part them."""
    return _RUN.findall(folded(text))


def spans(text: str, word: str) -> tuple[Span, ...]:
    """Return where a word stands; signs within the word part it, and each part must be there."""
    parts = _parts(word)
    whole = folded(text)
    if not all(part in whole for part in parts):
        return ()
    plain, places = _aligned(text)
    found: list[Span] = []
    for part in parts:
        hits = [match.start() for match in re.finditer(re.escape(part), plain)]
        if not hits:
            return ()
        found += [(places[at], places[at + len(part) - 1] + 1) for at in hits]
    return merged(found)


def tail_span(code: str, word: str) -> tuple[Span, ...]:
    """Return where a code ends with a word, signs in either left aside."""
    bare = "".join(_parts(word))
    if not bare or not "".join(runs(code)).endswith(bare):
        return ()
    plain, places = _aligned(code)
    kept = [(letter, place) for letter, place in zip(plain, places, strict=True) if letter.isalnum()]
    return ((kept[-len(bare)][1], kept[-1][1] + 1),)


def of_words(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of the words stand in a text, or the tail that one of them is."""
    return merged(span for word in words for span in spans(text, word) or tail_span(text, word))


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch as one."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def cut(text: str, found: tuple[Span, ...], width: int) -> tuple[str, tuple[Span, ...]]:
    """Return one line of at most `width` characters and two ellipses around the first hit, with the hits in it."""
    start = max(0, min(found[0][0] - AROUND, len(text) - width)) if found else 0
    piece = text[start : start + width]
    before = "…" if start else ""
    after = "…" if start + width < len(text) else ""
    shift = len(before) - start
    inside = tuple(
        (one + shift, min(other, start + width) + shift) for one, other in found if start <= one < start + width
    )
    return before + "".join(" " if letter.isspace() else letter for letter in piece) + after, inside


def _aligned(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in the text it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        small = _folded_letter(letter)
        letters.append(small)
        places += [place] * len(small)
    return "".join(letters), places


@lru_cache(maxsize=64)
def _parts(word: str) -> tuple[str, ...]:
    """Return the runs of a word; kept, since it is looked for in many texts."""
    return tuple(runs(word))


@cache
def _folded_letter(letter: str) -> str:
    return folded(letter)
