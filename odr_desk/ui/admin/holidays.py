"""日历: the days off and make-up days of each year, entered by pasting the State Council's notice."""

from functools import partial
from typing import ClassVar

from odr_desk.rules import moments, notice
from odr_desk.rules.calendar import DayKind, SpecialDay
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.services import calendar_admin, drafts
from odr_desk.services.calendar_admin import Saved, Year
from odr_desk.ui import ask, keeping
from odr_desk.ui.admin.notice_dialog import NoticeDialog
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.field import Editor
from odr_desk.ui.widgets.words import Words

COLUMNS: tuple[Column[SpecialDay], ...] = (
    Column("日期", lambda day: moments.show_day(day.day), width=14),
    Column("节日", lambda day: day.name, width=16),
    Column("安排", lambda day: "放假" if day.kind is DayKind.OFF else "调休上班", width=12),
)


class Holidays(Section):
    """One year at a time, and a reminder while the next one is missing."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"calendar_days"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "日历", "期限按这里的放假和调休日数")
        self._years: dict[str, Year] = {}
        self._shown = ""
        self._missing = self._next = 0
        self.reminder = Banner("act", "", closable=False)
        self.reminder.add_button("录入", self._enter_missing)
        self.reminder.hide()
        self.years = Chips()
        self.years.chosen.connect(self._show_year)
        self._counts = Words("", "small")
        self.table = Table("放假和调休", COLUMNS, identity=lambda day: day.day, looks=_look, stretch="安排")
        self.table.set_empty(Empty("还没有录入日历", "贴入国务院办公厅的放假通知", icon="today"))
        enter = Button("录入一年", icon="plus", clicked=self._enter_next)
        head = row(self.years, self._counts, enter)
        head.setStretch(0, 1)
        self.stand(column(self.reminder, head, self.table, gap=8), wide=True)

    def refresh(self) -> None:
        """Read the calendar again."""
        self.desk.read(
            self,
            lambda work: (calendar_admin.years(work), calendar_admin.missing_year(work), moments.day_of(work.now).year),
            lambda found: self._show(*found),
            self.shell.refuse,
        )

    def _show(self, years: tuple[Year, ...], missing: int | None, this_year: int) -> None:
        self._years = {str(year.year): year for year in years}
        self._missing = missing or 0
        self._next = missing or max((year.year for year in years), default=this_year - 1) + 1
        self.reminder.set_text(f"{missing} 年的放假安排还没有录入，跨年的期限只能暂估")
        self.reminder.setVisible(missing is not None)
        self.years.clear()
        for year in self._years:
            self.years.add(year, f"{year} 年")
        if self._years:
            wanted = (code for code in (self._shown, str(this_year), *self._years) if code in self._years)
            self._show_year(next(wanted))

    def _show_year(self, code: str) -> None:
        year = self._years[code]
        self._shown = code
        self.years.choose(code)
        self._counts.setText(f"放假 {year.count(DayKind.OFF)} 天，调休上班 {year.count(DayKind.WORK)} 天")
        self.table.set_rows(year.days)

    def _enter_missing(self) -> None:
        self._enter(self._missing)

    def _enter_next(self) -> None:
        self._enter(self._next)

    def _enter(self, year: int) -> None:
        dialog = NoticeDialog(year, frozenset(map(int, self._years)), self)
        dialog.submitted.connect(partial(self._submit, dialog))
        editors: dict[str, Editor] = {"year": dialog.year_edit, "text": dialog.text}
        keeping.over_editors(
            self.shell, dialog, (drafts.NOTICE, str(year)), editors, taken_up=lambda _typed: dialog.read()
        )
        ask.show(dialog)
        dialog.text.setFocus()

    def _submit(self, dialog: NoticeDialog) -> None:
        year, text = dialog.year(), str(dialog.text.value())
        if notice.read(text, year).wrong:
            dialog.read()
            return

        running = self.shell.run("正在保存日历，重新数在办投诉的期限")

        def done(saved: Saved) -> None:
            running.finish()
            dialog.accept()
            self._shown = str(saved.year)
            moved = f"，{saved.recounted} 件在办投诉的期限随之改变" if saved.recounted else "，在办投诉的期限没有变化"
            self.shell.say(f"{saved.year} 年日历已保存{moved}")

        def refused(error: DeskError) -> None:
            running.finish()
            dialog.show_error(error)

        dialog.set_busy(True)
        save = partial(calendar_admin.save, year=year, text=text, report=running.progress)
        self.desk.write(dialog, save, done, refused, verb="calendar.save")


def _look(day: SpecialDay, _column: Column[SpecialDay]) -> Look:
    return Look() if day.kind is DayKind.OFF else Look("act")
