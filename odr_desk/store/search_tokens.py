"""How text is cut for the search index and for questions to it.

A symbol is one Chinese character or one run of Latin letters and digits. The index holds every
symbol of a case once, and every pair of neighbours in order: one symbol is then one look-up, and
three or more are a phrase of pairs, which are far rarer than characters.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from odr_desk.rules import snippets

TAIL = "←"
"""Begins a code written backwards, so that any tail of it is the beginning of a token."""
SHOP = "店"
"""Begins the token of a merchant: `店17`; no text yields it, since a text is never cut there."""
OPEN = "▷"
"""Stands in the cases in hand: few of many, and most lists are about them only."""
GAP = "¶"
"""Stands between texts, so that no phrase reaches from one into the next."""
LEAST_TAIL = 3
_SYMBOL = re.compile(r"[a-z0-9]+|[^a-z0-9]")


def document(texts: Iterable[str], codes: Iterable[str], shop: int, *, is_open: bool) -> str:
    """Return what the index holds of a case."""
    runs = [_cut(run) for text in texts if text for run in snippets.runs(text)]
    seen = dict.fromkeys(symbol for symbols, _ in runs for symbol in symbols)
    pairs = [paired for _, paired in runs if paired]
    tails = [TAIL + bare[::-1] for code in codes if (bare := _bare(code))]
    return " ".join((*seen, GAP, f" {GAP} ".join(pairs), *tails, f"{SHOP}·{shop}", OPEN if is_open else GAP))


def question(words: Iterable[tuple[str, Iterable[int]]], *, open_only: bool = False) -> str:
    """Return the FTS5 expression for cases that answer to every word, or are about one of the word's shops.

    Empty when there is nothing to ask for.
    """
    asked = [said for word, shops in words if (said := _word(word, shops))]
    narrowed = [f'"{OPEN}"', *asked] if asked and open_only else asked
    return " AND ".join(f"({said})" for said in narrowed)


@lru_cache(maxsize=16_384)
def _cut(run: str) -> tuple[tuple[str, ...], str]:
    """Return the symbols of a run and its pairs; kept, since the same words come again and again."""
    symbols = tuple(_SYMBOL.findall(run))
    return symbols, " ".join(map(add, symbols, symbols[1:]))


def _word(word: str, shops: Iterable[int]) -> str:
    runs = [_run(run) for run in snippets.runs(word)]
    if not runs:
        return ""
    ways = [" AND ".join(runs)] if len(runs) == 1 else [f"({' AND '.join(runs)})"]
    bare = _bare(word)
    if len(bare) >= LEAST_TAIL and bare.isascii() and any(letter.isdigit() for letter in bare):
        ways.append(f'"{TAIL}{bare[::-1]}" *')
    ways += [f'"{SHOP}·{shop}"' for shop in shops]
    return " OR ".join(ways)


def _run(run: str) -> str:
    symbols, pairs = _cut(run)
    last = symbols[-1]
    unfinished = " *" if last.isascii() and len(last) > 1 else ""
    return f'"{pairs or last}"{unfinished}'


def _bare(code: str) -> str:
    return "".join(snippets.runs(code))
