"""Inputs for days and instants, typed as people write them, with a calendar to click beside."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDateTime, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.text_edit import LineEdit

_NEAR = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_WEEK = "一二三四五六日"
_HINT = "12-07、今天、+3"


def this_day() -> date:
    """Return today at the desk, whatever time zone this computer is set to: the same day the services count from."""
    return moments.day_of(this_moment())


def this_moment() -> datetime:
    """Return the present instant on this computer's clock, in UTC."""
    return datetime.fromtimestamp(QDateTime.currentMSecsSinceEpoch() / 1000, UTC)


def read_day(text: str, today: date) -> date:
    """Return the day that was typed: 12-07, 1207, 20261207, 2026-12-07, 今天, 周五, +3, -1.

    A day without a year is the one nearest to today. Raise ValueError in words.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removesuffix("号").removesuffix("日")
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    if plain[:1] == "周" and plain[1:] in {*_WEEK, "天"}:
        wanted = _WEEK.index(plain[1:].replace("天", "日"))
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    if plain[:1] in {"+", "-"} and plain[1:].isdigit() and len(plain) <= 4:
        return today + timedelta(days=int(plain))
    parts = plain.replace("年", "-").replace("月", "-").replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and plain.isdigit():
        parts = {4: [plain[:2], plain[2:]], 8: [plain[:4], plain[4:6], plain[6:]]}.get(len(plain), parts)
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        return _nearest(int(parts[0]), int(parts[1]), today)
    return moments.parse_day("-".join(parts))


def _nearest(month: int, day: int, today: date) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError("没有这一天，请核对日期")
    return min(found, key=lambda candidate: abs(candidate - today))


class DayEdit(LineEdit):
    """A day; on leaving it is written out as 2026-12-07, on ↓ a calendar opens below."""

    def __init__(self, *, today: Callable[[], date] = this_day, parent: QWidget | None = None) -> None:
        super().__init__(_HINT, parent=parent)
        self._today = today
        self.setTextMargins(0, 0, 24, 0)
        self._button = Button(
            "", "link", "today", role="secondary", says="打开日历", clicked=self.open_calendar, parent=self
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def minimumSizeHint(self) -> QSize:
        """Have room for a whole day and the calendar beside it."""
        ink, least = self.fontMetrics(), super().minimumSizeHint()
        frame = super().sizeHint().width() - 17 * ink.horizontalAdvance("x")  # Qt's own measure of a line of text
        return QSize(ink.horizontalAdvance("2026-12-30") + frame, least.height())

    def day(self) -> date | None:
        """Return the day, None when empty; raise ValueError in words when it is none."""
        return read_day(self.text(), self._today()) if self.text().strip() else None

    @override
    def value(self) -> object:
        try:
            return self.day()
        except ValueError:
            return self.text().strip()

    @override
    def typed(self) -> object:
        return self.value()  # 明天 is another day when the draft is gone on with

    @override
    def set_value(self, value: object) -> None:
        self.setText(value.isoformat() if isinstance(value, date) else str(value or ""))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._write_out()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._button.sizeHint()
        self._button.setGeometry(self.width() - 28, (self.height() - side.height()) // 2, 24, side.height())

    def open_calendar(self) -> None:
        """Show the calendar; choosing a day writes it here."""
        from odr_desk.ui.widgets.day_picker import DayPicker  # the month is only made when it is wanted

        shown = DayPicker(self._start(), self)
        shown.picked.connect(self._on_picked)
        shown.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        shown.show()

    def _start(self) -> date:
        try:
            return self.day() or self._today()
        except ValueError:
            return self._today()

    def _on_picked(self, day: date) -> None:
        self.setText(day.isoformat())
        self.changed.emit()
        self.setFocus()

    def _write_out(self) -> None:
        found = self.value()
        if isinstance(found, date):
            self.setText(found.isoformat())


class MomentEdit(LineEdit):
    """An instant: a day as in DayEdit, then a time such as 14:30; kept in UTC."""

    def __init__(self, *, today: Callable[[], date] = this_day, parent: QWidget | None = None) -> None:
        super().__init__("12-07 14:30", parent=parent)
        self._today = today

    @override
    def value(self) -> object:
        text = self.text().strip()
        words = unicodedata.normalize("NFKC", text).replace("：", ":").split()
        if not words:
            return None
        try:
            day = self._today() if ":" in words[0] else read_day(words[0], self._today())
        except ValueError:
            return text
        time = next((word for word in words if ":" in word), "00:00")
        return f"{day.isoformat()}T{time.zfill(5)}"

    @override
    def typed(self) -> object:
        return self.value()

    @override
    def set_value(self, value: object) -> None:
        text = f"{moments.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "")
        self.setText(text.replace("T", " "))  # a kept draft holds what `value` gave
