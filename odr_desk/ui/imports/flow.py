"""An import on the screen: choose a file, look at every row, import, and take it back if it was wrong."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.rules.importing import Applied, Preview, Verdict
from odr_desk.rules.people import Right
from odr_desk.services import import_batches, import_source, safekeeping
from odr_desk.services.import_batches import BatchRow
from odr_desk.services.import_source import Source
from odr_desk.services.safekeeping import BackupOrder
from odr_desk.ui import ask
from odr_desk.ui.imports import column_dialog
from odr_desk.ui.imports.kinds import KINDS, Kind
from odr_desk.ui.imports.preview import PreviewList
from odr_desk.ui.imports.start import Start
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words


class ImportFlow(QWidget):
    """One kind of import from file to result; `left` asks for the page of its records, `switched` for another kind."""

    left = Signal()
    switched = Signal(str)

    def __init__(self, shell: Shell, kind: Kind) -> None:
        super().__init__()
        on_ground(self, "window")
        self._shell, self._kind = shell, kind
        self._source: Source | None = None
        self._path = Path()
        self._may_import = shell.desk.actor.may(Right.IMPORT)
        self._about = Words("", "secondary", elide=True)
        self._other = Button("换一个文件", clicked=self._choose)
        self.match = Button("对应各列", clicked=self._match)
        home = shell.title_of(kind.home)
        back = Button(home, "ghost", "back", says=f"回到{home}", clicked=self.left.emit)
        self.kinds = Segments([(other.profile, other.short) for other in KINDS], kind.profile)
        self.kinds.chosen.connect(self._switch)
        title = Words(kind.title, "title")
        head = row(back, title, self._about, None, self.kinds, self.match, self._other, margins=(8, 10, 16, 10))
        self.start = Start(shell, kind)
        self.start.given.connect(self.read)
        self.start.undoing.connect(self._ask_undo)
        self.preview = PreviewList(kind)
        self.preview.changed.connect(self._count)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.preview)
        self._said = Words("", tone="act", right=True, elide=True)
        self.do = Button("导入", "primary", clicked=self.apply)
        self._key = Key("Ctrl ⏎")
        foot = row(
            Button("返回", clicked=self.left.emit), None, self._said, self.do, self._key, margins=(16, 10, 16, 10)
        )
        self._foot = panel(column(line(), foot, gap=0), "surface")
        self.setLayout(column(panel(column(head, line(), gap=0), "surface"), self._pages, self._foot, gap=0))
        self.begin()

    @property
    def home(self) -> str:
        """The page of the records that come in."""
        return self._kind.home

    def begin(self) -> None:
        """Go back to where a file is chosen."""
        self._source = None
        self._about.setText("")
        self._other.hide()
        self.match.hide()
        self.kinds.show()
        self.kinds.set_value(self._kind.profile)
        self._foot.hide()
        self._pages.setCurrentWidget(self.start)
        self.start.refresh()

    def read(self, path: Path, mapping: Mapping[str, str] | None = None) -> None:
        """Read a file and show what would become of it; `mapping` says what its columns stand for."""
        self._path = path
        desk, profile, preview = self._shell.desk, self._kind.profile, self._kind.importer.preview
        running = self._shell.run(f"正在读 {path.name}")
        told = running.progress

        def failed(error: DeskError) -> None:
            running.finish()
            self._shell.refuse(error, lambda: self.read(path, mapping))

        def show(source: Source, found: Preview) -> None:
            running.finish()
            self._show(source, found)

        def judge(source: Source) -> None:
            desk.survey(self, lambda work: preview(work, source, told), lambda found: show(source, found), failed)

        desk.make(self, lambda: import_source.load(path, profile, mapping, progress=told), judge, failed)

    def apply(self) -> None:
        """Back the data up, then import what the preview shows."""
        source, desk = self._source, self._shell.desk
        if source is None or not self.do.isEnabled() or not self._may_import:
            return
        self.do.setEnabled(False)
        running = self._shell.run(f"正在备份，接着导入 {source.file_name}")

        def failed(error: DeskError) -> None:
            running.finish()
            self._refused(error)

        def go_on(made: object = None) -> None:
            running.finish()
            if made is not None:
                desk.changed.emit(frozenset({"backups"}))
            self._import(source)

        def back_up(order: BackupOrder | None) -> None:
            if order is None:
                go_on()
            else:
                desk.make(self, partial(safekeeping.make_backup, order, running.progress), go_on, failed)

        desk.read(self, safekeeping.order_before_import, back_up, failed)

    def _import(self, source: Source) -> None:
        out, apply = self.preview.left_out(), self._kind.importer.apply
        running = self._shell.run(f"正在导入 {source.file_name}")

        def failed(error: DeskError) -> None:
            running.finish()
            self._refused(error)

        def done(found: Applied) -> None:
            running.finish()
            self._applied(found)

        self._shell.desk.write(
            self, lambda work: apply(work, source, out, running.progress), done, failed, verb="import"
        )

    def _switch(self, profile: object) -> None:
        self.kinds.set_value(self._kind.profile)
        self.switched.emit(str(profile))

    def _choose(self) -> None:
        self.start.choose()

    def _match(self) -> None:
        if self._source is not None:
            column_dialog.show(self, self._source, lambda mapping: self.read(self._path, mapping))

    def _show(self, source: Source, found: Preview) -> None:
        self._source = source
        self._about.setText(f"{source.file_name} · {source.table.sheet} · {len(found.rows)} 行")
        self.preview.show_preview(found)
        self._pages.setCurrentWidget(self.preview)
        self._other.show()
        self.match.show()
        self.kinds.hide()
        self._foot.show()
        self._count()
        self.preview.table.setFocus()

    def _count(self) -> None:
        count = self.preview.to_take()
        self.do.setText(f"导入 {count} {self._kind.unit}" if count else "导入")
        self.do.setEnabled(count > 0 and self._may_import)
        self.do.setVisible(self._may_import)
        self._key.setVisible(self._may_import)
        self._said.setText(self._words(count))

    def _words(self, count: int) -> str:
        """Say what stands against importing, or why it cannot be done."""
        if not self._may_import:
            return "您的账号可以预览；导入请主管来做"
        if not count:
            return "没有要导入的行"
        bad, odd = self.preview.to_look()
        parts = [f"{bad} 行不能导入，先导其余的"] * bool(bad)
        parts += [f"{odd} 行要核对，可以先导入，再在{self._kind.mended_in}里改"] * bool(odd)
        return "；".join(parts)

    def _applied(self, done: Applied) -> None:
        new, changed = done.counts.get(Verdict.NEW, 0), done.counts.get(Verdict.UPDATE, 0)
        parts = [f"新建 {new} {self._kind.unit}"] * bool(new) + [f"更新 {changed} {self._kind.unit}"] * bool(changed)
        number = done.batch_no
        self._shell.say(f"已导入：{'，'.join(parts)}（{number}）", lambda: self._undo(number))
        self.begin()
        self.left.emit()

    def _refused(self, error: DeskError) -> None:
        self._count()
        self._shell.refuse(error, self.apply)

    def _ask_undo(self, batch: BatchRow) -> None:
        taken = sum(count for verdict, count in batch.counts.items() if verdict in (Verdict.NEW, Verdict.UPDATE))
        if ask.question(
            self,
            f"撤销导入 {batch.number}？",
            self._kind.undone,
            do="撤销这一批",
            facts=(("文件", batch.file_name), ("涉及", f"{taken} {self._kind.unit}")),
            danger=True,
        ):
            self._undo(batch.number)

    def _undo(self, number: str) -> None:
        running = self._shell.run(f"正在撤销 {number}")

        def failed(error: DeskError) -> None:
            running.finish()
            self._shell.refuse(error)

        def done(_counts: object) -> None:
            running.finish()
            self._shell.say(f"导入 {number} 已撤销")
            self.start.refresh()

        self._shell.desk.write(
            self,
            lambda work: import_batches.undo(work, number, running.progress),
            done,
            failed,
            verb="import.undo",
        )
