"""The columns of the page 协议与履行, for the screen and for the export of what is shown."""

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.moments import show_day
from odr_desk.services.advances import AdvanceRow
from odr_desk.services.agreement_file import AgreementRow
from odr_desk.services.duty_list import DutyRow
from odr_desk.services.transfers import TransferRow
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

MOVES: tuple[Column[TransferRow], ...] = (
    Column("日期", lambda row: row.on, show_day, width=12, key="on"),
    Column("去向", lambda row: row.direction, width=7, key="direction"),
    Column("单位", lambda row: row.body, width=24, key="body"),
    Column("投诉件", lambda row: tail(row.case_no), width=8, key="case"),
    Column("商户", lambda row: row.merchant, width=14),
    Column("原编号", lambda row: row.original_no, width=18),
    Column("材料", lambda row: len(row.materials) or None, lambda n: f"{n} 件" if n else "", width=7, align="right"),
    Column("答复期限", lambda row: row.due_on, show_day, width=12),
    Column("收讫", lambda row: "待收讫" if row.is_waiting else show_day(row.acknowledged_on), width=12, key="received"),
    Column("接收人", lambda row: row.receiver, width=10),
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


def move_mark(row: TransferRow) -> str:
    """Return the state mark of a move."""
    return "act" if row.is_waiting else "done"


def move_look(row: TransferRow, column: Column[TransferRow]) -> Look:
    """Return how a cell differs: what nobody has confirmed yet is amber."""
    if column.key == "received" and row.is_waiting:
        return Look(tone="act", bold=True)
    return Look(tone="secondary" if column.heading in ("投诉件", "原编号", "接收人") else "text")
