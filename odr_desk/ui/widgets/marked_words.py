"""A text of several lines in which what was looked for is marked; what people wrote is never read as HTML."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override

from odr_desk.rules.snippets import Span
from odr_desk.ui import theme
from odr_desk.ui.widgets.painting import begin, pill
from odr_desk.ui.widgets.words import BREAK, Words

_LINE_BREAK = "\u2028"  # what Qt breaks a line at within a paragraph
_UNDERLINE = 2


class MarkedWords(Words):
    """Words that wrap, with the hits underlined on a ground of their own."""

    def __init__(self, text: str = "", spans: Iterable[Span] = ()) -> None:
        super().__init__(text, wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.tell(text, spans)

    def tell(self, text: str, spans: Iterable[Span] = ()) -> None:
        """Show this text with these hits."""
        self.setText(text)
        shown = self.shown()
        at = [place for place, sign in enumerate(shown) if sign != BREAK]
        self._spans = tuple(in_units(shown, ((at[start], at[end - 1] + 1) for start, end in spans)))
        self.update()

    def hits(self) -> list[QRect]:
        """Return where the hits stand, line by line, in the order of the text."""
        if not self._spans:
            return []
        layout, room = self._laid(), self.contentsRect()
        found: list[QRect] = []
        for start, end in self._spans:
            for n in range(layout.lineCount()):
                line = layout.lineAt(n)
                first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
                if first < last:
                    left, right = (line.cursorToX(at)[0] for at in (first, last))  # type: ignore[index] # answers a pair
                    found.append(
                        QRectF(room.left() + left, room.top() + line.y(), right - left, line.height()).toAlignedRect()
                    )
        return found

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if hits := self.hits():
            painter = QPainter(self)
            for hit in hits:
                painter.fillRect(hit, theme.colour("surface"))
                painter.fillRect(hit.adjusted(0, hit.height() - _UNDERLINE, 0, 0), theme.colour("accent"))
            painter.end()
        super().paintEvent(event)

    def _laid(self) -> QTextLayout:
        """Break the lines as the label does."""
        layout = QTextLayout(self.shown().replace("\n", _LINE_BREAK), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.contentsRect().width())
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


class Pointed(QWidget):
    """A part of a page that somebody looked for, on a tinted ground."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        pill(begin(self), QRectF(self.rect()), "accent_soft", radius=4)


def in_units(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans as Qt counts them: a sign beyond the first 65,536, such as an emoji, counts twice."""
    for start, end in spans:
        yield _units(text[:start]), _units(text[:end])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
