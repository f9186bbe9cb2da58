"""The queue: search, views with counts, and the list that stays beside every case."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.services import queue, views
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui.cases import columns
from odr_desk.ui.latest import Latest
from odr_desk.ui.rows import Ask, Then
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, on_ground, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.search_box import SearchBox

LAYOUT = "cases.queue"
_ROOM_FOR_NUMBER = 400
_ROOM_FOR_AMOUNT = 500
_LEAST = 320


class Queue(QWidget):
    """The list of cases; `chosen` carries the row moved to, `wanted` says that a new case is to be taken down."""

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._filter = CaseFilter()
        self._counts = Latest(shell.desk, self)
        self.search = SearchBox("编号、姓名、尾号、商户首字母")
        self.search.searched.connect(self._search)
        self.new = Button("登记", icon="plus", clicked=self.wanted.emit)
        self.chips = Chips()
        for view in views.VIEWS:
            self.chips.add(view.code, view.title, view.mark.value if view.mark else "")
        self.chips.choose("open")
        self.chips.chosen.connect(self.show_view)
        self.table = self._make_table()
        self.search.left_down.connect(self.table.setFocus)
        self.setMinimumWidth(_LEAST)
        top = row(self.search, self.new, margins=(12, 8, 12, 6))
        self.setLayout(column(top, row(self.chips, margins=(12, 0, 12, 0)), 2, self.table, gap=0))

    def show_view(self, code: str) -> None:
        """Show the cases of a view."""
        self.chips.choose(code)
        self._filter = replace(self._filter, view=code)
        self.table.set_fetch(self._fetch)

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show exactly these cases, as a figure or a merchant's file asks for them."""
        self._filter = wanted
        self.chips.choose(wanted.view)
        self.table.set_fetch(self._fetch)

    @property
    def shown(self) -> CaseFilter:
        """Return the filter the list shows."""
        return self._filter

    def refresh(self) -> None:
        """Read list and counts again; the chosen case stays chosen."""
        self.table.reload()
        self.count()

    def count(self) -> None:
        """Count all views, off the thread that types."""
        codes = tuple(view.code for view in views.VIEWS)
        self._shell.desk.survey(self, lambda work: views.counts(work, codes), self.chips.set_counts)

    def set_width(self, width: int) -> None:
        """Show the columns that have room in this width."""
        names = columns.NARROWEST if width < _ROOM_FOR_NUMBER else columns.NARROW
        self.table.show_only(*(columns.WIDE if width >= _ROOM_FOR_AMOUNT else names))
        self.search.setPlaceholderText(
            "编号、姓名、尾号、商户首字母" if width >= _ROOM_FOR_NUMBER else "编号、姓名、商户"
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_width(self.width())

    def _make_table(self) -> Table:
        table = Table(
            "投诉件队列",
            columns.QUEUE,
            self._fetch,
            identity=lambda row: row.number,
            marks=lambda row: row.mark.value,
            looks=columns.look,
            stretch="事由",
        )
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.set_empty(Empty("这里没有投诉件", "换一个筛选，或登记新的", link="登记", clicked=self.wanted.emit))
        table.chosen.connect(self.chosen)
        return table

    def _fetch(self, ask: Ask, then: Then) -> None:
        wanted = replace(self._filter, sort=ask.order or "due", descending=ask.descending)

        def read(work: object) -> tuple[int, tuple[CaseRow, ...]]:
            total = queue.count(work, wanted)  # type: ignore[arg-type]
            return total, queue.page(work, wanted, ask.offset, ask.limit, total)  # type: ignore[arg-type]

        self._shell.desk.read(self, read, lambda found: then(*found))

    def _search(self, text: str) -> None:
        self._filter = replace(self._filter, text=text, view="all" if text.strip() else "open")
        self.chips.choose(self._filter.view)
        self.table.set_fetch(self._fetch)
