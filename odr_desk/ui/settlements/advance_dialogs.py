"""Asking for an advance payment, and the steps that follow it."""

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
from odr_desk.services import advances, drafts
from odr_desk.services.advances import AdvanceRow
from odr_desk.ui import ask, draft_dialog, reason_dialog
from odr_desk.ui.draft_dialog import Question
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.day_edit import this_day

_LAW = "江苏省消费者权益保护条例第三十二条：直接向商户索赔未果的，商场先行赔付，赔付后向商户追偿。"


def request_advance(shell: Shell, parent: QWidget, case_no: str, outstanding: int) -> None:
    """Ask for an advance payment on a case."""
    question = Question(
        "申请商场先行赔付？",
        "提交审批",
        "已提交审批",
        AdvanceDraft,
        {"amount": outstanding or None, "source": SOURCES[0]},
        _LAW,
        kept_as=(drafts.ADVANCING, case_no),
        usual={"source": SOURCES},
    )
    draft_dialog.show(
        shell, parent, question, lambda work, draft: advances.request(work, case_no, draft), verb="advance.request"
    )


def pay(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Note the payment of an approved advance."""
    number = advance.advance_no
    today, kept_as = {"on": this_day()}, (drafts.PAYING, number)
    question = Question(f"{number} 已付款？", "登记付款", "已登记付款", PaymentDraft, today, kept_as=kept_as)
    draft_dialog.show(
        shell,
        parent,
        question,
        lambda work, draft: advances.pay(work, number, draft.on, draft.voucher),
        verb="advance.pay",
    )


def notify(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Note the day on which the merchant was told to pay back."""
    number = advance.advance_no
    today, kept_as = {"on": this_day()}, (drafts.NOTIFYING, number)
    question = Question("已向商户发出追偿通知？", "登记通知", "已登记通知", NoticeDraft, today, kept_as=kept_as)
    draft_dialog.show(
        shell, parent, question, lambda work, draft: advances.notify(work, number, draft.on), verb="advance.notify"
    )


def recover(shell: Shell, parent: QWidget, advance: AdvanceRow) -> None:
    """Write down money taken back from the merchant."""
    number = advance.advance_no
    question = Question(
        f"{number} 追回款项？",
        "登记追回",
        "已登记追回",
        RecoveryDraft,
        {"amount": advance.remaining, "on": this_day()},
        kept_as=(drafts.RECOVERING, number),
        usual={"source": (FROM_DEPOSIT, PAID_BY_MERCHANT)},
    )
    draft_dialog.show(
        shell, parent, question, lambda work, draft: advances.recover(work, number, draft), verb="recovery.add"
    )


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
    reason_dialog.show(
        shell,
        parent,
        Why(f"{number} {what}？", what, (drafts.REFUSING, number), hint=f"为什么{what}"),
        lambda work, reason: advances.refuse(work, number, reason),
        verb="advance.refuse",
        said=f"{number} 未批准",
    )
