"""What was complained about at a merchant: the year in bars, the problems, the cases."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.services import queue
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui.cells import Look
from odr_desk.ui.rows import Ask, Failed, Then, read_window
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, empty_layout, panel, row
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.month_bars import MonthBars
from odr_desk.ui.widgets.words import Words

_MOST_PROBLEMS = 4

CASES: tuple[Column[CaseRow], ...] = (
    Column("收到", lambda row: row.received_on, width=12, key="received"),
    Column("编号", lambda row: row.tail, width=7),
    Column("事由", lambda row: row.subject, width=24),
    Column("状态", lambda row: row.result.label if row.result else row.state.label, width=14, key="state"),
    Column("金额", lambda row: row.amount, money.show, width=12, align="right", key="amount"),
)


class Complaints(QWidget):
    """The cases of a merchant; Enter or a double click opens one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._number = ""
        self._bars = MonthBars("近 12 个月投诉")
        self._problems = column(gap=4)
        year = row(
            panel(column(Words("近 12 个月（件）", "small"), self._bars, None, gap=4)),
            panel(column(Words("投诉问题", "small"), self._problems, None, gap=4)),
            gap=24,
        )
        year.setStretch(0, 3)
        year.setStretch(1, 2)
        self._year = card(year, "soft")
        self._year.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.table = Table(
            "这家商户的投诉件",
            CASES,
            identity=lambda row: row.number,
            marks=lambda row: row.mark.value,
            looks=_look,
            stretch="事由",
        )
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(lambda chosen: shell.open("cases", chosen.number))
        self.table.set_empty(Empty("没有投诉件", "来了投诉，在“投诉件”里登记"))
        self.setLayout(
            column(row(self._year, margins=(16, 12, 16, 8)), row(self.table, margins=(6, 0, 12, 0)), gap=0),
        )

    def show_file(self, found: MerchantDetail) -> None:
        """Show the complaints of this merchant."""
        self._year.setVisible(found.all_cases > 0)
        self._bars.show_months(found.months)
        empty_layout(self._problems)
        for problem in found.problems[:_MOST_PROBLEMS]:
            self._problems.addLayout(row(Words(problem.label), None, Words(f"{problem.cases} 件"), gap=24))
        if found.row.number == self._number:
            self.table.reload()  # read anew: place and choice stay
            return
        self._number = found.row.number
        self.table.set_fetch(self._fetch)

    def _fetch(self, ask: Ask, then: Then, failed: Failed) -> None:
        wanted = CaseFilter(
            view="all",
            merchant_no=self._number,
            sort=ask.order or "received",
            descending=ask.descending if ask.order else True,
        )

        read_window(self._shell.desk, self, lambda work, *page: queue.window(work, wanted, *page), (ask, then, failed))


def _look(_row: CaseRow, shown: Column[CaseRow]) -> Look:
    return Look() if shown.heading in ("事由", "金额") else Look(tone="secondary", small=True)
