"""备份: how safe the data are, a backup now, the second place, and going back to one."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from odr_desk.rules import moments
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Right
from odr_desk.services import safekeeping
from odr_desk.services.safekeeping import BackupOrder, BackupRow, Restored, Standing
from odr_desk.ui import ask
from odr_desk.ui.admin.section import Section
from odr_desk.ui.desk import NOBODY
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.words import Words

KINDS = "备份 (*.odrbak)"
COLUMNS: tuple[Column[BackupRow], ...] = (
    Column("时间", lambda row: moments.show_moment(row.made_at), width=18),
    Column("缘由", lambda row: row.why.label, width=12),
    Column("投诉件", lambda row: row.cases, lambda count: f"{count:,}", width=9, align="right"),
    Column("附件", lambda row: row.attachments, lambda count: f"{count:,}", width=9, align="right"),
    Column("大小", lambda row: row.size, lambda size: f"{size / (1 << 20):,.1f} MB", width=11, align="right"),
    Column("文件", lambda row: row.path.name, width=30),
)


class Backups(Section):
    """The list of backups and what can be done about them."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"backups", "settings"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "备份", "每天自动备份一次，退出时再备一次")
        self._mark, self._standing = Mark("wait"), Words("", "head", elide=True)
        self._second = Words("", "secondary", elide=True)
        self._now = Button("立即备份", "primary", clicked=self._back_up)
        self._away = Button("备份到别处", clicked=self._back_up_away)
        self._place = Button("选择第二处", clicked=self._choose_place)
        self._no_place = Button("不用第二处", "link", clicked=partial(self._set_place, None))
        line = row(self._mark, self._standing, None, self._away, self._now)
        second = row(self._second, None, self._no_place, self._place)
        self.table = Table("备份", COLUMNS, identity=lambda row: row.path, stretch="文件")
        self.table.set_empty(Empty("还没有备份", "点“立即备份”做第一份", icon="archive"))
        self._restore = Button("恢复这份备份", clicked=self._restore_chosen)
        self._other = Button("另选备份文件", clicked=self._restore_other)
        for button in (self._restore, self._other):
            button.setVisible(self.desk.actor.may(Right.RESTORE))
        self.table.chosen.connect(lambda _row: self._restore.setEnabled(True))
        self._restore.setEnabled(False)
        top = card(column(line, second, gap=8), margins=(16, 12, 16, 12))
        self.stand(column(top, self.table, row(self._restore, self._other, None), gap=8), wide=True)

    def refresh(self) -> None:
        """Read the backups again."""
        self.desk.read(
            self,
            lambda work: (safekeeping.rows(work), safekeeping.last_backup(work), safekeeping.second_place(work)),
            lambda found: self._show(*found),
            self.shell.refuse,
        )

    def _show(self, rows: tuple[BackupRow, ...], standing: Standing, second: Path | None) -> None:
        self.table.set_rows(rows)
        self._restore.setEnabled(self.table.current() is not None)
        self._mark.set_state("act" if standing.is_worrying else "done")
        self._standing.setText(standing.words)
        self._second.setText(
            f"第二处：{second}" if second else "第二处：还没有选。选另一块硬盘上的文件夹，这台电脑坏了也不丢。"
        )
        self._no_place.setVisible(second is not None)

    def _back_up(self) -> None:
        self._order(None)

    def _back_up_away(self) -> None:
        chosen = ask.folder(self, "备份到哪个文件夹")
        if chosen is not None:
            self._order(chosen)

    def _order(self, to: Path | None) -> None:
        self._now.setEnabled(False)
        order = partial(safekeeping.order_backup, to=to)
        self.desk.write(self, order, self._make, self._refused, verb="backup")

    def _make(self, order: BackupOrder) -> None:
        work = self.shell.run("正在备份", cancellable=True)

        def done(made: BackupRow) -> None:
            work.finish()
            self._now.setEnabled(True)
            self.shell.say(f"已备份 {made.cases:,} 件投诉件到 {made.path}")
            self.desk.changed.emit(frozenset({"backups"}))

        def refused(error: DeskError) -> None:
            work.finish()
            self._refused(error)

        self.desk.make(self, partial(safekeeping.make_backup, order, work.progress), done, refused)

    def _refused(self, error: DeskError) -> None:
        self._now.setEnabled(True)
        self.shell.refuse(error)

    def _choose_place(self) -> None:
        chosen = ask.folder(self, "自动备份再抄一份到哪个文件夹")
        if chosen is not None:
            self._set_place(chosen)

    def _set_place(self, folder: Path | None) -> None:
        change = partial(safekeeping.set_second_place, folder=folder)
        words = f"以后自动备份会抄一份到 {folder}" if folder else "以后自动备份只放在本机"
        self.desk.write(self, change, lambda _: self.shell.say(words), self.shell.refuse, verb="backup.place")

    def _restore_chosen(self) -> None:
        row = self.table.current()
        if row is not None:
            self._go_back(row.path, f"恢复到 {moments.show_moment(row.made_at)} 的备份？")

    def _restore_other(self) -> None:
        chosen = ask.open_file(self, "选择备份文件", KINDS)
        if chosen is not None:
            self._go_back(chosen, f"恢复备份“{chosen.name}”？")

    def _go_back(self, file: Path, title: str) -> None:
        text = "这份备份之后录入的内容会换掉，现在的数据另外保存在数据文件夹的 replaced 里。恢复后所有人要重新登录。"
        if not ask.question(self, title, text, do="恢复备份", danger=True):
            return
        work = self.shell.run("正在恢复备份", cancellable=False)
        actor = self.desk.actor

        def done(_: Restored) -> None:
            work.finish()
            self.desk.actor = NOBODY

        def refused(error: DeskError) -> None:
            work.finish()
            self.shell.refuse(error)

        self.desk.with_database(
            self, lambda database: safekeeping.restore(database, actor, file, work.progress), done, refused
        )
