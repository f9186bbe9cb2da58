"""Complaint cases: register, change, find, show, move on, write in the timeline."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from odr_desk.port import answers, shown
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import moments
from odr_desk.rules.case import CaseDraft, CaseState, Claim
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import WRITTEN, EventDraft, EventKind, Party
from odr_desk.rules.fields import choice, moment, number, text
from odr_desk.rules.parsing import parse
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import (
    agreement_file,
    appointments,
    case_file,
    cases,
    clocks,
    codes,
    disputes,
    evidence,
    explaining,
    hand_over,
    offers,
    registration,
    sessions,
    timeline,
    transfers,
)

CONSUMER = {"consumer": "consumer_"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Create(CaseDraft):
    key: str = text("幂等键", max_length=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update(CaseDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    version: int | None = number("版本", required=True, minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseArgument:
    """The case a verb speaks of."""

    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Advance(CaseArgument):
    to: CaseState | None = choice("状态", options=CaseState, required=True)
    reason: str = text("原因", max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event(CaseArgument):
    kind: EventKind | None = choice("方式", options=EventKind, among=WRITTEN, required=True)
    party: Party | None = choice("对方", options=Party, required=True)
    text: str = text("记录", required=True, max_length=4000)
    at: datetime | None = moment("时间")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session(SessionDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    appointment_no: int | None = number("第几次预约", minimum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SessionChange(SessionDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    session_no: int | None = number("第几次调解", required=True, minimum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deadline:
    channel: str = text("来源渠道", required=True, max_length=10)
    received_at: datetime | None = moment("收到时间", required=True)


def _create(session: Session, given: Given) -> Answer:
    sent = given.draft
    draft = CaseDraft(**{name: value for name, value in _values(sent).items() if name != "key"})
    with session.writing("case.create") as work:
        made = registration.register(work, draft, given.lists["claims"], sent.key)
    return {
        "case_no": made.case_no,
        "deadlines": [{"clock": d.clock, "due": d.due, "basis": d.rule.basis} for d in made.deadlines],
        "duplicates": [dataclasses.asdict(like) for like in made.duplicates],
        "level": made.level,
        "warnings": [{"field": remark.field, "message": remark.text} for remark in made.remarks],
    }


def _update(session: Session, given: Given) -> Answer:
    changes = {name: value for name, value in given.changes().items() if name not in ("case_no", "version")}
    if not given.draft.case_no or given.draft.version is None:
        raise Invalid.of("version", "请给出 case_no 和 version")
    if "claims" in given.named:
        changes["claims"] = given.lists["claims"]
    with session.writing("case.update") as work:
        version = cases.update(work, given.draft.case_no, given.draft.version, changes)
    return {"version": version}


def _show(session: Session, given: Given) -> Answer:
    number = given.draft.case_no
    with session.reading() as work:
        found = case_file.detail(work, number)
        return {
            **facts(found),
            "agreements": [shown.agreement(entry) for entry in agreement_file.of_case(work, number)],
            "duties": [shown.duty(duty) for entry in agreement_file.of_case(work, number) for duty in entry.duties],
            "sessions": [shown.session(entry) for entry in sessions.rows(work, number)],
            "points": [answers.draft(point) for point in disputes.grid(work, number).points],
            "offers": [shown.offer(entry) for entry in offers.rows(work, number)],
            "appointments": [shown.appointment(entry) for entry in appointments.of_case(work, number)],
            "documents": [shown.document(entry) for entry in agreement_file.papers(work, number)],
            "attachments": [shown.attachment(entry) for entry in evidence.pieces(work, number, removed=True)],
            "explanations": [shown.explanation(entry) for entry in explaining.of_case(work, number)],
            "transfers": [shown.transfer(entry) for entry in transfers.of_case(work, number)],
            "packages": [shown.package(entry) for entry in hand_over.of_case(work, number)],
        }


def facts(found: case_file.CaseDetail) -> dict[str, object]:
    """Return what the case itself says."""
    return {
        "case_no": found.row.number,
        "version": found.version,
        "state": found.state,
        "mark": found.row.mark,
        "reopened": found.row.is_reopened,
        **answers.draft(found.draft),
        "subject": found.row.subject,
        "result": found.result,
        "result_note": found.result_note,
        "performance": found.performance,
        "refund": answers.fen(found.refund),
        "compensation": answers.fen(found.compensation),
        "punitive": answers.fen(found.punitive),
        "recovered": answers.fen(found.recovered),
        "ended_on": found.ended_on,
        "fed_back_on": found.fed_back_on,
        "revisited_on": found.revisited_on,
        "next_step": found.row.next_step,
        "next_step_on": found.row.next_step_on,
        "handler": found.row.handler,
        "tags": list(found.tags),
        "deadlines": [shown.deadline(entry) for entry in found.deadlines],
        "paused_since": found.row.paused_since,
        "pauses": [shown.pause(entry) for entry in found.pauses],
        "manual_due": found.manual_due_on,
        "manual_due_reason": found.manual_due_reason,
        "merged": [answers.value(entry) for entry in found.merged],
        "timeline": [answers.value(entry) for entry in found.timeline],
    }


def _advance(session: Session, given: Given) -> Answer:
    with session.writing("case.advance", given.draft.reason) as work:
        state = cases.advance(work, given.draft.case_no, given.draft.to, given.draft.reason)
    return {"state": state}


def _event(session: Session, given: Given) -> Answer:
    sent = given.draft
    draft = EventDraft(kind=sent.kind, party=sent.party, text=sent.text, at=sent.at)
    with session.writing("event.add") as work:
        case = cases.named(work, sent.case_no)
        return {"event_no": timeline.add(work, case, draft), "case_no": case.number}


def _session(session: Session, given: Given) -> Answer:
    sent = given.draft
    values = {entry.name: getattr(sent, entry.name) for entry in dataclasses.fields(SessionDraft)}
    with session.writing("session.add") as work:
        made = sessions.add(
            work,
            sent.case_no,
            SessionDraft(**values),
            given.lists["present"],
            given.lists["offers"],
            sent.appointment_no,
        )
    return {"session_no": made}


def _change_session(session: Session, given: Given) -> Answer:
    sent = given.draft
    if not sent.case_no or sent.session_no is None:
        raise Invalid.of("session_no", "请给出 case_no 和 session_no")
    changes = {name: value for name, value in given.changes().items() if name not in ("case_no", "session_no")}
    present = given.lists["present"] if "present" in given.named else None
    stood = parse(SessionDraft, given.maps["seen"])
    seen = {name: getattr(stood, name) for name in given.maps["seen"]}
    with session.writing("session.change") as work:
        return {"changed": list(sessions.change(work, sent.case_no, sent.session_no, changes, present, seen))}


def _deadline(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        channel = codes.require(work, "channels", given.draft.channel, "channel", "来源渠道")
        received = moments.day_of(given.draft.received_at)
        found = clocks.load(work).deadlines(channel, received)
    return {"deadlines": [shown.deadline(entry) for entry in found]}


def _values(draft: Any) -> dict[str, Any]:  # noqa: ANN401 - any draft
    return {entry.name: getattr(draft, entry.name) for entry in dataclasses.fields(draft)}


_CLAIMS = {"claims": Claim}
VERBS = (
    Verb(name="case.create", takes=_Create, run=_create, nested=CONSUMER, lists=_CLAIMS),
    Verb(name="case.update", takes=_Update, run=_update, nested=CONSUMER, lists=_CLAIMS, partial=True),
    Verb(name="case.show", takes=CaseArgument, run=_show),
    Verb(name="case.advance", takes=_Advance, run=_advance),
    Verb(name="event.add", takes=_Event, run=_event),
    Verb(name="session.add", takes=_Session, run=_session, lists={"present": PresentDraft, "offers": OfferDraft}),
    Verb(
        name="session.change",
        takes=_SessionChange,
        run=_change_session,
        lists={"present": PresentDraft},
        maps=frozenset({"seen"}),
        partial=True,
    ),
    Verb(name="deadline", takes=_Deadline, run=_deadline),
)
