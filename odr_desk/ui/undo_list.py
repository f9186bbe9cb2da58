"""撤销: the strip's way back, and the list of one's own last steps."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.rules.moments import show_moment
from odr_desk.services import undoing
from odr_desk.services.undoing import StepRow, Undone
from odr_desk.ui import ask
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.words import Words

COLUMNS: tuple[Column[StepRow], ...] = (
    Column("时间", lambda row: row.at, show=show_moment, width=16),
    Column("做了什么", lambda row: row.label, width=14),
    Column("哪一件", lambda row: row.subject, width=24),
)
_WIDE, _HIGH = 560, 300


def of_step(shell: Shell, verb: str, step: int) -> Callable[[], object] | None:
    """Return what takes a step back, None when it cannot be."""
    return partial(undo, shell, step) if step and undoing.is_undoable(verb) else None


def undo(shell: Shell, step: int) -> None:
    """Take a step back; the strip that says so offers to do it again."""
    shell.desk.write(
        shell.desk,
        lambda work: undoing.undo(work, step),
        lambda done: shell.say(done.words),
        shell.refuse,
        verb=undoing.UNDO,
    )


def show(shell: Shell) -> None:
    """List one's own last steps; the chosen one is taken back."""
    shell.desk.read(shell.desk, undoing.recent, lambda rows: ask.show(UndoList(shell, rows)), shell.refuse)


class UndoList(Dialog):
    """One's own last steps, the newest on top and chosen."""

    def __init__(self, shell: Shell, rows: tuple[StepRow, ...]) -> None:
        self._shell = shell
        self.table: Table = Table("最近的步骤", COLUMNS, identity=lambda row: row.id, stretch="哪一件")
        self.table.setMinimumHeight(_HIGH)
        body = column(
            Words("只列您自己的步骤。后来别人改过的不能撤销，会告诉您是谁、什么时候。", "secondary", wrap=True),
            self.table if rows else Empty("最近没有可以撤销的步骤", "协议、付款和文书请用“作废”，写明原因"),
            gap=8,
        )
        parent = shell if isinstance(shell, QWidget) else None
        super().__init__("撤销哪一步？", body, do="撤销这一步", keep="关闭", closes=False, width=_WIDE, parent=parent)
        self.table.set_rows(rows)
        if rows:
            self.table.choose(rows[0].id)
        self.do.setEnabled(bool(rows))
        self.submitted.connect(self._undo)
        self.table.opened.connect(lambda _row: self.submit())

    def _undo(self) -> None:
        row = self.table.current()
        if row is None:
            return
        self.set_busy(True)
        self._shell.desk.write(
            self, lambda work: undoing.undo(work, row.id), self._done, self._refused, verb=undoing.UNDO
        )

    def _done(self, done: Undone) -> None:
        self.accept()
        self._shell.say(done.words)

    def _refused(self, error: DeskError) -> None:
        self.show_error(error)
