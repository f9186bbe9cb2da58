"""One box for everything: the newest cases that answer to a few words, and where in them the words stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules import mall
from odr_desk.rules.hits import HitKind
from odr_desk.rules.moments import day_of
from odr_desk.rules.people import Right
from odr_desk.rules.snippets import Span
from odr_desk.services import families, mentions, merchant_search, queue, search_texts, setup
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.services.queue import CaseRow
from odr_desk.services.search_texts import Said
from odr_desk.store import search_index
from odr_desk.store.database import Work

MOST_MERCHANTS = 5
_LONGEST_COUNT = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that answers; `snippet` is plain text of the part that does, `spans` are the hits in it.

    `at` and `entry` say when it was written and its number within the case, `ref` names an agreement or a paper,
    `name` the field, `of` the case it was written in where that was merged into this one.
    """

    row: CaseRow
    kind: HitKind
    field: str
    snippet: str
    spans: tuple[Span, ...]
    at: datetime | None = None
    entry: int = 0
    ref: str = ""
    name: str = ""
    of: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that answers to a few words: files of merchants, and cases with where they were hit."""

    merchants: tuple[MerchantHit, ...]
    cases: tuple[Hit, ...]


def everywhere(work: Work, text: str, limit: int = 20) -> Answer:
    """Return the merchants and the cases that answer, as far as this person may read them."""
    shops = (
        merchant_search.find(work, text, MOST_MERCHANTS)
        if work.actor.may(Right.READ_MERCHANTS) and len(text.strip()) > 1
        else ()
    )
    return Answer(shops, find(work, text, limit))


def find(work: Work, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the newest cases that answer to all the words of a text; first the one whose number was said."""
    work.actor.require(Right.READ_CASES)
    words = mentions.words_of(text)
    if not words or limit < 1:
        return ()
    ids = list(work.session.scalars(search_index.in_order(mentions.of(work, text), newest_first=True).limit(limit)))
    meant = _by_count(work, text.strip())
    if meant:
        ids = [meant, *(one for one in ids if one != meant)][:limit]
    rows = queue.by_ids(work, ids)
    hits = _hits(work, rows, words)
    return tuple(hits[row.id] for row in rows)


def reasons(work: Work, rows: Sequence[CaseRow], text: str) -> dict[int, Hit]:
    """Return why each of these rows answers to a text, by the id of the case."""
    work.actor.require(Right.READ_CASES)
    words = mentions.words_of(text)
    return _hits(work, rows, words) if words else {}


def _by_count(work: Work, text: str) -> int:
    """Return the case that leads under this year's number of a count such as 123 or 0123, 0 when there is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_COUNT:
        return 0
    number = mall.case_number(setup.profile(work), day_of(work.now).year, int(text))
    case = work.session.scalars(select(Case).where(Case.number == number)).one_or_none()
    leader = families.leader_of(work, case) if case is not None else None
    return leader.id if leader is not None and leader.deleted_at is None else 0


def _hits(work: Work, rows: Sequence[CaseRow], words: tuple[str, ...]) -> dict[int, Hit]:
    """Show of each case the first text that holds a word; a shop found by its initials is shown by its name.

    What stands beside a case is read only where its own words do not answer. The result comes last: it says
    again what an agreement or an entry says.
    """
    found: dict[int, Hit] = {}
    results: search_texts.Texts = {}
    for read in (search_texts.own, search_texts.beside, search_texts.merged):
        left = [row for row in rows if row.id not in found]
        texts = read(work, [row.id for row in left]) if left else {}
        for row in left:
            said = texts.get(row.id, [])
            results.setdefault(row.id, [one for one in said if one.kind is HitKind.RESULT])
            if hit := _hit(row, words, [one for one in said if one.kind is not HitKind.RESULT]):
                found[row.id] = hit
    for row in rows:
        if row.id not in found:
            found[row.id] = _hit(row, words, results[row.id]) or _by_merchant(row, words)
    return found


def _hit(row: CaseRow, words: tuple[str, ...], texts: list[Said]) -> Hit | None:
    for word in words:
        for one in texts:
            if one.spans(word):
                return Hit(
                    row, one.kind, one.label, *one.shown(words), one.at, one.entry, one.ref, one.name, one.of, words
                )
    return None


def _by_merchant(row: CaseRow, words: tuple[str, ...]) -> Hit:
    """Return the hit of letters that no text holds: they spell the shop, so its whole name is marked."""
    spans = ((0, len(row.merchant)),) if any(word.isascii() for word in words) else ()
    kind = HitKind.MERCHANT
    return Hit(row, kind, kind.label, row.merchant, spans, name="merchant_name", words=words)
