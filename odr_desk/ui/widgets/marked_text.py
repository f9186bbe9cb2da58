"""A line of text with hits in it, painted letter by letter: what people wrote is never read as HTML."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from odr_desk.rules.snippets import Span
from odr_desk.ui import theme

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MORE = "…"


def draw(
    painter: QPainter,
    room: QRect,
    text: str,
    spans: Iterable[Span],
    *,
    tone: str = "text",
    role: str = "body",
    bold: bool = False,
) -> int:
    """Draw the text with its hits bold and in the accent, all of it bold where asked; return where it ends.

    What has no room is cut: before the first hit as much as must be so that this one is seen, the rest behind.
    """
    left, end = room.left(), room.right()
    text, spans = led(text, tuple(spans), room.width(), role)
    rest = text
    for piece, is_hit in pieces(text, spans):
        painter.setFont(theme.bold(role) if is_hit or bold else theme.font(role))
        painter.setPen(theme.colour("accent" if is_hit else tone))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(piece)
        more = metrics.horizontalAdvance(_MORE) if len(piece) < len(rest) else 0
        if left + width + more > end:
            painter.drawText(QRect(left, room.top(), end - left, room.height()), _LEFT, _cut(metrics, rest, end - left))
            return end
        rest = rest[len(piece) :]
        painter.drawText(QRect(left, room.top(), width + 1, room.height()), _LEFT, piece)
        left += width
    return left


def led(text: str, spans: tuple[Span, ...], width: int, role: str = "body") -> tuple[str, tuple[Span, ...]]:
    """Return the text with only as much before the first hit as leaves room for it, and the hits in that."""
    if not spans or not spans[0][0]:
        return text, spans
    start, stop = spans[0]
    before, plain = text[:start], QFontMetrics(theme.font(role))
    left = width - QFontMetrics(theme.bold(role)).horizontalAdvance(text[start:stop])
    if plain.horizontalAdvance(before) <= left:
        return text, spans
    kept = plain.elidedText(before, Qt.TextElideMode.ElideLeft, max(0, left)) or _MORE
    shift = len(kept) - start
    return kept + text[start:], tuple((one + shift, other + shift) for one, other in spans)


def pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is a hit."""
    at = 0
    for start, end in spans:
        if start > at:
            yield text[at:start], False
        yield text[max(start, at) : end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return what has room; an ellipsis at least, so that nobody takes a part for the whole."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width) or _MORE
