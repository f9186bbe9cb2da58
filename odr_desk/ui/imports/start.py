"""Where an import begins: a place to drop a file, and the imports made before."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.services import import_batches
from odr_desk.services.import_batches import BatchRow
from odr_desk.services.import_source import WORKBOOKS
from odr_desk.ui import ask
from odr_desk.ui.cells import Look
from odr_desk.ui.imports.columns import BATCHES
from odr_desk.ui.imports.kinds import Kind
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class Start(QWidget):
    """Takes a workbook, chosen or dropped; `given` carries its path, `undoing` the number of an import."""

    given = Signal(Path)
    undoing = Signal(object)

    def __init__(self, shell: Shell, kind: Kind) -> None:
        super().__init__()
        self._shell, self._kind = shell, kind
        self.setAcceptDrops(True)
        self.choose_button = Button("选择文件", "primary", clicked=self.choose)
        drop = column(
            8,
            row(None, Icon("download", "secondary", 32), None),
            row(None, Words(f"把{kind.wanted}拖到这里", "head"), None),
            row(None, Words("先逐行预览，您看过再导入；整批可以撤销", "secondary"), None),
            4,
            row(None, self.choose_button, None),
            row(None, Words("认得 .xlsx、.xls、.ods 和 .csv；表头在哪一行、列的先后都不要紧", "small"), None),
            8,
            gap=8,
        )
        self._table = Table("以前的导入", BATCHES, identity=lambda batch: batch.number, looks=_look, stretch="文件")
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.set_empty(Empty("还没有导入过", "导入过的表格记在这里，每一批都可以撤销"))
        self._may_undo = shell.desk.actor.may(Right.IMPORT)
        self.undo_button = Button("撤销这一批", clicked=self._undo)
        self.undo_button.hide()
        self._table.chosen.connect(self._on_chosen)
        head = row(Words("以前的导入", "head"), None, self.undo_button)
        self.setLayout(
            column(
                card(drop),
                card(column(head, self._table, gap=8), margins=(12, 10, 12, 12)),
                margins=(16, 16, 16, 16),
                gap=8,
            )
        )

    def refresh(self) -> None:
        """Read the register again."""
        profile = self._kind.profile
        self.undo_button.hide()
        self._shell.desk.read(self, lambda work: import_batches.rows(work, profile), self._show)

    def choose(self) -> None:
        """Ask for a file."""
        path = ask.open_file(self, self._kind.title, WORKBOOKS)
        if path is not None:
            self.given.emit(path)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.given.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show(self, batches: tuple[BatchRow, ...]) -> None:
        self._table.set_rows(batches)
        if (batch := self._table.current()) is not None:
            self._on_chosen(batch)

    def _on_chosen(self, batch: BatchRow) -> None:
        self.undo_button.setVisible(self._may_undo and batch.undone_at is None)

    def _undo(self) -> None:
        batch: BatchRow | None = self._table.current()
        if batch is not None:
            self.undoing.emit(batch)


def _look(batch: BatchRow, _column: object) -> Look:
    return Look(tone="secondary") if batch.undone_at else Look()
