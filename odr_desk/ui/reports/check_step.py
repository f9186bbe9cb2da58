"""The second step: what must be mended at the left, the one being mended at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.completeness import Finding, Weight
from odr_desk.services.monthly import Month
from odr_desk.services.report_desk import Opening
from odr_desk.ui import theme
from odr_desk.ui.reports.findings import Findings
from odr_desk.ui.reports.mend_card import MendCard
from odr_desk.ui.reports.sums_card import SumsCard
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, panel, row, scroll
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.empty import Empty

_SIDE, _NARROW_SIDE, _NARROW = 360, 320, 1200
ALL = "all"


class CheckStep(QWidget):
    """Shows a month looked through; `mended` asks for it to be looked through again."""

    mended = Signal()
    listed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._month: Month | None = None
        self.chips = Chips()
        self.chips.add(ALL, "全部")
        self.chips.add(Weight.MUST.value, Weight.MUST.label, icon="alert", state="act")
        self.chips.add(Weight.LOOK.value, Weight.LOOK.label, icon="eye", state="wait")
        self.chips.choose(ALL)
        self.chips.chosen.connect(lambda _code: self._show_findings())
        self.findings = Findings()
        self.findings.chosen.connect(self._on_chosen)
        self.findings.listed.connect(self.listed)
        self._fine = Empty("都查过了，没有要改的", "可以往下核对数字", icon="check")
        self.card = MendCard(shell)
        self.card.mended.connect(self.mended)
        self.sums = SumsCard()
        left = column(self.chips, self.findings, self._fine, gap=8)
        left.setStretch(1, 1)
        left.setStretch(2, 1)
        self._side = scroll(column(self.card, self.sums, None, gap=12))
        body = row(panel(left), self._side, margins=(16, 12, 16, 12), gap=16)
        body.setStretch(0, 1)
        self.setLayout(body)

    def show_opening(self, found: Opening) -> None:
        """Take the words of the codes."""
        self.card.set_choices(
            [(one.code, one.name) for one in found.problems], [(one.code, one.name) for one in found.categories]
        )

    def show_month(self, month: Month) -> None:
        """Show what was found, and the figures so far."""
        self._month = month
        looks = len(month.findings) - month.must
        self.chips.set_counts({ALL: len(month.findings), Weight.MUST.value: month.must, Weight.LOOK.value: looks})
        self.findings.show_rest(month.cases - month.troubled, month.checks)
        self.sums.show_sums(f"{month.period.month_words or '这段时间'}至此", month.forms[0].sums, _growth(month))
        self._show_findings()

    def set_room(self, width: int) -> None:
        """Fit the window's width."""
        self._side.setFixedWidth(theme.wide(_SIDE if width >= _NARROW else _NARROW_SIDE))

    def _show_findings(self) -> None:
        if self._month is None:
            return
        wanted = self.chips.values()
        shown = [one for one in self._month.findings if ALL in wanted or one.level.value in wanted]
        self.findings.setVisible(bool(self._month.findings))
        self._fine.setVisible(not self._month.findings)
        self.card.setVisible(bool(shown))
        self.findings.show_findings(shown)

    def _on_chosen(self, finding: Finding) -> None:
        self.card.show_finding(finding, self.findings.place_of(finding))


def _growth(month: Month) -> str:
    """Say what the recovered sum becomes once the missing amounts are filled in as they were paid."""
    now = next((one.value for form in month.forms for one in form.sums if one.key == "recovered"), "")
    if not month.would_recover or not now:
        return ""
    return f"补上缺的挽回损失后，会变成 {money.show(money.parse(now) + month.would_recover)}"
