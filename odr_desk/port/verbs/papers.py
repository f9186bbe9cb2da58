"""Papers: issued as frozen bytes, saved where the caller wants them."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.fields import text
from odr_desk.services import issuing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    kind: str = text("文书", required=True, max_length=40)
    case_no: str = text("投诉件编号", max_length=40)
    agreement_no: str = text("协议编号", max_length=60)
    out: str = text("保存到", max_length=1000)


def _issue(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("document.issue") as work:
        issued = issuing.issue(work, sent.kind, sent.case_no, sent.agreement_no)
    path = issuing.save(issued.pdf, Path(sent.out)) if sent.out else None
    return {
        "document_no": issued.document_no,
        "path": str(path) if path is not None else None,
        "sha256": issued.sha256,
        "pages": issued.pages,
    }


VERBS = (Verb(name="document.issue", takes=_Issue, run=_issue),)
