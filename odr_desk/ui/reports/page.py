"""报送: choose a period, mend what is missing, check the figures, make the regulator's files."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.rules.errors import Invalid
from odr_desk.rules.people import Right
from odr_desk.rules.period import Period
from odr_desk.services import monthly, report_desk
from odr_desk.services.monthly import Month
from odr_desk.services.queue import CaseFilter
from odr_desk.services.report_desk import Opening
from odr_desk.ui import theme
from odr_desk.ui.actions import Act
from odr_desk.ui.latest import Latest
from odr_desk.ui.reports.check_step import CheckStep
from odr_desk.ui.reports.export_step import ExportStep
from odr_desk.ui.reports.numbers_step import NumbersStep
from odr_desk.ui.reports.period_step import PeriodStep
from odr_desk.ui.reports.plan import Plan
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.wizard import Wizard
from odr_desk.ui.widgets.words import Words

PERIOD, CHECK, NUMBERS, EXPORT = range(4)
STEPS = ("选期间", "体检", "核对数字", "导出报送")
LAYOUT = "reports"


class ReportsPage(Screen):
    """Leads through the monthly report; what was chosen stays until it is done."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"cases", "agreements", "advances", "submissions", "settings"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading, self._counting = Latest(self.desk, self), Latest(self.desk, self)
        self._clock = QElapsedTimer()
        self._opening: Opening | None = None
        self.month: Month | None = None
        self.plan: Plan | None = None
        self._at = PERIOD
        self._title = Words("报送", "title")
        self._regulator = Words("", "secondary", elide=True)
        self._again = Button("重新检查", "link", clicked=self.look_through)
        self._took = Words("", "small")
        self._import = Button("导入表格", "link", "download", clicked=lambda: shell.open("imports"))
        self.wizard = Wizard(STEPS)
        self.period, self.check = PeriodStep(shell), CheckStep(shell)
        self.numbers, self.export = NumbersStep(), ExportStep(shell)
        self._stack = QStackedWidget()
        for step in (self.period, self.check, self.numbers, self.export):
            self._stack.addWidget(step)
        self.back = Button("上一步", clicked=self.go_back)
        self._obstacle = Words("", "head", "act", elide=True, right=True)
        self.next = Button("", "primary", clicked=self.go_on)
        self._connect()
        self._lay()
        self._recall()
        self.show_step(PERIOD)

    @override
    def refresh(self) -> None:
        self._reading.read(report_desk.opening, self._show_opening, self.shell.refuse)
        if self._at in (CHECK, NUMBERS):
            self.look_through()

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("保存，看下一项；或下一步", self._submit, shortcut="Ctrl+Return", right=Right.REPORT),
            Act("下一项", lambda: self.check.findings.table.step(1), shortcut="Ctrl+Down"),
            Act("上一项", lambda: self.check.findings.table.step(-1), shortcut="Ctrl+Up"),
        )

    @override
    def show_record(self, record: object) -> None:
        """Go to the beginning; the status bar sends people here when a month waits."""
        if record == "start" and not self.export.is_running:
            self.show_step(PERIOD)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.check.set_room(self.width())

    def go_on(self) -> None:
        """Take the next step, if nothing stands in the way."""
        if self._why_not():
            return
        match self._at:
            case 0:
                self._choose()
            case 1:
                self.show_step(NUMBERS)
            case 2:
                self._prepare_export()
            case _:
                self.show_step(PERIOD) if self.export.is_done else self.export.start()

    def go_back(self) -> None:
        """Take a step back."""
        self.show_step(max(PERIOD, self._at - 1))

    def look_through(self) -> None:
        """Count and look through the chosen period again."""
        plan = self.plan
        if plan is None:
            return
        self._clock.start()
        self.desk.survey(
            self,
            lambda work: monthly.look_through(work, plan.period, plan.forms),
            lambda month: self._show_month(plan, month),
            self.shell.refuse,
        )

    def show_step(self, at: int) -> None:
        """Show one of the four steps."""
        self._at = at
        self.wizard.set_at(at)
        self._stack.setCurrentIndex(at)
        self._settle()

    def _choose(self) -> None:
        try:
            self.plan = self.period.plan()
        except Invalid as error:
            self.period.show_problems(error)
            return
        self._keep()
        self.show_step(CHECK)
        self.look_through()

    def _prepare_export(self) -> None:
        if self.month is not None and self.plan is not None:
            self.export.show_month(self.month, self.plan, self.numbers.checked_by())
            self.show_step(EXPORT)

    def _show_opening(self, found: Opening) -> None:
        self._opening = found
        self.period.show_opening(found)
        self.check.show_opening(found)
        self.numbers.show_opening(found)
        self.wizard.set_note(EXPORT, f"{found.due_day} 日前" if found.due_day else "")
        self._settle()

    def _show_month(self, plan: Plan, month: Month) -> None:
        if plan is not self.plan:
            return
        self.month = month
        at = moments.local(month.looked_at)
        self._took.setText(f"{at:%H:%M} 查过，用时 {self._clock.elapsed() / 1000:.1f} 秒")
        self.check.show_month(month)
        self.numbers.show_month(month)
        self._settle()

    def _submit(self) -> None:
        if self._at == CHECK and self.month is not None and self.month.findings:
            self.check.card.submit()
        else:
            self.go_on()

    def _list_cases(self) -> None:
        if self.plan is not None:
            period = self.plan.period
            self.shell.open("cases", CaseFilter(view="all", received_from=period.first, received_to=period.last))

    def _settle(self) -> None:
        """Say where we stand: title, notes below the steps, what the next button does and why it sleeps."""
        period = self.plan.period if self.plan and self._at != PERIOD else None
        self._title.setText(f"{period.month_words}月报" if period and period.month_words else "报送")
        self._regulator.setText(self._about())
        self.wizard.set_note(PERIOD, self._days(period) if period else "")
        must = self.month.must if self.month is not None and self._at >= CHECK else 0
        self.wizard.set_note(CHECK, f"{must} 项必须改" if must else "")
        for part in (self._again, self._took):
            part.setVisible(self._at in (CHECK, NUMBERS))
        self._import.setVisible(self._at == PERIOD and self.desk.actor.may(Right.PREVIEW_IMPORTS))
        self._settle_foot()

    def _settle_foot(self) -> None:
        why = self._why_not()
        done = self._at == EXPORT and self.export.is_done
        forms = len(self.plan.forms) if self.plan else 0
        words = ("下一步：体检", "下一步：核对数字", "下一步：导出报送", "完成" if done else f"导出 {forms} 张表")
        self.next.setText(words[self._at])
        self.next.setEnabled(not why)
        self._obstacle.setText(why)
        self.back.setVisible(self._at != PERIOD and not done)
        self.back.setEnabled(not self.export.is_running)
        wanted = "plain" if self._at == CHECK and why else "primary"
        if self.next.property("kind") != wanted:
            self.next.setProperty("kind", wanted)
            theme.restyle(self.next)

    def _why_not(self) -> str:
        if self._at == PERIOD:
            return self.period.obstacle() if self._opening else "正在读取"
        if self.month is None:
            return "正在检查"
        if self._at == CHECK:
            return f"还有 {self.month.must} 项必须改" if self.month.must else ""
        if self._at == NUMBERS:
            return self.numbers.obstacle()
        if not self.desk.actor.may(Right.REPORT):
            return f"您的账号没有“{Right.REPORT.label}”的权限"
        return "正在导出" if self.export.is_running else ""

    def _days(self, period: Period) -> str:
        """Return the days of the period, with the year where it is not this one."""
        years = {day.year for day in (period.first, period.last, self._opening.today if self._opening else period.last)}
        return period.shown if len(years) > 1 else f"{period.first:%m-%d} 至 {period.last:%m-%d}"

    def _about(self) -> str:
        if self._opening is None:
            return ""
        to = f"报{self._opening.regulator}" if self._opening.regulator else ""
        count = f"{self.month.cases:,} 件" if self.month is not None and self._at != PERIOD else ""
        return " · ".join(part for part in (to, count) if part)

    def _connect(self) -> None:
        self.period.changed.connect(self._settle)
        self.check.listed.connect(self._list_cases)
        self.numbers.changed.connect(self._settle)
        self.export.changed.connect(self._on_export_changed)

    def _on_export_changed(self) -> None:
        self._keep()
        self._settle()

    def _lay(self) -> None:
        head = row(
            self._title, self._regulator, None, self._import, self._again, self._took, margins=(16, 0, 16, 0), gap=12
        )
        head.setStretch(1, 1)
        steps = row(self.wizard, margins=(16, 0, 0, 0))
        foot = row(self.back, None, self._obstacle, self.next, margins=(16, 0, 16, 0), gap=12)
        foot.setStretch(2, 1)
        page = column(
            panel(head, "surface", height=48),
            line(),
            panel(steps, "surface", height=60),
            line(),
            self._stack,
            line(),
            panel(foot, "surface", height=48),
            gap=0,
        )
        page.setStretch(4, 1)
        self.setLayout(page)

    def _keep(self) -> None:
        """Remember where the files go, for the next month."""
        self.shell.keep_layout(LAYOUT, {"folder": str(self.export.folder)})

    def _recall(self) -> None:
        folder = Path(str((self.shell.layout_of(LAYOUT) or {}).get("folder", "")))
        if folder.name and folder.is_dir():
            self.export.set_folder(folder)
