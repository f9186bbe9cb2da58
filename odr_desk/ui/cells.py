"""How a list is painted: one line a row, the state mark first, the accent bar on the open row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.rules.snippets import Span
from odr_desk.ui import icons, theme
from odr_desk.ui.rows import Rows
from odr_desk.ui.widgets import marked_text

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
PAD = 4
AFTER_NUMBER = 8
"""Between a number, which stands at the right of its column, and the words of the next one."""
MARK_ROOM = 34
_BOLD, _PLAIN = theme.Weight.BOLD, theme.Weight.PLAIN
_LONGEST = 400  # characters; more than any screen has room for
_CUT = Qt.TextElideMode.ElideRight
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT_ONLY = Qt.AlignmentFlag.AlignRight.value
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell differs from plain ink; `text` stands in the place of its value, `spans` are hits in it."""

    tone: str = "text"
    bold: bool = False
    small: bool = False
    icon: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()


_INK = Look()
Looks = Callable[[Any, Column[Any]], Look]
Marks = Callable[[Any], str]


class RowPainter(QStyledItemDelegate):
    """Paints the cells of a Table; `hover` is the row under the pointer.

    It asks the model in Python, not through `index.data`: a screenful is a few hundred cells.
    """

    def __init__(self, rows: Rows[Any], marks: Marks | None, looks: Looks | None, parent: QTableView) -> None:
        super().__init__(parent)
        self._rows, self._marks, self._looks = rows, marks, looks
        self.hover = -1

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("QTableView", option.widget)  # type: ignore[attr-defined]
        area: QRect = option.rect  # type: ignore[attr-defined]
        chosen = view.selectionModel().isRowSelected(index.row(), _TOP)
        ground = "accent_soft" if chosen else "hover" if index.row() == self.hover else "surface"
        painter.save()
        painter.fillRect(area, theme.colour(ground))
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        first = _is_first(view, index.column())
        if first and index.row() == view.currentIndex().row():
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.colour("accent"))
        self._paint_cell(painter, _room(area, first=first and self._marks is not None), index, first=first)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = str(index.data() or "")
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        return QSize(metrics.horizontalAdvance(text) + 2 * PAD + 8, theme.size("row"))

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = str(index.data() or "")
        wide = option.fontMetrics.horizontalAdvance(text)  # type: ignore[attr-defined]
        cut = wide > option.rect.width() - 2 * PAD  # type: ignore[attr-defined]
        QToolTip.showText(event.globalPos(), theme.plain_tip(text) if cut else "", view)
        return True

    def _paint_cell(self, painter: QPainter, room: QRect, index: Index, *, first: bool) -> None:
        row = self._rows.row_or_ask(index.row())
        if row is None:
            bar = QRect(room.left(), room.center().y() - 4, min(room.width(), 48), 8)
            painter.fillRect(bar, theme.colour("hairline"))
            return
        if first and self._marks is not None and (state := self._marks(row)):
            icons.draw(painter, f"mark_{state}", state, room.left() - MARK_ROOM + PAD + 6, room.center().y() - 7)
        column = self._rows.columns[index.column()]
        if column.align == "right":
            room.setRight(room.right() - AFTER_NUMBER)
        look = self._looks(row, column) if self._looks is not None else _INK
        if look.icon:
            icons.draw(painter, look.icon, look.tone, room.left(), room.center().y() - 7)
            room.setLeft(room.left() + 20)
        text = (look.text or column.show(column.value(row)))[:_LONGEST].replace("\n", " ")
        role = "small" if look.small else "body"
        if look.spans:
            marked_text.draw(painter, room, text, look.spans, tone=look.tone, role=role)
            return
        painter.setFont(theme.font(role, _BOLD if look.bold else _PLAIN))
        painter.setPen(theme.colour(look.tone))
        if len(text) * theme.size("body") > room.width():  # no letter is wider than a Chinese character
            text = painter.fontMetrics().elidedText(text, _CUT, room.width())
        painter.drawText(room, _RIGHT if column.align == "right" else _LEFT, text)


class Head(QHeaderView):
    """The head of a list: small grey words, an arrow at the column that orders the rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.indent = 0
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.length(), max(26, theme.size("row") - 2))  # Qt would measure the words of every section

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        first = self.visualIndex(logicalIndex) == 0
        room = rect.adjusted(PAD + (self.indent if first else 0), 0, -PAD, -1)
        ordered = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        painter.setFont(theme.bold("small") if ordered else theme.font("small"))
        painter.setPen(theme.colour("text" if ordered else "secondary"))
        side = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        if int(side) & _RIGHT_ONLY:
            room.setRight(room.right() - AFTER_NUMBER)
        words = str(self.model().headerData(logicalIndex, self.orientation()) or "")
        if ordered:
            words += " ↓" if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else " ↑"
        painter.drawText(room, int(side), painter.fontMetrics().elidedText(words, _CUT, room.width()))
        painter.restore()


def _is_first(view: QTableView, column: int) -> bool:
    head = view.horizontalHeader()
    return head.visualIndex(column) == _first_visible(head)


def _first_visible(head: QHeaderView) -> int:
    for at in range(head.count()):
        if not head.isSectionHidden(head.logicalIndex(at)):
            return at
    return 0


def _room(area: QRect, *, first: bool) -> QRect:
    return area.adjusted(MARK_ROOM if first else PAD, 0, -PAD, 0)
