"""How text is cut for the search index and for questions to it.

A symbol is one Chinese character or one run of Latin letters and digits. The index holds every
symbol of a case once, and every pair of neighbours in order: one symbol is then one look-up, and
three or more are a phrase of pairs, which are far rarer than characters.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

TAIL = "←"
"""Begins a code written backwards, so that any tail of it is the beginning of a token."""
SHOP = "店"
"""Begins the token of a merchant: `店17`; no text yields it, since a text is never cut there."""
GAP = "¶"
"""Stands between texts, so that no phrase reaches from one into the next."""
LEAST_TAIL = 3
_RUN = re.compile(r"[^\W_]+")
_SYMBOL = re.compile(r"[a-z0-9]+|[^a-z0-9]")


def document(texts: Iterable[str], codes: Iterable[str], shop: int) -> str:
    """Return what the index holds of a case."""
    seen: dict[str, None] = {}
    pairs: list[str] = []
    for text in texts:
        if text:
            symbols, paired = _cut(text)
            seen.update(dict.fromkeys(symbols))
            pairs.append(paired)
    tails = " ".join(TAIL + bare[::-1] for code in codes if (bare := _bare(code)))
    return f"{' '.join(seen)} {GAP} {f' {GAP} '.join(pairs)} {tails} {SHOP}·{shop}"


def question(words: Iterable[tuple[str, Iterable[int]]]) -> str:
    """Return the FTS5 expression for cases that answer to every word, or are about one of the word's shops.

    Empty when there is nothing to ask for.
    """
    asked = [said for word, shops in words if (said := _word(word, shops))]
    return " AND ".join(f"({said})" for said in asked)


def folded(text: str) -> str:
    """Return a text as it is compared: wide letters narrow, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[tuple[str, ...], str]:
    """Return the symbols of a text and its pairs; kept, since notes and names come again and again."""
    symbols: list[str] = []
    pairs: list[str] = []
    for run in _RUN.findall(folded(text)):
        found = _SYMBOL.findall(run)
        symbols += found
        pairs.append(" ".join(one + other for one, other in pairwise(found)))
    return tuple(dict.fromkeys(symbols)), f" {GAP} ".join(pairs)


def _word(word: str, shops: Iterable[int]) -> str:
    runs = [_run(run) for run in _RUN.findall(folded(word))]
    if not runs:
        return ""
    ways = [" AND ".join(runs)] if len(runs) == 1 else [f"({' AND '.join(runs)})"]
    bare = _bare(word)
    if len(bare) >= LEAST_TAIL and bare.isascii() and any(letter.isdigit() for letter in bare):
        ways.append(f'"{TAIL}{bare[::-1]}" *')
    ways += [f'"{SHOP}·{shop}"' for shop in shops]
    return " OR ".join(ways)


def _run(run: str) -> str:
    symbols = _SYMBOL.findall(run)
    pairs = [one + other for one, other in pairwise(symbols)] or symbols
    last = symbols[-1]
    unfinished = " *" if last.isascii() and len(last) > 1 else ""
    return f'"{" ".join(pairs)}"{unfinished}'


def _bare(code: str) -> str:
    return "".join(letter for letter in folded(code) if letter.isalnum())
