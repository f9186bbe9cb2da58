"""A list on the screen: columns from their declarations, rows from a query, layout kept per person."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.ui import theme
from odr_desk.ui.actions import literal
from odr_desk.ui.cells import MARK_ROOM, PAD, Head, Looks, Marks, RowPainter
from odr_desk.ui.picking import Picking
from odr_desk.ui.pinned import Pinned
from odr_desk.ui.rows import Fetch, Rows, held

Layout = Mapping[str, Any]
_SAVE_AFTER_MS = 500
_LEAST = 8  # digits: four characters of a name
_FLAGS = QItemSelectionModel.SelectionFlag


class Table(QTableView):
    """A list of records.

    `fetch` is the query (see rows.Rows), `identity` tells which record a row is, `marks` gives the
    state mark of a row and `looks` how a cell differs from plain ink. `chosen` carries the row the
    person moved to, `opened` the row of Enter or a double click, `layout_changed` what to keep;
    `redressed` says that the columns have taken up the type of another density.
    """

    chosen = Signal(object)
    opened = Signal(object)
    counted = Signal(int)
    layout_changed = Signal(dict)
    redressed = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Any]],
        fetch: Fetch | None = None,
        *,
        identity: Callable[[Any], object] = lambda row: row.id,
        marks: Marks | None = None,
        looks: Looks | None = None,
        stretch: str = "",
        several: bool = False,
    ) -> None:
        super().__init__()
        self._digit = _digit()
        self.setAccessibleName(name)
        self.rows: Rows[Any] = Rows(columns, fetch or held(columns, ()), self, marks=marks)
        self._identity = identity
        self._stretch = stretch
        self._empty: QWidget | None = None
        self._wanted: object = None  # to be chosen when it comes
        self._chosen: object = None  # which record is marked; it stays marked when the rows move
        self._unread = False  # the person has gone to a row that has not been read yet
        self._quiet = False
        self._is_shrinking = False
        self._settling = False
        self._place = 0  # where the chosen record stands, or stood before it left the list
        self._painter = RowPainter(self.rows, marks, looks, self)
        self._keep = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._keep.timeout.connect(lambda: self.layout_changed.emit(self.layout_state()))
        self._set_up(several)
        self._set_up_head(MARK_ROOM - PAD if marks is not None else 0)
        self.rows.rowsAboutToBeRemoved.connect(lambda *_: self._shrink(True))  # before Qt moves on to a row that stays
        self.setModel(self.rows)
        self.rows.rowsRemoved.connect(lambda *_: self._shrink(False))
        self.picking = Picking(self, self.rows, identity) if several else None
        self.rows.loaded.connect(self._on_loaded)
        self.rows.counted.connect(self.counted)
        self._lay_columns()
        self._pinned = Pinned(self)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_fetch(self, fetch: Fetch, order: tuple[str, bool] | None = None) -> None:
        """Show another query, from its beginning; in an order of its own if one is given (key, descending)."""
        self.rows.set_fetch(fetch)
        self._place = 0
        if order is not None:
            self._show_order(order[0], descending=order[1])
            return
        self.scrollToTop()
        self.rows.reload()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are all here; for short lists only."""
        self.rows.set_fetch(held(self.rows.columns, rows))
        self.reload()

    def reload(self) -> None:
        """Ask again; place and choice stay, the choice with its record even if that has moved."""
        self.rows.reload(max(0, self.rowAt(0)))

    def current(self) -> Any:  # noqa: ANN401 - a list holds rows of any kind
        """Return the chosen row, None when there is none."""
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def choose(self, identity: object) -> bool:
        """Go to a record; if it is not among the rows here it is chosen as soon as it comes, until then none is."""
        at = self.rows.find(lambda row: self._identity(row) == identity)
        if at < 0:
            self._wanted = identity
            self._go_to(QModelIndex())
            return False
        self._wanted = None
        self._go_to(self.rows.index(at, self._first_column()))
        return True

    def step(self, by: int) -> None:
        """Go to the next row (1) or the one before (-1), also from a record that has left the list."""
        if self.currentIndex().isValid():
            at = self.currentIndex().row() + by
        else:  # the row after it has moved up into its place
            at = max(0, min(self._place + min(by, 0), self.rows.rowCount() - 1))
        if 0 <= at < self.rows.rowCount():
            self._go_to(self.rows.index(at, self._first_column()))

    def set_empty(self, widget: QWidget) -> None:
        """Show this in the middle while there is no row."""
        self._empty = widget
        widget.setParent(self.viewport())
        widget.hide()
        self._place_empty()

    def layout_state(self) -> dict[str, Any]:
        """Return columns in order with width and visibility, and the order of rows, fit for JSON."""
        head = self.horizontalHeader()
        order, descending = self.rows.order
        columns = [
            {"name": _name(self.rows.columns[at]), "width": head.sectionSize(at), "hidden": head.isSectionHidden(at)}
            for at in (head.logicalIndex(place) for place in range(head.count()))
        ]
        return {"columns": columns, "order": order, "descending": descending, "digit": self._digit}

    def restore(self, layout: Layout | None) -> None:
        """Take up a kept layout; columns it does not know keep their place."""
        if not layout:
            return
        head = self.horizontalHeader()
        known = {_name(column): at for at, column in enumerate(self.rows.columns)}
        grown = self._digit / layout.get("digit", self._digit)  # kept at another density
        self._settling = True
        for place, kept in enumerate(entry for entry in layout.get("columns", ()) if entry["name"] in known):
            at = known[kept["name"]]
            head.moveSection(head.visualIndex(at), place)
            head.setSectionHidden(at, bool(kept["hidden"]))
            if kept["width"] > 0 and head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
                head.resizeSection(at, round(kept["width"] * grown))
        self._settling = False
        if layout.get("order"):
            self._show_order(layout["order"], descending=bool(layout.get("descending")))

    def reset_columns(self) -> None:
        """Put every column back to its declared place and width; which are shown stays."""
        head = self.horizontalHeader()
        self._settling = True
        for at in range(head.count()):
            head.moveSection(head.visualIndex(at), at)
        self._lay_columns()

    def show_only(self, *names: str) -> None:
        """Hide every column but these; names are keys, or headings of columns without a key."""
        self._settling = True
        for at, column in enumerate(self.rows.columns):
            self.setColumnHidden(at, _name(column) not in names)
        self._settling = False

    def needs(self, *names: str) -> int:
        """Return how wide these columns are together, the one that takes the room cut as far as it may be."""
        head = self.horizontalHeader()
        wanted = [at for at, column in enumerate(self.rows.columns) if _name(column) in names]
        fixed = [at for at in wanted if head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive]
        least = head.minimumSectionSize() * (len(wanted) - len(fixed))
        return least + sum(self._widths([at])[at] for at in fixed) + self.verticalScrollBar().sizeHint().width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and row is not None:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Escape and self.picking is not None and self.picking.count > 1:
            self.picking.clear()
        else:
            super().keyPressEvent(event)

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let Ctrl+Home and Ctrl+End choose where they go; where several may be chosen Qt would only move."""
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            to_there = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.picking is not None
            return (_FLAGS.SelectCurrent if to_there else _FLAGS.ClearAndSelect) | _FLAGS.Rows
        return super().selectionCommand(index, event)

    @override
    def selectAll(self) -> None:
        """Choose the first rows, where several may be chosen; never all rows of a query."""
        if self.picking is not None:
            self.picking.choose_all()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: it would walk through the whole query."""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()
        self._pinned.place()
        chosen = self.visualRect(self.currentIndex())
        if event.size().height() < chosen.bottom() < event.oldSize().height():
            self.scrollTo(self.currentIndex())  # it was in sight

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(theme.size("row"))
            self._follow_type()

    def _set_up(self, several: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(1)  # raising it later would walk through a million rows
        side.setDefaultSectionSize(theme.size("row"))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row(index.row())))

    def _set_up_head(self, indent: int) -> None:
        head = Head(self)
        head.indent = indent
        self.setHorizontalHeader(head)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_columns)
        head.sectionClicked.connect(self._on_head_clicked)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(lambda *_: self._keep_soon())

    def _lay_columns(self) -> None:
        head = self.horizontalHeader()
        digit = self._digit = _digit()
        names = [_name(column) for column in self.rows.columns]
        stretched = names.index(self._stretch) if self._stretch else -1
        self._settling = True
        for at, column in enumerate(self.rows.columns):
            first = MARK_ROOM - PAD if at == 0 and cast("Head", head).indent else 0
            self.setColumnWidth(at, column.width * digit + 2 * PAD + first)
        least = min(_LEAST, *(column.width for column in self.rows.columns))  # what a stretched column keeps
        head.setMinimumSectionSize(least * digit + 2 * PAD)
        if stretched >= 0:
            head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._settling = False

    def _follow_type(self) -> None:
        """Widen or narrow the columns as the type has grown or shrunk, those of a person's own making too."""
        grown, self._digit = _digit() / self._digit, _digit()
        if grown == 1:
            return
        head = self.horizontalHeader()
        widths = self._widths(range(head.count()))
        self._settling = True
        head.setMinimumSectionSize(round(head.minimumSectionSize() * grown))
        for at, width in widths.items():
            if head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
                head.resizeSection(at, round(width * grown))
        self._settling = False
        self.redressed.emit()

    def _widths(self, columns: Iterable[int]) -> dict[int, int]:
        """Return how wide columns are; one that is hidden says so only while it is shown."""
        head, found = self.horizontalHeader(), dict[int, int]()
        settling, self._settling = self._settling, True
        for at in columns:
            hidden = head.isSectionHidden(at)
            head.setSectionHidden(at, False)
            found[at] = head.sectionSize(at)
            head.setSectionHidden(at, hidden)
        self._settling = settling
        return found

    def _on_resized(self, at: int, _before: int, _now: int) -> None:
        """Keep widths that a person has dragged, not the one that follows the window."""
        if self.horizontalHeader().sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive:
            self._keep_soon()

    def _keep_soon(self) -> None:
        if not self._settling and self.isVisible():
            self._keep.start()

    def _first_column(self) -> int:
        return self.horizontalHeader().logicalIndex(0)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self._repaint(before.row(), now.row())
        if self._is_shrinking:
            return  # nobody went there: the list has become shorter than the place of the chosen record
        self._place = now.row() if now.isValid() else self._place
        row = self.rows.row(now.row()) if now.isValid() else None
        self._unread = now.isValid() and row is None
        if row is not None:
            self._take(row)

    def _shrink(self, is_shrinking: bool) -> None:
        self._is_shrinking = is_shrinking

    def _take(self, row: object) -> None:
        self._chosen, self._wanted = self._identity(row), None
        if not self._quiet:
            self.chosen.emit(row)

    def _on_loaded(self) -> None:
        if self._wanted is not None:
            self.choose(self._wanted)
        elif self._unread:
            if (row := self.current()) is not None:
                self._unread = False
                self._take(row)
        elif self._chosen is not None:
            self._stay_with_choice()
        if self._empty is not None:
            self._empty.setVisible(self.rows.rowCount() == 0)
            self._place_empty()

    def _stay_with_choice(self) -> None:
        """Mark the chosen record where the answer has it now; nothing, if the answer leaves it out."""
        now = self.currentIndex()
        row = self.current()
        if row is None and now.isValid():
            return  # its page is not here
        if row is not None and self._identity(row) == self._chosen:
            return
        at = self.rows.find(lambda row: self._identity(row) == self._chosen)
        self._quiet = True
        place = self.rows.index(at, self._first_column()) if at >= 0 else QModelIndex()
        if self.picking is not None and self.picking.count > 1:
            self.selectionModel().setCurrentIndex(place, _FLAGS.NoUpdate)
        else:
            self._go_to(place)
        self._quiet = False

    def _go_to(self, place: QModelIndex) -> None:
        """Choose this row alone; Qt by itself would add it to the choice while Ctrl of a shortcut is down."""
        self.executeDelayedItemsLayout()  # else a list that has just grown does not scroll as far as its end
        self.selectionModel().setCurrentIndex(place, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def _on_head_clicked(self, at: int) -> None:
        key = self.rows.columns[at].key
        if not key:
            return
        order, descending = self.rows.order
        self._show_order(key, descending=not descending if key == order else False)
        self._keep.start()

    def _show_order(self, key: str, *, descending: bool) -> None:
        head = self.horizontalHeader()
        keys = [column.key for column in self.rows.columns]
        head.setSortIndicatorShown(bool(key) and key in keys)
        if key and key in keys:
            way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(key), way)
        self.scrollToTop()
        self.rows.set_order(key, descending=descending)

    def _open_columns(self, at: QPoint) -> None:
        self._column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def open_columns(self) -> None:
        """Show which columns there are to choose from, as a click on the head with the right button does."""
        shown = self._column_menu()
        shown.popup(self.horizontalHeader().mapToGlobal(QPoint(0, self.horizontalHeader().height())))

    def _column_menu(self) -> QMenu:
        shown = QMenu(self)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.rows.columns):
            action = shown.addAction(literal(column.heading or "标记"))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, number=number: self._show_column(number, on=on))
        return shown

    def _show_column(self, number: int, *, on: bool) -> None:
        self.setColumnHidden(number, not on)
        self.layout_changed.emit(self.layout_state())  # at once: the width of the window must not choose over it

    def _hover(self, row: int) -> None:
        if row != self._painter.hover:
            before, self._painter.hover = self._painter.hover, row
            self._repaint(before, row)

    def _repaint(self, *numbers: int) -> None:
        """Paint these rows again and no other: the list is beside every case that is opened."""
        port = self.viewport()
        for number in numbers:
            if number >= 0:
                port.update(0, self.rowViewportPosition(number), port.width(), self.rowHeight(number))

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())


def _name(column: Column[Any]) -> str:
    return column.key or column.heading


def _digit() -> int:
    """Return how wide a digit is in the type of now, in pixels."""
    return QFontMetrics(theme.font()).horizontalAdvance("0")
