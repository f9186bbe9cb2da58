"""What the settlement agreement has to say, read from case, merchant, mall and the agreement itself."""

from collections.abc import Sequence
from datetime import date

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.papers import settlement_agreement as paper
from odr_desk.papers.matter import Host
from odr_desk.rules.agreement import LEAST_COPIES, AgreementDraft, sums_of
from odr_desk.rules.case import ODR_CHANNELS, AgeBand, IdKind
from odr_desk.rules.clauses import TermDraft, wording
from odr_desk.rules.fields import fields_of
from odr_desk.services import clocks, codes, duties, setup
from odr_desk.store.database import Work

UNNUMBERED = "（签订后编号）"
PLATFORM = "全国12315平台"
MINORS = frozenset({AgeBand.MINOR, AgeBand.UNDER_14})


def of_agreement(work: Work, agreement: Agreement) -> paper.Facts:
    """Return the facts of a concluded agreement."""
    terms = tuple(_term_of(work, duty) for duty in duties.of_agreement(work, agreement.id))
    case = work.session.get_one(Case, agreement.case_id)
    return _facts(work, case, draft_of(agreement), terms, (agreement.number, agreement.total))


def of_draft(work: Work, case: Case, draft: AgreementDraft, terms: Sequence[TermDraft]) -> paper.Facts:
    """Return the facts of an agreement still being written, which has no number yet."""
    said = tuple(
        _term(work, term.kind, wording(term), term.amount, term.method, term.due or draft.signed_on) for term in terms
    )
    return _facts(work, case, draft, said, (UNNUMBERED, sums_of(tuple(terms)).total))


def full_channel(work: Work, code: str) -> str:
    """Return the name of a channel as papers write it."""
    return next((option.name for option in codes.options(work, "channels") if option.code == code), code)


def draft_of(agreement: Agreement) -> AgreementDraft:
    """Return an agreement as the form shows it."""
    return AgreementDraft(**{field.name: getattr(agreement, field.name) for field in fields_of(AgreementDraft)})


def _facts(
    work: Work, case: Case, draft: AgreementDraft, terms: tuple[paper.Term, ...], sealed: tuple[str, int]
) -> paper.Facts:
    mall = setup.profile(work)
    number, total = sealed
    return paper.Facts(
        number=number,
        signed_on=draft.signed_on,
        place=draft.place,
        consumer=_consumer(case, draft),
        merchant=_merchant(work.session.get_one(Merchant, case.merchant_id), draft),
        host=Host(name=mall.name, desk=mall.desk_name, mediator=draft.mediator, phone=mall.phone),
        dispute=_dispute(work, case, draft),
        terms=terms,
        total_fen=total,
        final=draft.final,
        reserved=draft.reserved,
        late=draft.late,
        advance_payment=draft.advance_payment,
        confidential=draft.confidential,
        confirm_on_platform=case.channel in ODR_CHANNELS,
        copies=draft.copies or LEAST_COPIES,
        attachments=tuple(line.strip() for line in draft.attachments.splitlines() if line.strip()),
    )


def _consumer(case: Case, draft: AgreementDraft) -> paper.Consumer:
    return paper.Consumer(
        name=case.consumer_name,
        phone=case.consumer_phone,
        id_kind=(case.id_type or IdKind.ID_CARD).label,
        id_number=case.id_no,
        address=case.consumer_address,
        is_minor=case.age_band in MINORS,
        guardian=draft.guardian,
        agent=draft.agent,
        agent_authorised=case.agent_letter,
    )


def _merchant(merchant: Merchant, draft: AgreementDraft) -> paper.Merchant:
    return paper.Merchant(
        name=merchant.name,
        brand=merchant.brand,
        uscc=merchant.uscc,
        counter=merchant.counter,
        head=merchant.legal_person,
        handler=draft.merchant_handler,
        handler_authorised=draft.merchant_authority,
        phone=merchant.phone,
    )


def _dispute(work: Work, case: Case, draft: AgreementDraft) -> paper.Dispute:
    return paper.Dispute(
        case_number=case.number,
        received_on=case.received_on,
        channel=PLATFORM if case.channel in ODR_CHANNELS else full_channel(work, case.channel),
        platform_number=case.platform_no,
        product=case.product,
        bought_on=case.purchase_date,
        price_fen=case.amount,
        receipt=case.receipt_no,
        facts=case.facts,
        consumer_view=draft.consumer_view,
        merchant_view=draft.merchant_view,
    )


def _term_of(work: Work, duty: Duty) -> paper.Term:
    return _term(work, duty.kind, duty.text, duty.amount, duty.method, duty.due_on)


def _term(work: Work, kind: str, words: str, amount: int | None, method: str, due_on: date | None) -> paper.Term:
    return paper.Term(
        code=kind,
        words=words,
        amount_fen=amount,
        method=method,
        due_on=due_on,
        due_is_working=_is_working(work, due_on),
    )


def _is_working(work: Work, day: date | None) -> bool | None:
    calendar = clocks.load(work).calendar
    return calendar.is_working(day) if day is not None and calendar.knows(day) else None
