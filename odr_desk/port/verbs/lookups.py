"""Finding cases, writing out what was found, and everything there is as canonical lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import fields_of, number, text
from odr_desk.rules.importing import untold
from odr_desk.rules.narrowing import Narrowing, check_period
from odr_desk.services import case_export, codes, dump, queue, views
from odr_desk.services.queue import CaseFilter, CaseRow

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted(Narrowing):
    view: str = text("视图", max_length=20, hint="、".join(views.BY_CODE))
    sort: str = text("排序", max_length=20, hint="、".join(queue.SORTS))
    text: str = text("查找", max_length=100)

    def filter(self) -> CaseFilter:
        """Return what the list is asked for; raise Invalid naming what there is no such of."""
        check_period(self)
        if (self.view or "all") not in views.BY_CODE:
            raise Invalid.of("view", f"没有“{self.view}”这个视图，可选：{'、'.join(views.BY_CODE)}")
        sort = self.sort.removeprefix("-") or "due"
        if sort not in queue.SORTS:
            raise Invalid.of("sort", f"不能按“{sort}”排序，可选：{'、'.join(queue.SORTS)}，倒序在前面加 -")
        return CaseFilter(
            **{field.name: getattr(self, field.name) for field in fields_of(Narrowing)},
            view=self.view or "all",
            text=self.text,
            sort=sort,
            descending=self.sort.startswith("-"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find(_Wanted):
    limit: int | None = number("行数", minimum=1, maximum=MOST)
    offset: int | None = number("起始行", maximum=10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Export(_Wanted):
    out: str = text("保存到", required=True, max_length=1000)
    case_nos: str = text("只要这些投诉件", multiline=True, max_length=25_000)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


def _find(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        total, rows = queue.window(work, sent.filter(), sent.offset or 0, sent.limit or 50)
    return {"total": total, "rows": [row_of(row) for row in rows]}


def row_of(row: CaseRow) -> dict[str, object]:
    """Return one case of a list."""
    return {
        "case_no": row.number,
        "version": row.version,
        "state": row.state,
        "mark": row.mark,
        "due": row.due_on,
        "left": None if row.is_reopened else row.left,
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


def _columns(channels: Mapping[str, str]) -> tuple[Column[CaseRow], ...]:
    return (
        Column("编号", lambda row: row.number, width=18),
        Column("状态", lambda row: row.state, width=12),
        Column("到期", lambda row: row.due_on, width=12),
        Column("商户", lambda row: row.merchant, width=16),
        Column("柜位", lambda row: row.counter, width=12),
        Column("事由", lambda row: row.subject, width=36),
        Column("消费者", lambda row: row.consumer, width=10),
        Column("金额（元）", lambda row: row.amount, money.show, width=12, align="right"),
        Column("收到", lambda row: row.received_on, width=12),
        Column("来源", lambda row: channels.get(row.channel, row.channel), width=12),
        Column("承办人", lambda row: row.handler, width=10),
        Column("下一步", lambda row: row.next_step, width=24),
        Column("结果", lambda row: row.result, width=12),
    )


def _export(session: Session, given: Given) -> Answer:
    sent = given.draft
    out, numbers = Path(sent.out), tuple(filter(None, sent.case_nos.split("\n")))
    with session.writing("case.export") as work:
        columns = _columns(codes.names(work, "channels"))
        made = case_export.prepare(work, sent.filter(), columns, out, untold, numbers)
        case_export.note(work, made)
    return {"rows": made.count, "path": str(out)}


def _dump(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        return {"lines": list(dump.lines(work))}


VERBS = (
    Verb(name="case.find", takes=_Find, run=_find, nested={"filters": ""}),
    Verb(name="case.export", takes=_Export, run=_export, nested={"filters": ""}),
    Verb(name="dump", takes=_Nothing, run=_dump),
)
