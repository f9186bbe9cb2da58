"""The last step: where the files go, and what became of each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.services import report_desk, submissions
from odr_desk.services.monthly import Counted, Month
from odr_desk.services.submissions import Made, Sent
from odr_desk.ui import ask
from odr_desk.ui.reports.history import open_folder
from odr_desk.ui.reports.plan import Plan
from odr_desk.ui.screen import LongWork, Shell
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class ExportStep(QWidget):
    """Makes the files one after the other and notes each; `changed` when the state did."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._month: Month | None = None
        self._plan: Plan | None = None
        self._checked_by = ""
        self._work: LongWork | None = None
        self._waiting: list[Counted] = []
        self.sent: list[Sent] = []
        self.folder = _documents()
        self._place = Words("", elide=True)
        self._change = Button("换文件夹", "link", clicked=self._ask)
        self._banner_place = column(gap=0)
        self._lines = column(gap=0)
        self._told = column(gap=6)
        self._told_card = card(column(Words("填表时的说明", "head"), self._told, gap=8), margins=(16, 12, 16, 14))
        self.setLayout(self._lay())

    @property
    def is_running(self) -> bool:
        """Tell whether files are being made."""
        return self._work is not None

    @property
    def is_done(self) -> bool:
        """Tell whether every form has been made."""
        return self._month is not None and len(self.sent) == len(self._month.forms)

    def show_month(self, month: Month, plan: Plan, checked_by: str) -> None:
        """Show what will be made, and where."""
        if self.is_running:
            return
        self._month, self._plan, self._checked_by = month, plan, checked_by
        self.sent = []
        self._show()

    def set_folder(self, folder: Path) -> None:
        """Put the files here."""
        self.folder = folder
        self._show()

    def start(self) -> None:
        """Make what has not been made yet."""
        if self._month is None or self.is_running:
            return
        done = {sent.form for sent in self.sent}
        self._waiting = [form for form in self._month.forms if form.form not in done]
        self._work = self._shell.run("正在导出报表", cancellable=False)
        self.changed.emit()
        self._next()

    def _next(self) -> None:
        assert self._month is not None  # noqa: S101 - set before it starts
        assert self._plan is not None  # noqa: S101
        assert self._work is not None  # noqa: S101
        total = len(self._month.forms)
        self._work.progress(total - len(self._waiting), total)
        if not self._waiting:
            self._end()
            return
        counted = self._waiting[0]
        job = partial(_make, counted, self.folder, self._plan.template(counted.form))
        self._shell.desk.make(self, job, self._note, self._refuse)

    def _note(self, made: Made) -> None:
        who = self._checked_by
        self._shell.desk.write(
            self, lambda work: submissions.register(work, made, who), self._on_sent, self._refuse, verb="export"
        )

    def _on_sent(self, sent: Sent) -> None:
        self.sent.append(sent)
        self._waiting.pop(0)
        self._show()
        self._next()

    def _refuse(self, error: DeskError) -> None:
        self._end()
        self._shell.refuse(error, self.start)

    def _end(self) -> None:
        if self._work is not None:
            self._work.finish()
        self._work = None
        self._show()
        self.changed.emit()

    def _lay(self) -> QHBoxLayout:
        where = card(
            column(row(Words("存到", "head"), self._place, None, self._change, gap=12), gap=8), margins=(16, 12, 16, 12)
        )
        what = card(column(self._lines, gap=0), margins=(0, 4, 0, 4))
        body = scroll(column(self._banner_place, where, what, self._told_card, None, gap=12))
        return row(body, margins=(16, 12, 16, 12))

    def _show(self) -> None:
        self._place.setText(str(self.folder))
        self._change.setVisible(not self.sent)
        empty_layout(self._banner_place)
        if self.is_done:
            self._banner_place.addWidget(self._done_banner())
        empty_layout(self._lines)
        made = {sent.form: sent for sent in self.sent}
        for number, form in enumerate(self._month.forms if self._month else ()):
            if number:
                self._lines.addWidget(line())
            self._lines.addLayout(self._line(form, made.get(form.form)))
        self._show_remarks()

    def _line(self, form: Counted, sent: Sent | None) -> QHBoxLayout:
        sign = Icon("mark_done", "done", says="已导出") if sent else Icon("paper", "secondary", says="待导出")
        own = self._plan.template(form.form) if self._plan else None
        name = sent.path.name if sent else submissions.file_name(form.form, form.period)
        said = "写好后打开读回，核对无误才登记"
        if sent:
            said = f"{sent.submission_no} · {sent.rows:,} 行 · SHA-256 {sent.sha256[:12]}…"
        under = f"表样 {own.name} · {said}" if own else said
        words = column(Words(name, elide=True), Words(under, "small", elide=True), gap=2)
        made = row(sign, words, margins=(16, 8, 16, 8), gap=12)
        made.setStretch(1, 1)
        return made

    def _done_banner(self) -> Banner:
        count = len(self.sent)
        made = Banner("done", f"{count} 张表已导出，打开读回和系统里的数一致，都记进了报送记录。", closable=False)
        made.add_button("打开文件夹", partial(open_folder, self.folder))
        return made

    def _show_remarks(self) -> None:
        empty_layout(self._told)
        remarks = [f"{sent.form}：{remark}" for sent in self.sent for remark in sent.remarks]
        for remark in remarks:
            words = row(Icon("eye", "wait"), Words(remark, wrap=True), gap=8)
            words.setStretch(1, 1)
            self._told.addLayout(words)
        self._told_card.setVisible(bool(remarks))

    def _ask(self) -> None:
        found = ask.folder(self, "报表存到哪个文件夹")
        if found is not None:
            self.set_folder(found)
            self.changed.emit()


def _documents() -> Path:
    """Return the folder where people keep what they write."""
    places = QStandardPaths.StandardLocation
    documents = Path(QStandardPaths.writableLocation(places.DocumentsLocation))
    return documents if documents.is_dir() else Path(QStandardPaths.writableLocation(places.HomeLocation))


def _make(counted: Counted, folder: Path, template: Path | None) -> Made:
    return submissions.make(counted, report_desk.free_path(folder, counted.form, counted.period), template)
