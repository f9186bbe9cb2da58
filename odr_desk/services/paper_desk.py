"""Everything the paper page shows of one agreement's paper, read in one step."""

from dataclasses import dataclass, replace
from datetime import date

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.model.merchant import Merchant
from odr_desk.papers import Paper, registration_receipt, settlement_agreement
from odr_desk.papers.checking import Check
from odr_desk.rules.agreement import LEAST_COPIES
from odr_desk.rules.errors import Missing
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file, cases, dossier, duties, issued_papers, issuing
from odr_desk.services.agreement_file import PaperLine
from odr_desk.services.dossier import FileLine
from odr_desk.services.duty_list import DutyRow
from odr_desk.services.issued_papers import Issued
from odr_desk.services.issuing import Sheet
from odr_desk.store.database import Work

FEW = 2
"""Copies of a paper about a case: one for whom it is for, one for the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDesk:
    """A paper with the file it belongs to: as issued, else as it would be issued now."""

    case_no: str
    consumer: str
    merchant: str
    merchant_no: str
    lines: tuple[FileLine, ...]
    kind: str
    title: str
    version: int
    agreement_no: str = ""
    void: bool = False
    copies: int = FEW
    sheet: Sheet | None = None
    issued: Issued | None = None
    duties: tuple[DutyRow, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return what there is to look at before printing."""
        return self.sheet.checks if self.sheet is not None else ()

    @property
    def next_days(self) -> tuple[tuple[date, str], ...]:
        """Return the days on which something is to be performed, and what."""
        return tuple((duty.due_on, duty.kind) for duty in self.duties if duty.is_open)


def of_case(work: Work, case_no: str, kind: str = "", document_id: int = 0) -> PaperDesk:
    """Return a paper about a case; none named, its agreement in force, else the receipt."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    running = duties.running(work, case.id)
    if running is not None and kind in ("", settlement_agreement.CODE):
        return of_agreement(work, running.number)
    paper = issuing.paper_of(kind or registration_receipt.CODE)
    earlier = issuing.overtaken(work, case)
    issued = _read(work, _in_force(agreement_file.papers(work, case_no), paper.code, document_id, earlier))
    void = issued is not None and issued.voided
    sheet = issuing.look(work, paper.code, case_no) if issued is None else None
    return _desk(work, case, paper, issued=issued, sheet=sheet, void=void)


def of_document(work: Work, number: str) -> PaperDesk:
    """Return a paper that was issued, by its own number; raise Missing when there is none of it."""
    work.actor.require(Right.READ_CASES)
    found = work.session.get_one(Document, issued_papers.numbered(work, number))
    if found.agreement_id is not None:
        return of_agreement(work, work.session.get_one(Agreement, found.agreement_id).number)
    if found.case_id is None:
        raise Missing(f"文书“{number}”不属于哪一件投诉，请到出具它的页面查看")
    return of_case(work, work.session.get_one(Case, found.case_id).number, found.kind, found.id)


def of_agreement(work: Work, number: str) -> PaperDesk:
    """Return the paper of an agreement, in force or void."""
    work.actor.require(Right.READ_CASES)
    found = agreement_file.detail(work, number)
    case = cases.named(work, found.row.case_no)
    paper = issuing.paper_of(settlement_agreement.CODE)
    sheet = None if found.row.void else issuing.look(work, paper.code, agreement_no=number)
    issued = _read(work, found.papers[0] if found.papers else None)
    desk = _desk(work, case, paper, issued=issued, sheet=sheet, void=found.row.void)
    copies = found.draft.copies or LEAST_COPIES
    return replace(desk, agreement_no=number, copies=copies, duties=found.duties)


def _desk(work: Work, case: Case, paper: Paper, *, issued: Issued | None, sheet: Sheet | None, void: bool) -> PaperDesk:
    return PaperDesk(
        case_no=case.number,
        consumer=case.consumer_name,
        merchant=case.merchant_name,
        merchant_no=work.session.get_one(Merchant, case.merchant_id).number,
        lines=dossier.of_case(work, case.number),
        kind=paper.code,
        title=paper.title.removeprefix("消费纠纷").removeprefix("消费投诉"),
        version=paper.version,
        void=void,
        sheet=sheet,
        issued=issued,
    )


def _in_force(papers: tuple[PaperLine, ...], kind: str, document_id: int, earlier: frozenset[int]) -> PaperLine | None:
    """Return the paper asked for, else the one of this kind that is not void and about what was last."""
    of_kind = [line for line in papers if line.kind == kind]
    if document_id:
        return next((line for line in of_kind if line.id == document_id), None)
    return next((line for line in of_kind if not line.void and line.id not in earlier), None)


def _read(work: Work, line: PaperLine | None) -> Issued | None:
    return issued_papers.read(work, line.id) if line is not None else None
