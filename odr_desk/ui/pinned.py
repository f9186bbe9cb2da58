"""The first column of a list that is wider than its place: it stays while the others scroll past."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from odr_desk.ui.cells import Head


class Pinned(QTableView):
    """Lies over the left edge of a list and shows its first column, only while that is scrolled away."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setAccessibleName(table.accessibleName())
        self.setProperty("pinned", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(Head(self))
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(table.itemDelegate())
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.place)
        self.doubleClicked.connect(table.doubleClicked)
        self.hide()

    def place(self) -> None:
        """Lie where the first column would be, if it has been scrolled away."""
        table = self._table
        scrolled = table.horizontalScrollBar().value() > 0
        self.setVisible(scrolled)
        if not scrolled:
            return
        theirs = table.horizontalHeader()
        first = next(at for at in map(theirs.logicalIndex, range(theirs.count())) if not table.isColumnHidden(at))
        mine = self.horizontalHeader()
        for at in range(theirs.count()):
            self.setColumnHidden(at, at != first)
        mine.moveSection(mine.visualIndex(first), 0)
        if isinstance(theirs, Head) and isinstance(mine, Head):
            mine.indent = theirs.indent
        self.setColumnWidth(first, table.columnWidth(first))
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        corner = table.viewport().geometry().topLeft()
        high = table.viewport().height() + theirs.height()
        self.setGeometry(corner.x(), corner.y() - theirs.height(), table.columnWidth(first) + 1, high)
        mine.setFixedHeight(theirs.height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.raise_()
