"""协议与履行: duties, agreements, advance payments, cases that came and went; and the editor of an agreement."""

from functools import cached_property
from typing import ClassVar, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.services import agreement_desk, unfinished
from odr_desk.services.agreement_desk import AgreementDesk
from odr_desk.services.duty_list import DutyView
from odr_desk.ui import kept_words, theme
from odr_desk.ui.actions import Act
from odr_desk.ui.aim import Aim
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.settlements.advance_board import AdvanceBoard
from odr_desk.ui.settlements.agreement_board import AgreementBoard
from odr_desk.ui.settlements.agreement_editor import AgreementEditor
from odr_desk.ui.settlements.duty_board import DutyBoard
from odr_desk.ui.settlements.move_board import MoveBoard
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

Part = DutyBoard | AgreementBoard | AdvanceBoard | MoveBoard
_PARTS = (("duties", "履行事项"), ("agreements", "协议登记"), ("advances", "先行赔付"), ("moves", "转入移送"))
_CODES = frozenset(code for code, _ in _PARTS)
Made = TypeVar("Made", bound="Part | AgreementEditor")


class AgreementsPage(Screen):
    """Four boards and the editor."""

    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {"agreements", "duties", "performances", "advances", "recoveries", "cases", "documents", "transfers"}
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._made: list[Part | AgreementEditor] = []
        self._choice = Segments(_PARTS, "duties")
        self._choice.chosen.connect(lambda code: self.show_part(str(code)))
        self.search = SearchBox("编号、商户、消费者、内容", says="在协议与履行里搜索")
        theme.widen(self.search, 280)
        self.search.searched.connect(self._on_search)
        self.search.left_down.connect(self._go_into_list)
        self._boards = QStackedWidget()
        head = row(Words("协议与履行", "title"), self._choice, None, self.search, margins=(16, 0, 16, 0), gap=16)
        lists = column(panel(head, "surface", height=52), line(), self._boards, gap=0)
        lists.setStretch(2, 1)
        self._lists = panel(lists)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._lists)
        self.setLayout(column(self._whole, gap=0))
        self._boards.setCurrentWidget(self.duties)

    @cached_property
    def duties(self) -> DutyBoard:
        """What is to be performed; like the other lists and the editor it is made when it is first looked at."""
        return self._place(self._boards, DutyBoard(self.shell))

    @cached_property
    def agreements(self) -> AgreementBoard:
        """The register of agreements."""
        return self._place(self._boards, AgreementBoard(self.shell))

    @cached_property
    def advances(self) -> AdvanceBoard:
        """What the mall has paid in advance."""
        return self._place(self._boards, AdvanceBoard(self.shell))

    @cached_property
    def moves(self) -> MoveBoard:
        """What came from other bodies and went to them."""
        return self._place(self._boards, MoveBoard(self.shell))

    @cached_property
    def editor(self) -> AgreementEditor:
        """The form in which an agreement is written."""
        editor = self._place(self._whole, AgreementEditor(self.shell))
        editor.left.connect(self._leave_editor)
        editor.concluded.connect(self._on_concluded)
        editor.overtaken.connect(self.write_agreement)
        return editor

    def _place(self, stack: QStackedWidget, made: Made) -> Made:
        stack.addWidget(made)
        self._made.append(made)
        made.set_room(self.width())
        return made

    @override
    def refresh(self) -> None:
        self._part().refresh()

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("履行事项", lambda: self.show_part("duties"), shortcut="Ctrl+1"),
            Act("协议登记", lambda: self.show_part("agreements"), shortcut="Ctrl+2"),
            Act("先行赔付", lambda: self.show_part("advances"), shortcut="Ctrl+3"),
            Act("转入移送", lambda: self.show_part("moves"), shortcut="Ctrl+4"),
            Act("登记履行／签订", self._submit, shortcut="Ctrl+Return", right=Right.PERFORM),
            Act("加一项（出协议时）", self._add_clause, shortcut="Ctrl+Shift+N", right=Right.MEDIATE),
            Act("回到投诉件（出协议时）", self._leave, shortcut="Alt+Left"),
        )

    @override
    def show_record(self, record: object) -> None:
        """Write an agreement ({"agree": case}), show one by number or place, what a case owes, or a view."""
        match record:
            case {"agree": str(case_no)}:
                self.write_agreement(case_no)
            case {"draft": str(case_no)}:
                self._go_on(case_no)
            case {"agreement": str(number)}:
                self.show_part("agreements")
                self.agreements.go_to(number)
            case Aim():
                self.show_part("agreements")
                self.agreements.point_out(record)
            case {"case": str(case_no)}:
                self.show_part("duties")
                self.search.setText(case_no)
            case {"view": str(code)} if code in {view.value for view in DutyView}:
                self.show_part("duties")
                self.duties.show_only(view=DutyView(code))
            case {"part": str(code)} if code in _CODES:
                self.show_part(code)

    def show_part(self, code: str) -> None:
        """Show one of the lists."""
        self._whole.setCurrentWidget(self._lists)
        self._choice.set_value(code)
        self._boards.setCurrentWidget(self._part())
        self._set_room()
        self._part().refresh()

    def write_agreement(self, case_no: str) -> None:
        """Open the editor for a case; one that has an agreement in force shows that instead."""
        self.editor.keep_now()
        self.desk.read(self, lambda work: agreement_desk.begin(work, case_no), self._begin, self.shell.refuse)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_room()

    def _go_on(self, case_no: str) -> None:
        """Go on with an agreement that was left unfinished, also when its case has been merged into another one."""
        self.desk.write(
            self,
            lambda work: unfinished.follow(work, agreement_desk.KIND, case_no),
            lambda _: self.write_agreement(case_no),
            self.shell.refuse,
            verb="draft.keep",
        )

    def _begin(self, found: AgreementDesk) -> None:
        if found.running_no:
            self.show_part("agreements")
            self.agreements.go_to(found.running_no)
            self.shell.say(f"{found.case_no} 已有生效的协议 {found.running}；要改，请先作废")
            if found.kept is not None:
                kept_words.show(self.shell, self, found.kept, "这件已有生效的协议")
            return
        self._whole.setCurrentWidget(self.editor)
        self.editor.show_desk(found)
        self.editor.clauses.begin()

    def _on_concluded(self, number: str) -> None:
        self._whole.setCurrentWidget(self._lists)
        self.shell.open("papers", {"agreement": number})
        self.shell.say(f"已签订 {number}，核对后打印签名")

    def _leave_editor(self, case_no: str) -> None:
        self._whole.setCurrentWidget(self._lists)
        self.shell.open("cases", case_no)

    def _submit(self) -> None:
        if self._is_writing():
            self.editor.submit()
        elif self._part() is self.duties:
            self.duties.panel.submit()

    def _add_clause(self) -> None:
        if self._is_writing():
            self.editor.clauses.add()

    def _leave(self) -> None:
        if self._is_writing():
            self.editor.leave()

    def _on_search(self, text: str) -> None:
        self._part().search(text)

    def _go_into_list(self) -> None:
        self._part().table.setFocus()

    def _is_writing(self) -> bool:
        return self._whole.currentWidget() is not self._lists

    def _part(self) -> Part:
        match self._choice.value():
            case "agreements":
                return self.agreements
            case "advances":
                return self.advances
            case "moves":
                return self.moves
            case _:
                return self.duties

    def _set_room(self) -> None:
        for part in self._made:
            part.set_room(self.width())
