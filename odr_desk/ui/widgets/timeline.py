"""The timeline of a case: newest first, a thread ties a day together, system rows folded."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules.snippets import Span
from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marked_words import MarkedWords
from odr_desk.ui.widgets.painting import begin, pill
from odr_desk.ui.widgets.words import Words

_THREAD = 62.5
_TIME, _KIND, _AUTHOR = 40, 76, 52
_HEAD, _KIND_AT, _GAP = 5, 82, 8
_LONGEST_KIND = "致电消费者"
_PAD = 24  # what a link keeps around its words
_TOP = Qt.AlignmentFlag.AlignTop


class DayHead(Words):
    """The day above its entries."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, "small")
        self.setContentsMargins(0, 8, 0, 2)


class Entry(QWidget):
    """Time, what sort of thing, the words with hits in them, what can be done about it, who wrote it.

    `asked` is the link.

    Only the words are a widget of their own, because they can be selected; the rest is painted.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._time = self._icon = self._kind = self._author = ""
        self._last = self._pointed = False
        self._room = 0
        self.body = MarkedWords()
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.body.setMinimumHeight(1)  # Qt asks for the lines of a narrow column, and the list scrolls into nothing
        self._link: Button | None = None
        self._line = row(self.body, gap=_GAP)
        self.setLayout(self._line)
        self._make_room()

    def tell(
        self,
        time: str,
        icon: str,
        kind: str,
        text: str,
        author: str,
        *,
        last: bool = False,
        hits: tuple[Span, ...] = (),
    ) -> None:
        """Show this entry, without a link."""
        self._time, self._icon, self._kind, self._author, self._last = time, icon, kind, author, last
        self._pointed = False
        self.body.tell(text, hits)
        if self._link is not None:
            self._link.hide()
        cut = QFontMetrics(theme.font("small")).horizontalAdvance(author) > _AUTHOR
        self.setToolTip(theme.plain_tip(author) if cut else "")
        self.setAccessibleName(f"{time} {kind}，{author}：{text}")
        self.update()

    def offer(self, words: str) -> None:
        """Offer something to do with this entry, such as 修改 within ten minutes, where it takes no line of its own."""
        if self._link is None:
            self._link = Button("", "link", clicked=self.asked.emit)
            self._link.setProperty("tone", "quiet")
            self._line.addWidget(self._link, alignment=_TOP)
        self._link.setText(words)
        self._link.show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # the type has another size
            self._make_room()

    def _make_room(self) -> None:
        """Leave room for the longest kind, which grows with the density, so that the words of a day stand in a line."""
        self._room = max(_KIND, QFontMetrics(theme.bold()).horizontalAdvance(_LONGEST_KIND) + 8)
        self._line.setContentsMargins(_KIND_AT + self._room + _GAP, _HEAD, _AUTHOR + _GAP, 7)

    def point_out(self) -> None:
        """Show that this is the entry somebody looked for."""
        self._pointed = True
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        if self._pointed:
            pill(painter, QRectF(self.rect()), "accent_soft", radius=4)
        painter.setPen(QPen(theme.colour("border"), 1))
        end = 12 if self._last else self.height()
        painter.drawLine(QPointF(_THREAD, 0), QPointF(_THREAD, end))
        painter.setBrush(theme.colour("window"))
        painter.drawEllipse(QRectF(_THREAD - 12, 3.5, 24, 24))
        icons.draw(painter, self._icon, "secondary", _THREAD - 7, 8.5, 14)
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        right, small = Qt.AlignmentFlag.AlignRight, theme.font("small")
        for left, wide, words, side, font, tone in (
            (0, _TIME, self._time, right, small, "secondary"),
            (_KIND_AT, self._room, self._kind, Qt.AlignmentFlag.AlignLeft, theme.bold(), "text"),
            (self.width() - _AUTHOR, _AUTHOR, self._author, right, small, "secondary"),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRect(left, _HEAD, wide, self.height() - _HEAD), int(side | _TOP), cut)


class Folded(QWidget):
    """Several system rows in one grey line; a click or ⏎ unfolds them."""

    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last, self._text = False, ""
        self._open = Button("", "link", role="secondary", clicked=self.unfolded.emit)
        self._open.setProperty("tone", "quiet")
        self._open.setMinimumWidth(1)  # it is cut to the room there is; the page does not scroll sideways for it
        self.setLayout(row(_TIME + 38, self._open, None, margins=(0, 3, 0, 5), gap=0))

    def tell(self, text: str, *, last: bool = False) -> None:
        """Show these words."""
        self._last, self._text = last, text
        self._fit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _TIME - 38 - _PAD
        self._open.setText(self._open.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))
        self._open.setAccessibleName(self._text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.setPen(QPen(theme.colour("border"), 1))
        middle = self.height() / 2 - 1
        painter.drawLine(QPointF(_THREAD, 0), QPointF(_THREAD, middle if self._last else self.height()))
        painter.setBrush(theme.colour("window"))
        painter.drawEllipse(QRectF(_THREAD - 8, middle - 8, 16, 16))
        icons.draw(painter, "right", "secondary", _THREAD - 7, middle - 7, 14)
