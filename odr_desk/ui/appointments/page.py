"""约好的调解: a week at a time, what is chosen below it, each a way to its case."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.rules.appointment import AppointmentState
from odr_desk.services import appointments, calendar_admin
from odr_desk.services.appointments import AppointmentRow
from odr_desk.ui.actions import Act, way_back
from odr_desk.ui.appointments.week_grid import WeekGrid
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.words import Words

_WEEK = timedelta(days=7)
_AROUND = 40  # points above and below the beginning of the chosen sitting that are shown with it


class AppointmentsPage(Screen):
    """Shows one week."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"appointments", "cases", "calendar_days"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        on_ground(self, "surface")
        self._reading = Latest(self.desk, self)
        self._first = _monday(this_day())
        self.grid = WeekGrid()
        self.grid.chosen.connect(self._tell)
        self.grid.opened.connect(self._open)
        self._span, self._count = Words("", "head"), Words("", "secondary")
        before = Button("", "ghost", "left", says="上一周（Page Up）", clicked=partial(self.go, -1))
        after = Button("", "ghost", "right", says="下一周（Page Down）", clicked=partial(self.go, 1))
        back = Button("今日", "ghost", "back", clicked=partial(shell.open, "today"))
        head = row(
            back, Words("约好的调解", "title"), before, self._span, after, Button("本周", clicked=partial(self.go, 0)),
            self._count, None, margins=(8, 8, 16, 8), gap=8,
        )  # fmt: skip
        self._about = Words("", wrap=True)
        self._go = Button("打开投诉件", "primary", clicked=self._open_current)
        foot = row(self._about, self._go, margins=(16, 8, 16, 8), gap=12)
        foot.setStretch(0, 1)
        self._roll = scroll(self.grid)
        laid = column(panel(head), line(), self._roll, line(), panel(foot), gap=0)
        laid.setStretch(2, 1)
        self.setLayout(laid)
        self._tell(None)

    @override
    def refresh(self) -> None:
        first = self._first
        self._reading.read(
            lambda work: (
                appointments.between(work, first, first + appointments.WEEK),
                moments.day_of(work.now),
                calendar_admin.special_days(work, first, first + appointments.WEEK),
            ),
            lambda found: self._show(first, *found),
            self.shell.refuse,
        )

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("上一周", partial(self.go, -1), shortcut="PgUp"),
            Act("下一周", partial(self.go, 1), shortcut="PgDown"),
            Act("本周", partial(self.go, 0), shortcut="Home"),
            *way_back("回到今日", partial(self.shell.open, "today")),
        )

    @override
    def show_record(self, record: object) -> None:
        """Go to the week of a day."""
        if isinstance(record, date):
            self._first = _monday(record)
            self.refresh()
        self.grid.setFocus()

    def go(self, by: int) -> None:
        """Go to the week before or after, or back to this one."""
        self._first = self._first + by * _WEEK if by else _monday(this_day())
        self.refresh()

    def _show(self, first: date, rows: tuple[AppointmentRow, ...], today: date, notes: Mapping[date, str]) -> None:
        last = first + appointments.WEEK
        self._span.setText(f"{moments.show_long(first)} 至 {last.month}月{last.day}日")
        planned = sum(one.state is AppointmentState.PLANNED for one in rows)
        self._count.setText(f"已约 {planned} 次，已开 {len(rows) - planned} 次" if rows else "这一周没有约调解")
        self.grid.show_week(first, today, rows, notes)

    def _tell(self, found: AppointmentRow | None) -> None:
        self._go.setEnabled(found is not None)
        spot = self.grid.spot()
        if spot is not None:
            self._roll.ensureVisible(spot.x(), spot.y(), 0, _AROUND)
        if found is None:
            self._about.setText("在投诉件的“调解”里点“约调解”，就会排在这里。")
            return
        who = f"{found.tail} {found.consumer or '消费者'} ↔ {found.merchant}"
        parts = (
            f"{moments.show_day(found.day)} {found.hours}", who, found.place, f"调解员 {found.mediator}",
            found.state.label, f"有冲突：{found.despite}" if found.despite else "",
        )  # fmt: skip
        self._about.setText("，".join(part for part in parts if part))

    def _open_current(self) -> None:
        found = self.grid.current()
        if found is not None:
            self._open(found)

    def _open(self, found: AppointmentRow) -> None:
        self.shell.open("cases", found.case_no)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
