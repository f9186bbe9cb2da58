"""A mediation at work: points in dispute, offers, bottom lines, appointments."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from odr_desk.port import answers, shown
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules import moments
from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.rules.dispute import PointDraft
from odr_desk.rules.fields import day, fields_of, money, number, text
from odr_desk.rules.session import AnswerDraft, BottomLineDraft, OfferDraft
from odr_desk.services import appointments, bottom_lines, disputes, offers

Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Removed:
    id: int | None = number("行号", required=True, minimum=1, maximum=10**12)
    version: int | None = number("版本", required=True, minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer(OfferDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer(AnswerDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    offer_no: int | None = number("第几个方案", required=True, minimum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _BottomLine(BottomLineDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    seen_amount: int | None = money("看到的金额（元）")
    seen_text: str = text("看到的内容", max_length=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Appointment(AppointmentDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move(_Appointment):
    appointment_no: int | None = number("第几次预约", required=True, minimum=1)
    version: int | None = number("版本", minimum=1, maximum=10**9)
    reason: str = text("原因", max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cancel(CaseArgument):
    appointment_no: int | None = number("第几次预约", required=True, minimum=1)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    case_no: str = text("投诉件编号", max_length=40)
    first: date | None = day("从")
    last: date | None = day("到")


def _save_points(session: Session, given: Given) -> Answer:
    removed = {entry.id: entry.version for entry in given.lists["removed"]}
    with session.writing("points.save") as work:
        kept = disputes.save(work, given.draft.case_no, given.lists["points"], removed)
    return {"points": [answers.draft(point) for point in kept]}


def _add_offer(session: Session, given: Given) -> Answer:
    with session.writing("offer.add") as work:
        return {"offer_no": offers.add(work, given.draft.case_no, _part(OfferDraft, given.draft))}


def _answer_offer(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("offer.answer") as work:
        offers.answer(work, sent.case_no, sent.offer_no, _part(AnswerDraft, sent))
    return {}


def _keep_bottom_line(session: Session, given: Given) -> Answer:
    sent, seen = given.draft, None
    if {"seen_amount", "seen_text"} & given.named:
        seen = BottomLineDraft(side=sent.side, amount=sent.seen_amount, text=sent.seen_text)
    with session.writing("bottom_line.save") as work:
        bottom_lines.keep(work, sent.case_no, _part(BottomLineDraft, sent), seen)
    return {}


def _show_bottom_lines(session: Session, given: Given) -> Answer:
    with session.writing("bottom_line.show") as work:
        found = bottom_lines.reveal(work, given.draft.case_no)
    return {
        "lines": [
            {"side": line.side, "amount": answers.fen(line.amount), "text": line.text, "told_at": line.told_at}
            for line in found
        ]
    }


def _add_appointment(session: Session, given: Given) -> Answer:
    with session.writing("appointment.add") as work:
        return {"appointment_no": appointments.add(work, given.draft.case_no, _part(AppointmentDraft, given.draft))}


def _move_appointment(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("appointment.move", sent.reason) as work:
        draft = _part(AppointmentDraft, sent)
        moved = appointments.move(work, sent.case_no, sent.appointment_no, draft, sent.reason, sent.version or 0)
    return {"version": moved}


def _cancel_appointment(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("appointment.cancel", sent.reason) as work:
        appointments.cancel(work, sent.case_no, sent.appointment_no, sent.reason)
    return {}


def _list_appointments(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        if sent.case_no:
            found = appointments.of_case(work, sent.case_no)
        else:
            first = sent.first or moments.day_of(work.now)
            found = appointments.between(work, first, sent.last or first + appointments.WEEK)
    return {"rows": [shown.appointment(row) for row in found]}


def _part(kind: type[Draft], draft: object) -> Draft:
    """Return the draft a service takes, out of the arguments of a verb."""
    return kind(**{entry.name: getattr(draft, entry.name) for entry in fields_of(kind)})


VERBS = (
    Verb(name="points.save", takes=CaseArgument, run=_save_points, lists={"points": PointDraft, "removed": _Removed}),
    Verb(name="offer.add", takes=_Offer, run=_add_offer),
    Verb(name="offer.answer", takes=_Answer, run=_answer_offer),
    Verb(name="bottom_line.save", takes=_BottomLine, run=_keep_bottom_line, nested={"seen": "seen_"}),
    Verb(name="bottom_line.show", takes=CaseArgument, run=_show_bottom_lines),
    Verb(name="appointment.add", takes=_Appointment, run=_add_appointment),
    Verb(name="appointment.move", takes=_Move, run=_move_appointment),
    Verb(name="appointment.cancel", takes=_Cancel, run=_cancel_appointment),
    Verb(name="appointment.list", takes=_Listed, run=_list_appointments),
)
