"""What is done with a paper once it is issued: read, printed, saved, put on file, made void.

Its bytes are those it was issued with; nothing is set anew.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Document, DocumentFile
from odr_desk.papers import pages
from odr_desk.papers.pages import Picture
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, Trouble
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import timeline
from odr_desk.sheets import writing
from odr_desk.sheets.writing import Prepared
from odr_desk.store import journal
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper with its bytes."""

    document_id: int
    document_no: str
    kind: str
    title: str
    pdf: bytes
    sha256: str
    pages: int
    issued_at: datetime
    issued_by: str
    voided: bool
    archived: bool


def of(document: Document, pdf: bytes) -> Issued:
    """Return the record of a paper with its bytes."""
    return Issued(
        document_id=document.id,
        document_no=document.number,
        kind=document.kind,
        title=document.title,
        pdf=pdf,
        sha256=document.sha256,
        pages=document.pages,
        issued_at=document.issued_at,
        issued_by=document.issued_by,
        voided=document.voided_at is not None,
        archived=document.archived,
    )


def prepare(pdf: bytes, path: Path) -> Prepared:
    """Lay a copy of a finished paper beside its place, whole or not at all; needs no database."""

    def same(found: bytes) -> None:
        if found != pdf:
            raise Trouble(f"“{path.name}”写完后读回不一致。", "请检查磁盘，换一个文件夹再存一次。")

    return writing.prepare(path, pdf, same, ".pdf")


def pictures(pdf: bytes, width: int) -> tuple[Picture, ...]:
    """Return every page for the screen, `width` points wide; needs no database."""
    return pages.pictures(pdf, width=width)


def printed(pdf: bytes, number: int, dpi: int) -> Picture:
    """Return one page, counted from 1, as fine as a printer wants it; needs no database."""
    return pages.printed(pdf, number, dpi=dpi)


def read(work: Work, document_id: int) -> Issued:
    """Return an issued paper with the bytes it was issued with."""
    work.actor.require(Right.READ_CASES)
    document = work.session.get(Document, document_id)
    file = work.session.get(DocumentFile, document_id)
    if document is None or file is None:
        raise Missing("没有这份文书，请刷新后再看")
    return of(document, file.pdf)


def numbered(work: Work, number: str) -> int:
    """Return the id of the issued paper of this number; raise Missing when there is none."""
    work.actor.require(Right.READ_CASES)
    found = work.session.scalars(select(Document.id).where(Document.number == number).order_by(Document.id.desc()))
    document_id = found.first()
    if document_id is None:
        raise Missing(f"没有编号为“{number}”的文书，请核对编号")
    return document_id


def note_print(work: Work, document_id: int, copies: int) -> None:
    """Write down that a paper was printed."""
    _note(work, document_id, f"打印 {copies} 份")


def note_saved(work: Work, document_id: int, copy: Prepared) -> None:
    """Write down that a copy of a paper leaves the program as a file, which gets its name once that is durable."""
    work.outgoing.append(copy)
    _note(work, document_id, "另存 PDF")


def archive(work: Work, document_id: int) -> None:
    """Note that the signed paper has been put on file."""
    work.actor.require(Right.PERFORM)
    document = _document(work, document_id)
    if document.voided_at is not None:
        raise IllegalMove(f"{document.title} {document.number} 已作废，不用归档")
    document.archived = True
    _note(work, document_id, "签好归档")


def void(work: Work, document_id: int, reason: str) -> None:
    """Make a paper void, so that a corrected one can be issued under a new number; an agreement's follows it."""
    work.actor.require(Right.PERFORM)
    document = _document(work, document_id)
    if document.agreement_id is not None:
        raise IllegalMove(f"{document.title} {document.number} 随协议作废，请作废协议", ("agree.void",))
    if document.voided_at is not None:
        raise IllegalMove(f"{document.title} {document.number} 已经作废")
    if not reason.strip():
        raise Invalid.of("reason", "请写明文书为什么作废，最多 200 字")
    reason = sentence("作废原因", reason)
    document.voided_at, document.voided_by, document.void_reason = work.now, work.actor.name, reason.strip()
    _note(work, document_id, f"作废：{reason.strip()}")


def _document(work: Work, document_id: int) -> Document:
    document = work.session.get(Document, document_id)
    if document is None:
        raise Missing("没有这份文书，请刷新后再看")
    return document


def _note(work: Work, document_id: int, deed: str) -> None:
    work.actor.require(Right.PERFORM)
    document = _document(work, document_id)
    journal.record_deed(work, f"documents:{document.id}", {"deed": deed, "sha256": document.sha256})
    case = work.session.get_one(Case, document.case_id)
    timeline.system(work, case, EventKind.DOCUMENT, f"{document.title} {document.number} {deed}")
