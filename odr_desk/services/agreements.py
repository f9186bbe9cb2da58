"""Concluding a settlement agreement: number, clauses as duties, the case's result; and making one void."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.papers import checking, making, settlement_agreement
from odr_desk.papers.checking import Check, Level
from odr_desk.rules import clauses, fields, mall, moments, money
from odr_desk.rules.agreement import LONGEST_VIEW, AgreementDraft, Sums, check_agreement, sums_of, with_defaults
from odr_desk.rules.capitals import rmb_capitals
from odr_desk.rules.case import NEXT, CaseState
from odr_desk.rules.clauses import TermDraft, wording
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import (
    advances,
    cases,
    claims,
    codes,
    disputes,
    duties,
    issuing,
    sessions,
    settlement_facts,
    setup,
    timeline,
)
from odr_desk.store import numbers
from odr_desk.store.database import Work

SERIES, SIGN = "agreement", "和"
TO_VOID = "agree.void"
"""What has to be done first where an agreement is in force."""
_ON_PAPER = {
    "consumer_guardian": "guardian",
    "consumer_agent": "agent",
    "dispute_consumer_view": "consumer_view",
    "dispute_merchant_view": "merchant_view",
    "host_mediator": "mediator",
}
"""Where the paper calls a field of the agreement by another name."""
_OWN = (
    "terms", "reserved", "late", "place", "attachments", "guardian", "copies",
    "agent", "merchant_handler", "consumer_view", "merchant_view", "mediator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgreedDuty:
    """One clause as the duty it has become."""

    number: int
    kind: str
    text: str
    amount: int | None
    due_on: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """A concluded agreement; `warnings` are worth a look before it is printed."""

    agreement_no: str
    total: int
    total_upper: str
    duties: tuple[AgreedDuty, ...]
    warnings: tuple[Check, ...]


def agree(work: Work, case_no: str, draft: AgreementDraft, terms: tuple[TermDraft, ...]) -> Agreed:
    """Conclude an agreement on a case: give it a number, make each clause a duty, settle the case."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    _require_open(work, case)
    draft, terms = completed(work, case, draft), _known(work, terms)
    check_agreement(draft, terms, case.received_on, moments.day_of(work.now))
    found = _checks(work, case, draft, terms)
    checking.require(check for check in found if check.field.startswith(_OWN))
    agreement = _concluded(work, case, draft, sums_of(terms))
    made = tuple(_duty(work, agreement, n, term) for n, term in enumerate(terms, start=1))
    _settle(work, case, agreement, sums_of(terms), len(terms))
    duties.keep(work, case)
    return Agreed(
        agreement.number,
        agreement.total,
        rmb_capitals(agreement.total),
        tuple(AgreedDuty(d.number, d.kind, d.text, d.amount, d.due_on or agreement.signed_on) for d in made),
        tuple(check for check in found if check.level is Level.LOOK),
    )


def look_over(work: Work, case_no: str, draft: AgreementDraft, terms: tuple[TermDraft, ...]) -> tuple[Check, ...]:
    """Return what there is to mend or to look at in an agreement still being written."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    return _checks(work, case, completed(work, case, draft), terms)


def proposed(work: Work, case_no: str) -> tuple[AgreementDraft, tuple[TermDraft, ...]]:
    """Return what to begin with: the last void agreement, else what is agreed point by point, else the claims."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    last = work.session.scalars(
        select(Agreement).where(Agreement.case_id == case.id).order_by(Agreement.id.desc()).limit(1)
    ).one_or_none()
    if last is None:
        gone = disputes.dropped_claims(work, case.id)
        claimed = [(c.code, c.amount) for c in claims.of_case(work, case.id) if c.code not in gone]
        agreed = disputes.clauses(work, case.id)
        return completed(work, case, AgreementDraft()), agreed or clauses.proposed(claimed, case.amount)
    draft = replace(settlement_facts.draft_of(last), signed_on=moments.day_of(work.now))
    left = (_left(duty, last.voided_at) for duty in duties.of_agreement(work, last.id))
    return draft, tuple(term for term in left if term is not None)


