"""The first step: which days, which forms, and how 已处理 is reckoned."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from odr_desk.rules import period as periods
from odr_desk.rules.errors import Invalid
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import BASIS, EndedBy
from odr_desk.services import monthly
from odr_desk.services.report_desk import Opening
from odr_desk.ui.reports.form_choice import FormChoice
from odr_desk.ui.reports.history import History
from odr_desk.ui.reports.plan import Plan
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, line, row, scroll
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

MONTH, CUT, OWN = "month", "cut", "own"
_SIDE = 400


class PeriodStep(QWidget):
    """Chooses the period and the forms; `changed` when the choice did."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._presets: dict[str, Period] = {}
        self.choices: list[FormChoice] = []
        self.preset = Segments(((MONTH, "上月"), (CUT, "26 日到 25 日"), (OWN, "自选")), OWN)
        self.preset.setAccessibleName("统计期间")
        self.preset.chosen.connect(self._on_preset)
        self.first, self.last = DayEdit(), DayEdit()
        self._from, self._to = Labelled("从", self.first), Labelled("到（含这一天）", self.last)
        self._span = Words("", "small")
        self._today: date | None = None
        for editor in (self.first, self.last):
            editor.changed.connect(self._on_typed)
            editor.editingFinished.connect(self._on_left)
        self._waiting = Words("", "small", "act")
        self.basis = Segments(tuple((way.value, way.label) for way in EndedBy), EndedBy.ENDED.value)
        self.basis.chosen.connect(self._on_basis)
        self._basis_words = Words("", "small", wrap=True)
        self._forms = column(gap=6)
        self.history = History()
        self.setLayout(self._lay())

    def show_opening(self, found: Opening) -> None:
        """Show what there is to begin with; a choice made before stays."""
        self._presets = {MONTH: found.month, CUT: found.cut}
        for preset, period in self._presets.items():
            self.preset.button(preset).setToolTip(period.shown)
        self._today = found.today
        self._waiting.setText(found.waiting.words if found.waiting else "")
        self._show_basis(found.basis)
        self.history.show_rows(found.sent)
        if not self.choices:
            self._show_forms(found)
            self.set_period(found.suggested)

    def plan(self) -> Plan:
        """Return what was chosen; raise Invalid naming what is wrong."""
        period = periods.make(_day(self.first, "from"), _day(self.last, "to"))
        wanted = [choice for choice in self.choices if choice.is_wanted()]
        templates = {choice.code: choice.template for choice in wanted if choice.template is not None}
        return Plan(period, tuple(choice.code for choice in wanted), templates)

    def obstacle(self) -> str:
        """Return why one cannot go on, empty when one can."""
        try:
            chosen = self.plan()
        except Invalid as error:
            return str(error)
        return "" if chosen.forms else "还没有选报表"

    def set_period(self, period: Period) -> None:
        """Show a period, and the preset it is."""
        self.first.set_value(period.first)
        self.last.set_value(period.last)
        self.show_problems(Invalid(()))
        self._show_preset(period)
        self._show_span(period)
        self.changed.emit()

    def show_problems(self, error: Invalid) -> None:
        """Write each problem below its day."""
        said = {problem.field: problem.text for problem in error.problems}
        self._from.show_problem(said.get("from", ""))
        self._to.show_problem(said.get("to", ""))

    def _lay(self) -> QHBoxLayout:
        span = column(27, self._span, gap=0)  # beside the editors, below the height of their names
        days = row(self._from, self._to, span, None, gap=12)
        for day in (self._from, self._to, span):
            days.setAlignment(day, Qt.AlignmentFlag.AlignTop)
        when = card(
            column(row(Words("统计期间", "head"), None, self._waiting), row(self.preset, None), days, gap=8),
            margins=(16, 10, 16, 12),
        )
        what = card(column(Words("报哪几张表", "head"), self._forms, gap=8), margins=(16, 10, 16, 12))
        how = card(
            column(row(Words("已处理口径", "head"), 8, self.basis, None), self._basis_words, gap=6),
            margins=(16, 10, 16, 12),
        )
        left = scroll(column(when, what, how, None, gap=8))
        self.history.setFixedWidth(_SIDE)
        body = row(left, self.history, margins=(16, 12, 16, 12), gap=16)
        body.setStretch(0, 1)
        return body

    def _show_forms(self, found: Opening) -> None:
        for number, choice in enumerate(found.forms):
            if number:
                self._forms.addWidget(line())
            made = FormChoice(self._shell, choice, checked=True)
            made.changed.connect(self.changed)
            self.choices.append(made)
            self._forms.addWidget(made)

    def _show_preset(self, period: Period) -> None:
        found = next((preset for preset, known in self._presets.items() if known == period), OWN)
        self.preset.set_value(found)

    def _on_preset(self, preset: object) -> None:
        period = self._presets.get(str(preset))
        if period is not None:
            self.set_period(period)
        else:
            self.first.setFocus()
            self.first.selectAll()

    def _on_typed(self) -> None:
        self.show_problems(Invalid(()))
        try:
            period = self.plan().period
        except Invalid:
            self.preset.set_value(OWN)
            self._show_span(None)
        else:
            self._show_preset(period)
            self._show_span(period)
        self.changed.emit()

    def _show_span(self, period: Period | None) -> None:
        """Say how long the period is: a slip in the year shows, and that days are still to come."""
        words = f"共 {period.days:,} 天" if period else ""
        if period and self._today is not None and period.last >= self._today:
            words += "，还没有过完"
        self._span.setText(words)

    def _on_left(self) -> None:
        try:
            self.plan()
        except Invalid as error:
            self.show_problems(error)

    def _on_basis(self, chosen: object) -> None:
        basis = EndedBy(str(chosen))
        self._show_basis(basis)
        self._shell.desk.write(self, lambda work: monthly.choose_basis(work, basis), verb="report.basis")

    def _show_basis(self, basis: EndedBy) -> None:
        self.basis.set_value(basis.value)
        self._basis_words.setText(f"{BASIS[basis]}。口径会记在报送记录里。")


def _day(editor: DayEdit, field: str) -> date | None:
    try:
        return editor.day()
    except ValueError as error:
        raise Invalid.of(field, str(error)) from None
