"""The queue: search, views with counts, and the list that stays beside every case."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.rules.fields import fields_of
from odr_desk.rules.narrowing import Narrowing, without
from odr_desk.rules.people import Right
from odr_desk.services import narrowing, queue, views
from odr_desk.services.narrowing import Chosen
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui import aim, theme
from odr_desk.ui.actions import Act, menu
from odr_desk.ui.cases import columns, exporting
from odr_desk.ui.cases.bulk_bar import BulkBar
from odr_desk.ui.cases.filter_chips import FilterChips
from odr_desk.ui.cases.own_views import OwnViews
from odr_desk.ui.cases.queue_source import QueueSource
from odr_desk.ui.cases.reasons import Reasons
from odr_desk.ui.cases.view_counter import ViewCounter
from odr_desk.ui.screen import Layout, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, on_ground, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from odr_desk.ui.cases.filter_panel import FilterPanel

LAYOUT = "cases.queue"
Choices = Mapping[str, tuple[tuple[str, str], ...]]
_ROOM_FOR_NUMBER = 400
_ROOM_FOR_AMOUNT = 500
_LEAST = 320
_LEAST_SEARCH = 100  # what the three buttons beside it leave at the roomiest density
_LEAST_LIST = 118  # the head and three rows: the list never disappears
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
        self._counts_due = False
        self._panel: FilterPanel | None = None
        self.search = SearchBox("编号、姓名、尾号、商户首字母")
        self.search.searched.connect(self._search)
        self.new = Button("登记", icon="plus", clicked=self.wanted.emit)
        if not self._may_write():
            self.new.hide()
        self._filtering = Button("", icon="filter", says="筛选", clicked=self.toggle_filter)
        self._more = Button("", icon="more", says="列表：导出、导入、选择列、视图", clicked=self.open_menu)
        self.chips = self._make_chips()
        self.own = OwnViews(shell)
        self.own.wanted.connect(self.show_filter)
        self.own.changed.connect(self._on_own_views)
        self.narrowed = FilterChips()
        self.narrowed.removed.connect(lambda names: self._set_filter(without(self._filter, *names)))
        self.narrowed.cleared.connect(self._widen)
        self._counter = ViewCounter(shell, self._base, self)
        self._counter.counted.connect(self.chips.set_counts)
        self._reasons = Reasons(shell.desk, self)
        self._source = QueueSource(shell.desk, lambda: self._filter, self._reasons, self)
        self.table = self._make_table()
        self._reasons.known.connect(self.table.viewport().update)
        self.table.rows.loaded.connect(self._count_if_due)
        self.search.left_down.connect(self.table.setFocus)
        assert self.table.picking is not None  # noqa: S101 - made with several
        self.bulk = BulkBar(shell, self.table.picking)
        self.bulk.export.connect(self._export_chosen)
        self.setMinimumWidth(_LEAST)
        self._lay()
        self._take_layout()
        self.table.columns.changed.connect(self._keep_layout)
        self.table.columns.redressed.connect(lambda: self.set_width(self.width()))

    def show_view(self, code: str) -> None:
        """Show the cases of a view, narrowed as the list is now; a view of one's own is left with what narrows it."""
        self._set_filter(queue.seen_as(self._base(), code))

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show exactly these cases, as a figure, a merchant's file or a view of one's own asks for them."""
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
        """Read list, views and counts again; the chosen case stays chosen."""
        self.table.reload()
        self.own.refresh()
        self.count()

    def export(self) -> None:
        """Write what the list shows, all of it, into a workbook."""
        self._export()

    def acts(self) -> tuple[Act, ...]:
        """Return what can be done with the list as a whole, for keys and for its menu."""
        return (
            Act("筛选", self.toggle_filter, icon="filter", shortcut="Ctrl+L"),
            Act("导出这个列表", self.export, icon="download", shortcut="Ctrl+E"),
            Act("导入平台投诉", self._import, icon="inbox", shortcut="Ctrl+I", right=Right.PREVIEW_IMPORTS),
            Act("选择列", self.table.columns.open_menu, shortcut="Ctrl+Shift+L"),
            Act("恢复原来的列", self._reset_columns),
            Act("把现在的筛选存为视图…", self.keep_view, shortcut="Ctrl+Shift+S"),
        )

    def open_menu(self) -> None:
        """Show what can be done with the list."""
        actor = self._shell.desk.actor
        shown = menu(self, (act for act in (*self.acts()[1:], *self.own.acts()) if act.is_for(actor)))
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _import(self) -> None:
        self._shell.open("imports", "platform")

    def keep_view(self) -> None:
        """Ask under which name the present filter is kept."""
        self.own.keep(self._filter)

    def toggle_filter(self) -> None:
        """Open what narrows the list, or put it away; the list stays below it."""
        panel = self._panel or self._make_panel()
        if panel.isVisible():
            self._put_panel_away()
            return
        panel.show()
        self._tint_filter()
        self._shell.desk.read(self, narrowing.choices, self._offer)

    def count(self) -> None:
        """Count all views."""
        self._counter.count()

    def set_width(self, width: int) -> None:
        """Show the columns that have room in this width."""
        if not self._own_columns:
            names = columns.NARROWEST if width < theme.wide(_ROOM_FOR_NUMBER) else columns.NARROW
            self.table.columns.show_only(*(columns.WIDE if width >= theme.wide(_ROOM_FOR_AMOUNT) else names))
        self.search.setPlaceholderText(
            "编号、姓名、尾号、商户首字母" if width >= theme.wide(_ROOM_FOR_NUMBER) else "编号、姓名、商户"
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_width(self.width())

    def _make_chips(self) -> Chips:
        chips = Chips()
        for view in views.VIEWS:
            chips.add(view.code, view.title, view.mark.value if view.mark else "")
        chips.choose("open")
        chips.chosen.connect(self.show_view)
        return chips

    def _lay(self) -> None:
        self.search.setMinimumWidth(_LEAST_SEARCH)
        top = row(self.search, self._filtering, self._more, self.new, margins=(12, 8, 12, 4), gap=6)
        self._filters = column(self.chips, self.own, self.narrowed, margins=(12, 0, 12, 0), gap=4)
        laid = column(top, 2, self._filters, 2, self.table, self.bulk, gap=0)
        laid.setStretch(4, 1)
        self._laid = laid
        self.setLayout(laid)

    def _may_write(self) -> bool:
        return self._shell.desk.actor.may(Right.WRITE_CASES)

    def _widen(self) -> None:
        self._set_filter(CaseFilter(view=self._filter.view, text=self._filter.text))

    def _base(self) -> CaseFilter:
        """Return what the views of the desk stand for now: themselves, or themselves narrowed as the list is."""
        return CaseFilter() if self.own.is_shown else self._filter

    def _make_panel(self) -> "FilterPanel":
        from odr_desk.ui.cases.filter_panel import FilterPanel  # made when it is first wanted

        panel = self._panel = FilterPanel(self._shell)
        panel.changed.connect(self._narrow)
        panel.left.connect(self._put_panel_away)
        panel.kept.connect(self.keep_view)
        panel.hide()
        self._laid.insertWidget(1, panel)
        self._laid.setStretch(5, 1)
        return panel

    def _offer(self, choices: Choices) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._panel.set_choices(choices)
            self._say_what_narrows()
            self._panel.begin()

    def _put_panel_away(self) -> None:
        if self._panel is not None:
            self._panel.hide()
        self._tint_filter()
        self.table.setFocus()

    def _tint_filter(self) -> None:
        """Show on the button whether something narrows the list, or is about to."""
        is_open = self._panel is not None and self._panel.isVisible()
        self._filtering.set_icon("filter", "accent" if is_open or not self.narrowed.isHidden() else "secondary")

    def _narrow(self, wanted: Narrowing) -> None:
        fields = {field.name: getattr(wanted, field.name) for field in fields_of(Narrowing)}
        self._set_filter(replace(self._filter, **fields))

    def _export(self, numbers: tuple[str, ...] = ()) -> None:
        view = views.BY_CODE[self._filter.view].title
        name = f"投诉件 {self.own.is_shown or view} {this_day():%m-%d}"
        wanted = self._ordered(*self.table.rows.order)
        exporting.save(self._shell, self, name, wanted, self._shown_columns(), numbers)

    def _export_chosen(self) -> None:
        if self.table.picking is not None:
            self._export(self.table.picking.identities())

    def _reset_columns(self) -> None:
        self.table.columns.reset()
        self._own_columns = False
        self.set_width(self.width())
        self._keep_layout(self.table.columns.state())

    def _make_table(self) -> Table:
        table = Table(
            "投诉件队列",
            columns.QUEUE,
            self._source.fetch,
            identity=lambda row: row.number,
            marks=lambda row: row.mark.value,
            looks=self._reasons.look,
            stretch="事由",
            several=True,
        )
        table.setMinimumHeight(_LEAST_LIST)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        link = "登记" if self._may_write() else ""
        self.empty = Empty("这里没有投诉件", "换一个筛选，或登记新的", link=link, clicked=self.wanted.emit)
        table.set_empty(self.empty)
        table.chosen.connect(self.chosen)
        table.opened.connect(self._show_hit)
        return table

    def _show_hit(self, chosen: CaseRow) -> None:
        """Go to the place in the case for which the search has found it."""
        if (hit := self._reasons.of(chosen)) is not None:
            self._shell.open("cases", aim.at(hit))

    def _ordered(self, order: str, descending: bool) -> CaseFilter:
        return replace(self._filter, sort=order or "due", descending=descending)

    def _shown_columns(self) -> tuple[Column[CaseRow], ...]:
        known = {column.key or column.heading: column for column in columns.QUEUE}
        return tuple(known[entry["name"]] for entry in self.table.columns.state()["columns"] if not entry["hidden"])

    def _search(self, text: str) -> None:
        """Look for words everywhere; without words go back to the view from before."""
        if text == self._filter.text:
            return
        if text and not self._filter.text:
            self._view_before = self._filter.view
        self._set_filter(replace(self._base(), view="all" if text else self._view_before, text=text))

    def _set_filter(self, wanted: CaseFilter) -> None:
        order = self._order_for(wanted.text)
        self._filter = wanted
        self._mark_view()
        self._counts_due = self._counter.is_due
        self.table.set_fetch(self._source.fetch, order)
        self._say_what_narrows()

    def _mark_view(self) -> None:
        is_own = self.own.show_filter(self._filter)
        self.chips.choose(*(() if is_own else (self._filter.view,)))

    def _on_own_views(self) -> None:
        """Count anew when the views of the desk now stand for something else than before."""
        self._mark_view()
        if self._counter.is_due:
            self.count()

    def _count_if_due(self) -> None:
        """Count once the rows are here, which people wait for."""
        if self._counts_due:
            self._counts_due = False
            self.count()

    def _say_what_narrows(self) -> None:
        wanted = self._filter
        if not queue.is_narrowed(wanted):
            self._show_chosen(wanted, ())
            return
        self._shell.desk.read(
            self, lambda work: narrowing.chosen(work, wanted), lambda chosen: self._show_chosen(wanted, chosen)
        )

    def _show_chosen(self, wanted: CaseFilter, chosen: tuple[Chosen, ...]) -> None:
        if wanted != self._filter:
            return
        self.narrowed.show_chosen(chosen)
        self._tint_filter()
        if self._panel is not None and self._panel.isVisible():
            shop = next((one.words.partition("：")[2] for one in chosen if "merchant_no" in one.names), "")
            self._panel.show_filter(wanted, shop)

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
        self.table.columns.restore(kept)


def _shown(kept: Layout) -> frozenset[str]:
    return frozenset(entry["name"] for entry in kept["columns"] if not entry["hidden"])
