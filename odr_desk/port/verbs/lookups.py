"""Finding cases, and everything there is as canonical lines."""

from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.case import CaseState
from odr_desk.rules.fields import choice, day, flag, number, text
from odr_desk.services import dump, queue
from odr_desk.services.queue import CaseFilter, CaseRow

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find:
    filter_state: CaseState | None = choice("状态", options=CaseState)
    filter_merchant_no: str = text("商户", max_length=20)
    filter_channel: str = text("来源渠道", max_length=10)
    filter_due_before: date | None = day("到期早于")
    filter_received_from: date | None = day("收到自")
    filter_received_to: date | None = day("收到至")
    filter_overdue: bool = flag("逾期")
    filter_no_next_step: bool = flag("无下一步")
    sort: str = text("排序", max_length=20, hint="、".join(queue.SORTS))
    limit: int | None = number("行数", minimum=1, maximum=MOST)
    offset: int | None = number("起始行", maximum=10_000_000)
    text: str = text("查找", max_length=100)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


def _find(session: Session, given: Given) -> Answer:
    sent = given.draft
    wanted = CaseFilter(
        view="all",
        text=sent.text,
        state=sent.filter_state,
        merchant_no=sent.filter_merchant_no,
        channel=sent.filter_channel,
        due_before=sent.filter_due_before,
        received_from=sent.filter_received_from,
        received_to=sent.filter_received_to,
        overdue=sent.filter_overdue,
        no_next_step=sent.filter_no_next_step,
        sort=sent.sort.removeprefix("-") or "due",
        descending=sent.sort.startswith("-"),
    )
    with session.reading() as work:
        total = queue.count(work, wanted)
        rows = queue.page(work, wanted, sent.offset or 0, sent.limit or 50, total)
    return {"total": total, "rows": [row_of(row) for row in rows]}


def row_of(row: CaseRow) -> dict[str, object]:
    """Return one case of a list."""
    return {
        "case_no": row.number,
        "state": row.state,
        "mark": row.mark,
        "due": row.due_on,
        "left": row.left,
        "merchant": row.merchant,
        "counter": row.counter,
        "subject": row.subject,
        "consumer": row.consumer,
        "amount": answers.fen(row.amount),
        "received_on": row.received_on,
        "channel": row.channel,
        "handler": row.handler,
        "next_step": row.next_step,
        "next_step_on": row.next_step_on,
        "result": row.result,
        "performance": row.performance,
    }


def _dump(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        return {"lines": list(dump.lines(work))}


VERBS = (
    Verb(name="case.find", takes=_Find, run=_find, nested={"filters": "filter_"}),
    Verb(name="dump", takes=_Nothing, run=_dump),
)
