"""协议登记: every agreement by its number, the void ones with their reason."""

from odr_desk.services import agreement_file
from odr_desk.services.agreement_file import AgreementFilter, AgreementView
from odr_desk.ui.aim import Aim
from odr_desk.ui.rows import Ask, Failed, Then, read_window
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.agreement_panel import AgreementPanel
from odr_desk.ui.settlements.board import Board
from odr_desk.ui.settlements.columns import AGREEMENTS, agreement_look, agreement_mark
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.empty import Empty

LAYOUT = "agreements.register"
_NARROW = ("number", "signed", "merchant", "total", "履行")


class AgreementBoard(Board):
    """Lists agreements and shows one."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._filter = AgreementFilter()
        self.panel = AgreementPanel(shell)
        table = Table(
            "协议登记",
            AGREEMENTS,
            self._fetch,
            identity=lambda row: row.number,
            marks=agreement_mark,
            looks=agreement_look,
            stretch="merchant",
        )
        super().__init__(shell, table, self.panel, LAYOUT, narrow=_NARROW, spare=("signed", "total"))
        self.offer([(view.value, view.label, "") for view in AgreementView], self._filter.view.value)
        self.filtered.connect(self._on_view)
        self.shown.connect(self.panel.show_agreement)
        self.table.opened.connect(lambda row: shell.open("papers", {"agreement": row.number}))
        self.panel.voided.connect(self.refresh)
        self.table.set_empty(Empty("还没有协议", "在投诉件上点“出协议”", icon="deal"))

    def refresh(self) -> None:
        """Read the list and the counts again; place and choice stay."""
        self.table.reload()
        self._count()

    def search(self, text: str) -> None:
        """Narrow the list to what these words are found in."""
        self._filter = AgreementFilter(view=self._filter.view, text=text)
        self._ask()

    def go_to(self, number: str) -> None:
        """Show one agreement."""
        self._filter = AgreementFilter()
        self.chips.choose(self._filter.view.value)
        self._ask()
        self.table.choose(number)

    def point_out(self, aim: Aim) -> None:
        """Show the agreement of this number with the words in its clauses marked."""
        self.panel.point_out(aim)
        self.go_to(aim.number)

    def _fetch(self, ask: Ask, then: Then, failed: Failed) -> None:
        order, down = (ask.order, ask.descending) if ask.order else ("number", True)
        wanted = AgreementFilter(view=self._filter.view, text=self._filter.text, sort=order, descending=down)
        read_window(
            self._shell.desk, self, lambda work, *page: agreement_file.window(work, wanted, *page), (ask, then, failed)
        )

    def _ask(self) -> None:
        """Show another list from its beginning."""
        self.table.set_fetch(self._fetch)
        self._count()

    def _count(self) -> None:
        self._shell.desk.survey(self, agreement_file.counts, self.show_counts)

    def _on_view(self, code: str) -> None:
        self._filter = AgreementFilter(view=AgreementView(code), text=self._filter.text)
        self._ask()