def voidable(work: Work, number: str) -> int:
    """Return what was paid under an agreement, in fen; raise IllegalMove where it cannot be made void as things are.

    What was paid stays paid and counts. An advance payment that is under way was asked for on the strength of the
    agreement, so it is paid or turned down first.
    """
    work.actor.require(Right.MEDIATE)
    agreement = duties.agreement_named(work, number)
    if agreement.voided_at is not None:
        raise IllegalMove(f"协议 {number} 已经作废")
    case = work.session.get_one(Case, agreement.case_id)
    if case.state is CaseState.CLOSED:
        raise IllegalMove(f"投诉件 {case.number} 已归档，请先重新打开，再作废协议", ("reopen",))
    waiting = advances.under_way(work, case)
    if waiting is not None:
        words = f"先行赔付 {waiting.number} {waiting.state.label}，是按这份协议申请的"
        raise IllegalMove(
            f"{words}；请先付款，或者请主管不批准并写明原因，再作废协议", ("advance.pay", "advance.refuse")
        )
    return sum(duty.performed for duty in duties.of_agreement(work, agreement.id))


def void(work: Work, number: str, reason: str) -> int:
    """Make an agreement void, and return what was paid under it, in fen: that stays a fact of the case and counts.

    The number, the paper and the reason stay, the case is negotiated again.
    """
    paid = voidable(work, number)
    agreement = duties.agreement_named(work, number)
    reason = _reason(reason)
    case = work.session.get_one(Case, agreement.case_id)
    agreement.voided_at, agreement.voided_by, agreement.void_reason = work.now, work.actor.name, reason
    for duty in duties.of_agreement(work, agreement.id):
        if duties.facts_of(duty).is_open:
            duties.drop(work, duty, duties.VOIDED)
    for document in work.session.scalars(select(Document).where(Document.agreement_id == agreement.id)):
        document.voided_at, document.voided_by, document.void_reason = work.now, work.actor.name, reason
    rest = f"；已付的 {money.show(paid)} 元仍计入挽回经济损失" if paid else ""
    timeline.system(work, case, EventKind.AGREEMENT, f"作废协议 {number}：{reason}{rest}")
    if case.state is CaseState.SETTLED:
        cases.move(work, case, CaseState.NEGOTIATING, f"协议 {number} 作废")
    case.recovered = duties.count_money(work, case) or None
    case.fed_back_on = None
    duties.keep(work, case)
    return paid


def completed(work: Work, case: Case, draft: AgreementDraft) -> AgreementDraft:
    """Return the draft with what the case knows where it was left out: names, and what each side says.

    The sides' views are taken from the points in dispute, else from the last sitting, only when neither has been
    written; what is too long for an agreement is left to whoever writes it, not cut.
    """
    profile = setup.profile(work)
    said = _views(work, case) if not (draft.consumer_view or draft.merchant_view) else ("", "")
    consumer_view, merchant_view = (view if len(view) <= LONGEST_VIEW else "" for view in said)
    return with_defaults(
        draft,
        moments.day_of(work.now),
        guardian=case.guardian,
        agent=case.agent,
        place=profile.desk_name or profile.name,
        mediator=work.actor.name,
        consumer_view=consumer_view,
        merchant_view=merchant_view,
    )


def _checks(work: Work, case: Case, draft: AgreementDraft, terms: tuple[TermDraft, ...]) -> tuple[Check, ...]:
    paper = issuing.paper_of(settlement_agreement.CODE)
    found = making.checks(paper, settlement_facts.of_draft(work, case, draft, terms))
    named = tuple(replace(check, field=_ON_PAPER.get(check.field, check.field)) for check in found)
    return (*named, *_left_out(work, case, draft), *_paid_before(work, case))


def _paid_before(work: Work, case: Case) -> Iterator[Check]:
    """Name what was paid under agreements that are void now: it counts by itself."""
    if paid := duties.paid_before(work, case.id):
        said = f"此前按作废的协议已付 {money.show(paid)} 元，照样计入挽回经济损失；新协议只写还没付的"
        yield checking.look("terms", said, "要在新协议里重写已付的，先撤回那几笔履行记录")


def _views(work: Work, case: Case) -> tuple[str, str]:
    in_points = disputes.views(work, case.id)
    return in_points if any(in_points) else sessions.views(work, case.id)


