"""One box for everything: the newest cases that answer to a few words, and where in them the words stand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.rules import snippets
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.fields import fields_of
from odr_desk.rules.people import Right
from odr_desk.rules.snippets import Span
from odr_desk.services import mentions, queue
from odr_desk.services.queue import CaseRow
from odr_desk.store import search_index
from odr_desk.store.database import Work

WIDTH = 48
_OF_FORM = {field.name: field.label for field in fields_of(CaseDraft)}
_LABELS = _OF_FORM | {
    "number": "编号",
    "merchant_name": "商户",
    "merchant_counter": "柜位",
    "subject": "事由",
    "next_step": "下一步",
    "result_note": "处理结果",
}
_BESIDE = {
    Event.text: "进展",
    MediationSession.consumer_position: "消费者意见",
    MediationSession.merchant_position: "商户意见",
    MediationSession.outcome: "调解情况",
    Agreement.number: "协议编号",
    Duty.text: "协议条款",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that answers; `snippet` is plain text of the field that does, `spans` are the hits in it."""

    row: CaseRow
    field: str
    snippet: str
    spans: tuple[Span, ...]


def find(work: Work, text: str, limit: int = 20) -> tuple[Hit, ...]:
    """Return the newest cases that answer to all the words of a text."""
    work.actor.require(Right.READ_CASES)
    words = tuple(text.split())
    if not words or limit < 1:
        return ()
    ids = list(work.session.scalars(search_index.in_order(mentions.of(work, text), newest_first=True).limit(limit)))
    said = _said(work, ids)
    return tuple(_hit(row, words, said[row.id]) for row in queue.by_ids(work, ids))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a case, with the name of its field; a code answers to its tails only."""

    label: str
    text: str
    is_code: bool = False

    def spans(self, word: str) -> tuple[Span, ...]:
        """Return where the word stands."""
        return snippets.tail_span(self.text, word) if self.is_code else snippets.spans(self.text, word)


def _hit(row: CaseRow, words: Iterable[str], said: list[_Text]) -> Hit:
    """Show the first text that holds a word; a shop found by its initials is shown by its name."""
    for word in words:
        for one in said:
            if one.spans(word):
                together = snippets.merged(span for each in words for span in one.spans(each))
                return Hit(row, one.label, *snippets.cut(one.text, together, WIDTH))
    return Hit(row, _LABELS["merchant_name"], row.merchant, ())


def _said(work: Work, ids: list[int]) -> dict[int, list[_Text]]:
    """Return all that can be found of these cases, field by field."""
    found: dict[int, list[_Text]] = defaultdict(list)
    codes, texts = search_index.CODES, search_index.TEXTS
    for case_id, *values in work.session.execute(_own_texts(), {"ids": ids}):
        for n, (part, value) in enumerate(zip((*codes, *texts), values, strict=True)):
            if value:
                found[case_id].append(_Text(_LABELS[part.key], value, n < len(codes)))
    for case_id, one in _beside(work, ids):
        found[case_id].append(one)
    return found


def _beside(work: Work, ids: list[int]) -> Iterator[tuple[int, _Text]]:
    for parts, chosen in _texts_beside():
        for case_id, *texts in work.session.execute(chosen, {"ids": ids}):
            for part, text in zip(parts, texts, strict=True):
                if text:
                    yield case_id, _Text(_BESIDE[part], text)


@cache
def _own_texts() -> Select[*tuple[Any, ...]]:
    """Return the statement for a case's own texts; made once, since making it takes longer than running it."""
    chosen = select(Case.id, *search_index.CODES, *search_index.TEXTS)
    return chosen.where(Case.id.in_(bindparam("ids", expanding=True)))


@cache
def _texts_beside() -> tuple[tuple[tuple[InstrumentedAttribute[str], ...], Select[*tuple[Any, ...]]], ...]:
    """Return the statements for the texts in other tables, newest first."""
    found = []
    for parts in search_index.BESIDE:
        of = parts[0].class_
        wanted = of.case_id.in_(bindparam("ids", expanding=True))
        found.append((parts, search_index.said_beside(parts).where(wanted).order_by(of.id.desc())))
    return tuple(found)
