"""What is said of a case beside its facts: entries rewritten, what is masked opened, gaps mended."""

from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules import moments, money
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import day, number, text
from odr_desk.rules.people import Right
from odr_desk.services import case_file, cases, earlier, likeness, mending, people, timeline

PERSONAL = ("consumer_phone", "id_no")
_DAYS = frozenset({"ended_on", "fed_back_on"})
_AMOUNTS = frozenset({"recovered", "amount"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rewrite(CaseArgument):
    event_no: int | None = number("第几条记录", required=True, minimum=1)
    text: str = text("记录", required=True, max_length=4000, multiline=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reveal(CaseArgument):
    field: str = text("打开哪一项", max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mend(CaseArgument):
    version: int | None = number("版本", required=True, minimum=1)
    field: str = text("补哪一项", required=True, max_length=30)
    value: str = text("内容", max_length=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phone:
    phone: str = text("电话", required=True, max_length=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Like:
    merchant_no: str = text("商户编号", required=True, max_length=20)
    phone: str = text("电话", max_length=30)
    platform_no: str = text("平台编号", max_length=60)
    received_on: date | None = day("收到日期")


def _edit(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("event.edit") as work:
        timeline.edit(work, cases.written_in(work, sent.case_no), sent.event_no, sent.text)
    return {"event_no": sent.event_no}


def _amend(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("event.amend") as work:
        return {"event_no": timeline.amend(work, cases.written_in(work, sent.case_no), sent.event_no, sent.text)}


def _reveal(session: Session, given: Given) -> Answer:
    """Return what the screen masks, and leave the trace that it was looked at."""
    named = given.draft.field or PERSONAL[0]
    if named not in PERSONAL:
        raise Invalid.of("field", f"“{named}”没有遮住，可选：{'、'.join(PERSONAL)}")
    with session.writing("case.reveal") as work:
        found = case_file.detail(work, given.draft.case_no)
        people.reveal(work, f"cases:{given.draft.case_no}", named)
    return {"field": named, "value": getattr(found.draft, named)}


def _mend(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("case.mend") as work:
        return {"version": mending.mend(work, sent.case_no, sent.version, sent.field, _value(sent.field, sent.value))}


def _value(field: str, said: str) -> object:
    try:
        return moments.parse_day(said) if field in _DAYS else money.parse(said) if field in _AMOUNTS else said
    except ValueError as error:
        raise Invalid.of(field, f"“{said[:40]}”{error}") from None


def _earlier(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = earlier.of_phone(work, given.draft.phone)
    return {
        "rows": [
            {
                "case_no": one.number,
                "received_on": one.received_on,
                "merchant": one.merchant,
                "subject": one.subject,
                "state": one.state,
                "result": one.result,
                "refund": answers.fen(one.refund),
            }
            for one in found
        ]
    }


def _like(session: Session, given: Given) -> Answer:
    """Return what may be the same matter, before it is registered."""
    sent = given.draft
    with session.reading() as work:
        work.actor.require(Right.READ_CASES)  # who may not read cases is not told which merchants there are
        merchant = cases.merchant_of(work, sent.merchant_no)
        on = sent.received_on or moments.day_of(work.now)
        found = likeness.find(work, merchant_id=merchant.id, phone=sent.phone, platform_no=sent.platform_no, on=on)
    return {"duplicates": [answers.value(one) for one in found]}


VERBS = (
    Verb(name="event.edit", takes=_Rewrite, run=_edit),
    Verb(name="event.amend", takes=_Rewrite, run=_amend),
    Verb(name="case.reveal", takes=_Reveal, run=_reveal),
    Verb(name="case.mend", takes=_Mend, run=_mend),
    Verb(name="case.earlier", takes=_Phone, run=_earlier),
    Verb(name="case.like", takes=_Like, run=_like),
)
