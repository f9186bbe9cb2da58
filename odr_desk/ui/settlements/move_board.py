"""转入移送: every case that came from another body, went to one, or was given back."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from odr_desk.rules.transfer import Direction
from odr_desk.services import transfer_list
from odr_desk.services.transfer_list import ALL, WAITING, MoveFilter
from odr_desk.services.transfers import TransferRow
from odr_desk.ui.rows import Ask, Failed, Then, read_window
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.board import Board
from odr_desk.ui.settlements.columns import MOVES, move_look, move_mark, tail
from odr_desk.ui.table import Table
from odr_desk.ui.transfers.moves import Moves
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.words import Words

LAYOUT = "agreements.moves"
_NARROW = ("on", "direction", "body", "case", "received")


class MoveBoard(Board):
    """Lists the moves, the latest first."""

    def __init__(self, shell: Shell) -> None:
        self._desk = shell.desk
        self._filter = MoveFilter()
        self.panel = MovePanel(shell)
        table = Table(
            "转入移送",
            MOVES,
            self._fetch,
            identity=lambda row: row.id,
            marks=move_mark,
            looks=move_look,
            stretch="body",
        )
        super().__init__(shell, table, self.panel, LAYOUT, narrow=_NARROW)
        ways = [(way.value, way.label, "") for way in Direction]
        self.offer([(ALL, "全部", ""), (WAITING, "待收讫", "act"), *ways], ALL)
        self.filtered.connect(self._on_view)
        self.shown.connect(self.panel.show_move)
        self.table.opened.connect(lambda row: shell.open("cases", row.case_no))
        self.table.set_empty(Empty("没有转入和移送", "在投诉件的其他操作里登记转入、移送、退回", icon="swap"))

    def refresh(self) -> None:
        """Read the register again; place and choice stay."""
        self.table.reload()
        self._count()

    def search(self, text: str) -> None:
        """Narrow the list to what these words are found in."""
        self._filter = replace(self._filter, text=text)
        self._ask()

    def _fetch(self, ask: Ask, then: Then, failed: Failed) -> None:
        order, down = (ask.order, ask.descending) if ask.order else ("on", True)
        wanted = replace(self._filter, sort=order, descending=down)
        read_window(
            self._desk, self, lambda work, *page: transfer_list.window(work, wanted, *page), (ask, then, failed)
        )

    def _ask(self) -> None:
        """Show another list from its beginning."""
        self.table.set_fetch(self._fetch)
        self._count()

    def _count(self) -> None:
        text = self._filter.text
        self._desk.survey(self, lambda work: transfer_list.counts(work, text), self.show_counts)

    def _on_view(self, code: str) -> None:
        self._filter = replace(self._filter, view=code)
        self._ask()


class MovePanel(QWidget):
    """One case with all its moves."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._shell = shell
        self._case_no = ""
        self._who = Words("", "title", elide=True)
        self._case = Button("", "link", clicked=lambda: shell.open("cases", self._case_no))
        self._about = Words("", "secondary", wrap=True)
        self.moves = Moves(shell)
        head = row(self._who, self._case)
        head.setStretch(0, 1)
        body = column(panel(head), self._about, line(), self.moves, None, margins=(16, 12, 16, 12), gap=8)
        self._whole = scroll(body)
        self._nothing = Empty("没有选中的记录", "在左边选一条，这里看去向、登记收讫", icon="swap")
        self.setLayout(column(self._whole, self._nothing, gap=0))
        self.show_move(None)

    def show_move(self, move: TransferRow | None) -> None:
        """Show the case of a move."""
        self._nothing.setVisible(move is None)
        self._whole.setVisible(move is not None)
        if move is None:
            return
        self._case_no = move.case_no
        self._who.setText(move.merchant)
        self._case.setText(tail(move.case_no))
        self._case.setAccessibleName(f"打开投诉件 {move.case_no}")
        self._about.setText(move.subject)
        self.moves.show_case(move.case_no)
