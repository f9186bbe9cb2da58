"""The deposit of a merchant: what is left, what is owed, and how it came to that."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.services.merchant_file import DepositLine, MerchantDetail
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.fact_strip import FactStrip


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{money.show(fen)}" if fen else ""


LINES: tuple[Column[DepositLine], ...] = (
    Column("日期", lambda line: line.on, width=12),
    Column("事项", lambda line: line.text, width=30),
    Column("金额", lambda line: line.amount, money.show, width=13, align="right"),
    Column("保证金增减", lambda line: line.change, _signed, width=14, align="right"),
    Column("保证金余额", lambda line: line.left, money.show, width=14, align="right"),
)


class Ledger(QWidget):
    """Advance payments and recoveries in the order of their days."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = FactStrip("保证金（元）", "现余（元）", "待追偿（元）")
        self._table = Table("保证金流水", LINES, identity=lambda line: line, stretch="事项")
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.set_empty(Empty("保证金没有动用过", "先行赔付和追偿会记在这里"))
        self.setLayout(
            column(row(self._facts, margins=(16, 12, 16, 8)), row(self._table, margins=(12, 0, 12, 0)), gap=0)
        )

    def show_file(self, found: MerchantDetail) -> None:
        """Show the deposit of this merchant."""
        deposit = found.deposit
        held = money.show(deposit.held) or "没有登记"
        self._facts.show_fact(0, held, "按档案登记" if deposit.held is not None else "在档案里填写")
        used = (deposit.held or 0) - (deposit.left or 0)
        note = f"已动用 {money.show(used)}" if used > 0 else "没有动用"
        self._facts.show_fact(1, money.show(deposit.left) or "—", note, "act" if used > 0 else "")
        owed = "先行赔付未收回" if deposit.owed > 0 else "没有垫付"
        self._facts.show_fact(2, money.show(deposit.owed), owed, "act" if deposit.owed > 0 else "")
        self._table.set_rows(deposit.lines)
