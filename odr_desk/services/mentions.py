"""Which cases answer to what was typed into a search box, as a condition that any list of cases can take."""

from sqlalchemy import Select, select

from odr_desk.model.merchant import Merchant
from odr_desk.rules import finding, masking
from odr_desk.store import search_index
from odr_desk.store.database import Work

LEAST_FOR_SHOPS = 2
MOST_SHOPS = 40
"""A word that more shops than this answer to does not tell which shop is meant."""


def of(work: Work, text: str, *, open_only: bool = False) -> Select[int]:
    """Return the ids of the cases that answer to all the words of a text: of none of them when it has no words."""
    words = finding.asked(text).split()
    found = search_index.matching([(shown, _shops(work, shown)) for shown in map(_shown, words)], open_only=open_only)
    masked = [ends for word in words if (ends := masking.ends(word))]
    return found.where(*(search_index.phoned(head, tail) for head, tail in masked))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that a case answers with: of a masked telephone, such as lists show it, its end."""
    return tuple(map(_shown, text.split()))


def _shown(word: str) -> str:
    ends = masking.ends(word)
    return ends[1] if ends else word


def _shops(work: Work, word: str) -> tuple[int, ...]:
    """Return the merchants a word may mean: by pinyin initials, by any of their names, by counter."""
    needle = finding.needle("".join(finding.words_of(word)))
    if len(needle) < LEAST_FOR_SHOPS:
        return ()
    chosen = select(Merchant.id).where(Merchant.findable.contains(needle, autoescape=True)).limit(MOST_SHOPS + 1)
    found = tuple(work.session.scalars(chosen))
    return found if len(found) <= MOST_SHOPS else ()
