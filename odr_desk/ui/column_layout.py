"""The columns of a list: which are shown, in what places and how wide, and by which the rows are ordered."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from odr_desk.rules.columns import Column
from odr_desk.ui import theme
from odr_desk.ui.actions import literal
from odr_desk.ui.cells import AFTER_NUMBER, MARK_ROOM, PAD, Head
from odr_desk.ui.rows import Rows

Layout = Mapping[str, Any]
_SAVE_AFTER_MS = 500
_LEAST = 8  # digits: four characters of a name


class ColumnLayout(QObject):
    """Lays out the columns of a list and minds its head; what a person has made of them is kept.

    `stretch` names the column that takes the room left over. `changed` carries what to keep; `redressed` says that
    the columns have taken up the type of another density.
    """

    changed = Signal(dict)
    redressed = Signal()

    def __init__(self, table: QTableView, rows: Rows[Any], *, stretch: str, has_marks: bool) -> None:
        super().__init__(table)
        self._table, self._rows, self._stretch = table, rows, stretch
        self._digit = _digit()
        self._settling = False
        self._keep = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._keep.timeout.connect(lambda: self.changed.emit(self.state()))
        self._head = Head(table)
        self._head.indent = MARK_ROOM - PAD if has_marks else 0
        table.setHorizontalHeader(self._head)
        self._head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._head.customContextMenuRequested.connect(self._open_menu_at)
        self._head.sectionClicked.connect(self._on_head_clicked)
        self._head.sectionResized.connect(self._on_resized)
        self._head.sectionMoved.connect(lambda *_: self._keep_soon())

    def lay(self) -> None:
        """Give every column its declared width in the type of now."""
        digit = self._digit = _digit()
        names = [_name(column) for column in self._rows.columns]
        stretched = names.index(self._stretch) if self._stretch else -1
        self._settling = True
        for at, column in enumerate(self._rows.columns):
            first = MARK_ROOM - PAD if at == 0 and self._head.indent else 0
            after = AFTER_NUMBER if column.align == "right" else 0
            self._table.setColumnWidth(at, column.width * digit + 2 * PAD + first + after)
        least = min(_LEAST, *(column.width for column in self._rows.columns))  # what a stretched column keeps
        self._head.setMinimumSectionSize(least * digit + 2 * PAD)
        if stretched >= 0:
            self._head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._settling = False

    def state(self) -> dict[str, Any]:
        """Return columns in order with width and visibility, and the order of rows, fit for JSON."""
        head, (order, descending) = self._head, self._rows.order
        columns = [
            {"name": _name(self._rows.columns[at]), "width": head.sectionSize(at), "hidden": head.isSectionHidden(at)}
            for at in (head.logicalIndex(place) for place in range(head.count()))
        ]
        return {"columns": columns, "order": order, "descending": descending, "digit": self._digit}

    def restore(self, layout: Layout | None) -> None:
        """Take up a kept layout; columns it does not know keep their place."""
        if not layout:
            return
        known = {_name(column): at for at, column in enumerate(self._rows.columns)}
        grown = self._digit / layout.get("digit", self._digit)  # kept at another density
        self._settling = True
        for place, kept in enumerate(entry for entry in layout.get("columns", ()) if entry["name"] in known):
            at = known[kept["name"]]
            self._head.moveSection(self._head.visualIndex(at), place)
            self._head.setSectionHidden(at, bool(kept["hidden"]))
            if kept["width"] > 0 and self._head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
                self._head.resizeSection(at, round(kept["width"] * grown))
        self._settling = False
        if layout.get("order"):
            self.show_order(layout["order"], descending=bool(layout.get("descending")))

    def reset(self) -> None:
        """Put every column back to its declared place and width; which are shown stays."""
        self._settling = True
        for at in range(self._head.count()):
            self._head.moveSection(self._head.visualIndex(at), at)
        self.lay()

    def show_only(self, *names: str) -> None:
        """Hide every column but these; names are keys, or headings of columns without a key."""
        self._settling = True
        for at, column in enumerate(self._rows.columns):
            self._table.setColumnHidden(at, _name(column) not in names)
        self._settling = False

    def needs(self, *names: str) -> int:
        """Return how wide these columns are together, the one that takes the room cut as far as it may be."""
        wanted = [at for at, column in enumerate(self._rows.columns) if _name(column) in names]
        fixed = [at for at in wanted if self._head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive]
        least = self._head.minimumSectionSize() * (len(wanted) - len(fixed))
        return least + sum(self._widths([at])[at] for at in fixed) + self._table.verticalScrollBar().sizeHint().width()

    def first(self) -> int:
        """Return the number of the column that stands first."""
        return self._head.logicalIndex(0)

    def show_order(self, key: str, *, descending: bool) -> None:
        """Have the rows in this order, from the first one on, and say so in the head."""
        keys = [column.key for column in self._rows.columns]
        self._head.setSortIndicatorShown(bool(key) and key in keys)
        if key and key in keys:
            way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._head.setSortIndicator(keys.index(key), way)
        self._table.scrollToTop()
        self._rows.set_order(key, descending=descending)

    def follow_type(self) -> None:
        """Widen or narrow the columns as the type has grown or shrunk, those of a person's own making too."""
        grown, self._digit = _digit() / self._digit, _digit()
        if grown == 1:
            return
        widths = self._widths(range(self._head.count()))
        self._settling = True
        self._head.setMinimumSectionSize(round(self._head.minimumSectionSize() * grown))
        for at, width in widths.items():
            if self._head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
                self._head.resizeSection(at, round(width * grown))
        self._settling = False
        self.redressed.emit()

    def open_menu(self) -> None:
        """Show which columns there are to choose from, as a click on the head with the right button does."""
        shown = self._menu()
        shown.popup(self._head.mapToGlobal(QPoint(0, self._head.height())))

    def _widths(self, columns: Iterable[int]) -> dict[int, int]:
        """Return how wide columns are; one that is hidden says so only while it is shown."""
        found = dict[int, int]()
        settling, self._settling = self._settling, True
        for at in columns:
            hidden = self._head.isSectionHidden(at)
            self._head.setSectionHidden(at, False)
            found[at] = self._head.sectionSize(at)
            self._head.setSectionHidden(at, hidden)
        self._settling = settling
        return found

    def _on_resized(self, at: int, _before: int, _now: int) -> None:
        """Keep widths that a person has dragged, not the one that follows the window."""
        if self._head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
            self._keep_soon()

    def _on_head_clicked(self, at: int) -> None:
        key = self._rows.columns[at].key
        if not key:
            return
        order, descending = self._rows.order
        self.show_order(key, descending=not descending if key == order else False)
        self._keep.start()

    def _keep_soon(self) -> None:
        if not self._settling and self._table.isVisible():
            self._keep.start()

    def _open_menu_at(self, at: QPoint) -> None:
        self._menu().popup(self._head.mapToGlobal(at))

    def _menu(self) -> QMenu:
        shown = QMenu(self._table)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._rows.columns):
            action = shown.addAction(literal(column.heading or "标记"))
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(number))
            action.toggled.connect(lambda on, number=number: self._show_column(number, on=on))
        return shown

    def _show_column(self, number: int, *, on: bool) -> None:
        self._table.setColumnHidden(number, not on)
        self.changed.emit(self.state())  # at once: the width of the window must not choose over it


def _name(column: Column[Any]) -> str:
    return column.key or column.heading


def _digit() -> int:
    """Return how wide a digit is in the type of now, in pixels."""
    return QFontMetrics(theme.font()).horizontalAdvance("0")
