"""What stands in the window when the data do not open: why, what can still be read, each safe way out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import moments
from odr_desk.rules.errors import DeskError
from odr_desk.services import safekeeping
from odr_desk.services.safekeeping import BackupRow, Damage, Restored
from odr_desk.ui import ask
from odr_desk.ui.desk import Desk
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_WIDTH = 640


class Rescue(QWidget):
    """Explains a database that does not open and offers to go back to a backup; `mended` when one is in place."""

    mended = Signal()

    def __init__(self, desk: Desk, folder: Path, again: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._folder = folder
        self._again = again
        self._body = column(gap=12)
        self._refusal = column(gap=0)
        middle = row(None, panel(column(None, self._refusal, self._body, None), width=_WIDTH), None)
        self.setLayout(column(scroll(column(middle, margins=(16, 16, 16, 16)))))

    def explain(self, error: DeskError) -> None:
        """Find out what can be said about the folder, and say it."""
        self._desk.make(self, partial(safekeeping.diagnose, self._folder, error), self._show)

    def _show(self, damage: Damage) -> None:
        self._body.addWidget(Words("数据打不开", "title"))
        self._body.addWidget(Banner("late", damage.what, closable=False))
        self._body.addWidget(Words(damage.advice, "secondary", wrap=True))
        if damage.readable:
            words = "，".join(f"{label} {count:,} 条" for label, count in damage.readable)
            self._body.addWidget(Words(f"还能读到：{words}。恢复备份时，现在的文件会另外保存，不会丢。", wrap=True))
        self._body.addWidget(self._ways_out(damage.backups))

    def _ways_out(self, backups: tuple[BackupRow, ...]) -> QWidget:
        lines = column(gap=8)
        ways = row(Button("另选备份文件", clicked=self._choose), Button("重试打开", clicked=self._again), None)
        if backups:
            newest = backups[0]
            when = moments.show_moment(newest.made_at)
            lines.addWidget(
                Words(f"最近一次好的备份：{when}（{newest.why.label}），投诉件 {newest.cases:,} 件", "head")
            )
            ways.insertWidget(0, Button("恢复这份备份", "primary", clicked=partial(self._restore, newest.path)))
        else:
            lines.addWidget(Words("数据文件夹里没有备份。如果备份在移动硬盘上，请选“另选备份文件”。", wrap=True))
        lines.addLayout(ways)
        lines.addWidget(Words(f"数据文件夹：{self._folder}", "small", wrap=True))
        return card(lines)

    def _choose(self) -> None:
        chosen = ask.open_file(self, "选择备份文件", "备份 (*.odrbak)")
        if chosen is not None:
            self._restore(chosen)

    def _restore(self, file: Path) -> None:
        text = "现在的文件会移到数据文件夹的 replaced 里保存，然后换成这份备份。备份之后录入的内容要重新录入。"
        if ask.question(self, f"恢复备份“{file.name}”？", text, do="恢复备份", danger=True):
            self.setEnabled(False)
            job = partial(safekeeping.restore_folder, self._folder, file)
            self._desk.make(self, job, self._on_restored, self._on_refused)

    def _on_restored(self, _restored: Restored) -> None:
        self.mended.emit()

    def _on_refused(self, error: DeskError) -> None:
        self.setEnabled(True)
        self._refusal.addWidget(Banner("late", str(error)))
