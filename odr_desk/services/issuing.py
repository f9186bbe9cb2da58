"""Issuing papers: facts from the tables, the finished PDF frozen with hash, facts and template version.

What was issued once is never set again: a reprint is the stored bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case
from odr_desk.model.document import Document, DocumentFile
from odr_desk.papers import (
    PAPERS,
    Paper,
    facts,
    failure_notice,
    making,
    mediation_record,
    registration_receipt,
    return_letter,
    settlement_agreement,
    transfer_letter,
)
from odr_desk.papers.checking import Check
from odr_desk.rules import mall, moments
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.people import Right
from odr_desk.services import case_papers, cases, duties, issued_papers, settlement_facts, setup, timeline
from odr_desk.services.issued_papers import Issued
from odr_desk.store import numbers
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as it would be issued now: what it knows and what there is to check; drawn by `draw`."""

    kind: str
    title: str
    number: str
    known: Any
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a paper is about, and what it has to say of it; without a number it takes one when it is issued."""

    known: Any
    number: str
    case: Case
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """How the facts of a paper about a case are read, and the sign in its numbers.

    `is_last` tells whether an issued one is about the last sitting or hand-over: each has a paper of its own.
    """

    sign: str
    read: Callable[[Work, Case], Any]
    is_last: Callable[[Work, Case, Document], bool] | None = None


SOURCES: dict[str, _Source] = {
    registration_receipt.CODE: _Source("登", case_papers.receipt),
    mediation_record.CODE: _Source("录", case_papers.sitting, case_papers.is_of_last_sitting),
    failure_notice.CODE: _Source("告", case_papers.failed),
    transfer_letter.CODE: _Source("移", case_papers.transferred, case_papers.is_of_last_departure),
    return_letter.CODE: _Source("退", case_papers.given_back, case_papers.is_of_last_return),
}


def issue(work: Work, kind: str, case_no: str = "", agreement_no: str = "") -> Issued:
    """Return the paper, made and frozen now or when it was issued first."""
    work.actor.require(Right.PERFORM)
    subject = _subject(work, kind, case_no, agreement_no)
    known = _stored(work, kind, subject)
    if known is not None:
        return issued_papers.read(work, known.id)
    paper = paper_of(kind)
    subject = subject if subject.number else _numbered(work, kind, subject)
    made = making.make(paper, subject.known)
    document = Document(
        number=subject.number,
        kind=kind,
        title=paper.title,
        case_id=subject.case.id,
        agreement_id=subject.agreement.id if subject.agreement else None,
        merchant_id=subject.case.merchant_id,
        template_version=paper.version,
        facts=facts.as_json(subject.known),
        sha256=made.pdf.sha256,
        pages=made.pdf.pages,
        issued_at=work.now,
        issued_by=work.actor.name,
    )
    work.session.add(document)
    work.session.flush()
    work.session.add(DocumentFile(document_id=document.id, pdf=made.pdf.data))
    words = f"出具{paper.title} {subject.number}，{made.pdf.pages} 页"
    timeline.system(work, subject.case, EventKind.DOCUMENT, words)
    return issued_papers.of(document, made.pdf.data)


def look(work: Work, kind: str, case_no: str = "", agreement_no: str = "") -> Sheet:
    """Return a paper as it would be issued now, with what there is to mend before."""
    work.actor.require(Right.READ_CASES)
    subject = _subject(work, kind, case_no, agreement_no)
    paper = paper_of(kind)
    return Sheet(kind, paper.title, subject.number, subject.known, making.checks(paper, subject.known))


def overtaken(work: Work, case: Case) -> frozenset[int]:
    """Return the papers in force that are about an earlier sitting or hand-over: the last one has its own."""
    kinds = {kind: source.is_last for kind, source in SOURCES.items() if source.is_last is not None}
    chosen = select(Document).where(
        Document.case_id == case.id, Document.voided_at.is_(None), Document.kind.in_(tuple(kinds))
    )
    return frozenset(paper.id for paper in work.session.scalars(chosen) if not kinds[paper.kind](work, case, paper))


def draw(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet with its gaps on amber; needs no database, so it runs beside the typing."""
    return making.preview(paper_of(sheet.kind), sheet.known).data


def paper_of(kind: str) -> Paper:
    """Return the paper of a code; raise Invalid naming those there are."""
    for paper in PAPERS:
        if paper.code == kind:
            return paper
    known = "、".join(f"{paper.code} {paper.title}" for paper in PAPERS)
    raise Invalid.of("kind", f"没有“{kind[:40]}”这种文书，可选：{known}")


def _settlement(work: Work, case_no: str, agreement_no: str) -> _Subject:
    if agreement_no:
        agreement = duties.agreement_named(work, agreement_no)
        case = work.session.get_one(Case, agreement.case_id)
    else:
        case = cases.named(work, case_no)
        found = duties.running(work, case.id)
        if found is None:
            raise IllegalMove(f"投诉件 {case.number} 还没有生效的协议，请先“出协议”", ("agree",))
        agreement = found
    return _Subject(settlement_facts.of_agreement(work, agreement), agreement.number, case, agreement)


def _subject(work: Work, kind: str, case_no: str, agreement_no: str) -> _Subject:
    paper = paper_of(kind)
    if not case_no and not agreement_no:
        raise Invalid.of("case_no", f"出具{paper.title}要指明投诉件或协议编号")
    if kind == settlement_agreement.CODE:
        return _settlement(work, case_no, agreement_no)
    case = cases.named(work, case_no)
    return _Subject(SOURCES[kind].read(work, case), "", case)


def _numbered(work: Work, kind: str, subject: _Subject) -> _Subject:
    """Give a paper the next number of its own series."""
    year = moments.day_of(work.now).year
    count = numbers.take(work, kind, year)
    number = mall.paper_number(setup.profile(work), SOURCES[kind].sign, year, count)
    return replace(subject, number=number, known=replace(subject.known, number=number))


def _stored(work: Work, kind: str, subject: _Subject) -> Document | None:
    """Return the paper if it was issued before and is in force; a void agreement gives no new one."""
    if subject.agreement is not None and subject.agreement.voided_at is not None:
        raise IllegalMove(f"协议 {subject.number} 已作废，不能再出具；已出具的留在文书登记里")
    chosen = select(Document).where(
        Document.kind == kind, Document.case_id == subject.case.id, Document.voided_at.is_(None)
    )
    if subject.agreement is not None:
        chosen = chosen.where(Document.agreement_id == subject.agreement.id)
    earlier = overtaken(work, subject.case)
    found = work.session.scalars(chosen.order_by(Document.id.desc()))
    return next((paper for paper in found if paper.id not in earlier), None)
