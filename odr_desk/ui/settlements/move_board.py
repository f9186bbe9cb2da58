"""转入移送: every case that came from another body, went to one, or was given back."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.transfer import Direction
from odr_desk.services import transfers
from odr_desk.services.transfers import TransferRow
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
_ALL, _WAITING = "all", "waiting"
_NARROW = ("on", "direction", "body", "case", "received")
_WIDE_FROM = 1200


class MoveBoard(Board):
    """Lists the moves, the latest first; they are few, so all of them are read at once."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._rows: tuple[TransferRow, ...] = ()
        self._view = _ALL
        self._text = ""
        self.panel = MovePanel(shell)
        table = Table("转入移送", MOVES, identity=lambda row: row.id, marks=move_mark, looks=move_look, stretch="body")
        super().__init__(shell, table, self.panel, LAYOUT)
        self._kept = shell.layout_of(LAYOUT) is not None
        ways = [(way.value, way.label, "") for way in Direction]
        self.offer([(_ALL, "全部", ""), (_WAITING, "待收讫", "act"), *ways], _ALL)
        self.filtered.connect(self._on_view)
        self.shown.connect(self.panel.show_move)
        self.table.opened.connect(lambda row: shell.open("cases", row.case_no))
        self.table.set_empty(Empty("没有转入和移送", "在投诉件的其他操作里登记转入、移送、退回", icon="swap"))

    def refresh(self) -> None:
        """Read the register again."""
        text = self._text
        self._shell.desk.read(self, lambda work: transfers.register(work, text=text), self._take)

    def search(self, text: str) -> None:
        """Narrow the list to what these words are found in."""
        self._text = text
        self.refresh()

    def set_room(self, width: int) -> None:
        """Show what a window of this width has room for."""
        super().set_room(width)
        if not self._kept:
            names = [column.key or column.heading for column in MOVES] if width >= _WIDE_FROM else _NARROW
            self.table.show_only(*names)

    def _take(self, rows: tuple[TransferRow, ...]) -> None:
        self._rows = rows
        self.show_counts({code: sum(_is(row, code) for row in rows) for code in (_ALL, _WAITING, *Direction)})
        self._show()

    def _show(self) -> None:
        self.table.set_rows([row for row in self._rows if _is(row, self._view)])

    def _on_view(self, code: str) -> None:
        self._view = code
        self._show()


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


def _is(move: TransferRow, view: str) -> bool:
    return view == _ALL or (move.is_waiting if view == _WAITING else move.direction.value == view)
