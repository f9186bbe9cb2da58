"""Feeding a result back to the platform: the four texts from the timeline, kept as they were sent."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, Event, Feedback, MediationSession
from odr_desk.rules import calendar as days
from odr_desk.rules import moments
from odr_desk.rules.case import ODR_CHANNELS, RESULTS, CaseState, Outcome
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import CONTACT, EventKind, Party
from odr_desk.rules.feedback import FeedbackFacts, FeedbackTexts, Talk
from odr_desk.rules.feedback import compose as composed
from odr_desk.rules.fields import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, clocks, codes, duties, explaining, timeline
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Sent:
    """Texts that were fed back, when and by whom."""

    sent_on: date
    texts: FeedbackTexts
    sent_by: str


def compose(work: Work, case_no: str) -> FeedbackTexts:
    """Return the four texts for the platform as the case stands now."""
    work.actor.require(Right.READ_CASES)
    return composed(_facts(work, _ended(work, case_no)))


def send(work: Work, case_no: str, sent_on: date, texts: FeedbackTexts | None = None) -> FeedbackTexts:
    """Note that the result was fed back on a day, with the texts as composed or as changed by hand."""
    work.actor.require(Right.MEDIATE)
    case = _ended(work, case_no)
    today = moments.day_of(work.now)
    if not case.received_on <= sent_on <= today:
        raise Invalid.of("sent_on", f"反馈日期应在收到投诉（{case.received_on}）与今天之间，请核对日期")
    texts = texts or composed(_facts(work, case))
    check(texts)
    work.session.add(
        Feedback(
            case_id=case.id,
            sent_on=sent_on,
            time_text=texts.time_text,
            process_text=texts.process_text,
            mode_text=texts.mode_text,
            result_text=texts.result_text,
            sent_by=work.actor.name,
        )
    )
    case.fed_back_on = sent_on
    timeline.system(work, case, EventKind.FEEDBACK, f"已反馈平台（{sent_on}）：{texts.result_text}")
    return texts


def sent(work: Work, case_no: str) -> tuple[Sent, ...]:
    """Return what was fed back on a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    found = work.session.scalars(select(Feedback).where(Feedback.case_id == case.id).order_by(Feedback.id.desc()))
    return tuple(
        Sent(f.sent_on, FeedbackTexts(
            time_text=f.time_text, process_text=f.process_text, mode_text=f.mode_text, result_text=f.result_text
        ), f.sent_by)
        for f in found
    )  # fmt: skip


def is_due(case: Case) -> bool:
    """Tell whether the platform still waits for the result."""
    return case.channel in ODR_CHANNELS and case.fed_back_on is None


def _ended(work: Work, case_no: str) -> Case:
    case = cases.named(work, case_no)
    if case.state not in RESULTS and case.state is not CaseState.CLOSED:
        raise IllegalMove(f"{case.state.label}的投诉件还没有结果，不能反馈平台；请先出协议或写明结果", tuple(RESULTS))
    return case


def _facts(work: Work, case: Case) -> FeedbackFacts:
    agreement = duties.running(work, case.id)
    agreed = duties.of_agreement(work, agreement.id) if agreement else ()
    ended_on = case.ended_on or moments.day_of(work.now)
    return FeedbackFacts(
        received_on=case.received_on,
        first_contact_on=moments.day_of(case.first_contact_at) if case.first_contact_at else None,
        ended_on=ended_on,
        working_days=days.working_between(clocks.load(work).calendar, case.received_on, ended_on),
        due_on=case.due_on,
        talks=talks(work, case),
        modes=_modes(work, case),
        outcome=case.result or Outcome.UNHANDLED,
        note=case.result_note,
        agreement_no=agreement.number if agreement else "",
        signed_on=agreement.signed_on if agreement else None,
        clauses=tuple(duty.text for duty in agreed),
        refund=case.refund,
        compensation=case.compensation,
        punitive=case.punitive,
        performance=case.performance,
        explained=not explaining.missing(work, case),
    )


def talks(work: Work, case: Case) -> tuple[Talk, ...]:
    """Return the contacts of a case; an entry that was amended is told by its amendment."""
    kinds = [kind.value for kind in CONTACT]
    chosen = select(Event).where(Event.case_id == case.id, Event.system.is_(False)).order_by(Event.at, Event.number)
    entries = list(work.session.scalars(chosen))
    amended = {entry.amends: entry.text for entry in entries if entry.amends is not None}
    return tuple(
        Talk(moments.day_of(e.at), EventKind(e.kind), Party(e.party), amended.get(e.number, e.text))
        for e in entries
        if e.kind in kinds
    )


def _modes(work: Work, case: Case) -> tuple[str, ...]:
    names = codes.names(work, "modes")
    held = work.session.scalars(select(MediationSession.mode).where(MediationSession.case_id == case.id))
    return tuple(names[mode] for mode in (*held, case.mode) if mode in names)
