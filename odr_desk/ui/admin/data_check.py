"""检查数据: whether every promise about the stored data is kept, in words."""

from functools import partial

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.services import safekeeping
from odr_desk.services.safekeeping import Findings, Problem
from odr_desk.ui.admin.section import Section
from odr_desk.ui.screen import LongWork, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.words import Words

COLUMNS: tuple[Column[Problem], ...] = (
    Column("哪一条", lambda problem: problem.object or "整个数据", width=20),
    Column("问题", lambda problem: problem.message, width=60),
)


class DataCheck(Section):
    """Runs beside the work and changes nothing."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "检查数据", "只看不改，检查时可以继续工作")
        self.full = Tick("全面检查（连每个附件、每张文书都核对，较慢）")
        self.run = Button("开始检查", "primary", clicked=self._run)
        self._mark, self._words = Mark("wait"), Words("还没有检查", "head", wrap=True)
        verdict = row(self._mark, self._words)
        verdict.setStretch(1, 1)
        self.table = Table("查出的问题", COLUMNS, identity=lambda problem: problem, stretch="问题")
        self.table.hide()
        top = card(column(verdict, row(self.full, None, self.run), gap=12), margins=(16, 12, 16, 12))
        self.stand(column(top, self.table, None, gap=8), wide=True)

    def _run(self) -> None:
        self.run.setEnabled(False)
        work = self.shell.run("正在检查数据")
        check = partial(safekeeping.verify_data, full=self.full.isChecked(), report=work.progress)
        self.desk.survey(self, check, partial(self._show, work), partial(self._refused, work))

    def _show(self, work: LongWork, found: Findings) -> None:
        work.finish()
        self.run.setEnabled(True)
        self._mark.set_state("done" if found.is_clean else "late")
        if found.is_clean:
            self._words.setText(f"没有发现问题，核对了 {len(found.checked)} 类约定")
        else:
            self._words.setText(f"发现 {len(found.problems)} 处问题。先不要继续录入，备份一份再请维护人员处理。")
        self.table.set_rows(found.problems)
        self.table.setVisible(not found.is_clean)

    def _refused(self, work: LongWork, error: DeskError) -> None:
        work.finish()
        self.run.setEnabled(True)
        self.shell.refuse(error)
