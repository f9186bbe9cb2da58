"""Feeding a result back to the platform: the four texts from the timeline, kept as they were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case, Event, Feedback, MediationSession
from odr_desk.rules import calendar as days
from odr_desk.rules import moments
from odr_desk.rules.case import ODR_CHANNELS, RESULTS, CaseState, Outcome
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid
from odr_desk.rules.events import CONTACT, EventKind, Party
from odr_desk.rules.feedback import FeedbackFacts, FeedbackTexts, Talk, compose
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, clocks, codes, duties, explaining, families, sessions, timeline, versions
from odr_desk.store.database import Work

PARTS = {"time_text": "time_on", "process_text": "process_on", "mode_text": "mode_on", "result_text": "result_on"}
"""Each text of the platform's form, and where the day is kept on which it was entered."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Texts that were fed back, when and by whom."""

    sent_on: date
    texts: FeedbackTexts
    sent_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The texts composed anew, or as they were entered on the platform so far, each with its day.

    `sent_on` is the day of an earlier feedback that was whole.
    """

    texts: FeedbackTexts
    entered: Mapping[str, date]
    sent_on: date | None


def standing(work: Work, case_no: str) -> Standing:
    """Return the texts to be entered, and which of them have been."""
    work.actor.require(Right.READ_CASES)
    case = _ended(work, case_no)
    begun = _begun(work, case)
    if begun is None:
        return Standing(compose(_facts(work, case)), {}, case.fed_back_on)
    return Standing(_texts(begun), _entered(begun), case.fed_back_on)


def send(work: Work, case_no: str, sent_on: date, texts: FeedbackTexts | None = None) -> FeedbackTexts:
    """Note that the result was fed back on a day, with the texts as composed or as changed by hand."""
    work.actor.require(Right.MEDIATE)
    texts = texts or standing(work, case_no).texts
    enter(work, case_no, texts, dict.fromkeys(PARTS, sent_on))
    return texts


def enter(
    work: Work, case_no: str, texts: FeedbackTexts, entered: Mapping[str, date], base: Standing | None = None
) -> bool:
    """Note which texts stand on the platform since which day; tell whether all of them do, so that it is fed back.

    `base` is what the typing began with: what somebody else has entered since stays beside it, and
    Conflict is raised where both changed the same text.
    """
    work.actor.require(Right.MEDIATE)
    case = _ended(work, case_no)
    if base is not None:
        texts, entered = _beside(work, case, texts, entered, base)
    check(texts)
    _check_days(work, case, entered)
    begun = _begun(work, case)
    if begun is None:
        begun = Feedback(case_id=case.id)
        work.session.add(begun)
    begun.sent_by = work.actor.name
    for name, part in PARTS.items():
        setattr(begun, name, getattr(texts, name))
        setattr(begun, part, entered.get(name))
    if len(entered) < len(PARTS):
        return False
    case.fed_back_on = begun.sent_on = max(entered.values())
    timeline.system(work, case, EventKind.FEEDBACK, f"已反馈平台（{begun.sent_on}）：{texts.result_text}")
    return True


def sent(work: Work, case_no: str) -> tuple[Sent, ...]:
    """Return what was fed back on a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = select(Feedback).where(Feedback.case_id == case.id, Feedback.sent_on.is_not(None))
    found = work.session.scalars(chosen.order_by(Feedback.id.desc()))
    return tuple(Sent(row.sent_on, _texts(row), row.sent_by) for row in found if row.sent_on is not None)


def is_due(case: Case) -> bool:
    """Tell whether the platform still waits for the result."""
    return case.channel in ODR_CHANNELS and case.fed_back_on is None


def _beside(
    work: Work, case: Case, texts: FeedbackTexts, entered: Mapping[str, date], base: Standing
) -> tuple[FeedbackTexts, Mapping[str, date]]:
    """Return what was typed together with what somebody else has entered meanwhile."""
    begun = _begun(work, case)
    if case.fed_back_on != base.sent_on:
        by = next((one.sent_by for one in sent(work, case.number)), "别人")
        raise Conflict(f"{by}已把 {case.number} 反馈平台，没有再登记一次；您打的字还在，请关掉这里看已反馈的内容", {})
    if begun is None:
        return texts, entered
    mine, theirs, before = texts, _texts(begun), base.texts
    changed = {name for name in PARTS if getattr(mine, name) != getattr(before, name)}
    overtaken = {name for name in PARTS if getattr(theirs, name) != getattr(before, name)}
    if any(getattr(mine, name) != getattr(theirs, name) for name in changed & overtaken):
        own = {name: getattr(mine, name) for name in sorted(changed)}
        raise versions.overtaken(work, f"{case.number} 的反馈", f"feedbacks:{begun.id}", 0, own, theirs)
    taken = {name: getattr(theirs, name) for name in overtaken - changed}
    added = {name: day for name, day in _entered(begun).items() if name not in base.entered}
    return replace(mine, **taken), added | dict(entered)


