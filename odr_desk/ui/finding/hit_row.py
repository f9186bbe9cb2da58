"""One answer of the search: state, number, parties, what was hit, the words with the hits, when."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from odr_desk.rules.moments import day_of, show_day
from odr_desk.rules.snippets import Span
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.services.search import Hit
from odr_desk.ui import icons, theme
from odr_desk.ui.widgets import marked_text
from odr_desk.ui.widgets.painting import begin, pill

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
_LEFT, _RIGHT = int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
_TIME, _NUMBER, _FIELD = 76, 52, 76
_PARTIES, _PARTIES_MOST = 150, 240


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows; `found` is what it stands for."""

    found: Hit | MerchantHit
    mark: str
    time: str
    number: str
    parties: str
    field: str
    text: str
    spans: tuple[Span, ...]
    note: str = ""
    late: bool = False
    named: tuple[Span, ...] = ()  # the hits in the parties


def of_case(hit: Hit) -> Line:
    """Return the row of a case."""
    row = hit.row
    consumer = row.consumer or "不详"
    return Line(
        hit,
        row.mark.value,
        row.time_left or row.state.label,
        row.tail,
        f"{consumer} ↔ {row.merchant}",
        hit.field,
        hit.snippet,
        hit.spans,
        show_day(day_of(hit.at) if hit.at is not None else row.received_on),
        late=row.mark.value == "late",
    )


def of_merchant(hit: MerchantHit) -> Line:
    """Return the row of a merchant's file; name, initials and counter are highlighted where they answered."""
    spans, text = [], ""
    for words, span in ((hit.initials, hit.initials_span), (hit.counter, hit.counter_span), (hit.trade, None)):
        if words:
            text += f"  {words}" if text else words
            shift = len(text) - len(words)
            spans += [(span[0] + shift, span[1] + shift)] if span is not None else []
    note = f"在办 {hit.open_cases} 件" if hit.open_cases else hit.remark
    named = (hit.name_span,) if hit.name_span is not None else ()
    return Line(hit, "", "", hit.number, hit.name, "商户档案", text, tuple(spans), note, named=named)


class HitRow(QAbstractButton):
    """Paints one line; chosen by the arrows while the cursor stays in the field."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(theme.size("row"))
        said = (line.number, line.time, line.parties, f"{line.field}：{line.text}", line.note)
        self.setAccessibleName("，".join(part for part in said if part))

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = begin(self), self.line
        if self.isChecked() or self.underMouse():
            ground = QRectF(self.rect()).adjusted(4, 0, -4, 0)
            pill(painter, ground, "accent_soft" if self.isChecked() else "hover", radius=4)
        room = self.rect().adjusted(12, 0, -16, 0)
        _icon(painter, line, room)
        room.setLeft(room.left() + 28)
        room = _word(painter, room, theme.wide(_TIME), line.time, "late" if line.late else "text", bold=line.late)
        number = max(theme.wide(_NUMBER), _wide(line.number))
        room = _word(painter, room, number, line.number, "secondary", role="small")
        share = min(_PARTIES_MOST, max(_PARTIES, room.width() // 4))
        named = QRect(room.left(), room.top(), share - 10, room.height())
        marked_text.draw(painter, named, line.parties, line.named, bold=True)
        room.setLeft(room.left() + share)
        room = _word(painter, room, theme.wide(_FIELD), line.field, "secondary", role="small")
        room.setRight(room.right() - _note(painter, room, line.note))
        marked_text.draw(painter, room, line.text, line.spans)


class GroupHead(QWidget):
    """What the rows below have in common, and how many they are."""

    def __init__(self, title: str, count: int) -> None:
        super().__init__()
        self._words = f"{title} {count}"
        self.setFixedHeight(theme.size("row") - 2)
        self.setAccessibleName(f"{title}，{count} 条")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(self.rect().adjusted(12, 4, -12, 0), _LEFT, self._words)


def _icon(painter: QPainter, line: Line, room: QRect) -> None:
    name, role = (f"mark_{line.mark}", line.mark) if line.mark else ("shop", "secondary")
    icons.draw(painter, name, role, room.left(), room.center().y() - 7)


def _word(
    painter: QPainter, room: QRect, width: int, text: str, tone: str, *, role: str = "body", bold: bool = False
) -> QRect:
    """Draw a text in a column and return the room that is left behind it."""
    painter.setFont(theme.bold(role) if bold else theme.font(role))
    painter.setPen(theme.colour(tone))
    cut = painter.fontMetrics().elidedText(text, _CUT, width - 10)
    painter.drawText(QRect(room.left(), room.top(), width, room.height()), _LEFT, cut)
    return room.adjusted(width, 0, 0, 0)


def _note(painter: QPainter, room: QRect, text: str) -> int:
    """Draw the note at the right edge and return how much room it took."""
    if not text:
        return 0
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("secondary"))
    painter.drawText(room, _RIGHT, text)
    return _wide(text)


def _wide(text: str) -> int:
    return QFontMetrics(theme.font("small")).horizontalAdvance(text) + 12
