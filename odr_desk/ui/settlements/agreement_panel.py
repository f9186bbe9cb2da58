"""One agreement beside the register: its clauses and how far each is kept, its paper, and making it void."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from odr_desk.rules import money
from odr_desk.rules.case import CaseState
from odr_desk.rules.moments import show_day, show_moment
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file, agreements, drafts
from odr_desk.services.agreement_file import AgreementDetail, AgreementRow
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import duty_state, reason_dialog
from odr_desk.ui.aim import Aim, bring
from odr_desk.ui.latest import Latest
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.columns import tail
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marked_words import MarkedWords, Pointed
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.words import Words


class AgreementPanel(QWidget):
    """Shows an agreement; `voided` when it was made void."""

    voided = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._shell = shell
        self._reading = Latest(shell.desk, self)
        self._aim = Aim()
        self._is_aimed = False
        self._body = column(margins=(16, 12, 16, 12), gap=8)
        self._whole = scroll(self._body)
        self._nothing = Empty("没有选中的协议", "在左边选一份，这里看各项和文书", icon="deal")
        self.setLayout(column(self._whole, self._nothing, gap=0))
        self.show_agreement(None)

    def show_agreement(self, agreement: AgreementRow | None) -> None:
        """Show an agreement."""
        self._nothing.setVisible(agreement is None)
        self._whole.setVisible(agreement is not None)
        if agreement is None:
            self._reading.forget()
            return
        number = agreement.number
        self._reading.read(lambda work: agreement_file.detail(work, number), self._show, self._shell.refuse)

    def point_out(self, aim: Aim) -> None:
        """Mark the words that were looked for when the agreement of this number is shown, and go there once."""
        self._aim, self._is_aimed = aim, True

    def _show(self, found: AgreementDetail) -> None:
        self._aim = self._aim.while_on(found.row.number)
        empty_layout(self._body)
        self._body.addWidget(self._head(found))
        self._body.addWidget(self._places(found))
        if found.row.void:
            said = f"{show_moment(found.voided_at)} {found.voided_by} 作废：" if found.voided_at else "作废："
            self._body.addWidget(Words(said + found.row.void_reason, "secondary", wrap=True))
        for name, value in _facts(found):
            self._body.addWidget(panel(row(Words(name, "secondary"), None, Words(value, right=True))))
        for duty in found.duties:
            self._body.addWidget(line())
            self._body.addWidget(made := _clause(duty, self._aim))
            if self._is_aimed and made.findChild(MarkedWords) is not None:
                self._is_aimed = False
                bring(made)
        self._body.addWidget(line())
        self._body.addLayout(self._foot(found))
        self._body.addStretch(1)

    def _head(self, found: AgreementDetail) -> QWidget:
        row_ = found.row
        state, said = (
            ("wait", "作废") if row_.void else ("wait", "未履行完") if row_.open_duties else ("done", "已履行完")
        )
        laid = row(Words(row_.number, "title", elide=True), Badge(state, said))
        laid.setStretch(0, 1)
        return panel(laid)

    def _places(self, found: AgreementDetail) -> QWidget:
        case_no = found.row.case_no
        who = Words(f"{found.row.consumer} ↔ {found.row.merchant}", "secondary", elide=True)
        case = Button(tail(case_no), "link", clicked=lambda: self._shell.open("cases", case_no))
        laid = row(who, case)
        laid.setStretch(0, 1)
        return panel(laid)

    def _foot(self, found: AgreementDetail) -> QLayout:
        number, closed = found.row.number, found.case_state is CaseState.CLOSED
        paper = Button("看文书", icon="paper", clicked=lambda: self._shell.open("papers", {"agreement": number}))
        foot = row(paper, None)
        if not found.row.void and self._shell.desk.actor.may(Right.MEDIATE):
            if closed:
                foot.addWidget(Words("已归档，重新打开后才能作废", "small"))
            else:
                foot.addWidget(Button("作废…", "link", clicked=lambda: self._void(number, found.paid)))
        return foot

    def _void(self, number: str, paid: int) -> None:
        title = f"作废 {number}？"
        hint = "编号不再使用，文书留档；投诉件回到协商中"
        note = f"按这份协议已付 {money.show(paid)} 元：照样计入挽回经济损失，新协议只写还没付的。" if paid else ""
        kept_as = (drafts.VOIDING_AGREEMENT, number)
        reason_dialog.show(
            self._shell,
            self,
            Why(title, "作废协议", kept_as, label="作废原因", hint=hint, note=note),
            lambda work, reason: agreements.void(work, number, reason),
            verb="agree.void",
            said=f"{number} 已作废",
            then=lambda _: self.voided.emit(),
        )


def _facts(found: AgreementDetail) -> list[tuple[str, str]]:
    rows = [("签订", f"{show_day(found.draft.signed_on)} {found.draft.place}".strip())]
    rows.append(("合计", f"{money.show(found.row.total)} 元"))
    if found.draft.final:
        rows.append(("了结", "一次性了结"))
    rows += [
        ("文书", f"{'已归档' if paper.archived else '已出具'}，{paper.pages} 页")
        for paper in found.papers
        if not paper.void
    ]
    return rows


def _clause(duty: DutyRow, aim: Aim) -> QWidget:
    mark = duty_state.mark(duty)
    text = f"{duty.number}．{duty.text}"
    marked = aim.spans(text)
    said = MarkedWords(text, marked) if marked else Words(text, wrap=True)
    tone = "late" if duty.is_late else ""
    state = row(None, Words(duty_state.left(duty), "small", tone))
    if mark:
        state.insertWidget(1, Mark(mark, 14))
    laid = column(said, state, gap=2)
    return Pointed(laid) if marked else panel(laid)
