"""Finding cases, and everything there is as canonical lines."""

from dataclasses import dataclass

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import fields_of, number, text
from odr_desk.rules.narrowing import Narrowing, check_period
from odr_desk.services import dump, queue, views
from odr_desk.services.queue import CaseFilter, CaseRow

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find(Narrowing):
    view: str = text("视图", max_length=20, hint="、".join(views.BY_CODE))
    sort: str = text("排序", max_length=20, hint="、".join(queue.SORTS))
    limit: int | None = number("行数", minimum=1, maximum=MOST)
    offset: int | None = number("起始行", maximum=10_000_000)
    text: str = text("查找", max_length=100)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


def _find(session: Session, given: Given) -> Answer:
    sent = given.draft
    check_period(sent)
    if (sent.view or "all") not in views.BY_CODE:
        raise Invalid.of("view", f"没有“{sent.view}”这个视图，可选：{'、'.join(views.BY_CODE)}")
    sort = sent.sort.removeprefix("-") or "due"
    if sort not in queue.SORTS:
        raise Invalid.of("sort", f"不能按“{sort}”排序，可选：{'、'.join(queue.SORTS)}，倒序在前面加 -")
    wanted = CaseFilter(
        **{field.name: getattr(sent, field.name) for field in fields_of(Narrowing)},
        view=sent.view or "all",
        text=sent.text,
        sort=sort,
        descending=sent.sort.startswith("-"),
    )
    with session.reading() as work:
        total, rows = queue.window(work, wanted, sent.offset or 0, sent.limit or 50)
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
    Verb(name="case.find", takes=_Find, run=_find, nested={"filters": ""}),
    Verb(name="dump", takes=_Nothing, run=_dump),
)
