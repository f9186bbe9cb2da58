"""The timeline of a case: newest first, a thread ties a day together, system rows folded."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.painting import begin, pill
from odr_desk.ui.widgets.words import Words

_THREAD = 62.5
_TIME, _KIND, _AUTHOR = 40, 76, 52
_LONGEST_KIND = "致电消费者"
_PAD = 24  # what a link keeps around its words
_TOP = Qt.AlignmentFlag.AlignTop


class DayHead(QWidget):
    """The day above its entries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setLayout(row(Words(text, "small"), None, margins=(0, 8, 0, 2)))


class Entry(QWidget):
    """Time, what sort of thing, the words, who wrote it; actions appear at its foot."""

    def __init__(self, time: str, icon: str, kind: str, text: str, author: str, *, last: bool = False) -> None:
        super().__init__()
        self._icon, self._last = icon, last
        self._pointed = False
        when = _narrow(Words(time, "small", right=True), _TIME)
        when.setAlignment(Qt.AlignmentFlag.AlignRight | _TOP)
        what = _narrow(Words(kind, "head", elide=True), _kind_width())
        what.setAlignment(_TOP)
        who = _narrow(Words(author, "small", right=True, elide=True), _AUTHOR)
        who.setAlignment(Qt.AlignmentFlag.AlignRight | _TOP)
        self.body = Words(text, wrap=True)
        self.body.setAlignment(_TOP)
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._foot = row(gap=12)
        self._words: QVBoxLayout = column(self.body, self._foot, gap=0)
        line = row(when, 34, what, self._words, who, margins=(0, 5, 0, 7), gap=8)
        line.setStretch(3, 1)
        self.setLayout(line)
        self.setAccessibleName(f"{time} {kind}，{author}：{text}")

    def add_link(self, link: Button) -> None:
        """Add something to do with this entry, such as 修改 within ten minutes."""
        if self._foot.count() == 0:
            self._foot.addStretch(1)
        self._foot.insertWidget(self._foot.count() - 1, link)

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


class Folded(QWidget):
    """Several system rows in one grey line; a click or ⏎ unfolds them."""

    unfolded = Signal()

    def __init__(self, text: str, *, last: bool = False) -> None:
        super().__init__()
        self._last, self._text = last, text
        self._open = Button(text, "link", role="secondary", says=text, clicked=self.unfolded.emit)
        self._open.setProperty("tone", "quiet")
        self._open.setMinimumWidth(1)  # it is cut to the room there is; the page does not scroll sideways for it
        self.setLayout(row(_TIME + 38, self._open, None, margins=(0, 3, 0, 5), gap=0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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


def _kind_width() -> int:
    """Return what the longest kind takes, which grows with the density."""
    return max(_KIND, QFontMetrics(theme.bold()).horizontalAdvance(_LONGEST_KIND) + 8)


def _narrow(words: Words, width: int) -> Words:
    words.setFixedWidth(width)
    return words
