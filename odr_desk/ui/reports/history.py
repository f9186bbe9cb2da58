"""What was reported and when, with the figures as they left the house."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QWidget

from odr_desk.services.submissions import SentRow
from odr_desk.ui.reports.columns import SENT
from odr_desk.ui.reports.edge import keep_edge
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.words import Words


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class History(QFrame):
    """The register of submissions, the latest first; the chosen one is told below."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._count = Words("", "small")
        self.table = Table("报送记录", SENT, identity=lambda row: row.id, stretch="期间")
        keep_edge(self.table)
        self.table.set_empty(Empty("还没有报送过", "导出的表都会记在这里", icon="send"))
        self.table.chosen.connect(self.show_row)
        self._facts = column(gap=4)
        self._told = panel(column(line(), panel(self._facts), gap=8))
        self._told.hide()
        head = row(Words("报送记录", "head"), None, self._count, margins=(16, 10, 16, 8))
        body = column(head, line(), row(self.table, margins=(1, 0, 1, 1)), self._told, gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)

    def show_rows(self, rows: Sequence[SentRow]) -> None:
        """Show the register."""
        self.table.set_rows(rows)
        self._count.setText(f"{len(rows):,} 张表" if rows else "")
        if not rows:
            self._told.hide()

    def show_row(self, sent: SentRow) -> None:
        """Tell what is on record of one submission."""
        empty_layout(self._facts)
        self._facts.setContentsMargins(16, 0, 16, 12)
        self._facts.addLayout(row(Words(sent.file_name, elide=True)))
        for one in sent.sums:
            self._facts.addLayout(row(Words(one.label, "secondary"), None, Words(one.value)))
        checked = f"，{sent.checked_by}核对" if sent.checked_by else ""
        self._facts.addLayout(row(Words(f"{sent.made_by}导出{checked}", "small", elide=True)))
        self._facts.addLayout(row(Words(f"SHA-256 {sent.sha256[:16]}…", "small", elide=True), None, self._opener(sent)))
        self._told.show()

    def _opener(self, sent: SentRow) -> QWidget:
        folder = Path(sent.folder)
        if not folder.is_dir():
            return Words("文件夹已不在", "small")
        return Button("打开文件夹", "link", "jump", clicked=lambda: open_folder(folder))
