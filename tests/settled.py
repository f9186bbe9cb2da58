"""Agreements for tests: concluded on a case of their own."""

from datetime import date

from odr_desk.model.case import Case
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.clauses import TermDraft
from odr_desk.services import agreements
from odr_desk.services.agreements import Agreed
from tests.make import make_case

DUE = date(2026, 12, 4)
REFUND = TermDraft(kind="C06", amount=129900, method="原路退回", due=DUE, goods_back="羽绒服一件")
APOLOGY = TermDraft(kind="C14", due=DUE)


def conclude(database, actor, *terms: TermDraft, case_no: str = "", **draft: object) -> Agreed:
    """Conclude an agreement and return it."""
    with database.writing(actor, "agree") as work:
        number = case_no or make_case(work).number
        return agreements.agree(work, number, AgreementDraft(**draft), terms or (REFUND, APOLOGY))


def case_of(work, agreement_no: str) -> Case:
    """Return the case an agreement belongs to."""
    from odr_desk.services import duties

    return work.session.get_one(Case, duties.agreement_named(work, agreement_no).case_id)
