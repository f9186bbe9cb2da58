"""How well a merchant answers to a few keys: initials, names, counter number."""

import re
import unicodedata
from dataclasses import dataclass

Span = tuple[int, int]
"""Where the keys were found: first character and the one behind the last."""

_COUNTER_DASH = re.compile(r"[-－—–\s]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a merchant may be found by; `keys` are spellings of initials, `sound` is the whole pinyin."""

    name: str
    other_names: tuple[str, ...]
    counter: str
    keys: str
    sound: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How a merchant answers: a smaller `rank` is better; the spans say what to highlight."""

    rank: int
    initials: str
    initials_span: Span | None = None
    name_span: Span | None = None
    counter_span: Span | None = None


def words_of(text: str) -> tuple[str, ...]:
    """Return what was typed as words in half width and lower case; each of them must be found."""
    return tuple(unicodedata.normalize("NFKC", text).casefold().split())


def fit(words: tuple[str, ...], named: Named) -> Fit | None:
    """Return how a merchant answers to all the words, None when one of them is not found."""
    best: Fit | None = None
    worst = 0
    for word in words:
        found = _fit(word, named)
        if found is None:
            return None
        worst = max(worst, found.rank)
        best = found if best is None else _joined(best, found)
    if best is None:
        return Fit(0, _usual(named.keys))
    return Fit(worst, best.initials, best.initials_span, best.name_span, best.counter_span)


def _fit(word: str, named: Named) -> Fit | None:
    """Rank: counter's last part or whole 0, initials 1, name 2, other names 3, inside them 4–6, whole pinyin 7."""
    usual = _usual(named.keys)
    ranked: list[Fit] = []
    span = _in_counter(word, named.counter)
    if span is not None:
        is_whole = span[1] == len(named.counter) and not named.counter[: span[0]][-1:].isalnum()
        ranked.append(Fit(0 if is_whole else 5, usual, counter_span=span))
    spelling, at = _in_keys(word, named.keys)
    if at >= 0:
        ranked.append(Fit(1 if at == 0 else 4, spelling, initials_span=(at, at + len(word))))
    at = named.name.casefold().find(word)
    if at >= 0:
        ranked.append(Fit(2 if at == 0 else 4, usual, name_span=(at, at + len(word))))
    at = min((other.casefold().find(word) for other in named.other_names if word in other.casefold()), default=-1)
    if at >= 0:
        ranked.append(Fit(3 if at == 0 else 6, usual))
    if len(word) >= 3 and named.sound.replace(" ", "").startswith(word):
        ranked.append(Fit(7, usual))
    return min(ranked, key=lambda fit: fit.rank, default=None)


def _in_keys(word: str, keys: str) -> tuple[str, int]:
    """Return the spelling that holds the word, those beginning with it first, and where."""
    holding = [spelling for spelling in keys.split() if word in spelling]
    best = min(holding, key=lambda spelling: not spelling.startswith(word), default="")
    return best, best.find(word) if best else -1


def _in_counter(word: str, counter: str) -> Span | None:
    """Find 101, 1F-101 or 1f101 in A馆1F-101; dashes may be left out where letters part the numbers."""
    low = counter.casefold()
    at = low.rfind(word)
    if at >= 0:
        return at, at + len(word)
    bare = _COUNTER_DASH.sub("", word)
    if not bare or bare.isdigit():
        return None
    places = [place for place, letter in enumerate(low) if not _COUNTER_DASH.fullmatch(letter)]
    at = "".join(low[place] for place in places).rfind(bare)
    return None if at < 0 else (places[at], places[at + len(bare) - 1] + 1)


def _usual(keys: str) -> str:
    return keys.partition(" ")[0]


def _joined(one: Fit, other: Fit) -> Fit:
    return Fit(
        max(one.rank, other.rank),
        one.initials if one.initials_span else other.initials,
        one.initials_span or other.initials_span,
        one.name_span or other.name_span,
        one.counter_span or other.counter_span,
    )
