"""Asking for an advance payment, and the steps that follow it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.advance import (
    FROM_DEPOSIT,
    PAID_BY_MERCHANT,
    SOURCES,
    AdvanceDraft,
    AdvanceState,
    NoticeDraft,
    PaymentDraft,
    RecoveryDraft,
)
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.fields import check
from odr_desk.services import advances
from odr_desk.services.advances import AdvanceRow
from odr_desk.ui import ask
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.word_edit import WordEdit
from odr_desk.ui.widgets.words import Words

_LAW = "江苏省消费者权益保护条例第三十二条：直接向商户索赔未果的，商场先行赔付，赔付后向商户追偿。"
_USUAL: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    AdvanceDraft: {"source": SOURCES},
    RecoveryDraft: {"source": (FROM_DEPOSIT, PAID_BY_MERCHANT)},
}
Step = Callable[[Any, Any], object]


class _Asking:
    """A dialog with the form of one draft: what was entered is written, a refusal shown at its field."""

    def __init__(self, shell: Shell, parent: QWidget, title: str, draft: type, do: str) -> None:
        self._shell = shell
        usual = {name: WordEdit(words) for name, words in _USUAL.get(draft, {}).items()}
        self._form: Form[Any] = Form(draft, columns=2, editors=usual)
        self._note = Words("", "secondary", wrap=True)
        self._note.hide()
        self._dialog = Dialog(
            title, column(self._note, self._form, gap=8), do=do, closes=False, width=480, parent=parent
        )

    def begin(self, values: Mapping[str, object], note: str = "") -> "_Asking":
        """Fill in what is known."""
        self._form.set_values(values)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        return self

    def show(self, step: Step, said: str, verb: str) -> None:
        """Open the dialog; `step` gets the work and the draft."""
        self._dialog.submitted.connect(lambda: self._submit(step, said, verb))
        ask.show(self._dialog)

    def _submit(self, step: Step, said: str, verb: str) -> None:
        try:
            draft = self._form.draft()
            check(draft)
        except Invalid as error:
            self._form.show_problems(error)
            return

        def done(_result: object) -> None:
            self._dialog.accept()
            self._shell.say(said)

        self._dialog.set_busy(True)
        self._shell.desk.write(self._dialog, lambda work: step(work, draft), done, self._refused, verb=verb)

    def _refused(self, error: DeskError) -> None:
        self._dialog.set_busy(False)
        if isinstance(error, Invalid) and not self._form.show_problems(error):
            return
        self._dialog.show_error(error)


def request_advance(shell: Shell, parent: QWidget, case_no: str, outstanding: int) -> None:
    """Ask for an advance payment on a case."""
    asking = _Asking(shell, parent, "申请商场先行赔付？", AdvanceDraft, "提交审批")
    asking.begin({"amount": outstanding or None, "source": SOURCES[0]}, _LAW)
    asking.show(lambda work, draft: advances.request(work, case_no, draft), "已提交审批", "advance.request")


def pay(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Note the payment of an approved advance."""
    number = advance.advance_no
    asking = _Asking(shell, parent, f"{number} 已付款？", PaymentDraft, "登记付款").begin({"on": this_day()})
    asking.show(lambda work, draft: advances.pay(work, number, draft.on, draft.voucher), "已登记付款", "advance.pay")


def notify(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Note the day on which the merchant was told to pay back."""
    number = advance.advance_no
    asking = _Asking(shell, parent, "已向商户发出追偿通知？", NoticeDraft, "登记通知").begin({"on": this_day()})
    asking.show(lambda work, draft: advances.notify(work, number, draft.on), "已登记通知", "advance.notify")


def recover(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Write down money taken back from the merchant."""
    number = advance.advance_no
    asking = _Asking(shell, parent, f"{number} 追回款项？", RecoveryDraft, "登记追回")
    asking.begin({"amount": advance.remaining, "on": this_day()})
    asking.show(lambda work, draft: advances.recover(work, number, draft), "已登记追回", "recovery.add")


def approve(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Approve a request after a look at it."""
    number = advance.advance_no
    facts = (("金额", f"{money.show(advance.amount)} 元"), ("商户", advance.merchant), ("资金来源", advance.source))
    if ask.question(parent, f"批准先行赔付 {number}？", advance.reason, do="批准", facts=facts):
        shell.desk.write(
            parent,
            lambda work: advances.approve(work, number),
            lambda _: shell.say(f"{number} 已批准"),
            shell.refuse,
            verb="advance.approve",
        )


def refuse(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Turn a request down, also one that was approved and is not to be paid any more, with a reason."""
    number = advance.advance_no
    what = "不批准" if advance.state is AdvanceState.REQUESTED else "不付了"
    reason = ask.reason(parent, f"{number} {what}？", do=what, hint=f"为什么{what}")
    if reason is not None:
        shell.desk.write(
            parent,
            lambda work: advances.refuse(work, number, reason),
            lambda _: shell.say(f"{number} 未批准"),
            shell.refuse,
            verb="advance.refuse",
            reason=reason,
        )
