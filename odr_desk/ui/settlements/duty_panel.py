"""One duty beside the list: what was agreed, what was done on it, and the next payment to write down."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.moments import show_day
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file, drafts, duties
from odr_desk.services.agreement_file import AgreementDetail, PaidEntry
from odr_desk.services.duties import Performed
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import duty_state, reason_dialog
from odr_desk.ui.form import Form
from odr_desk.ui.keeping import FieldsKeeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.advance_dialogs import request_advance
from odr_desk.ui.settlements.columns import tail
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.words import Words


class DutyPanel(QWidget):
    """Shows a duty and writes its performance down; `performed` when something was."""

    performed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._shell = shell
        self._row: DutyRow | None = None
        self._reading = Latest(shell.desk, self)
        self._told = column(gap=8)
        self.form: Form[PerformanceDraft] = Form(PerformanceDraft, columns=2)
        self.do = Button("登记履行", "primary", "check", clicked=self.submit)
        self._waive = Button("不再要求…", "link", clicked=self._ask_waive)
        self._advance = Button("申请先行赔付…", "link", clicked=self._ask_advance)
        foot = column(row(self.do, None), row(self._waive, self._advance, None, gap=16), gap=8)
        self._write = card(column(Words("登记履行", "head"), self.form, foot, gap=8), "soft")
        self._entries = column(gap=4)
        body = column(self._told, self._write, self._entries, None, margins=(16, 12, 16, 12), gap=12)
        self._whole = scroll(body)
        self._nothing = Empty("没有选中的事项", "在左边选一项，这里登记付款", icon="deal")
        self.setLayout(column(self._whole, self._nothing, gap=0))
        self._keeping = FieldsKeeping(shell, drafts.PERFORMING, self, self.form.editors())
        self.show_duty(None)

    def show_duty(self, duty: DutyRow | None) -> None:
        """Show a duty; what was typed for the one before waits until that is shown again."""
        self._keeping.now()
        same = duty is not None and self._row is not None and duty.id == self._row.id
        self._row = duty
        self._nothing.setVisible(duty is None)
        self._whole.setVisible(duty is not None)
        if duty is None:
            return
        self._tell(duty)
        actor = self._shell.desk.actor
        self._write.setVisible(duty.is_open and actor.may(Right.PERFORM))
        self._waive.setVisible(actor.may(Right.MEDIATE))
        self._advance.setVisible(actor.may(Right.MEDIATE) and bool(duty.outstanding))
        if not same:
            empty_layout(self._entries)
            self.form.clear_problems()
            self.form.place("amount").setVisible(duty.amount is not None)
            self.form.set_values({"amount": duty.outstanding, "on": this_day(), "method": duty.method, "proof": ""})
            self._keeping.start(f"{duty.agreement_no}/{duty.number}")
        self._read_entries(duty)

    def submit(self) -> None:
        """Write the payment down."""
        duty = self._row
        if duty is None or not duty.is_open:
            return
        try:
            draft = self.form.draft()
        except Invalid as error:
            self.form.show_problems(error)
            return
        number, n = duty.agreement_no, duty.number
        self._shell.desk.write(
            self, lambda work: duties.perform(work, number, n, draft), self._done, self._refused, verb="duty.perform"
        )

    def focus_amount(self) -> None:
        """Put the cursor where the amount is written."""
        editor = self.form.editor("amount")
        if isinstance(editor, QWidget) and self._write.isVisible():
            editor.setFocus()

    def _tell(self, duty: DutyRow) -> None:
        empty_layout(self._told)
        state = "late" if duty.is_late else "wait" if duty.is_open else "done"
        head = row(Words(f"第 {duty.number} 项 {duty.kind}", "title", elide=True), Badge(state, duty_state.left(duty)))
        head.setStretch(0, 1)
        self._told.addWidget(panel(head))
        case = Button(tail(duty.case_no), "link", clicked=lambda: self._shell.open("cases", duty.case_no))
        paper = Button("看文书", "link", clicked=lambda: self._shell.open("papers", {"agreement": duty.agreement_no}))
        who = Words(f"{duty.merchant} {duty.counter} → {duty.consumer}", "secondary", elide=True)
        places = row(who, case, paper)
        places.setStretch(0, 1)
        self._told.addWidget(panel(places))
        self._told.addWidget(Words(duty.text, wrap=True))
        for name, value in _facts(duty):
            self._told.addWidget(panel(row(Words(name, "secondary"), None, Words(value, right=True))))

    def _read_entries(self, duty: DutyRow) -> None:
        number = duty.agreement_no
        self._reading.read(lambda work: agreement_file.detail(work, number), self._show_entries, self._shell.refuse)

    def _show_entries(self, found: AgreementDetail) -> None:
        duty = self._row
        empty_layout(self._entries)
        if duty is None:
            return
        own = [entry for entry in found.entries if entry.duty_id == duty.id]
        if own:
            self._entries.addWidget(Words("已登记", "head"))
        for entry in own:
            self._entries.addWidget(line())
            self._entries.addWidget(self._entry(entry, duty))

    def _entry(self, entry: PaidEntry, duty: DutyRow) -> QWidget:
        amount = money.show(entry.amount) if duty.amount is not None else "已完成"
        said = " · ".join(part for part in (entry.method, entry.proof, entry.by) if part)
        top = row(Words(show_day(entry.on)), None, Words(amount, "head" if not entry.taken_back else "secondary"))
        body = column(top, Words(said, "small", wrap=True), gap=2)
        if entry.taken_back:
            body.addWidget(Words(f"已撤回：{entry.taken_back}", "small", wrap=True))
        elif self._shell.desk.actor.may(Right.PERFORM):
            back = Button(
                "撤回…", "link", says=f"撤回 {show_day(entry.on)} {amount}", clicked=lambda: self._take_back(entry)
            )
            body.addLayout(row(None, back))
        return panel(body)

    def _take_back(self, entry: PaidEntry) -> None:
        if self._row is None:
            return
        kept_as = (drafts.TAKING_BACK, f"{self._row.agreement_no}/{self._row.number}/{entry.id}")
        reason_dialog.show(
            self._shell,
            self,
            Why("撤回这条履行记录？", "撤回", kept_as, hint="记错了什么"),
            lambda work, reason: duties.take_back(work, entry.id, reason),
            verb="duty.take_back",
            said="已撤回，记录留痕",
            then=lambda _: self.performed.emit(),
        )

    def _ask_waive(self) -> None:
        duty = self._row
        if duty is None:
            return
        number, n = duty.agreement_no, duty.number
        reason_dialog.show(
            self._shell,
            self,
            Why(f"不再要求履行第 {n} 项？", "不再要求", (drafts.WAIVING, f"{number}/{n}"), hint="如：消费者书面放弃"),
            lambda work, reason: duties.waive(work, number, n, reason),
            verb="duty.waive",
            said="已记为不再要求",
            then=lambda _: self.performed.emit(),
        )

    def _ask_advance(self) -> None:
        if self._row is not None:
            request_advance(self._shell, self, self._row.case_no, self._row.outstanding)

    def _done(self, found: Performed) -> None:
        left_over = f"，还剩 {money.show(found.outstanding)} 元" if found.outstanding else "，这一项已履行完"
        self._row = None
        self._keeping.drop()
        self._shell.say(f"已登记{left_over}")
        self.performed.emit()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, Invalid) and not self.form.show_problems(error):
            return
        self._shell.refuse(error)


def _facts(duty: DutyRow) -> list[tuple[str, str]]:
    found = [("期限", show_day(duty.due_on))]
    if duty.amount is not None:
        found += [("应付", money.show(duty.amount)), ("已付", money.show(duty.performed))]
        found += [("未付", money.show(duty.outstanding))] if duty.is_open else []
    if duty.done_on is not None:
        found.append(("履行完", show_day(duty.done_on)))
    if duty.waive_reason:
        found.append(("不再要求", duty.waive_reason))
    return found
