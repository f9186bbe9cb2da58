"""Which cases answer to what was typed into a search box, as a condition that any list of cases can take."""

from sqlalchemy import Select, select

from odr_desk.model.merchant import Merchant
from odr_desk.rules import finding
from odr_desk.store import search_index
from odr_desk.store.database import Work

LEAST_FOR_SHOPS = 2
MOST_SHOPS = 40
"""A word that more shops than this answer to does not tell which shop is meant."""


def of(work: Work, text: str, *, open_only: bool = False) -> Select[int]:
    """Return the ids of the cases that answer to all the words of a text: of none of them when it has no words."""
    return search_index.matching(
        [(word, _shops(work, word)) for word in finding.asked(text).split()], open_only=open_only
    )


def _shops(work: Work, word: str) -> tuple[int, ...]:
    """Return the merchants a word may mean: by pinyin initials, by any of their names, by counter."""
    needle = finding.needle("".join(finding.words_of(word)))
    if len(needle) < LEAST_FOR_SHOPS:
        return ()
    chosen = select(Merchant.id).where(Merchant.findable.contains(needle, autoescape=True)).limit(MOST_SHOPS + 1)
    found = tuple(work.session.scalars(chosen))
    return found if len(found) <= MOST_SHOPS else ()
