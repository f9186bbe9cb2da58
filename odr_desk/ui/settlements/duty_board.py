"""履行事项: what is due, by day, and the payment to write down beside it."""

from PySide6.QtCore import Signal

from odr_desk.services import duty_list
from odr_desk.services.duty_list import DutyFilter, DutyView
from odr_desk.ui import duty_state
from odr_desk.ui.rows import Ask, Failed, Then, read_window
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.board import Board
from odr_desk.ui.settlements.columns import DUTIES, duty_look
from odr_desk.ui.settlements.duty_panel import DutyPanel
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.empty import Empty

LAYOUT = "agreements.duties"
_STATES = {DutyView.LATE: "late", DutyView.TODAY: "act", DutyView.SOON: "wait"}
_NARROW = ("due", "merchant", "事项", "内容", "未付")


class DutyBoard(Board):
    """Lists duties and registers their performance."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        self._desk = shell.desk
        self._filter = DutyFilter()
        self.panel = DutyPanel(shell)
        table = Table(
            "履行事项",
            DUTIES,
            self._fetch,
            identity=lambda row: row.id,
            marks=duty_state.mark,
            looks=duty_look,
            stretch="内容",
        )
        super().__init__(shell, table, self.panel, LAYOUT, narrow=_NARROW)
        self.offer([(view.value, view.label, _STATES.get(view, "")) for view in DutyView], self._filter.view.value)
        self.filtered.connect(self._on_view)
        self.shown.connect(self.panel.show_duty)
        self.table.opened.connect(lambda _row: self.panel.focus_amount())
        self.table.counted.connect(self._on_counted)
        self.panel.performed.connect(self.refresh)
        self._empty = Empty("没有要履行的事项", "出协议以后，每一项会列在这里，到期提醒", icon="deal")
        self.table.set_empty(self._empty)

    def refresh(self) -> None:
        """Read the list and the counts again; place and choice stay."""
        self.table.reload()
        self._count()

    def show_only(self, *, view: DutyView, text: str = "") -> None:
        """Show one filter."""
        self._filter = DutyFilter(view=view, text=text)
        self.chips.choose(view.value)
        self._ask()

    def search(self, text: str) -> None:
        """Narrow the list to what these words are found in."""
        self._filter = DutyFilter(view=DutyView.ALL if text else self._filter.view, text=text)
        self.chips.choose(self._filter.view.value)
        self._ask()

    def _fetch(self, ask: Ask, then: Then, failed: Failed) -> None:
        wanted = DutyFilter(
            view=self._filter.view, text=self._filter.text, sort=ask.order or "due", descending=ask.descending
        )
        read_window(self._desk, self, lambda work, *page: duty_list.window(work, wanted, *page), (ask, then, failed))

    def _ask(self) -> None:
        """Show another list from its beginning."""
        self.table.set_fetch(self._fetch)
        self._count()

    def _count(self) -> None:
        self._desk.survey(self, duty_list.counts, self.show_counts)

    def _on_view(self, code: str) -> None:
        self._filter = DutyFilter(view=DutyView(code), text=self._filter.text)
        self._ask()

    def _on_counted(self, total: int) -> None:
        if not total:
            said = "没有找到" if self._filter.text else "没有要履行的事项"
            self._empty.set_words(said, "换个词，或点“全部”" if self._filter.text else "出协议以后，每一项会列在这里")
