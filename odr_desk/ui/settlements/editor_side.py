"""What stands beside the agreement being written: its sum, what to look at, what follows from signing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.agreement import Sums
from odr_desk.rules.capitals import rmb_capitals
from odr_desk.rules.clauses import Share
from odr_desk.ui.widgets.boxes import card, column, empty_layout, on_ground, panel, row, scroll
from odr_desk.ui.widgets.check_list import CheckList, Finding
from odr_desk.ui.widgets.words import Words


class EditorSide(QWidget):
    """The right column of the editor; `asked` carries the field to go to."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._total = Words("0.00", "figure")
        self._capitals = Words("", "secondary", wrap=True)
        self._shares = column(gap=2)
        amount = row(self._total, Words("元", "secondary"), None, gap=6)
        sums = card(column(Words("合计", "head"), amount, self._capitals, panel(self._shares), gap=4))
        self.checks = CheckList("签订前", link="去改")
        self.checks.asked.connect(self.asked)
        self.checks.show_findings(())
        note = Words("每一项成为一条履行事项，到期提醒。要改协议，须先写明原因作废，编号不再使用。", "small", wrap=True)
        after = card(column(Words("签订以后", "head"), note, gap=4), "soft")
        self.setLayout(column(scroll(column(sums, self.checks, after, None, margins=(16, 12, 16, 12), gap=12)), gap=0))

    def show_sums(self, sums: Sums) -> None:
        """Show what the clauses add up to."""
        self._total.setText(money.show(sums.total))
        self._capitals.setText(rmb_capitals(sums.total) if sums.total else "没有付款的事项")
        empty_layout(self._shares)
        parts = ((Share.REFUND, sums.refund), (Share.COMPENSATION, sums.compensation), (Share.PUNITIVE, sums.punitive))
        told = [(share, fen) for share, fen in parts if fen]
        for share, fen in told if len(told) > 1 else ():
            amount = Words(money.show(fen), right=True)
            self._shares.addWidget(panel(row(Words(share.label, "secondary"), None, amount)))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what there is to look at."""
        self.checks.show_findings(findings)
