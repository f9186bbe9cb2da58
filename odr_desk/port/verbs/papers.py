"""Papers: issued as frozen bytes, looked at before, saved where the caller wants them, put on file, made void."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port import shown
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules.fields import number, text
from odr_desk.services import agreement_file, dossier, issued_papers, issuing
from odr_desk.services.issued_papers import Issued
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    kind: str = text("文书", required=True, max_length=40)
    case_no: str = text("投诉件编号", max_length=40)
    agreement_no: str = text("协议编号", max_length=60)
    out: str = text("保存到", max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    document_no: str = text("文书编号", required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Save(_Document):
    out: str = text("保存到", required=True, max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed(_Document):
    copies: int | None = number("份数", minimum=1, maximum=99)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Void(_Document):
    reason: str = text("原因", required=True, max_length=200)


def _issue(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("document.issue") as work:
        issued = issuing.issue(work, sent.kind, sent.case_no, sent.agreement_no)
        path = _saved(work, issued, sent.out) if sent.out else None
    return {
        "document_no": issued.document_no,
        "path": path,
        "sha256": issued.sha256,
        "pages": issued.pages,
    }


def _saved(work: Work, issued: Issued, out: str) -> str:
    """Let a copy leave with this step; return where it will lie."""
    copy = issued_papers.prepare(issued.pdf, Path(out))
    issued_papers.note_saved(work, issued.document_id, copy)
    return str(copy.path)


def _preview(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        sheet = issuing.look(work, sent.kind, sent.case_no, sent.agreement_no)
    path = issued_papers.prepare(issuing.draw(sheet), Path(sent.out)).put().path if sent.out else None
    checks = [{"level": one.level, "field": one.field, "message": one.text} for one in sheet.checks]
    return {"title": sheet.title, "checks": checks, "path": str(path) if path is not None else None}


def _list(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        issued = agreement_file.papers(work, given.draft.case_no)
        lines = dossier.of_case(work, given.draft.case_no)
    return {
        "rows": [shown.document(paper) for paper in issued],
        "file": [
            {"group": line.group, "title": line.title, "state": line.state, "on": line.on, "document_no": line.note}
            for line in lines
        ],
    }


def _save(session: Session, given: Given) -> Answer:
    with session.writing("document.save") as work:
        issued = issued_papers.read(work, issued_papers.numbered(work, given.draft.document_no))
        path = _saved(work, issued, given.draft.out)
    return {"path": path, "sha256": issued.sha256, "pages": issued.pages}


def _printed(session: Session, given: Given) -> Answer:
    with session.writing("document.print") as work:
        number = issued_papers.numbered(work, given.draft.document_no)
        issued_papers.note_print(work, number, given.draft.copies or 1)
    return {}


def _archive(session: Session, given: Given) -> Answer:
    with session.writing("document.archive") as work:
        issued_papers.archive(work, issued_papers.numbered(work, given.draft.document_no))
    return {}


def _void(session: Session, given: Given) -> Answer:
    with session.writing("document.void", given.draft.reason) as work:
        issued_papers.void(work, issued_papers.numbered(work, given.draft.document_no), given.draft.reason)
    return {}


VERBS = (
    Verb(name="document.issue", takes=_Issue, run=_issue),
    Verb(name="document.preview", takes=_Issue, run=_preview),
    Verb(name="document.list", takes=CaseArgument, run=_list),
    Verb(name="document.save", takes=_Save, run=_save),
    Verb(name="document.print", takes=_Printed, run=_printed),
    Verb(name="document.archive", takes=_Document, run=_archive),
    Verb(name="document.void", takes=_Void, run=_void),
)
