"""The columns of the queue, for the screen and for the export of what is shown."""

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.moments import show_day
from odr_desk.services.queue import CaseRow
from odr_desk.services.views import Mark
from odr_desk.ui.cells import Look

QUEUE: tuple[Column[CaseRow], ...] = (
    Column("剩余", lambda row: row.time_left, width=9, key="due"),
    Column("编号", lambda row: row.tail, width=6, key="number"),
    Column("商户", lambda row: row.merchant, width=12, key="merchant"),
    Column("事由", lambda row: row.subject, width=30),
    Column("消费者", lambda row: row.consumer or "不详", width=9),
    Column("金额", lambda row: row.amount, money.show, width=12, align="right", key="amount"),
    Column("收到", lambda row: row.received_on, show_day, width=12, key="received"),
    Column("内部期限", lambda row: row.manual_due_on, show_day, width=12),
    Column("状态", lambda row: row.state.label, width=12, key="state"),
    Column("承办", lambda row: row.handler, width=9),
    Column("下一步", lambda row: row.next_step, width=20),
    Column("哪天办", lambda row: row.next_step_on, show_day, width=12),
    Column("结果", lambda row: row.result.label if row.result is not None else "", width=12),
)
NARROW = ("due", "number", "merchant", "事由")
NARROWEST = ("due", "merchant", "事由")
WIDE = (*NARROW, "amount")
BY_WIDTH = frozenset({frozenset(NARROW), frozenset(NARROWEST), frozenset(WIDE)})
"""What the program shows by itself, from the narrowest list to the widest."""


def look(row: CaseRow, column: Column[CaseRow]) -> Look:
    """Return how a cell differs from plain ink: late is red, today amber, a flag is a day of our own."""
    if column.key == "due" and row.mark is Mark.LATE:
        return Look(tone="late", bold=True)
    if column.key == "due" and row.is_due_today:
        return Look(tone="act", bold=True)
    if column.heading == "事由" and row.manual_left is not None and row.mark is not Mark.DONE:
        return Look(tone="act" if row.manual_left <= 0 else "text", icon="flag")
    if column.key == "number" or column.heading in ("消费者", "承办"):
        return Look(tone="secondary", small=True)
    return Look()
