"""协议与履行: what was agreed on a case, how far it is kept, and the papers that were issued."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import money
from odr_desk.rules.case import ENDED, CaseState
from odr_desk.rules.moments import show_day, show_moment
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file
from odr_desk.services.agreement_file import AgreementDetail, PaperLine
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import duty_state, theme
from odr_desk.ui.cases import perform_dialog
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon, Mark
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_LEFT_WIDTH = 84


@dataclass(frozen=True, slots=True)
class _Shown:
    agreements: tuple[AgreementDetail, ...]
    papers: tuple[PaperLine, ...]


class SettlementTab(QWidget):
    """Lists agreements with their duties, and papers; reads them only while it is in sight."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._reading = Latest(shell.desk, self)
        self._list = column(margins=(16, 12, 16, 12), gap=12)
        self.setLayout(column(scroll(self._list), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        """Show what was agreed on this case."""
        self._found = found
        if self.isVisible():
            self._read()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if self._found is None:
            return
        number = self._found.row.number

        def read(work: "Work") -> _Shown:
            return _Shown(agreement_file.of_case(work, number), agreement_file.papers(work, number))

        self._reading.read(read, lambda shown: self._show(number, shown), self._shell.refuse)

    def _show(self, number: str, shown: _Shown) -> None:
        if self._found is None or self._found.row.number != number:
            return
        empty_layout(self._list)
        for agreement in shown.agreements:
            self._list.addWidget(self._agreement(agreement))
        if not any(not agreement.row.void for agreement in shown.agreements):
            self._list.addWidget(self._none(self._found))
        if shown.papers:
            self._list.addWidget(self._papers(shown.papers))
        self._list.addStretch(1)

    def _none(self, found: CaseDetail) -> QWidget:
        may = self._shell.desk.actor.may(Right.MEDIATE)
        if found.row.state in (*ENDED, CaseState.CLOSED) or not may:
            return Empty("这件没有生效的协议", icon="deal")
        return Empty("还没有协议", "谈妥以后在这里出协议，也可以按 F6", icon="deal", link="出协议", clicked=self._agree)

    def _agree(self) -> None:
        if self._found is not None:
            self._shell.open("agreements", {"agree": self._found.row.number})

    def _agreement(self, found: AgreementDetail) -> QWidget:
        number = found.row.number
        signed = f"{show_day(found.draft.signed_on)} 签订" if found.draft.signed_on else ""
        total = f"合计 {money.show(found.row.total)} 元" if found.row.total else ""
        name = Words(number, "head", elide=True)
        top = row(name, Badge(*_standing(found)), Words(signed, "secondary"), None, Words(total, "head"), gap=8)
        body = column(panel(top), gap=8)
        if found.row.void:
            body.addWidget(Words(f"作废原因：{found.row.void_reason}", "secondary", wrap=True))
        for duty in found.duties:
            body.addWidget(line())
            body.addWidget(self._duty(duty))
        body.addWidget(line())
        paper = Button("看文书", "link", "paper", clicked=lambda: self._shell.open("papers", {"agreement": number}))
        file = Button("协议登记", "link", "jump", clicked=lambda: self._shell.open("agreements", {"agreement": number}))
        body.addWidget(panel(row(paper, file, None, gap=16)))
        return card(body, "soft" if found.row.void else "plain")

    def _duty(self, duty: DutyRow) -> QWidget:
        mark = duty_state.mark(duty)
        sign = Mark(mark, 14) if mark else Icon("close", "secondary", 14)
        said = Words(f"{duty.number}．{duty.text}", "body" if duty.is_open else "secondary", wrap=True)
        when = Words(duty_state.left(duty), "small", "late" if duty.is_late else "", right=True)
        theme.widen(when, _LEFT_WIDTH)
        laid = row(sign, said, when, gap=8)
        laid.setStretch(1, 1)
        if duty.is_open and self._shell.desk.actor.may(Right.PERFORM):
            laid.addWidget(
                Button(
                    "登记履行",
                    says=f"登记履行第 {duty.number} 项",
                    clicked=lambda: perform_dialog.show(self._shell, self, duty),
                )
            )
        return panel(laid)

    def _papers(self, papers: tuple[PaperLine, ...]) -> QWidget:
        body = column(Words("文书", "head"), gap=6)
        for paper in papers:
            body.addWidget(line())
            body.addWidget(self._paper(paper))
        return card(body)

    def _paper(self, paper: PaperLine) -> QWidget:
        state = "作废" if paper.void else "已归档" if paper.archived else f"{paper.pages} 页"
        title = Words(paper.title, "secondary" if paper.void else "body", elide=True)
        when = Words(f"{show_moment(paper.issued_at)} {paper.issued_by}", "small")
        look = Button("看", "link", says=f"看 {paper.title} {paper.number}", clicked=lambda: self._open(paper))
        number, kept = Words(paper.number, "small", elide=True), Words(state, "small")
        laid = row(Icon("paper", "secondary", 14), title, number, None, kept, when, look, gap=8)
        return panel(laid)

    def _open(self, paper: PaperLine) -> None:
        if self._found is not None:
            self._shell.open("papers", {"case": self._found.row.number, "kind": paper.kind})


def _standing(found: AgreementDetail) -> tuple[str, str]:
    if found.row.void:
        return "wait", "作废"
    if found.row.late:
        return "late", "逾期未履行"
    return ("act", f"还有 {found.row.open_duties} 项") if found.row.open_duties else ("done", "已履行完")
