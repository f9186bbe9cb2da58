"""今日: the counters that matter now, what to do first, what was promised for which day, the report that waits."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.rules.people import Right
from odr_desk.services import dashboard
from odr_desk.services.dashboard import Dashboard
from odr_desk.services.queue import CaseFilter
from odr_desk.ui import theme
from odr_desk.ui.actions import Act
from odr_desk.ui.dashboard.cards import DatesCard, FirstCard, ReportCard
from odr_desk.ui.dashboard.drafts_card import DraftsCard
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.tile import Tile
from odr_desk.ui.widgets.words import Words

REPORT = "report"
_ACROSS = 4
_ROOM_FOR_WIDE = 1180
_WIDE, _NARROW = 400, 300
_AGAIN_MS = 60_000
_TITLES = {
    "late": "逾期",
    "today": "今日到期",
    "soon": "2 个工作日内到期",
    "no_next_step": "无下一步",
    "unperformed": "已和解未履行",
    "unanswered": "待反馈平台",
    "revisit": "待回访",
    REPORT: "本月待报送",
}


class DashboardPage(Screen):
    """Each counter opens exactly the cases it counts."""

    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "cases",
            "events",
            "agreements",
            "duties",
            "submissions",
            "calendar_days",
            "settings",
            "merchants",
            "drafts",
            "appointments",
        }
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading = Latest(self.desk, self)
        self._when = Words("", "secondary")
        self.search = SearchBox("编号、姓名、尾号、商户首字母")
        self.search.searched.connect(self._search)
        theme.widen(self.search, 296)
        self._new = Button("登记", "primary", "plus", clicked=partial(shell.open, "cases", "new"))
        if not self.desk.actor.may(Right.WRITE_CASES):
            self._new.hide()
        self.tiles = {code: Tile(title) for code, title in _TITLES.items()}
        for code, tile in self.tiles.items():
            tile.clicked.connect(partial(self._open, code))
        self.first = FirstCard(shell)
        self.dates = DatesCard(shell)
        self.drafts = DraftsCard(shell)
        self.report = ReportCard(shell)
        self._nothing = self._first_day()
        self._nothing.hide()  # nobody is told that there are no cases before that is known
        handover = Button("交接班", "plain", "swap", clicked=partial(shell.open, "handover"))
        head = row(Words("今日", "title"), self._when, None, self.search, handover, self._new, gap=12)
        self._missing = Words("", "small", "act", elide=True)
        missing = row(Icon("today", "act"), self._missing, gap=6)
        missing.setStretch(1, 1)
        self.reminder = panel(missing)
        self.reminder.hide()
        self._beside = panel(column(self.drafts, self.dates, self.report, None, gap=8), width=_WIDE)
        self._work = panel(row(self.first, self._beside, gap=8))
        body = column(head, 4, self.reminder, self._tiles(), self._work, self._nothing, margins=(16, 12, 16, 12), gap=8)
        body.setStretchFactor(self._work, 1)
        body.setStretchFactor(self._nothing, 1)
        self.setLayout(column(scroll(body), gap=0))
        again = QTimer(self, interval=_AGAIN_MS)
        again.timeout.connect(self._look_again)
        again.start()

    @override
    def refresh(self) -> None:
        self._reading.read(dashboard.read, self._show, self.shell.refuse)
        self.drafts.refresh()

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act(
                "登记",
                partial(self.shell.open, "cases", "new"),
                icon="plus",
                shortcut="Ctrl+N",
                right=Right.WRITE_CASES,
            ),
            Act("交接班", partial(self.shell.open, "handover"), icon="swap", shortcut="Ctrl+Shift+H"),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.setFixedWidth(_WIDE if self.width() >= _ROOM_FOR_WIDE else _NARROW)

    def _tiles(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for at, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, *divmod(at, _ACROSS))
        return grid

    def _first_day(self) -> QWidget:
        may_write = self.desk.actor.may(Right.WRITE_CASES)
        link, clicked = ("登记第一件", partial(self.shell.open, "cases", "new")) if may_write else ("", None)
        empty = Empty(
            "还没有投诉件", "先把商户清单导入“商户”，再来登记；没有商户也能登记。", link=link, clicked=clicked
        )
        if self.desk.actor.may(Right.PREVIEW_IMPORTS):
            link_to = Button("导入商户", "link", "jump", clicked=partial(self.shell.open, "imports", "tenants"))
            return panel(column(None, empty, row(None, link_to, None), None, gap=0))
        return panel(column(empty))

    def _show(self, found: Dashboard) -> None:
        now = moments.local(found.now)
        self._when.setText(f"{now.month} 月 {now.day} 日 {moments.show_day(now.date())[-2:]} · {now:%H:%M}")
        for counter in found.counters:
            self.tiles[counter.code].show_count(counter.count, counter.note, counter.mark.value)
        due = f"，{moments.show_day(found.report_due, found.today)}前" if found.report_due else ""
        note = f"{found.pending.words.removesuffix('未报送')}{due}" if found.pending else "到期的月报都已报送"
        self.tiles[REPORT].show_count(1 if found.pending else 0, note)
        self._remind(found.missing_year)
        self._work.setVisible(found.cases)
        self._nothing.setVisible(not found.cases)
        self.first.show_list(found.first, found.open_)
        self.dates.show_dates(found.dates, found.today)
        self.report.show_report(found.pending, found.report_due, found.today)

    def _remind(self, year: int | None) -> None:
        """Say which year's holidays are missing, to who sees to it that they are entered."""
        words = f"{year} 年的放假安排还没有录入，跨年的期限是暂估；请系统管理员在“设置 · 日历”里录入"
        self._missing.setText(words if year is not None else "")
        self.reminder.setVisible(year is not None)

    def _open(self, code: str) -> None:
        if code == REPORT:
            self.shell.open("submissions")
        else:
            self.shell.open("cases", CaseFilter(view=code))

    def _search(self, words: str) -> None:
        """Go on in the one search box with what was begun here."""
        if words:
            self.search.clear()
            self.search.say_now()
            self.shell.look_for(words)

    def _look_again(self) -> None:
        if self.isVisible():
            self.refresh()
