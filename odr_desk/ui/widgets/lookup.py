"""The list that opens in the page below a field while something is looked up; never a popup."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QWidget
from typing_extensions import override

from odr_desk.ui import reading_order, theme
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.painting import begin, pill
from odr_desk.ui.widgets.words import Words

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
_NOTE = 72


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is, how it was found (`letters`, of which `matched` fit), facts, a note."""

    value: Any
    name: str
    letters: str = ""
    matched: int = 0
    facts: tuple[str, ...] = ()
    note: str = ""
    tone: str = "secondary"


class _HitRow(QAbstractButton):
    def __init__(self, hit: Hit, owner: QWidget) -> None:
        super().__init__(owner)
        self.hit = hit
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(theme.size("row") + 4)
        self.setAccessibleName("，".join(part for part in (hit.name, *hit.facts, hit.note) if part))

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, hit = begin(self), self.hit
        if self.isChecked() or self.underMouse():
            pill(
                painter,
                QRectF(self.rect()).adjusted(4, 1, -4, -1),
                "accent_soft" if self.isChecked() else "hover",
                radius=4,
            )
        room = self.rect().adjusted(16, 0, -16, 0)
        note = QFontMetrics(theme.font("small")).horizontalAdvance(hit.note)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(hit.tone))
        painter.drawText(room, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), hit.note)
        room.setRight(room.right() - max(note, _NOTE) - 12)  # the same in every row, so that the columns stand
        share = room.width() // (2 + len(hit.facts)) if hit.facts or hit.letters else room.width()
        painter.setFont(theme.bold())
        painter.setPen(theme.colour("text"))
        left = _draw(painter, QRect(room.left(), 0, max(share, 88), self.height()), hit.name)
        if hit.letters:
            self._paint_letters(painter, QRect(left, 0, 60, self.height()))
            left += 60
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("secondary"))
        for fact in hit.facts:
            left = _draw(painter, QRect(left, 0, min(96, room.right() - left), self.height()), fact)

    def _paint_letters(self, painter: QPainter, room: QRect) -> None:
        fits, rest = self.hit.letters[: self.hit.matched], self.hit.letters[self.hit.matched :]
        painter.setFont(theme.bold("small"))
        painter.setPen(theme.colour("accent"))
        painter.drawText(room, int(_MIDDLE), fits)
        room = room.adjusted(painter.fontMetrics().horizontalAdvance(fits), 0, 0, 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(room, int(_MIDDLE), rest)


class LookupList(QFrame):
    """What was found for a field; ↑ ↓ choose while the cursor stays in the field, ⏎ takes, Esc closes.

    A ⏎ that comes while an answer is expected takes the first of that answer, never one of the hits
    of the letters before.
    """

    picked = Signal(object)

    def __init__(self, field: QLineEdit, *, take: str = "用这个", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self._rows: list[_HitRow] = []
        self._at = -1
        self._is_asked = self._is_wanted = False
        self._list = column(margins=(0, 4, 0, 4), gap=0)
        self._count = Words("", "small")
        self._keys = panel(row(Key("↓ ↑"), Words("选", "small"), Key("⏎"), Words(take, "small"), gap=6))
        self._foot = row(self._count, self._keys, None, gap=6)
        self._foot.setContentsMargins(12, 4, 12, 6)
        self._found = panel(column(self._list, line(), gap=0))
        self.setLayout(column(self._found, self._foot, gap=0))
        self.hide()
        field.installEventFilter(self)
        self._field = field

    def expect(self) -> None:
        """Say that hits for what stands in the field now are on their way."""
        self._is_asked, self._is_wanted = True, False

    def show_hits(self, hits: Sequence[Hit], unit: str = "个", *, most: int = 0) -> None:
        """Show what was found, at most `most`, the first one chosen; nothing found still says so."""
        cut = 0 < most < len(hits)
        hits = hits[:most] if cut else hits
        is_wanted, self._is_asked, self._is_wanted = self._is_wanted, False, False
        for old in self._rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_HitRow(hit, self) for hit in hits]
        for hit_row in self._rows:
            hit_row.clicked.connect(lambda _on=False, hit=hit_row.hit: self._pick(hit))
            self._list.addWidget(hit_row)
        self._count.setText(f"{'前 ' if cut else ''}{len(hits)} {unit}。" if hits else "没有找到。")
        self._found.setVisible(bool(hits))
        self._keys.setVisible(bool(hits))
        self._choose(0 if hits else -1)
        self.show()
        QTimer.singleShot(0, self, self._come_to_sight)
        if is_wanted and hits:
            self._pick(hits[0])

    def add_link(self, link: Button) -> None:
        """Add a way out at the foot, such as 不在名录，先记名字."""
        self._foot.addWidget(link)

    def current(self) -> Hit | None:
        """Return the chosen hit."""
        return self._rows[self._at].hit if 0 <= self._at < len(self._rows) else None

    @override
    def setVisible(self, visible: bool) -> None:
        if not visible:
            self._is_asked = self._is_wanted = False
        super().setVisible(visible)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_open = self.isVisible() or self._is_asked
        if watched is self._field and event.type() == QEvent.Type.KeyPress and is_open:
            return self._on_key(event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Come to sight again: what the hits need may be known only after several rounds of layouts."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._come_to_sight)

    def _come_to_sight(self) -> None:
        """Scroll so far that the hits can be read, with the field where there is room; the chosen one always."""
        if self.isVisible():
            for part in (self, self._field, *self._rows[max(0, self._at) :][:1]):
                reading_order.bring_to_sight(part)

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self._choose(min(self._at + 1, len(self._rows) - 1))
            case Qt.Key.Key_Up:
                self._choose(max(self._at - 1, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() and self._is_asked:
                self._is_wanted = True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() and (hit := self.current()) is not None:
                self._pick(hit)
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def _choose(self, at: int) -> None:
        self._at = at
        for number, hit_row in enumerate(self._rows):
            hit_row.setChecked(number == at)
        if 0 <= at < len(self._rows):
            self._field.setAccessibleDescription(self._rows[at].accessibleName())
            if self.isVisible():
                reading_order.bring_to_sight(self._rows[at])
        else:
            self._field.setAccessibleDescription("没有找到")

    def _pick(self, hit: Hit) -> None:
        self.hide()
        self.picked.emit(hit.value)


def _draw(painter: QPainter, room: QRect, text: str) -> int:
    cut = painter.fontMetrics().elidedText(text, _CUT, room.width() - 8)
    painter.drawText(room, int(_MIDDLE), cut)
    return room.right()