def _check_days(work: Work, case: Case, entered: Mapping[str, date]) -> None:
    unknown = [name for name in entered if name not in PARTS]
    if unknown:
        raise Invalid.of("entered", f"反馈没有“{unknown[0][:20]}”这一项")
    today = moments.day_of(work.now)
    if any(not case.received_on <= day <= today for day in entered.values()):
        raise Invalid.of("sent_on", f"反馈日期应在收到投诉（{case.received_on}）与今天之间，请核对日期")


def _begun(work: Work, case: Case) -> Feedback | None:
    """Return the texts that have been entered in part."""
    chosen = select(Feedback).where(Feedback.case_id == case.id, Feedback.sent_on.is_(None))
    return work.session.scalars(chosen.order_by(Feedback.id.desc()).limit(1)).one_or_none()


def _texts(row: Feedback) -> FeedbackTexts:
    return FeedbackTexts(**{name: getattr(row, name) for name in PARTS})


def _entered(row: Feedback) -> dict[str, date]:
    days_by_text = {name: getattr(row, part) for name, part in PARTS.items()}
    return {name: day for name, day in days_by_text.items() if day is not None}


def _ended(work: Work, case_no: str) -> Case:
    case = cases.named(work, case_no)
    if case.state not in RESULTS and case.state is not CaseState.CLOSED:
        raise IllegalMove(f"{case.state.label}的投诉件还没有结果，不能反馈平台；请先出协议或写明结果", tuple(RESULTS))
    return case


def _facts(work: Work, case: Case) -> FeedbackFacts:
    agreement = duties.running(work, case.id)
    agreed = duties.of_agreement(work, agreement.id) if agreement else ()
    ended_on = case.ended_on or moments.day_of(work.now)
    working_days, paused_days = _days(work, case, ended_on)
    return FeedbackFacts(
        received_on=case.received_on,
        first_contact_on=moments.day_of(case.first_contact_at) if case.first_contact_at else None,
        ended_on=ended_on,
        working_days=working_days,
        paused_days=paused_days,
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


def _days(work: Work, case: Case, ended_on: date) -> tuple[int, int]:
    """Return the working days a case took, and how many of them the clock stood still."""
    calendar = clocks.load(work).calendar
    paused = 0
    for pause in clocks.pauses_of(work, case.id):
        since, until = max(pause.since - days.ONE, case.received_on), min(pause.until or ended_on, ended_on)
        paused += max(0, days.working_between(calendar, since, until))
    return days.working_between(calendar, case.received_on, ended_on), paused


def talks(work: Work, case: Case) -> tuple[Talk, ...]:
    """Return the contacts of a case; an entry that was amended is told by its amendment, a sitting with both views."""
    kinds = [kind.value for kind in CONTACT]
    family = families.ids(work, case.id)
    whose = Event.case_id.in_(family)
    sittings = sessions.at_length(work, family)
    chosen = select(Event).where(whose, Event.system.is_(False)).order_by(Event.at, Event.number)
    entries = list(work.session.scalars(chosen))
    amended = {(entry.case_id, entry.amends): entry.text for entry in entries if entry.amends is not None}
    return tuple(
        Talk(
            moments.day_of(e.at),
            EventKind(e.kind),
            Party(e.party),
            amended.get((e.case_id, e.number)) or sittings.get((e.case_id, e.text), e.text),
        )
        for e in entries
        if e.kind in kinds
    )


def _modes(work: Work, case: Case) -> tuple[str, ...]:
    names = codes.names(work, "modes")
    held = work.session.scalars(select(MediationSession.mode).where(MediationSession.case_id == case.id))
    return tuple(names[mode] for mode in (*held, case.mode) if mode in names)
