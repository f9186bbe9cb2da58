"""交接班: what the next shift takes over, on screen and as a sheet to print."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.services import shift, shift_sheet
from odr_desk.services.queue import CaseRow
from odr_desk.services.shift import Call, Moved, Promised, Shift
from odr_desk.services.shift_sheet import Drawn
from odr_desk.sheets.writing import Prepared
from odr_desk.ui import ask, theme
from odr_desk.ui.actions import Act, way_back
from odr_desk.ui.latest import Latest
from odr_desk.ui.printing import PrintRun, usual_printer
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.words import Words

ALL = "*"
_MOST_ROWS = 10
_NAME = 10  # letters, half as wide as the characters of a name
NOT_PRINTED = "交接班单没有打印"


def _step(row: CaseRow) -> str:
    day = f"{moments.show_day(row.next_step_on)} " if row.next_step_on else ""
    return f"{day}{row.next_step}" if row.next_step else "没有下一步"


OPEN: tuple[Column[CaseRow], ...] = (
    Column("还剩", lambda row: row.time_left, width=11),
    Column("编号", lambda row: row.tail, width=7),
    Column("双方", lambda row: f"{row.consumer} ↔ {row.merchant}", width=24),
    Column("进度", lambda row: row.state.label, width=12),
    Column("下一步", _step, width=30),
    Column("承办", lambda row: row.handler or "未分派", width=9),
)
PROMISED: tuple[Column[Promised], ...] = (
    Column("到哪天", lambda one: one.until, show=moments.show_day, width=12),
    Column("编号", lambda one: shift_sheet.tail(one.case_no), width=7),
    Column("承诺", lambda one: one.words, width=40),
    Column("记录人", lambda one: one.noted_by, width=9),
)
CALLS: tuple[Column[Call], ...] = (
    Column("日期", lambda one: one.on, show=moments.show_day, width=12),
    Column("编号", lambda one: shift_sheet.tail(one.case_no), width=7),
    Column("承办", lambda one: one.handler, width=9),
    Column("联系谁", lambda one: one.whom, width=34),
    Column("做什么", lambda one: one.what, width=28),
)
MOVED: tuple[Column[Moved], ...] = (
    Column("编号", lambda one: shift_sheet.tail(one.case_no), width=7),
    Column("双方", lambda one: f"{one.consumer} ↔ {one.merchant}", width=24),
    Column("今天的变动", lambda one: one.what, width=40),
    Column("谁", lambda one: one.by, width=9),
)


class _Part(QWidget):
    """One list with its head; as high as its rows, up to ten."""

    def __init__(
        self, shell: Shell, title: str, columns: Sequence[Column[Any]], stretch: str, number: str, nothing: str
    ) -> None:
        super().__init__()
        self._nothing = Words(nothing, "secondary")
        self._note = Words("", "small")
        marks = (lambda found: found.mark.value) if number == "number" else None
        self.table = Table(title, columns, identity=lambda found: getattr(found, number), marks=marks, stretch=stretch)
        self.table.opened.connect(lambda found: shell.open("cases", getattr(found, number)))
        head = row(Words(title, "head"), self._note, None, gap=8)
        self.setLayout(column(head, self._nothing, self.table, gap=4))

    def show_rows(self, rows: Sequence[object], note: str = "") -> None:
        """Show these rows, or that there are none."""
        self._note.setText(note or (f"{len(rows)} 条" if rows else ""))
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.set_rows(rows)
        self.table.setFixedHeight(theme.size("row") * (1 + min(len(rows), _MOST_ROWS)) + 6)


class HandoverPage(Screen):
    """Shows the hand-over of the whole desk or of one person; ⏎ opens a case."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"cases", "events", "users"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading = Latest(self.desk, self)
        self._found: Shift | None = None
        self.new_printer = usual_printer
        self._when = Words("", "secondary", elide=True)
        self.person = ChoiceEdit([(ALL, "整个服务台")])
        self.person.setAccessibleName("谁的件")
        self.person.setMinimumContentsLength(_NAME)
        self.person.set_value(ALL)
        self.person.changed.connect(self.refresh)
        self._print = Button("打印", "primary", "print", clicked=self.print_sheet)
        self._save = Button("另存 PDF", "plain", "download", clicked=self.save_sheet)
        part = partial(_Part, shell)
        self.open_ = part("在办的件，按急缓", OPEN, "下一步", "number", "没有要接着办的件")
        self.promised = part("今天作出的承诺", PROMISED, "承诺", "case_no", "今天的记录里没有写到日子的承诺")
        self.calls = part("接下来谁联系谁", CALLS, "做什么", "case_no", "到下一个工作日没有约好的联系")
        self.moved = part("今天的变动", MOVED, "今天的变动", "case_no", "今天还没有变动")
        back = Button("今日", "ghost", "back", clicked=partial(shell.open, "today"))
        head = row(back, Words("交接班", "title"), self._when, self.person, self._save, self._print, gap=12)
        head.setStretch(2, 1)
        head.setContentsMargins(16, 12, 16, 4)
        body = column(
            self.open_, self.promised, self.calls, self.moved, None, margins=(16, 8, 16, 12), gap=16
        )  # fmt: skip
        whole = column(panel(head), scroll(body), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @override
    def refresh(self) -> None:
        handler = "" if self.person.value() in (ALL, None) else str(self.person.value())
        self._reading.read(lambda work: (shift.persons(work), shift.read(work, handler)), self._show, self.shell.refuse)

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("打印交接班单", self.print_sheet, icon="print", shortcut="F7"),
            Act("交接班单另存 PDF", self.save_sheet, icon="download", shortcut="Ctrl+S"),
            *way_back("回到今日", partial(self.shell.open, "today")),
        )

    def print_sheet(self) -> None:
        """Draw the sheet as the data are now, and print it."""
        try:
            printer = self.new_printer(NOT_PRINTED)
        except Trouble as error:
            self.shell.refuse(error, self.print_sheet)
            return
        self._drawn(lambda found, drawn: self._run(printer, found, drawn))

    def save_sheet(self) -> None:
        """Ask where to, and write the sheet."""
        if self._found is None:
            return
        name = f"交接班单 {moments.day_of(self._found.at)}.pdf"
        chosen = ask.save_file(self, "另存 PDF", name, "PDF 文件 (*.pdf)")
        if chosen is None:
            return
        found, path = self._found, chosen if chosen.suffix else chosen.with_suffix(".pdf")
        self.desk.make(
            self,
            lambda: shift_sheet.prepare(found, path),
            lambda file: self._note(found, "另存", f"已存为 {path.name}", file),
            self.shell.refuse,
        )

    def _show(self, read: tuple[tuple[tuple[str, str], ...], Shift]) -> None:
        persons, found = read
        self._found = found
        self.person.set_options([(ALL, "整个服务台"), *persons])
        today = moments.day_of(found.at)
        counted = "、".join(f"{words} {count}" for _code, words, count in found.counts if count) or "没有急的"
        self._when.setText(
            f"{moments.show_day(today)} {moments.local(found.at):%H:%M} · 在办 {found.open_:,} 件，{counted}"
        )
        facts = shift_sheet.facts(found)
        self.open_.show_rows(found.rows, facts.left_out)
        self.promised.show_rows(found.promised)
        self.calls.show_rows(found.calls)
        self.moved.show_rows(found.moved)

    def _drawn(self, then: Any) -> None:  # noqa: ANN401 - takes the hand-over and its sheet
        found = self._found
        if found is not None:
            self.desk.make(self, lambda: shift_sheet.draw(found), lambda drawn: then(found, drawn), self.shell.refuse)

    def _run(self, printer: QPrinter, found: Shift, drawn: Drawn) -> None:
        def failed(error: DeskError) -> None:
            self.shell.refuse(error, self.print_sheet)

        run = PrintRun(self.desk, drawn, printer, 1, self, not_printed=NOT_PRINTED)
        run.start(lambda: self._note(found, "打印", "交接班单已送打印机"), failed)

    def _note(self, found: Shift, deed: str, said: str, file: Prepared | None = None) -> None:
        self.desk.write(
            self,
            lambda work: shift_sheet.note(work, found, deed, file),
            lambda _: self.shell.say(said),
            self.shell.refuse,
            verb="handover",
        )
