"""The clocks: days that do not count, a due day of the desk's own, the calendar of a year, a new version of a rule."""

from dataclasses import dataclass
from datetime import date

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb, as_draft
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules import notice
from odr_desk.rules.errors import Invalid, Missing
from odr_desk.rules.fields import day, flag, number, text
from odr_desk.rules.notice import RangeDraft, Reading
from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.services import calendar_admin, deadline_admin, pausing
from odr_desk.services.deadline_admin import RuleDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pause(PauseDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resume(CaseArgument):
    on: date | None = day("到哪天为止")


@dataclass(frozen=True, slots=True, kw_only=True)
class _TakeBack(CaseArgument):
    pause_no: int | None = number("第几次暂停", required=True, minimum=1)
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due(DueDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    version: int | None = number("版本", minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    year: int | None = number("年份", required=True, minimum=2000, maximum=2099)
    text: str = text("通知正文", max_length=20_000, multiline=True)
    check: bool = flag("只核对")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revise(RuleDraft):
    rule: str = text("规则代码", required=True, max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Withdraw:
    rule: str = text("规则代码", required=True, max_length=20)
    valid_from: date | None = day("从哪天起", required=True)
    reason: str = text("原因", required=True, max_length=200)


def _pause(session: Session, given: Given) -> Answer:
    sent = given.draft
    draft = PauseDraft(since=sent.since, until=sent.until, reason=sent.reason)
    with session.writing("case.pause") as work:
        made = pausing.pause(work, sent.case_no, draft)
    return {"pause_no": made}


def _resume(session: Session, given: Given) -> Answer:
    with session.writing("case.resume") as work:
        return {"due": pausing.resume(work, given.draft.case_no, given.draft.on)}


def _take_back(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("case.pause.void", sent.reason) as work:
        return {"due": pausing.take_back(work, sent.case_no, sent.pause_no, sent.reason)}


def _due(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("case.due", sent.reason) as work:
        return {"version": pausing.set_due(work, sent.case_no, as_draft(DueDraft, sent), sent.version)}


def _calendar(session: Session, given: Given) -> Answer:
    sent, ranges = given.draft, given.lists["ranges"]
    if bool(sent.text) == bool(ranges):
        raise Invalid.of("text", "请给出通知正文 text，或日期 ranges，二者取一")
    reading = notice.read(sent.text, sent.year) if sent.text else notice.of_ranges(ranges, sent.year)
    if sent.check:
        with session.reading() as work:
            calendar_admin.may_enter(work)
        return _read(reading)
    with session.writing("calendar.save") as work:
        saved = calendar_admin.enter(work, sent.year, reading)
    return {**_read(reading), "recounted": saved.recounted}


def _read(reading: Reading) -> Answer:
    days = [{"day": one.day, "kind": one.kind, "name": one.name} for one in reading.days]
    return {"days": days, "wrong": list(reading.wrong), "odd": list(reading.odd)}


def _revise(session: Session, given: Given) -> Answer:
    sent = given.draft
    draft = RuleDraft(length=sent.length, unit=sent.unit, valid_from=sent.valid_from, basis=sent.basis)
    with session.writing("deadline.revise") as work:
        known = [row.id for row in deadline_admin.rows(work) if row.code == sent.rule]
        if not known:
            raise Missing(f"没有代码为“{sent.rule}”的期限规则")
        return {"recounted": deadline_admin.revise(work, known[0], draft)}


def _withdraw(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("deadline.withdraw", sent.reason) as work:
        known = (
            row.id for row in deadline_admin.rows(work) if (row.code, row.valid_from) == (sent.rule, sent.valid_from)
        )
        rule_id = next(known, None)
        if rule_id is None:
            raise Missing(f"没有从 {sent.valid_from} 起的期限规则“{sent.rule}”")
        deadline_admin.withdraw(work, rule_id)
    return {}


VERBS = (
    Verb(name="case.pause", takes=_Pause, run=_pause),
    Verb(name="case.resume", takes=_Resume, run=_resume),
    Verb(name="case.pause.void", takes=_TakeBack, run=_take_back),
    Verb(name="case.due", takes=_Due, run=_due),
    Verb(name="calendar.save", takes=_Calendar, run=_calendar, lists={"ranges": RangeDraft}),
    Verb(name="deadline.revise", takes=_Revise, run=_revise),
    Verb(name="deadline.withdraw", takes=_Withdraw, run=_withdraw),
)
