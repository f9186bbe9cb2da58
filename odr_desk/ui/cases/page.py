"""投诉件: the queue at the left, beside it the case, the form for a new one, or what is opened on a case."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Right
from odr_desk.services import case_bin, drafts, unfinished
from odr_desk.services.case_bin import Binned
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui import kept_words
from odr_desk.ui.actions import Act
from odr_desk.ui.aim import Aim
from odr_desk.ui.cases.bin_card import BinCard
from odr_desk.ui.cases.case_page import CasePage
from odr_desk.ui.cases.intake import Intake
from odr_desk.ui.cases.preset_row import MOST_KEYS
from odr_desk.ui.cases.queue import Queue
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.text_edit import TextEdit

SPLIT = "cases.split"
_LIST_WIDTHS = ((1800, 520), (1500, 420), (1200, 400), (0, 352))  # window from, list


class CasesPage(Screen):
    """Lists the cases, shows one, takes down new ones."""

    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {
            "cases",
            "events",
            "case_claims",
            "case_tags",
            "agreements",
            "duties",
            "performances",
            "documents",
            "sessions",
            "dispute_points",
            "offers",
            "appointments",
            "clock_pauses",
            "attachments",
        }
    )

    READS_AHEAD: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading = Latest(self.desk, self)
        self._number = ""
        self._unfinished = ("", "")
        self._width = 0
        self.queue = Queue(shell)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.wanted.connect(self.take_down)
        self.case = CasePage(shell)
        self._intake: Intake | None = None
        self._beside = QStackedWidget()
        self._nothing = Empty("没有打开的投诉件", "在左边选一件，或登记新的", icon="cases")
        self._bin = BinCard(shell)
        for widget in (self._nothing, self.case, self._bin):
            self._beside.addWidget(widget)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.queue)
        self._split.addWidget(self._beside)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(self._keep_split)
        self.setLayout(column(self._split, gap=0))
        self.queue.table.rows.loaded.connect(self._choose_first)

    @property
    def intake(self) -> Intake:
        """The form for a new case; made when it is first wanted, because it is as large as the rest of the page."""
        if self._intake is None:
            made = self._intake = Intake(self.shell)
            made.registered.connect(self.open_case)
            made.outrun.connect(partial(self._go_on, drafts.FIELDS))
            made.opened.connect(self.open_case)
            made.followed.connect(self._follow_up)
            made.returned.connect(self._show_intake)
            made.left.connect(self._show_case)
            self._beside.addWidget(made)
            made.set_room(self.window().width())
        return self._intake

    @override
    def refresh(self) -> None:
        self.queue.refresh()
        if self._number:
            self._read(self._number, self._show_again)

    @override
    def acts(self) -> tuple[Act, ...]:
        write, mediate = Right.WRITE_CASES, Right.MEDIATE
        return (
            Act("登记", self.take_down, icon="plus", shortcut="Ctrl+N", right=write),
            Act("记录（登记时：登记）", self._submit, shortcut="Ctrl+Return", right=write),
            Act("登记时：当场解决", self._submit_on_spot, shortcut="Ctrl+Shift+Return", right=write),
            *(
                Act(f"登记时：第 {n} 个常见情形", partial(self._take_preset, n), shortcut=f"Ctrl+{n}", right=write)
                for n in range(1, MOST_KEYS + 1)
            ),
            Act("登记时：记到在办的同一件", self._follow, shortcut="Ctrl+O", right=write),
            *self.queue.acts(),
            Act("下一件", lambda: self.queue.table.step(1), shortcut="Ctrl+Down"),
            Act("上一件", lambda: self.queue.table.step(-1), shortcut="Ctrl+Up"),
            Act("改资料", self.case.edit_data, shortcut="F2", right=write),
            Act("出协议", self.case.agree, shortcut="F6", right=mediate),
            Act("快速记录", lambda: self.case.log.start(0), shortcut="F8", right=write),
            Act("双方主张：加一点", self.case.add_point, shortcut="Ctrl+Shift+N", right=write),
            Act("插入常用语", self._choose_module, shortcut="F9", right=write),
            Act("通话提纲", self.case.log.toggle_script, shortcut="Shift+F9", right=write),
            Act("添加材料", self.case.add_evidence, shortcut="Ctrl+Shift+A", right=write),
            Act("粘贴到材料（在材料页签上）", self.case.paste, shortcut="Ctrl+V", right=write),
            Act("把记录里的承诺设为下一步", self.case.log.take_promise, shortcut="Ctrl+J", right=write),
        )

    @override
    def show_record(self, record: object) -> None:
        """Go to a case by number or to a place in it, a view, a search by {"text": words}, a form by "new"."""
        match record:
            case "new":
                self.take_down()
            case {"new": (str(number), str(words), int(merchant_id))}:
                self._take_down_about(number, words, merchant_id)
            case {"draft": (str(kind), str(subject))}:
                self._go_on(kind, subject)
            case str():
                self.open_case(record)
            case CaseFilter():
                self.queue.show_filter(record)
            case {"view": str(code)}:
                self.queue.show_filter(CaseFilter(view=code))
            case {"text": str(words)}:
                self.queue.look_for(words)
            case Aim():
                self.case.aim(record)
                self.open_case(record.of or record.number)

    def _go_on(self, kind: str, subject: str) -> None:
        """Go on with what was left unfinished."""
        if kind == drafts.INTAKE:
            self._beside.setCurrentWidget(self.intake)
            self.intake.go_on(subject)
            return
        number = subject.partition("/")[0]
        if self._is_taking_down():
            self.intake.put_away()
        self.case.log.keep_now()
        self.queue.table.choose(number)

        def show(_: object) -> None:
            self._unfinished = (kind, subject)
            self._go_to(number)

        self.desk.write(
            self,
            lambda work: unfinished.follow(work, kind, number),
            show,
            self._not_found,
            verb="draft.keep",
        )

    def open_case(self, number: str) -> None:
        """Show a case, whether the list holds it or not."""
        if self._is_taking_down():
            self.intake.put_away()
        if not self.queue.table.choose(number):
            self._go_to(number)

    def _submit(self) -> None:
        """Do what Ctrl+⏎ means where the person is: register, save the form, or record the entry."""
        if self._is_taking_down():
            self.intake.submit()
        else:
            self.case.submit()

    def _take_preset(self, place: int) -> None:
        if self._is_taking_down():
            self.intake.form.presets.take(place)

    def _submit_on_spot(self) -> None:
        if self._is_taking_down():
            self.intake.submit(on_spot=True)

    def _choose_module(self) -> None:
        """Open the list where the cursor stands, else for the quick log."""
        there = self.focusWidget()
        edit = there if isinstance(there, TextEdit) and there.isVisible() else self.case.log.edit
        if edit.isVisible():
            edit.expansion.choose()

    def _follow(self) -> None:
        if self._is_taking_down():
            self.intake.follow_up()

    def _is_taking_down(self) -> bool:
        return self._intake is not None and self._beside.currentWidget() is self._intake

    @Slot()
    def take_down(self) -> None:
        """Show the form for a new case; the list stays."""
        if self.desk.actor.may(Right.WRITE_CASES):
            self._beside.setCurrentWidget(self.intake)
            self.intake.begin()

    def _take_down_about(self, merchant_no: str, words: str, merchant_id: int) -> None:
        if self.desk.actor.may(Right.WRITE_CASES):
            self._beside.setCurrentWidget(self.intake)
            self.intake.begin_about(merchant_no, words, merchant_id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = next(list_width for floor, list_width in _LIST_WIDTHS if self.window().width() >= floor)
        if width != self._width:
            self._width = width
            kept = (self.shell.layout_of(SPLIT) or {}).get(str(width), width)
            self._split.setSizes([kept, max(1, self.width() - kept)])
        self.case.set_room(self.window().width(), self.window().height())
        if self._intake is not None:
            self._intake.set_room(self.window().width())

    def _keep_split(self) -> None:
        kept = dict(self.shell.layout_of(SPLIT) or {})
        kept[str(self._width)] = self._split.sizes()[0]
        self.shell.keep_layout(SPLIT, kept)

    def _on_chosen(self, chosen: CaseRow) -> None:
        if self._is_taking_down():
            self.intake.put_away()
        self._go_to(chosen.number)

    def _go_to(self, number: str) -> None:
        self._number = number
        self._read(number, self._show)

    def _read(self, number: str, then: Callable[[CaseDetail | Binned], object]) -> None:
        self._reading.read(lambda work: case_bin.or_detail(work, number), then, self._not_found)

    def _not_found(self, error: DeskError) -> None:
        self._number, self._unfinished = "", ("", "")
        self._show_case()
        self.shell.refuse(error)

    def _show(self, found: CaseDetail | Binned) -> None:
        shown: QWidget = self.case
        if isinstance(found, Binned):
            shown = self._bin
            self._bin.show_binned(found)
        else:
            self.case.show_case(found)
        if not self._is_taking_down():
            self._beside.setCurrentWidget(shown)
        self._take_up(found)

    def _take_up(self, found: CaseDetail | Binned) -> None:
        """Open what is to be gone on with, once its case stands here."""
        (kind, subject), self._unfinished = self._unfinished, ("", "")
        number = subject.partition("/")[0]
        if isinstance(found, Binned) and found.number == number:
            kept_words.find(self.shell, self, kind, subject, f"{number} 在回收站里")
        elif isinstance(found, CaseDetail) and number in (found.row.number, found.asked_for):
            self.case.acts.take_up(kind, subject, found)

    def _show_again(self, found: CaseDetail | Binned) -> None:
        """Show what was read anew; the page changes its face only when the case went into the bin or came out."""
        beside = self._beside.currentWidget()
        if isinstance(found, CaseDetail) and beside is not self._bin:
            self.case.show_case(found)
        elif beside in (self.case, self._bin):
            self._show(found)

    def _choose_first(self) -> None:
        """Open the most urgent case when the page is first seen, so that it never begins empty."""
        if not self._number and self._beside.currentWidget() is self._nothing:
            self.queue.table.step(1)

    def _follow_up(self, number: str) -> None:
        """Go on in the quick log of a case with what was begun as a new one."""
        self.open_case(number)
        self.case.log.read_again(number)
        self.case.log.start()

    def _show_intake(self) -> None:
        self._beside.setCurrentWidget(self.intake)

    def _show_case(self) -> None:
        shown: QWidget = self.case if self._number else self._nothing
        self._beside.setCurrentWidget(shown)
