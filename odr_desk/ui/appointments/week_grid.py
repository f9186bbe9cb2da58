"""A week of sittings, painted: days side by side, hours downwards, what overlaps stands in lanes of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.rules.appointment import CLOSES, OPENS, AppointmentState
from odr_desk.services.appointments import AppointmentRow
from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import begin, pill, ring

DAYS = 7
_SIDE, _HEAD, _NOTED, _LEAST_HOUR = 48, 28, 16, 30  # _NOTED: what the name of a holiday adds to the head
_OPEN = 12
_NARROW = 48  # a lane that has no room to spare at its sides
_CUT = Qt.TextElideMode.ElideRight
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_STEP = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Placed:
    """One sitting with its lane among those it overlaps with."""

    row: AppointmentRow
    lane: int
    lanes: int


def placed(rows: Iterable[AppointmentRow]) -> tuple[Placed, ...]:
    """Return the sittings of one day, each with a lane so that none covers another."""
    found: list[Placed] = []
    together: list[tuple[AppointmentRow, int]] = []
    ends: list[datetime] = []
    for row in sorted(rows, key=lambda one: (one.starts_at, one.case_no)):
        if ends and row.starts_at >= max(ends):
            found += (Placed(one, lane, len(ends)) for one, lane in together)
            together, ends = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= row.starts_at), len(ends))
        ends[free : free + 1] = [row.starts_at + timedelta(minutes=row.minutes)]
        together.append((row, free))
    return (*found, *(Placed(one, lane, len(ends)) for one, lane in together))


class WeekGrid(QWidget):
    """Shows a week; arrows go from sitting to sitting, `chosen` carries it, `opened` on ⏎ or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._first = self._today = date(2000, 1, 3)
        self._placed: tuple[Placed, ...] = ()
        self._at = -1
        self._from, self._to = OPENS.hour, CLOSES.hour
        self._notes: Mapping[date, str] = {}
        self._name()

    def show_week(
        self, first: date, today: date, rows: Sequence[AppointmentRow], notes: Mapping[date, str] | None = None
    ) -> None:
        """Show the week that begins on this Monday; the chosen sitting stays chosen.

        `notes` names its public holidays and the weekend days worked to make up for them.
        """
        kept = self.current()
        self._first, self._today, self._notes = first, today, dict(notes or {})
        days = (placed(row for row in rows if row.day == first + timedelta(days=n)) for n in range(DAYS))
        self._placed = tuple(one for day in days for one in day)
        starts = [moments.local(one.row.starts_at) for one in self._placed]
        ends = [start + timedelta(minutes=one.row.minutes) for start, one in zip(starts, self._placed, strict=True)]
        self._from = min([OPENS.hour, *(start.hour for start in starts)])
        late = (
            24 if end.date() > start.date() else end.hour + (end.minute > 0)
            for start, end in zip(starts, ends, strict=True)
        )
        self._to = max([CLOSES.hour, *late])
        again = [n for n, one in enumerate(self._placed) if kept is not None and _same(one.row, kept)]
        self._choose(again[0] if again else 0 if self._placed else -1)
        self.updateGeometry()
        self.update()

    def current(self) -> AppointmentRow | None:
        """Return the chosen sitting."""
        return self._placed[self._at].row if 0 <= self._at < len(self._placed) else None

    def spot(self) -> QPoint | None:
        """Return where the chosen sitting begins, for a scroll area to show."""
        return self._area(self._placed[self._at]).topLeft().toPoint() if self.current() is not None else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self._head() + (self._to - self._from) * 40)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(400, self._head() + (self._to - self._from) * _LEAST_HOUR)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEP and self._placed:
            self._choose(min(max(self._at + _STEP[key], 0), len(self._placed) - 1))
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (found := self.current()) is not None:
            self.opened.emit(found)
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._found_at(event.position())
        if at >= 0:
            self._choose(at)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._found_at(event.position())
        if at >= 0:
            self.opened.emit(self._placed[at].row)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        self._paint_frame(painter)
        for at, one in enumerate(self._placed):
            self._paint_one(painter, one, chosen=at == self._at)
        ring(painter, self)

    def _paint_frame(self, painter: QPainter) -> None:
        wide = self._day_width()
        for n in range(DAYS):
            day = self._first + timedelta(days=n)
            left = _SIDE + n * wide
            if day == self._today:
                painter.fillRect(QRectF(left, self._head(), wide, self.height() - self._head()), theme.colour("hover"))
            painter.setPen(theme.colour("border"))
            painter.drawLine(QPointF(left, 0), QPointF(left, self.height()))
            painter.setFont(theme.bold("small") if day == self._today else theme.font("small"))
            painter.setPen(theme.colour("accent" if day == self._today else "secondary"))
            painter.drawText(QRectF(left, 0, wide, _HEAD), _MIDDLE, moments.show_day(day))
            if note := self._notes.get(day, ""):
                painter.setFont(theme.font("small"))
                cut = painter.fontMetrics().elidedText(note, _CUT, int(wide) - 4)
                painter.drawText(QRectF(left, _HEAD - 6, wide, self._head() - _HEAD + 4), _MIDDLE, cut)
        painter.setFont(theme.font("small"))
        for hour in range(self._from, self._to):
            top = self._top(hour * 60)
            painter.setPen(theme.colour("hairline"))
            painter.drawLine(QPointF(_SIDE, top), QPointF(self.width(), top))
            painter.setPen(theme.colour("secondary"))
            painter.drawText(QRectF(0, top, _SIDE - 8, 18), int(Qt.AlignmentFlag.AlignRight), f"{hour}:00")

    def _paint_one(self, painter: QPainter, one: Placed, *, chosen: bool) -> None:
        held = one.row.state is AppointmentState.HELD
        role = "done" if held else "act" if one.row.despite else "accent"
        area = self._area(one)
        pill(painter, area, f"{role}_soft", role, 6)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(role), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        self._write(painter, one.row, area)

    def _write(self, painter: QPainter, row: AppointmentRow, area: QRectF) -> None:
        """Write what there is room for: where it lies says the time, so that the number goes last."""
        room = area.adjusted(*((6, 2, -4, -2) if area.width() > _NARROW else (3, 2, -1, -2)))
        painter.setFont(theme.bold("small"))
        metrics = painter.fontMetrics()
        high = metrics.height()
        fitting = int(room.height() // high)
        heads = (f"{row.hours[:5]} {row.tail} {row.merchant}" if fitting < 2 else "", f"{row.hours[:5]} {row.tail}")
        fits = (head for head in heads if head and metrics.horizontalAdvance(head) <= room.width())
        on = _goes_on(row)
        head = next(fits, row.tail) + (" ↓" if on and fitting < 2 else "")
        lines = [head, *([on] if on else []), row.merchant, row.mediator]
        if fitting < 2:
            painter.setPen(theme.colour("text"))
            cut = metrics.elidedText(lines[0], _CUT, int(room.width()))
            painter.drawText(QRectF(room.left(), area.top(), room.width(), area.height()), _LEFT, cut)
            return
        for n, words in enumerate(lines[:fitting]):
            painter.setFont(theme.bold("small") if n == 0 else theme.font("small"))
            painter.setPen(theme.colour("text" if n < 2 else "secondary"))
            cut = painter.fontMetrics().elidedText(words, _CUT, int(room.width()))
            painter.drawText(QRectF(room.left(), room.top() + n * high, room.width(), high), _LEFT, cut)

    def _area(self, one: Placed) -> QRectF:
        begins = moments.local(one.row.starts_at)
        minutes = begins.hour * 60 + begins.minute
        wide = self._day_width()
        lane = (wide - 4) / one.lanes
        left = _SIDE + (one.row.day - self._first).days * wide + 2 + one.lane * lane
        top = self._top(minutes)
        bottom = self._top(minutes + one.row.minutes)
        if _goes_on(one.row):
            bottom = self.height() + _OPEN  # its lower edge lies out of sight: it does not end here
        return QRectF(left, top + 1, lane - 2, max(bottom - top - 2, 16))

    def _top(self, minutes: int) -> float:
        share = (minutes - self._from * 60) / ((self._to - self._from) * 60)
        return self._head() + share * (self.height() - self._head())

    def _head(self) -> int:
        return _HEAD + (theme.wide(_NOTED) if self._notes else 0)

    def _day_width(self) -> float:
        return (self.width() - _SIDE) / DAYS

    def _found_at(self, point: QPointF) -> int:
        return next((at for at, one in enumerate(self._placed) if self._area(one).contains(point)), -1)

    def _choose(self, at: int) -> None:
        self._at = at
        self._name()
        self.update()
        self.chosen.emit(self.current())

    def _name(self) -> None:
        """Say the chosen sitting to a screen reader."""
        found = self.current()
        said = ""
        if found is not None:
            who = f"{found.case_no} {found.merchant}，调解员{found.mediator}"
            said = f"：{moments.show_day(found.day)} {found.hours} {who}，{found.state.label}"
        self.setAccessibleName(f"一周调解，{len(self._placed)} 次{said}")


def _goes_on(row: AppointmentRow) -> str:
    """Say when a sitting ends that goes on after midnight, nothing when it ends on its day."""
    end = moments.local(row.starts_at) + timedelta(minutes=row.minutes)
    midnight = end.replace(hour=0, minute=0, second=0, microsecond=0)
    return f"↓ 到次日 {end:%H:%M}" if end.date() > row.day and end > midnight else ""


def _same(one: AppointmentRow, other: AppointmentRow) -> bool:
    return (one.case_no, one.number) == (other.case_no, other.number)
