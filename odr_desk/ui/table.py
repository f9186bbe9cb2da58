"""A list on the screen: columns from their declarations, rows from a query, the choice bound to its record."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.ui import theme
from odr_desk.ui.cells import Looks, Marks, RowPainter
from odr_desk.ui.column_layout import ColumnLayout
from odr_desk.ui.picking import Picking
from odr_desk.ui.pinned import Pinned
from odr_desk.ui.rows import Fetch, Rows, held

_FLAGS = QItemSelectionModel.SelectionFlag


class Table(QTableView):
    """A list of records.

    `fetch` is the query (see rows.Rows), `identity` tells which record a row is, `marks` gives the
    state mark of a row and `looks` how a cell differs from plain ink. `chosen` carries the row the
    person moved to, `opened` the row of Enter or a double click.
    """

    chosen = Signal(object)
    opened = Signal(object)
    counted = Signal(int)

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
        self.setAccessibleName(name)
        self.rows: Rows[Any] = Rows(columns, fetch or held(columns, ()), self, marks=marks)
        self._identity = identity
        self._empty: QWidget | None = None
        self._wanted: object = None  # to be chosen when it comes
        self._chosen: object = None  # which record is marked; it stays marked when the rows move
        self._unread = False  # the person has gone to a row that has not been read yet
        self._quiet = False
        self._is_shrinking = False
        self._place = 0  # where the chosen record stands, or stood before it left the list
        self._painter = RowPainter(self.rows, marks, looks, self)
        self._set_up(several)
        self.columns = ColumnLayout(self, self.rows, stretch=stretch, has_marks=marks is not None)
        self.rows.rowsAboutToBeRemoved.connect(lambda *_: self._shrink(True))  # before Qt moves on to a row that stays
        self.setModel(self.rows)
        self.rows.rowsRemoved.connect(lambda *_: self._shrink(False))
        self.picking = Picking(self, self.rows, identity) if several else None
        self.rows.loaded.connect(self._on_loaded)
        self.rows.counted.connect(self.counted)
        self.columns.lay()
        self._pinned = Pinned(self)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_fetch(self, fetch: Fetch, order: tuple[str, bool] | None = None) -> None:
        """Show another query, from its beginning; in an order of its own if one is given (key, descending)."""
        self.rows.set_fetch(fetch)
        self._place = 0
        if order is not None:
            self.columns.show_order(order[0], descending=order[1])
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
        self._go_to(self.rows.index(at, self.columns.first()))
        return True

    def step(self, by: int) -> None:
        """Go to the next row (1) or the one before (-1), also from a record that has left the list."""
        if self.currentIndex().isValid():
            at = self.currentIndex().row() + by
        else:  # the row after it has moved up into its place
            at = max(0, min(self._place + min(by, 0), self.rows.rowCount() - 1))
        if 0 <= at < self.rows.rowCount():
            self._go_to(self.rows.index(at, self.columns.first()))

    def set_empty(self, widget: QWidget) -> None:
        """Show this in the middle while there is no row."""
        self._empty = widget
        widget.setParent(self.viewport())
        widget.hide()
        self._place_empty()

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
            self.columns.follow_type()

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
        place = self.rows.index(at, self.columns.first()) if at >= 0 else QModelIndex()
        if self.picking is not None and self.picking.count > 1:
            self.selectionModel().setCurrentIndex(place, _FLAGS.NoUpdate)
        else:
            self._go_to(place)
        self._quiet = False

    def _go_to(self, place: QModelIndex) -> None:
        """Choose this row alone; Qt by itself would add it to the choice while Ctrl of a shortcut is down."""
        self.executeDelayedItemsLayout()  # else a list that has just grown does not scroll as far as its end
        self.selectionModel().setCurrentIndex(place, _FLAGS.ClearAndSelect | _FLAGS.Rows)

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
