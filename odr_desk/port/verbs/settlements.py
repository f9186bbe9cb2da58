"""Agreements, their performance, advance payments, feedback, calls back and the archive."""

import dataclasses
from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb, as_draft
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules import moments
from odr_desk.rules import money as amounts
from odr_desk.rules.advance import PAID_BY_MERCHANT, AdvanceDraft, AdvanceState, NoticeDraft, RecoveryDraft
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.ending import RevisitDraft
from odr_desk.rules.errors import Invalid
from odr_desk.rules.feedback import FeedbackTexts
from odr_desk.rules.fields import day, fields_of, flag, money, number, text
from odr_desk.services import advances, agreements, closing, duties, feedback, revisits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agree(AgreementDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Void:
    agreement_no: str = text("协议编号", required=True, max_length=60)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _VoidOrLook(_Void):
    reason: str = text("原因", max_length=200)
    check: bool = flag("只看能不能作废")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Perform(PerformanceDraft):
    agreement_no: str = text("协议编号", required=True, max_length=60)
    duty: int | None = number("履行事项", required=True, minimum=1, maximum=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waive(_Void):
    duty: int | None = number("履行事项", required=True, minimum=1, maximum=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request(AdvanceDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advance:
    """An advance payment by its own number or its case's; what is said beside it must be what was asked for."""

    case_no: str = text("投诉件编号", max_length=40)
    advance_no: str = text("先行赔付编号", max_length=60)
    amount: int | None = money("先付金额（元）")
    reason: str = text("原因", max_length=400)
    source: str = text("资金来源", max_length=20)
    on: date | None = day("付款日期")
    voucher: str = text("凭证号", max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refuse:
    advance_no: str = text("先行赔付编号", required=True, max_length=60)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notify(NoticeDraft):
    advance_no: str = text("先行赔付编号", required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TakeBack:
    entry: int | None = number("履行记录", required=True, minimum=1)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recover(RecoveryDraft):
    source: str = text("来源", max_length=60, hint=f"空着为{PAID_BY_MERCHANT}")
    advance_no: str = text("先行赔付编号", required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feedback(CaseArgument):
    sent_on: date | None = day("反馈日期", required=True)
    part: str = text("已录入的一项", max_length=20, hint="空着为四项都录了")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revisit(RevisitDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Why an open item is left undone at the closing."""

    item: str = text("事项", required=True, max_length=60)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reopen(CaseArgument):
    reason: str = text("原因", required=True, max_length=200)


def _agree(session: Session, given: Given) -> Answer:
    draft = as_draft(AgreementDraft, given.draft)
    with session.writing("agree") as work:
        made = agreements.agree(work, given.draft.case_no, draft, given.lists["terms"])
    return {
        "agreement_no": made.agreement_no,
        "total": answers.fen(made.total),
        "total_upper": made.total_upper,
        "duties": [
            {"duty": d.number, "kind": d.kind, "text": d.text, "amount": answers.fen(d.amount), "due": d.due_on}
            for d in made.duties
        ],
        "warnings": [{"field": check.field, "message": check.text} for check in made.warnings],
    }


def _void(session: Session, given: Given) -> Answer:
    if given.draft.check:
        with session.reading() as work:
            return {"paid": answers.fen(agreements.voidable(work, given.draft.agreement_no))}
    with session.writing("agree.void", given.draft.reason) as work:
        return {"paid": answers.fen(agreements.void(work, given.draft.agreement_no, given.draft.reason))}


def _perform(session: Session, given: Given) -> Answer:
    draft = as_draft(PerformanceDraft, given.draft)
    with session.writing("duty.perform") as work:
        done = duties.perform(work, given.draft.agreement_no, given.draft.duty, draft)
    return {"outstanding": answers.fen(done.outstanding), "performance": done.performance}


def _waive(session: Session, given: Given) -> Answer:
    with session.writing("duty.waive", given.draft.reason) as work:
        found = duties.waive(work, given.draft.agreement_no, given.draft.duty, given.draft.reason)
    return {"performance": found}


def _take_back(session: Session, given: Given) -> Answer:
    with session.writing("duty.take_back", given.draft.reason) as work:
        done = duties.take_back(work, given.draft.entry, given.draft.reason)
    return {"outstanding": answers.fen(done.outstanding), "performance": done.performance}


def _look_over(session: Session, given: Given) -> Answer:
    draft = as_draft(AgreementDraft, given.draft)
    with session.reading() as work:
        found = agreements.look_over(work, given.draft.case_no, draft, given.lists["terms"])
    return {"checks": [{"level": one.level, "field": one.field, "message": one.text} for one in found]}


def _request(session: Session, given: Given) -> Answer:
    with session.writing("advance.request") as work:
        row = advances.request(work, given.draft.case_no, as_draft(AdvanceDraft, given.draft))
    return _advance(row)


def _approve(session: Session, given: Given) -> Answer:
    with session.writing("advance.approve", given.draft.reason) as work:
        known = given.draft.advance_no or advances.pending(work, given.draft.case_no, AdvanceState.REQUESTED)
        return _as_asked(advances.approve(work, known), given)


def _pay(session: Session, given: Given) -> Answer:
    with session.writing("advance.pay", given.draft.reason) as work:
        known = given.draft.advance_no or advances.pending(work, given.draft.case_no, AdvanceState.APPROVED)
        paid = advances.pay(work, known, given.draft.on or moments.day_of(work.now), given.draft.voucher)
        return _as_asked(paid, given)


def _refuse(session: Session, given: Given) -> Answer:
    with session.writing("advance.refuse", given.draft.reason) as work:
        return _advance(advances.refuse(work, given.draft.advance_no, given.draft.reason))


def _notify(session: Session, given: Given) -> Answer:
    with session.writing("advance.notify") as work:
        return _advance(advances.notify(work, given.draft.advance_no, given.draft.on))


def _recover(session: Session, given: Given) -> Answer:
    with session.writing("recovery.add") as work:
        draft = as_draft(RecoveryDraft, given.draft)
        draft = dataclasses.replace(draft, source=draft.source or PAID_BY_MERCHANT)
        row = advances.recover(work, given.draft.advance_no, draft)
    return {"remaining": answers.fen(row.remaining)}


def _as_asked(row: advances.AdvanceRow, given: Given) -> Answer:
    """Return what was done, or raise Invalid and so undo it when the caller means another amount or source."""
    sent = given.draft
    if sent.amount not in (None, row.amount):
        words = f"先行赔付 {row.advance_no} 申请的是 {amounts.show(row.amount)} 元，不能按别的金额办；请核对"
        raise Invalid.of("amount", words)
    if sent.source not in ("", row.source):
        raise Invalid.of("source", f"先行赔付 {row.advance_no} 申请的资金来源是“{row.source}”，请核对")
    return _advance(row)


def _advance(row: advances.AdvanceRow) -> Answer:
    return {"advance_no": row.advance_no, "state": row.state, "amount": answers.fen(row.amount)}


def _feedback(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("feedback") as work:
        found = feedback.standing(work, sent.case_no)
        added = dict.fromkeys(_parts(sent.part), sent.sent_on)
        whole = feedback.enter(work, sent.case_no, found.texts, {**found.entered, **added})
    labels = {entry.name: entry.label for entry in fields_of(FeedbackTexts)}
    texts = {label: getattr(found.texts, name) for name, label in labels.items()}
    left = [] if whole else [labels[name] for name in labels if name not in {**found.entered, **added}]
    return {**texts, "left": left} if sent.part else texts


def _compose(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = feedback.standing(work, given.draft.case_no)
    texts = fields_of(FeedbackTexts)
    return {
        **{entry.label: getattr(found.texts, entry.name) for entry in texts},
        "entered": {entry.label: found.entered[entry.name] for entry in texts if entry.name in found.entered},
    }


def _parts(named: str) -> tuple[str, ...]:
    """Return the texts that were entered: the one named, else all of them."""
    known = {entry.label: entry.name for entry in fields_of(FeedbackTexts)}
    if named and named not in known:
        raise Invalid.of("part", f"没有“{named}”这一项，可选：{'、'.join(known)}")
    return (known[named],) if named else tuple(known.values())


def _revisit(session: Session, given: Given) -> Answer:
    with session.writing("revisit") as work:
        revisits.record(work, given.draft.case_no, as_draft(RevisitDraft, given.draft))
    return {}


def _gate(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        items = closing.gate(work, given.draft.case_no)
    return {"open": [{"item": item.code, "message": item.text, "blocks": True, "owed": item.owed} for item in items]}


def _close(session: Session, given: Given) -> Answer:
    waivers = {waiver.item: waiver.reason for waiver in given.lists["waivers"]}
    with session.writing("case.close") as work:
        closing.close(work, given.draft.case_no, waivers)
    return {"state": "closed"}


def _reopen(session: Session, given: Given) -> Answer:
    with session.writing("case.reopen", given.draft.reason) as work:
        state = closing.reopen(work, given.draft.case_no, given.draft.reason)
    return {"state": state}


_TERMS = {"terms": TermDraft}
_GOODS = {"goods_back": "所购商品"}
VERBS = (
    Verb(name="agree", takes=_Agree, run=_agree, lists=_TERMS, affirmed=_GOODS),
    Verb(name="agree.check", takes=_Agree, run=_look_over, lists=_TERMS, affirmed=_GOODS),
    Verb(name="agree.void", takes=_VoidOrLook, run=_void),
    Verb(name="duty.perform", takes=_Perform, run=_perform),
    Verb(name="duty.waive", takes=_Waive, run=_waive),
    Verb(name="duty.take_back", takes=_TakeBack, run=_take_back),
    Verb(name="advance.request", takes=_Request, run=_request),
    Verb(name="advance.approve", takes=_Advance, run=_approve),
    Verb(name="advance.pay", takes=_Advance, run=_pay),
    Verb(name="advance.refuse", takes=_Refuse, run=_refuse),
    Verb(name="advance.notify", takes=_Notify, run=_notify),
    Verb(name="recovery.add", takes=_Recover, run=_recover),
    Verb(name="feedback", takes=_Feedback, run=_feedback),
    Verb(name="feedback.show", takes=CaseArgument, run=_compose),
    Verb(name="revisit", takes=_Revisit, run=_revisit),
    Verb(name="case.gate", takes=CaseArgument, run=_gate),
    Verb(name="case.close", takes=CaseArgument, run=_close, lists={"waivers": Waiver}),
    Verb(name="case.reopen", takes=_Reopen, run=_reopen),
)
