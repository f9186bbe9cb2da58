"""投诉件: the queue at the left, beside it the case, the form for a new one, or what is opened on a case."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.services import case_file
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui.actions import Act
from odr_desk.ui.cases.case_page import CasePage
from odr_desk.ui.cases.intake import Intake
from odr_desk.ui.cases.queue import LAYOUT, Queue
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.empty import Empty

_LIST_WIDTHS = ((1800, 520), (1500, 420), (1200, 400), (0, 352))  # window from, list


class CasesPage(Screen):
    """Lists the cases, shows one, takes down new ones."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"cases", "events", "case_claims", "agreements", "duties"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading = Latest(self.desk, self)
        self._number = ""
        self.queue = Queue(shell)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.wanted.connect(self.take_down)
        self.case = CasePage(shell)
        self.intake = Intake(shell)
        self.intake.registered.connect(self.open_case)
        self.intake.left.connect(self._show_case)
        self._beside = QStackedWidget()
        self._nothing = Empty("还没有打开投诉件", "在左边选一件，或登记新的", link="登记", clicked=self.take_down)
        for widget in (self._nothing, self.case, self.intake):
            self._beside.addWidget(widget)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.queue)
        self._split.addWidget(self._beside)
        self._split.setStretchFactor(1, 1)
        self.setLayout(column(self._split, gap=0))
        self.queue.table.layout_changed.connect(lambda kept: shell.keep_layout(LAYOUT, kept))
        self.queue.table.restore(shell.layout_of(LAYOUT))

    @override
    def refresh(self) -> None:
        self.queue.refresh()
        if self._number:
            self._read(self._number)

    @override
    def acts(self) -> tuple[Act, ...]:
        own = (
            Act("登记", self.take_down, icon="plus", shortcut="Ctrl+N", right=Right.WRITE_CASES),
            Act("下一件", lambda: self.queue.table.step(1), shortcut="Ctrl+Down"),
            Act("上一件", lambda: self.queue.table.step(-1), shortcut="Ctrl+Up"),
        )
        return own + (self.case.acts() if self._beside.currentWidget() is self.case else ())

    @override
    def show_record(self, record: object) -> None:
        """Go to a case by number, a view by {"view": code}, a search by {"text": words}, a form by "new"."""
        match record:
            case "new":
                self.take_down()
            case str():
                self.open_case(record)
            case CaseFilter():
                self.queue.show_filter(record)
            case {"view": str(code)}:
                self.queue.show_view(code)
            case {"text": str(words)}:
                self.queue.search.setText(words)

    def open_case(self, number: str) -> None:
        """Show a case, whether the list holds it or not."""
        self._read(number)
        self.queue.table.choose(number)

    @Slot()
    def take_down(self) -> None:
        """Show the form for a new case; the list stays."""
        self._beside.setCurrentWidget(self.intake)
        self.intake.begin()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = next(list_width for floor, list_width in _LIST_WIDTHS if self.window().width() >= floor)
        self.queue.set_width(width)
        self.case.set_room(self.window().width(), self.window().height())

    def _on_chosen(self, chosen: CaseRow) -> None:
        self._read(chosen.number)

    def _read(self, number: str) -> None:
        self._number = number
        self._reading.read(lambda work: case_file.detail(work, number), self._show, self.shell.refuse)

    def _show(self, found: CaseDetail) -> None:
        self.case.show_case(found)
        if self._beside.currentWidget() is not self.intake or not self.intake.is_busy():
            self._beside.setCurrentWidget(self.case)

    def _show_case(self) -> None:
        shown: QWidget = self.case if self._number else self._nothing
        self._beside.setCurrentWidget(shown)
