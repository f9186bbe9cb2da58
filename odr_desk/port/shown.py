"""What belongs to a case, as the port shows it."""

from odr_desk.port import answers
from odr_desk.rules.deadlines import Deadline
from odr_desk.services.agreement_file import AgreementDetail, PaperLine
from odr_desk.services.duty_list import DutyRow
from odr_desk.services.sessions import SessionRow

Shown = dict[str, object]


def deadline(found: Deadline) -> Shown:
    """Return a clock with every day that was counted for it."""
    return {
        "clock": found.clock,
        "due": found.due,
        "rolled": found.rolled,
        "estimated": found.estimated,
        "length": found.rule.length,
        "unit": found.rule.unit,
        "basis": found.rule.basis,
        "days": [{"day": d.day, "counts": d.counts, "note": d.note} for d in found.counted],
    }


def agreement(found: AgreementDetail) -> Shown:
    """Return an agreement, in force or void."""
    return {
        "agreement_no": found.row.number,
        "signed_on": found.row.signed_on,
        "total": answers.fen(found.row.total),
        "void": found.row.void,
        "void_reason": found.row.void_reason,
        "performance": found.row.performance,
    }


def duty(found: DutyRow) -> Shown:
    """Return one clause as what is to be done."""
    return {
        "agreement_no": found.agreement_no,
        "duty": found.number,
        "kind": found.kind,
        "text": found.text,
        "amount": answers.fen(found.amount),
        "performed": answers.fen(found.performed),
        "outstanding": answers.fen(found.outstanding),
        "due": found.due_on,
        "state": found.state,
    }


def session(found: SessionRow) -> Shown:
    """Return one sitting without what was said in confidence."""
    return {
        "session_no": found.number,
        "held_at": found.held_at,
        "mode": found.mode,
        "mediator": found.mediator,
        "present": [{"name": one.name, "role": one.role} for one in found.present],
        "offers": [{"by": one.by, "amount": answers.fen(one.amount), "text": one.text} for one in found.offers],
        "outcome": found.outcome,
    }


def document(found: PaperLine) -> Shown:
    """Return one issued paper."""
    return {
        "document_no": found.number,
        "kind": found.kind,
        "title": found.title,
        "pages": found.pages,
        "sha256": found.sha256,
        "issued_at": found.issued_at,
        "void": found.void,
    }
