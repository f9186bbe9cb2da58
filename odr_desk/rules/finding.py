"""How well a merchant answers to a few keys: initials, names, counter number."""

import re
import unicodedata
from dataclasses import dataclass

from odr_desk.rules.errors import Invalid

Span = tuple[int, int]
"""Where the keys were found: first character and the one behind the last."""

LONGEST_ASKED = 100
_COUNTER_DASH = re.compile(r"[-－—–\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a merchant may be found by; `keys` are spellings of initials, `sound` has a line of whole pinyin a name."""

    name: str
    other_names: tuple[str, ...]
    counter: str
    keys: str
    sound: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a merchant answers: a smaller `rank` is better; the spans say what to highlight."""

    rank: int
    initials: str
    initials_span: Span | None = None
    name_span: Span | None = None
    counter_span: Span | None = None


def asked(text: str) -> str:
    """Return what is looked for without blanks around it; raise Invalid when it is a whole text and no few words."""
    if len(text) > LONGEST_ASKED:
        raise Invalid.of("text", f"查找的文字有 {len(text):,} 个字，最多 {LONGEST_ASKED} 字，请只留几个词")
    return text.strip()


def words_of(text: str) -> tuple[str, ...]:
    """Return what was typed as words in half width and lower case; each of them must be found."""
    return tuple(unicodedata.normalize("NFKC", text).casefold().split())


def haystack(named: Named) -> str:
    """Return one text that holds every word `fit` would accept, for a first rough choice in SQL."""
    texts = (named.name, *named.other_names, named.counter, named.keys, named.sound.replace(" ", ""), *named.codes)
    return _COUNTER_DASH.sub("", "\n".join(text for text in texts if text).casefold().replace("\n", "|"))


def needle(word: str) -> str:
    """Return what to look for in a haystack."""
    return _COUNTER_DASH.sub("", word)


def fit(words: tuple[str, ...], named: Named) -> Fit | None:
    """Return how a merchant answers to all the words together, None when one of them is not found."""
    fits: list[Fit] = []
    for word in words:
        found = _fit(word, named)
        if found is None:
            return None
        fits.append(found)
    if len(fits) < 2:
        return fits[0] if fits else None
    lettered = next((one for one in fits if one.initials_span), fits[0])
    return Fit(
        max(one.rank for one in fits),
        lettered.initials,
        lettered.initials_span,
        next((one.name_span for one in fits if one.name_span), None),
        next((one.counter_span for one in fits if one.counter_span), None),
    )


def _fit(word: str, named: Named) -> Fit | None:
    """Return the best answer to one word.

    Best is the counter's last part or a whole code, then names and initials that begin with the word,
    then those that hold it, then the whole pinyin.
    """
    best: Fit | None = None
    for way in (_by_initials, _by_name, _by_counter, _by_code, _by_sound):
        found = way(word, named)
        if found is not None and (best is None or found.rank < best.rank):
            best = found
    return best


def _by_code(word: str, named: Named) -> Fit | None:
    if len(word) < 3:
        return None
    codes = [code.casefold() for code in named.codes]
    if word in codes:
        return Fit(0, _usual(named))
    is_tail = len(word) >= 6 and any(code.endswith(word) for code in codes)
    return Fit(5, _usual(named)) if is_tail else None


def _by_counter(word: str, named: Named) -> Fit | None:
    span = _in_counter(word, named.counter)
    if span is None:
        return None
    is_last_part = span[1] == len(named.counter) and not named.counter[: span[0]][-1:].isalnum()
    return Fit(0 if is_last_part else 5, _usual(named), counter_span=span)


def _by_initials(word: str, named: Named) -> Fit | None:
    spelling, at = _in_keys(word, named.keys)
    return None if at < 0 else Fit(4 if at else 1, spelling, initials_span=(at, at + len(word)))


def _by_name(word: str, named: Named) -> Fit | None:
    at = named.name.casefold().find(word)
    if at >= 0:
        return Fit(4 if at else 2, _usual(named), name_span=(at, at + len(word)))
    places = [at for other in named.other_names if (at := other.casefold().find(word)) >= 0]
    return Fit(6 if min(places) else 3, _usual(named)) if places else None


def _by_sound(word: str, named: Named) -> Fit | None:
    if len(word) < 3 or word not in named.sound.replace(" ", ""):
        return None
    names = (name.split() for name in named.sound.splitlines())
    begins = any("".join(name[at:]).startswith(word) for name in names for at in range(len(name)))
    return Fit(7, _usual(named)) if begins else None


def _in_keys(word: str, keys: str) -> tuple[str, int]:
    """Return the spelling that holds the word, those beginning with it first, and where."""
    if word not in keys:
        return "", -1
    holding = [spelling for spelling in keys.split() if word in spelling]
    best = next((spelling for spelling in holding if spelling.startswith(word)), holding[0])
    return best, best.find(word)


def _in_counter(word: str, counter: str) -> Span | None:
    """Find 101, 1F-101 or 1f101 in A馆1F-101; dashes may be left out where letters part the numbers."""
    low = counter.casefold()
    at = low.rfind(word)
    if at >= 0:
        return at, at + len(word)
    bare = needle(word)
    if not bare or bare.isdigit() or bare not in _COUNTER_DASH.sub("", low):
        return None
    places = [place for place, letter in enumerate(low) if not _COUNTER_DASH.fullmatch(letter)]
    at = "".join(low[place] for place in places).rfind(bare)
    return None if at < 0 else (places[at], places[at + len(bare) - 1] + 1)


def _usual(named: Named) -> str:
    return named.keys.partition(" ")[0]
