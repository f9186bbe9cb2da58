"""The columns of the page 协议与履行, for the screen and for the export of what is shown."""

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.moments import show_day
from odr_desk.services.advances import AdvanceRow
from odr_desk.services.agreement_file import AgreementRow
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import duty_state
from odr_desk.ui.cells import Look


def tail(number: str) -> str:
    """Return the part of a case number that people say aloud."""
    return number.rsplit("-", 1)[-1]


DUTIES: tuple[Column[DutyRow], ...] = (
    Column("剩余", duty_state.left, width=10, key="due"),
    Column("到期", lambda row: row.due_on, show_day, width=12),
    Column("商户", lambda row: row.merchant, width=14, key="merchant"),
    Column("消费者", lambda row: row.consumer, width=9),
    Column("事项", lambda row: row.kind, width=12),
    Column("内容", lambda row: row.text, width=30),
    Column("应付", lambda row: row.amount, money.show, width=12, align="right", key="amount"),
    Column("未付", lambda row: row.outstanding or None, money.show, width=12, align="right"),
    Column("投诉件", lambda row: tail(row.case_no), width=8, key="case"),
)

AGREEMENTS: tuple[Column[AgreementRow], ...] = (
    Column("编号", lambda row: row.number, width=24, key="number"),
    Column("签订", lambda row: row.signed_on, show_day, width=12, key="signed"),
    Column("投诉件", lambda row: tail(row.case_no), width=8),
    Column("商户", lambda row: row.merchant, width=14, key="merchant"),
    Column("消费者", lambda row: row.consumer, width=9),
    Column("合计", lambda row: row.total or None, money.show, width=13, align="right", key="total"),
    Column("履行", lambda row: "作废" if row.void else row.performance.label, width=14),
    Column("未履行", lambda row: f"{row.open_duties} 项" if row.open_duties else "", width=8),
    Column("最近到期", lambda row: row.next_due, show_day, width=12),
    Column("调解员", lambda row: row.mediator, width=9),
)

ADVANCES: tuple[Column[AdvanceRow], ...] = (
    Column("编号", lambda row: row.advance_no, width=24, key="number"),
    Column("状态", lambda row: row.state.label, width=9, key="state"),
    Column("投诉件", lambda row: tail(row.case_no), width=8),
    Column("商户", lambda row: row.merchant, width=14, key="merchant"),
    Column("金额", lambda row: row.amount, money.show, width=12, align="right", key="amount"),
    Column("付款", lambda row: row.paid_on, show_day, width=12, key="paid"),
    Column("已追回", lambda row: row.recovered or None, money.show, width=12, align="right"),
    Column("未追回", lambda row: row.remaining or None, money.show, width=12, align="right", key="remaining"),
    Column("资金来源", lambda row: row.source, width=12),
)


def duty_look(row: DutyRow, column: Column[DutyRow]) -> Look:
    """Return how a cell differs: late is red, today amber, what is done grey."""
    if column.key == "due" and row.is_open and row.left <= 0:
        return Look(tone="late" if row.left < 0 else "act", bold=True)
    quiet = column.key == "case" or column.heading in ("到期", "消费者")
    return Look(tone="secondary" if quiet or not row.is_open else "text", small=quiet)


def agreement_mark(row: AgreementRow) -> str:
    """Return the state mark of an agreement."""
    if row.void:
        return ""
    if row.next_due is None:
        return "done"
    return "late" if row.late else "wait"


def agreement_look(row: AgreementRow, column: Column[AgreementRow]) -> Look:
    """Return how a cell differs: a void agreement is grey, an overdue one red in its word."""
    if row.void:
        return Look(tone="secondary")
    if column.heading == "最近到期" and row.late:
        return Look(tone="late", bold=True)
    return Look(tone="secondary" if column.heading in ("投诉件", "消费者", "调解员") else "text")
