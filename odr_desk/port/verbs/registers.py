"""The registers: duties, agreements, advance payments, merchants, submissions and imports as lists."""

from dataclasses import dataclass

from odr_desk.port import answers, shown
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, number, text
from odr_desk.services import advances, agreement_file, duty_list, import_batches, merchant_list, submissions
from odr_desk.services.agreement_file import AgreementFilter, AgreementView
from odr_desk.services.duty_list import DutyFilter, DutyView
from odr_desk.services.merchant_list import Group, MerchantFilter

MOST, USUAL = 500, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    limit: int | None = number("行数", minimum=1, maximum=MOST)
    offset: int | None = number("起始行", maximum=10_000_000)
    text: str = text("查找", max_length=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duties(_Page):
    view: DutyView | None = choice("哪些", options=DutyView)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreements(_Page):
    view: AgreementView | None = choice("哪些", options=AgreementView)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreement:
    agreement_no: str = text("协议编号", required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advances:
    case_no: str = text("投诉件编号", max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merchants(_Page):
    group: str = text("哪些", max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Imports:
    profile: str = text("类型", max_length=20)
    limit: int | None = number("行数", minimum=1, maximum=MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Few:
    limit: int | None = number("行数", minimum=1, maximum=MOST)


def _duties(session: Session, given: Given) -> Answer:
    sent = given.draft
    wanted = DutyFilter(view=sent.view or DutyView.OPEN, text=sent.text)
    with session.reading() as work:
        total, rows = duty_list.window(work, wanted, sent.offset or 0, sent.limit or USUAL)
    return {
        "total": total,
        "rows": [{"case_no": r.case_no, "merchant": r.merchant, "left": r.left, **shown.duty(r)} for r in rows],
    }


def _agreements(session: Session, given: Given) -> Answer:
    sent = given.draft
    wanted = AgreementFilter(view=sent.view or AgreementView.ALL, text=sent.text)
    with session.reading() as work:
        total, rows = agreement_file.window(work, wanted, sent.offset or 0, sent.limit or USUAL)
    return {
        "total": total,
        "rows": [
            {
                "agreement_no": row.number,
                "case_no": row.case_no,
                "merchant": row.merchant,
                "consumer": row.consumer,
                "signed_on": row.signed_on,
                "total": answers.fen(row.total),
                "performance": row.performance,
                "open_duties": row.open_duties,
                "next_due": row.next_due,
                "void": row.void,
                "void_reason": row.void_reason,
            }
            for row in rows
        ],
    }


def _agreement(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = agreement_file.detail(work, given.draft.agreement_no)
    return {
        "case_no": found.row.case_no,
        **shown.agreement(found),
        **answers.draft(found.draft),
        "duties": [shown.duty(duty) for duty in found.duties],
        "entries": [
            {
                "entry": entry.id,
                "duty": next((duty.number for duty in found.duties if duty.id == entry.duty_id), None),
                "amount": answers.fen(entry.amount),
                "on": entry.on,
                "method": entry.method,
                "proof": entry.proof,
                "by": entry.by,
                "taken_back": entry.taken_back,
            }
            for entry in found.entries
        ],
        "documents": [shown.document(paper) for paper in found.papers],
    }


def _advances(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = advances.rows(work, given.draft.case_no)
    return {"rows": [shown.advance(row) for row in found]}


def _merchants(session: Session, given: Given) -> Answer:
    sent = given.draft
    known = [group.value for group in Group]
    if sent.group and sent.group not in known:
        raise Invalid.of("group", f"没有“{sent.group}”这一类，可选：{'、'.join(known)}")
    wanted = MerchantFilter(group=Group(sent.group) if sent.group else Group.PRESENT, text=sent.text)
    with session.reading() as work:
        found = merchant_list.window(work, wanted, sent.offset or 0, sent.limit or USUAL)
    return {
        "total": found.total,
        "rows": [
            {
                "merchant_no": row.number,
                "name": row.name,
                "full_name": row.full_name,
                "counter": row.counter,
                "trade": row.trade,
                "phone": row.phone,
                "lease_end": row.lease_end,
                "deposit": answers.fen(row.deposit),
                "provisional": row.provisional,
                "retired": row.retired,
                "open_cases": row.open_cases,
                "recent_cases": row.recent_cases,
            }
            for row in found.rows
        ],
    }


def _submissions(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = submissions.rows(work, given.draft.limit or USUAL)
    return {
        "rows": [
            {
                "submission_no": row.number,
                "form": row.form,
                "from": row.period.first,
                "to": row.period.last,
                "rows": row.rows,
                "path": f"{row.folder}/{row.file_name}",
                "sha256": row.sha256,
                "made_at": row.made_at,
                "made_by": row.made_by,
            }
            for row in found
        ]
    }


def _imports(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        found = import_batches.rows(work, sent.profile, sent.limit or USUAL)
    return {
        "rows": [
            {
                "batch_no": row.number,
                "profile": row.profile,
                "file": row.file_name,
                "counts": row.counts,
                "applied_at": row.applied_at,
                "applied_by": row.applied_by,
                "undone_at": row.undone_at,
            }
            for row in found
        ]
    }


VERBS = (
    Verb(name="duty.list", takes=_Duties, run=_duties),
    Verb(name="agreement.list", takes=_Agreements, run=_agreements),
    Verb(name="agreement.show", takes=_Agreement, run=_agreement),
    Verb(name="advance.list", takes=_Advances, run=_advances),
    Verb(name="merchant.list", takes=_Merchants, run=_merchants),
    Verb(name="submission.list", takes=_Few, run=_submissions),
    Verb(name="import.list", takes=_Imports, run=_imports),
)
