"""What belongs to a case, as the port shows it."""

from odr_desk.port import answers
from odr_desk.rules.deadlines import Deadline
from odr_desk.services.advances import AdvanceRow
from odr_desk.services.agreement_file import AgreementDetail, PaperLine
from odr_desk.services.appointments import AppointmentRow
from odr_desk.services.duty_list import DutyRow
from odr_desk.services.evidence import Piece
from odr_desk.services.explaining import ExplanationRow
from odr_desk.services.hand_over import PackageRow
from odr_desk.services.offers import OfferRow
from odr_desk.services.pausing import PauseRow
from odr_desk.services.sessions import SessionRow
from odr_desk.services.transfers import TransferRow

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
        "paid": answers.fen(found.paid),
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
        "ended_at": found.ended_at,
        "mode": found.mode,
        "mediator": found.mediator,
        "place": found.place,
        "informed": found.informed,
        "present": [{"name": one.name, "role": one.role} for one in found.present],
        "consumer_position": found.consumer_position,
        "merchant_position": found.merchant_position,
        "opinion": found.opinion,
        "offers": [offer(one) for one in found.offers],
        "outcome": found.outcome,
    }


def offer(found: OfferRow) -> Shown:
    """Return one offer with what was answered."""
    return {
        "offer_no": found.number,
        "session_no": found.session,
        "by": found.by,
        "amount": answers.fen(found.amount),
        "text": found.text,
        "at": found.made_at,
        "answer": found.answer,
        "answer_note": found.answer_note,
        "answered_at": found.answered_at,
    }


def pause(found: PauseRow) -> Shown:
    """Return one pause of the clock."""
    return {
        "pause_no": found.number,
        "since": found.since,
        "until": found.until,
        "reason": found.reason,
        "taken_back": found.taken_back,
    }


def appointment(found: AppointmentRow) -> Shown:
    """Return one appointment."""
    return {
        "appointment_no": found.number,
        "version": found.version,
        "case_no": found.case_no,
        "starts_at": found.starts_at,
        "minutes": found.minutes,
        "mode": found.mode,
        "place": found.place,
        "mediator": found.mediator,
        "consumer": found.consumer,
        "merchant": found.merchant,
        "invited": found.invited,
        "reminder": found.reminder,
        "despite": found.despite,
        "state": found.state,
        "reason": found.reason,
        "session_no": found.session,
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


def explanation(found: ExplanationRow) -> Shown:
    """Return what the consumer was told of a failure."""
    return {"at": found.at, "mode": found.mode, "by": found.by, "text": found.text, "routes": list(found.routes)}


def transfer(found: TransferRow) -> Shown:
    """Return one move of a case to or from another body."""
    return {
        "transfer": found.number,
        "direction": found.direction,
        "body": found.body,
        "on": found.on,
        "original_no": found.original_no,
        "cause": found.cause,
        "reason": found.reason,
        "materials": list(found.materials),
        "receiver": found.receiver,
        "answer_by": found.answer_by,
        "due": found.due_on,
        "acknowledged_on": found.acknowledged_on,
        "acknowledged_no": found.acknowledged_no,
    }


def package(found: PackageRow) -> Shown:
    """Return one hand-over package with the hash of every file in it."""
    return {
        "transfer": found.transfer_no,
        "to": found.to,
        "path": found.folder,
        "made_at": found.made_at,
        "made_by": found.made_by,
        "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in found.files],
    }


def attachment(found: Piece) -> Shown:
    """Return one piece of evidence, in the box or taken out of it."""
    return {
        "attachment_no": found.number,
        "label": found.label,
        "party": found.party,
        "name": found.name,
        "kind": found.kind,
        "pages": found.pages,
        "width": found.width,
        "height": found.height,
        "bytes": found.size,
        "sha256": found.sha256,
        "shared_of": found.shared_of,
        "added_at": found.added_at,
        "added_by": found.added_by,
        "removed": found.is_removed,
        "remove_reason": found.delete_reason,
    }


def advance(found: AdvanceRow) -> Shown:
    """Return one advance payment with its balance."""
    return {
        "advance_no": found.advance_no,
        "case_no": found.case_no,
        "merchant": found.merchant,
        "amount": answers.fen(found.amount),
        "cause": found.cause,
        "reason": found.reason,
        "source": found.source,
        "state": found.state,
        "requested_by": found.requested_by,
        "approved_by": found.approved_by,
        "refusal": found.refusal,
        "paid_on": found.paid_on,
        "voucher": found.voucher,
        "notified_on": found.notified_on,
        "recovered": answers.fen(found.recovered),
        "remaining": answers.fen(found.remaining),
    }
