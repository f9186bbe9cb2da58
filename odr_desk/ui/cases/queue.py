"""The queue: search, views with counts, and the list that stays beside every case."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Right
from odr_desk.services import case_export, queue, views
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui import ask
from odr_desk.ui.cases import columns
from odr_desk.ui.latest import Latest
from odr_desk.ui.rows import Ask, Then
from odr_desk.ui.screen import Layout, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

LAYOUT = "cases.queue"
_ROOM_FOR_NUMBER = 400
_ROOM_FOR_AMOUNT = 500
_LEAST = 320
_HITS = ("number", True)
"""The order of what was found by words: the newest first, which the index gives without sorting."""


class Queue(QWidget):
    """The list of cases; `chosen` carries the row moved to, `wanted` says that a new case is to be taken down."""

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._filter = CaseFilter()
        self._view_before = self._filter.view
        self._order_before: tuple[str, bool] | None = None  # the person's own, while hits are shown in theirs
        self._own_columns = False
        self._counts = Latest(shell.desk, self)
        self.search = SearchBox("编号、姓名、尾号、商户首字母")
        self.search.searched.connect(self._search)
        self.new = Button("登记", icon="plus", clicked=self.wanted.emit)
        if not self._may_write():
            self.new.hide()
        self._download = Button("", icon="download", says="导出这个列表", clicked=self.export)
        self.chips = Chips()
        for view in views.VIEWS:
            self.chips.add(view.code, view.title, view.mark.value if view.mark else "")
        self.chips.choose("open")
        self.chips.chosen.connect(self.show_view)
        self._narrowed = panel(
            row(
                Icon("filter", "accent"),
                Words("另有筛选条件", "small"),
                None,
                Button("不筛了", "link", clicked=self._widen),
                gap=6,
            )
        )
        self._narrowed.hide()
        self.table = self._make_table()
        self.search.left_down.connect(self.table.setFocus)
        self.setMinimumWidth(_LEAST)
        top = row(self.search, self._download, self.new, margins=(12, 8, 12, 6))
        filters = column(self.chips, self._narrowed, margins=(12, 0, 12, 0), gap=2)
        laid = column(top, filters, 2, self.table, gap=0)
        laid.setStretch(3, 1)
        self.setLayout(laid)
        self._take_layout()
        self.table.layout_changed.connect(self._keep_layout)

    def show_view(self, code: str) -> None:
        """Show the cases of a view, narrowed by what is being looked for."""
        self._set_filter(CaseFilter(view=code, text=self._filter.text))

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show exactly these cases, as a figure or a merchant's file asks for them."""
        self._set_filter(wanted)
        self.search.setText(wanted.text)

    def look_for(self, words: str) -> None:
        """Look for words in all cases."""
        self.search.setText(words)
        self.search.say_now()

    @property
    def shown(self) -> CaseFilter:
        """Return the filter the list shows."""
        return self._filter

    def refresh(self) -> None:
        """Read list and counts again; the chosen case stays chosen."""
        self.table.reload()
        self.count()

    def export(self) -> None:
        """Write what the list shows, all of it, into a workbook."""
        name = f"投诉件 {views.BY_CODE[self._filter.view].title} {this_day():%m-%d}.xlsx"
        path = ask.save_file(self, "导出列表", name, "Excel 工作簿 (*.xlsx)")
        if path is None:
            return
        file = path if path.suffix else path.with_suffix(".xlsx")
        wanted, shown = self._ordered(*self.table.rows.order), self._shown_columns()
        running = self._shell.run("正在导出 Excel")

        def done(count: int) -> None:
            running.finish()
            self._shell.desk.write(
                self,
                lambda work: case_export.note(work, count, file.name),
                lambda _: self._shell.say(f"已导出 {count:,} 件到 {file.name}"),
                verb="case.export",
            )

        def failed(error: DeskError) -> None:
            running.finish()
            self._shell.refuse(error)

        self._shell.desk.survey(
            self, lambda work: case_export.save(work, wanted, shown, file, running.progress), done, failed
        )

    def count(self) -> None:
        """Count all views, off the thread that types."""
        codes = tuple(view.code for view in views.VIEWS)
        self._shell.desk.survey(self, lambda work: views.counts(work, codes), self.chips.set_counts)

    def set_width(self, width: int) -> None:
        """Show the columns that have room in this width."""
        if not self._own_columns:
            names = columns.NARROWEST if width < _ROOM_FOR_NUMBER else columns.NARROW
            self.table.show_only(*(columns.WIDE if width >= _ROOM_FOR_AMOUNT else names))
        self.search.setPlaceholderText(
            "编号、姓名、尾号、商户首字母" if width >= _ROOM_FOR_NUMBER else "编号、姓名、商户"
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_width(self.width())

    def _may_write(self) -> bool:
        return self._shell.desk.actor.may(Right.WRITE_CASES)

    def _widen(self) -> None:
        self.show_view(self._filter.view)

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
        link = "登记" if self._may_write() else ""
        self.empty = Empty("这里没有投诉件", "换一个筛选，或登记新的", link=link, clicked=self.wanted.emit)
        table.set_empty(self.empty)
        table.chosen.connect(self.chosen)
        return table

    def _ordered(self, order: str, descending: bool) -> CaseFilter:
        return replace(self._filter, sort=order or "due", descending=descending)

    def _shown_columns(self) -> tuple[Column[CaseRow], ...]:
        known = {column.key or column.heading: column for column in columns.QUEUE}
        return tuple(known[entry["name"]] for entry in self.table.layout_state()["columns"] if not entry["hidden"])

    def _fetch(self, question: Ask, then: Then) -> None:
        wanted = self._ordered(question.order, descending=question.descending)

        def read(work: "Work") -> tuple[int, tuple[CaseRow, ...]]:
            total = queue.count(work, wanted)
            return total, queue.page(work, wanted, question.offset, question.limit, total)

        self._shell.desk.read(self, read, lambda found: then(*found))

    def _search(self, text: str) -> None:
        """Look for words everywhere; without words go back to the view from before."""
        if text == self._filter.text:
            return
        if text and not self._filter.text:
            self._view_before = self._filter.view
        self._set_filter(CaseFilter(view="all" if text else self._view_before, text=text))

    def _set_filter(self, wanted: CaseFilter) -> None:
        order = self._order_for(wanted.text)
        self._filter = wanted
        self.chips.choose(wanted.view)
        self._narrowed.setVisible(wanted != CaseFilter(view=wanted.view, text=wanted.text))
        self.table.set_fetch(self._fetch, order)

    def _order_for(self, text: str) -> tuple[str, bool] | None:
        """Return the order to change to: that of hits when a search begins, one's own when it has ended."""
        if text and self._order_before is None:
            self._order_before = self.table.rows.order
            return _HITS
        if not text and self._order_before is not None:
            order, self._order_before = self._order_before, None
            return order
        return None

    def _keep_layout(self, kept: Layout) -> None:
        """Remember what this person arranged; only columns of one's own choice stay when the width changes."""
        self._own_columns = self._own_columns or _shown(kept) not in columns.BY_WIDTH
        own: Layout = {"own": self._own_columns}
        if self._order_before is not None:
            own = {**own, "order": self._order_before[0], "descending": self._order_before[1]}
        self._shell.keep_layout(LAYOUT, {**kept, **own})

    def _take_layout(self) -> None:
        kept = self._shell.layout_of(LAYOUT)
        self._own_columns = bool(kept and kept.get("own"))
        self.table.restore(kept)


def _shown(kept: Layout) -> frozenset[str]:
    return frozenset(entry["name"] for entry in kept["columns"] if not entry["hidden"])
