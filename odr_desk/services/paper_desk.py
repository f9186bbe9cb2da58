"""Everything the paper page shows of one agreement's paper, read in one step."""

from dataclasses import dataclass
from datetime import date

from odr_desk.model.merchant import Merchant
from odr_desk.papers import settlement_agreement
from odr_desk.papers.checking import Check
from odr_desk.rules.agreement import LEAST_COPIES
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file, cases, dossier, duties, issuing
from odr_desk.services.agreement_file import AgreementDetail
from odr_desk.services.dossier import FileLine
from odr_desk.services.duty_list import DutyRow
from odr_desk.services.issuing import Issued, Sheet
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDesk:
    """A paper with the file it belongs to: as issued, else as it would be issued now."""

    case_no: str
    consumer: str
    merchant: str
    merchant_no: str
    lines: tuple[FileLine, ...]
    agreement_no: str = ""
    title: str = ""
    void: bool = False
    version: int = 0
    copies: int = LEAST_COPIES
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


def of_case(work: Work, case_no: str) -> PaperDesk:
    """Return the paper of the case's agreement in force, without one only the file."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    running = duties.running(work, case.id)
    if running is not None:
        return of_agreement(work, running.number)
    return PaperDesk(
        case_no=case.number,
        consumer=case.consumer_name,
        merchant=case.merchant_name,
        merchant_no=work.session.get_one(Merchant, case.merchant_id).number,
        lines=dossier.of_case(work, case_no),
    )


def of_agreement(work: Work, number: str) -> PaperDesk:
    """Return the paper of an agreement, in force or void."""
    work.actor.require(Right.READ_CASES)
    found = agreement_file.detail(work, number)
    case = cases.named(work, found.row.case_no)
    issued = _issued(work, found)
    sheet = None if found.row.void else issuing.look(work, settlement_agreement.CODE, agreement_no=number)
    return PaperDesk(
        case_no=case.number,
        consumer=case.consumer_name,
        merchant=case.merchant_name,
        merchant_no=work.session.get_one(Merchant, case.merchant_id).number,
        lines=dossier.of_case(work, case.number),
        agreement_no=number,
        title=settlement_agreement.TITLE.removeprefix("消费纠纷"),
        void=found.row.void,
        version=settlement_agreement.VERSION,
        copies=found.draft.copies or LEAST_COPIES,
        sheet=sheet,
        issued=issued,
        duties=found.duties,
    )


def _issued(work: Work, found: AgreementDetail) -> Issued | None:
    of_this = (paper for paper in found.papers if paper.kind == settlement_agreement.CODE)
    first = next(of_this, None)
    return issuing.read(work, first.id) if first is not None else None
