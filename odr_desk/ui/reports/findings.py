"""The list of what is to be mended before the report goes out, under heads by weight."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from odr_desk.rules.completeness import Finding
from odr_desk.ui import theme
from odr_desk.ui.reports.columns import FINDINGS, SPANS, Group, Line, grouped, identity, look
from odr_desk.ui.reports.edge import keep_edge
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, line, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words

_ROOMY = 8  # px more than a row of the queue has: each line is a task


class Findings(QFrame):
    """Lists findings; `chosen` carries the one the person is at, `listed` asks for the cases in order."""

    chosen = Signal(object)
    listed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._lines: tuple[Line, ...] = ()
        self._at = 0
        self.table = Table("体检发现", FINDINGS, identity=identity, looks=look, stretch="情况")
        self.table.horizontalHeader().hide()
        keep_edge(self.table)
        self.table.chosen.connect(self._on_chosen)
        self._sign = Icon("mark_done", "done")
        self._rest = Words("", "head")
        self._checks = Words("", "secondary", elide=True)
        self._list = Button("看清单", "link", clicked=self.listed.emit)
        foot = row(self._sign, self._rest, self._checks, None, self._list, margins=(12, 10, 16, 10), gap=8)
        foot.setStretch(2, 1)
        body = column(row(self.table, margins=(1, 1, 1, 0)), line(), foot, gap=0)
        body.setStretch(0, 1)
        self.setLayout(body)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these, and stay near the place where the person was."""
        self._lines = grouped(tuple(findings))
        self.table.clearSpans()
        self.table.set_rows(self._lines)
        for at, one in enumerate(self._lines):
            if isinstance(one, Group):
                for first, count in SPANS:
                    self.table.setSpan(at, first, 1, count)
        self._go(min(self._at, len(self._lines) - 1))

    def show_rest(self, cases: int, checks: int) -> None:
        """Say how many cases are in order."""
        self._rest.setText(f"其余 {cases:,} 件")
        self._checks.setText(f"金额、日期、类别、渠道、结果、重复，{checks} 项检查都过了")
        shown = cases > 0
        for part in (self._sign, self._rest, self._checks, self._list):
            part.setVisible(shown)

    def place_of(self, finding: Finding) -> str:
        """Return which of how many of its weight a finding is."""
        same = [one for one in self._lines if isinstance(one, Finding) and one.level is finding.level]
        return f"第 {same.index(finding) + 1} 项，共 {len(same)} 项"

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.verticalHeader().setDefaultSectionSize(theme.size("row") + _ROOMY)

    def _go(self, at: int) -> None:
        if at < 0:
            return
        if isinstance(self._lines[at], Group):
            at = at + 1
        self.table.setCurrentIndex(self.table.rows.index(at, 0))

    def _on_chosen(self, chosen: Line) -> None:
        at = self.table.currentIndex().row()
        if isinstance(chosen, Group):
            down = at >= self._at
            onward = at + 1 if down or at == 0 else at - 1
            self.table.setCurrentIndex(self.table.rows.index(onward, 0))
            return
        self._at = at
        self.chosen.emit(chosen)
