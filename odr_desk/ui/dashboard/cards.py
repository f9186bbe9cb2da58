"""The cards of 今日: what to do first, what was promised, the report that waits."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from odr_desk.rules import moments
from odr_desk.services.dashboard import Appointment, ToDo
from odr_desk.services.queue import CaseFilter
from odr_desk.services.submissions import Pending
from odr_desk.ui import theme
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import Margins, column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon, Mark
from odr_desk.ui.widgets.words import Words

_ROW = 42
_LEFT, _NUMBER, _WHO, _BUTTON, _DAY = 64, 36, 160, 88, 72


class Card(QFrame):
    """A card with a head that says what it is, and lines below."""

    def __init__(self, icon: str, title: str, margins: Margins) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.title, self.note = Words(title, "head"), Words("", "small", elide=True)
        self._head = row(Icon(icon), self.title, self.note, gap=8)
        self._head.setStretch(2, 1)
        self.lines = column(gap=0)
        self.setLayout(column(panel(self._head, height=28), self.lines, margins=margins, gap=0))

    def add_link(self, link: Button) -> None:
        """Put a link at the right of the head."""
        self._head.addWidget(link)


class FirstCard(Card):
    """The cases to begin with, each with the one button that takes it on."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("flag", "先办", (16, 8, 12, 8))
        self._shell = shell
        self._all = Button("", "link", clicked=partial(shell.open, "cases", CaseFilter(view="open")))
        self.add_link(self._all)

    def show_list(self, found: Sequence[ToDo], open_: int) -> None:
        """Show the cases in the order to do them."""
        empty_layout(self.lines)
        self.title.setText(f"先办这 {len(found)} 件" if found else "先办")
        self.note.setText("按期限排好" if found else "")
        self._all.setText(f"在办 {open_:,} 件")
        for todo in found:
            self.lines.addWidget(line())
            self.lines.addWidget(self._line(todo))
        if not found:
            self.lines.addWidget(Empty("没有等着办的件", "在办的都在等对方，或已办完", icon="check"))
        self.lines.addStretch(1)

    def _line(self, todo: ToDo) -> QWidget:
        mark = todo.row.mark.value
        urgent = mark == "late" or todo.row.is_due_today
        left = Words(todo.left, "head" if urgent else "body", mark if urgent else "")
        number, who = Words(todo.row.tail, "small"), Words(f"{todo.row.consumer} ↔ {todo.row.merchant}", elide=True)
        what = Words(todo.next_, "secondary", elide=True)
        button = Button(
            todo.station.label,
            says=f"{todo.station.label} {todo.row.number}",
            clicked=partial(self._shell.open, "cases", todo.row.number),
        )
        for widget, width in ((left, _LEFT), (number, _NUMBER), (who, _WHO), (button, _BUTTON)):
            theme.widen(widget, width)
        items = row(Mark(mark), left, number, who, what, button, gap=8)
        items.setStretch(4, 1)
        return panel(items, height=_ROW)


class DatesCard(Card):
    """What was promised for today and the days to come; missed days stand first."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("clock", "接下来的约定", (16, 6, 16, 8))
        self._shell = shell
        self.add_link(Button("看一周", "link", says="看一周约好的调解", clicked=partial(shell.open, "appointments")))

    def show_dates(self, found: Sequence[Appointment], today: date) -> None:
        """Show the dates, each a link to its case."""
        empty_layout(self.lines)
        of_today = sum(one.day == today for one in found)
        self.note.setText(f"今天 {of_today} 项" if of_today else "今天没有")
        for one in found:
            self.lines.addWidget(self._line(one, today))
        if not found:
            self.lines.addWidget(
                Words("七天内没有约定。在投诉件里写下一步和日期，就会列在这里。", "secondary", wrap=True)
            )

    def _line(self, one: Appointment, today: date) -> QWidget:
        is_today = one.day == today
        day = Words("今天" if is_today else moments.show_day(one.day, today), "head" if is_today else "body")
        if one.is_past:
            day.set_tone("late")
        theme.widen(day, _DAY)
        what = Words(f"{one.merchant} {one.what}", elide=True)
        where = Button(
            one.tail,
            "link",
            says=f"打开 {one.case_no} {one.merchant}",
            clicked=partial(self._shell.open, "cases", one.case_no),
        )
        items = row(day, what, where, gap=8)
        items.setStretch(1, 1)
        return panel(items, height=28)


class ReportCard(Card):
    """The monthly report that is to be sent, or that none waits."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("send", "月报", (16, 6, 16, 10))
        self._shell = shell

    def show_report(self, pending: Pending | None, due: date | None, today: date) -> None:
        """Say which report waits and by when."""
        empty_layout(self.lines)
        self.title.setText(pending.words.removesuffix("未报送") if pending else "月报")
        self.note.setText("")
        if pending is None:
            self.lines.addWidget(Words("到期的月报都已报送", "secondary"))
            return
        if due is not None:
            left = (due - today).days
            words = f"还剩 {left} 天，{moments.show_day(due, today)}前" if left >= 0 else f"已过 {-left} 天"
            self.note.setText(words)
        self.lines.addLayout(
            row(
                Words(pending.period.shown, "secondary"),
                None,
                Button("去体检", "link", "jump", clicked=partial(self._shell.open, "submissions")),
            )
        )
