"""All that can be found of a case, text by text, with what each is and where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, Select, bindparam, literal, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.model.document import Document
from odr_desk.model.mediation import DisputePoint
from odr_desk.rules import masking, snippets
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.fields import fields_of
from odr_desk.rules.hits import HitKind
from odr_desk.rules.snippets import Span
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
_KINDS = {
    "number": HitKind.NUMBER,
    "platform_no": HitKind.PLATFORM_NO,
    "consumer_phone": HitKind.PHONE,
    "consumer_name": HitKind.PERSON,
    "guardian": HitKind.PERSON,
    "agent": HitKind.PERSON,
    "merchant_name": HitKind.MERCHANT,
    "merchant_counter": HitKind.MERCHANT,
    "facts": HitKind.FACTS,
    "next_step": HitKind.NEXT_STEP,
    "result_note": HitKind.RESULT,
}
"""What each column of a case is; what is not named here is part of the matter."""
_BESIDE: dict[InstrumentedAttribute[str], tuple[HitKind, str]] = {
    Event.text: (HitKind.EVENT, "进展"),
    MediationSession.consumer_position: (HitKind.POSITION, "消费者意见"),
    MediationSession.merchant_position: (HitKind.POSITION, "商户意见"),
    MediationSession.outcome: (HitKind.POSITION, "调解情况"),
    DisputePoint.point: (HitKind.POINT, "争议点"),
    DisputePoint.consumer_says: (HitKind.POINT, "消费者说"),
    DisputePoint.merchant_says: (HitKind.POINT, "商户说"),
    DisputePoint.agreed: (HitKind.POINT, "一致意见"),
    Agreement.number: (HitKind.AGREEMENT, "协议编号"),
    Duty.text: (HitKind.AGREEMENT, "协议条款"),
    Document.number: (HitKind.DOCUMENT, "文书编号"),
}
_Place = tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]
_NOWHERE: _Place = (null(), literal(0), literal(""))
_PLACES: dict[object, _Place] = {
    Event: (Event.at.expression, Event.number.expression, literal("")),
    MediationSession: (MediationSession.held_at.expression, MediationSession.number.expression, literal("")),
    DisputePoint: (null(), DisputePoint.rank.expression, literal("")),
    Agreement: (Agreement.created_at.expression, literal(0), Agreement.number.expression),
    Duty: (
        null(),
        Duty.number.expression,
        select(Agreement.number).where(Agreement.id == Duty.agreement_id).scalar_subquery(),
    ),
    Document: (Document.issued_at.expression, literal(0), Document.number.expression),
}
"""Where a text of a table beside the case stands: instant, number within the case, name of what it belongs to."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a case; a code answers to its tails only, a telephone is shown masked.

    `name` is its field, `of` the case it was written in where that was merged into this one.
    """

    kind: HitKind
    label: str
    text: str
    name: str
    is_code: bool = False
    at: datetime | None = None
    entry: int = 0
    ref: str = ""
    of: str = ""

    def spans(self, word: str) -> tuple[Span, ...]:
        """Return where the word stands."""
        return snippets.tail_span(self.text, word) if self.is_code else snippets.spans(self.text, word)

    def shown(self, words: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
        """Return the piece to be shown with the hits of all the words in it."""
        found = snippets.merged(span for word in words for span in self.spans(word))
        text = masking.phone(self.text) if self.kind is HitKind.PHONE else self.text
        return snippets.cut(text, found if len(text) == len(self.text) else ((0, len(text)),), WIDTH)


Texts = dict[int, list[Said]]


def own(work: Work, ids: list[int]) -> Texts:
    """Return what the cases themselves say, codes first."""
    found: Texts = defaultdict(list)
    for case_id, *values in _rows(work, _own_texts(), ids):
        found[case_id] += _of_columns(values)
    return found


def beside(work: Work, ids: list[int]) -> Texts:
    """Return what stands in other tables about these cases, table by table, newest first."""
    found: Texts = defaultdict(list)
    for n, _id, case_id, text, at, entry, ref in sorted(_rows(work, _texts_beside(), ids), key=_newest_first):
        found[case_id].append(_beside_said(n, text, at, entry, ref))
    return found


def merged(work: Work, ids: list[int]) -> Texts:
    """Return what was said in cases that were merged into these: found there, shown with the one that leads."""
    found: Texts = defaultdict(list)
    followers: dict[int, tuple[int, str]] = {}
    for case_id, follower, *values in _rows(work, _merged_texts(), ids):
        followers[follower] = (case_id, str(values[0]))
        found[case_id] += (_led(one, str(values[0])) for one in _of_columns(values))
    for follower, texts in beside(work, list(followers)).items() if followers else ():
        case_id, number = followers[follower]
        found[case_id] += (_led(one, number) for one in texts)
    return found


def _led(one: Said, number: str) -> Said:
    """Say of a text that it was written in a case that was merged."""
    return replace(one, label=f"并入的{one.label}", ref=one.ref or number, of=number)


def _beside_said(n: int, text: str, at: datetime | None, entry: int, ref: str) -> Said:
    return Said(*_BESIDE[_PARTS[n]], text, _PARTS[n].key, at=at, entry=entry, ref=ref)


def _of_columns(values: Sequence[str]) -> Iterator[Said]:
    for n, (part, value) in enumerate(zip((*search_index.CODES, *search_index.TEXTS), values, strict=True)):
        if value:
            kind = _KINDS.get(part.key, HitKind.MATTER)
            yield Said(kind, _LABELS[part.key], value, part.key, n < len(search_index.CODES))


def _rows(work: Work, chosen: Executable, ids: list[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Read plain rows: through the session each statement takes twice as long."""
    return work.session.connection().execute(chosen, {"ids": ids}).all()


def _newest_first(row: Row[*tuple[Any, ...]]) -> tuple[int, int]:
    return _TABLE_OF[row[0]], -row[1]


_PARTS = tuple(part for parts in search_index.BESIDE for part in parts)
_TABLE_OF = tuple(n for n, parts in enumerate(search_index.BESIDE) for _ in parts)


@cache
def _own_texts() -> Executable:
    """Return the statement for a case's own texts; made once, since making it takes longer than running it."""
    chosen = select(Case.id, *search_index.CODES, *search_index.TEXTS)
    return chosen.where(Case.id.in_(bindparam("ids", expanding=True)))


@cache
def _merged_texts() -> Executable:
    """Return the statement for the texts of cases that were merged, by the one they were merged into."""
    chosen = select(Case.merged_into_id, Case.id, *search_index.CODES, *search_index.TEXTS)
    return chosen.where(Case.merged_into_id.is_not(None), Case.merged_into_id.in_(bindparam("ids", expanding=True)))


@cache
def _texts_beside() -> Executable:
    """Return one statement for the texts of every other table."""
    return union_all(*(_part_beside(n, part) for n, part in enumerate(_PARTS)))


def _part_beside(n: int, part: InstrumentedAttribute[str]) -> Select[*tuple[Any, ...]]:
    of = part.class_
    chosen = select(literal(n), of.id, of.case_id, part, *_PLACES.get(of, _NOWHERE))
    chosen = chosen.where(of.case_id.in_(bindparam("ids", expanding=True)), part != "")
    return chosen.where(Event.system.is_(False)) if of is Event else chosen