def _left_out(work: Work, case: Case, draft: AgreementDraft) -> Iterator[Check]:
    """Name a side's view that is on record, too long for an agreement, and not written here in fewer words."""
    for name, label, view in zip(("consumer_view", "merchant_view"), ("甲方", "乙方"), _views(work, case), strict=True):
        if len(view) > LONGEST_VIEW and not getattr(draft, name):
            words = f"{label}意见记了 {len(view):,} 字，协议最多写 {LONGEST_VIEW:,} 字，没有带进来"
            yield checking.look(name, words, "请写下要点")


def _require_open(work: Work, case: Case) -> None:
    running = duties.running(work, case.id)
    if running is not None:
        raise IllegalMove(
            f"投诉件 {case.number} 已有生效的协议 {duties.in_words(running)}，没有再签一份；要改，请先写明原因作废",
            (TO_VOID,),
        )
    if case.state is not CaseState.SETTLED and CaseState.SETTLED not in NEXT[case.state]:
        words = "、".join(state.label for state in CaseState if state in NEXT[case.state])
        legal = tuple(state for state in CaseState if state in NEXT[case.state])
        raise IllegalMove(f"{case.state.label}的投诉件不能出协议，可以先改为：{words}", legal)


def _known(work: Work, terms: tuple[TermDraft, ...]) -> tuple[TermDraft, ...]:
    """Return the clauses with their codes in normal form; an empty one is left to the check of fields."""
    return tuple(
        replace(term, kind=codes.require(work, "claims", term.kind, f"terms[{n}].kind", f"第 {n + 1} 项的事项"))
        for n, term in enumerate(terms)
    )


def _concluded(work: Work, case: Case, draft: AgreementDraft, sums: Sums) -> Agreement:
    signed_on = draft.signed_on or moments.day_of(work.now)
    count = numbers.take(work, SERIES, signed_on.year)
    agreement = Agreement(
        **{field.name: getattr(draft, field.name) for field in fields.fields_of(AgreementDraft)},
        number=mall.paper_number(setup.profile(work), SIGN, signed_on.year, count),
        case_id=case.id,
        total=sums.total,
        created_at=work.now,
        created_by=work.actor.name,
    )
    work.session.add(agreement)
    work.session.flush()
    return agreement


def _duty(work: Work, agreement: Agreement, number: int, term: TermDraft) -> Duty:
    duty = Duty(
        agreement_id=agreement.id,
        case_id=agreement.case_id,
        number=number,
        kind=term.kind,
        amount=term.amount,
        method=term.method,
        due_on=term.due or agreement.signed_on,
        goods_back=term.goods_back,
        text=wording(term),
        performed=0,
    )
    work.session.add(duty)
    work.session.flush()
    if term.at_once:
        draft = PerformanceDraft(amount=term.amount or 0, on=agreement.signed_on, method=term.method, proof="当场履行")
        duties.record(work, duty, draft)
    return duty


def _settle(work: Work, case: Case, agreement: Agreement, sums: Sums, count: int) -> None:
    total = f"，合计 {money.show(sums.total)} 元" if sums.total else ""
    timeline.system(work, case, EventKind.AGREEMENT, f"签订和解协议 {agreement.number}，共 {count} 项{total}")
    if case.state is not CaseState.SETTLED:
        cases.move(work, case, CaseState.SETTLED, f"签订和解协议 {agreement.number}")
    case.ended_on = agreement.signed_on
    case.revisit_due_on = cases.revisit_due(work, agreement.signed_on)
    case.recovered = duties.count_money(work, case)
    case.fed_back_on = None


def _left(duty: Duty, voided_at: datetime | None) -> TermDraft | None:
    """Return what is left to agree on of a duty: nothing where it was done, or was no longer asked for before."""
    if duty.done_on is not None or duty.waived_at not in (None, voided_at):
        return None
    term = _term(duty)
    return term if duty.amount is None else replace(term, amount=duty.amount - duty.performed)


def _term(duty: Duty) -> TermDraft:
    """Return a duty as the clause it was entered as; the text is left out where it was composed."""
    plain = TermDraft(
        kind=duty.kind, amount=duty.amount, method=duty.method, due=duty.due_on, goods_back=duty.goods_back
    )
    return plain if wording(plain) == duty.text else replace(plain, text=duty.text)


def _reason(text: str) -> str:
    reason = text.strip()
    if not reason:
        raise Invalid.of("reason", "请写明协议为什么作废")
    return sentence("作废原因", reason)
