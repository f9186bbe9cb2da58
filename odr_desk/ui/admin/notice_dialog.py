"""Pasting the notice of a year: what was read from it stands below while it is typed."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from odr_desk.rules import moments, notice
from odr_desk.rules.calendar import ONE, DayKind, SpecialDay
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, empty_layout, row
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.number_edit import NumberEdit
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

_HINT = "元旦：1月1日（周五）至3日（周日）放假，共3天。\n春节：……"


class NoticeDialog(Dialog):
    """Year and text; the primary button wakes when nothing in it is wrong."""

    def __init__(self, year: int, known: frozenset[int], parent: QWidget) -> None:
        self.year_edit = NumberEdit()
        self.year_edit.set_value(year)
        self._known = known
        self.text = TextEdit(_HINT, least=4, most=6)
        self.text.setAccessibleName("通知正文")
        self._found = column(gap=6)
        place = Labelled("年份", self.year_edit, required=True)
        theme.widen(place, 100)
        pasted = Labelled("通知正文", self.text, required=True, note="从国务院办公厅的通知里整段复制，带括号里的星期")
        body = column(row(place, None), pasted, self._found, None, gap=12)
        super().__init__("录入一年的放假安排", body, do="保存日历", closes=False, width=620, parent=parent)
        self.text.changed.connect(self.read)
        self.year_edit.changed.connect(self.read)
        self.do.setEnabled(False)

    def year(self) -> int:
        """Return the year, 0 while it is no number that can be one."""
        typed = str(self.year_edit.value() or "").strip()
        year = int(typed) if typed.isdecimal() else 0
        return year if moments.EARLIEST.year <= year <= moments.LATEST.year else 0

    def read(self) -> None:
        """Show what the text says and what is wrong with it."""
        empty_layout(self._found)
        year, text = self.year(), str(self.text.value())
        if not year:
            self._say("late", "请填写四位数的年份，如 2027")
        elif text:
            self._show(notice.read(text, year))
        self.do.setEnabled(bool(year and text) and not notice.read(text, year).wrong)
        QTimer.singleShot(0, self, self.fit)  # once the lines have found their height

    def _show(self, reading: notice.Reading) -> None:
        for words in reading.wrong:
            self._say("late", words)
        for words in reading.odd:
            self._say("act", words)
        if not reading.wrong and self.year() in self._known:
            self._say("act", f"{self.year()} 年已经录入过，保存后以这次的为准")
        for name in dict.fromkeys(day.name for day in reading.days):
            self._say("done", f"{name}：{_days(tuple(day for day in reading.days if day.name == name))}")

    def _say(self, state: str, words: str) -> None:
        line = row(Mark(state), Words(words, tone="" if state == "done" else state, wrap=True), gap=8)
        line.setStretch(1, 1)
        self._found.addLayout(line)


def _days(days: tuple[SpecialDay, ...]) -> str:
    """Say the stretches off and the make-up days."""
    parts = []
    for first, last in _stretches(tuple(day for day in days if day.kind is DayKind.OFF)):
        length = (last.day - first.day).days + 1
        until = f" 至 {moments.show_day(last.day)}" if length > 1 else ""
        parts.append(f"{moments.show_day(first.day)}{until} 放假 {length} 天")
    parts += [f"{moments.show_day(day.day)} 上班" for day in days if day.kind is DayKind.WORK]
    return "；".join(parts)


def _stretches(days: tuple[SpecialDay, ...]) -> tuple[tuple[SpecialDay, SpecialDay], ...]:
    found: list[tuple[SpecialDay, SpecialDay]] = []
    for day in days:
        if found and day.day - found[-1][1].day == ONE:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)
