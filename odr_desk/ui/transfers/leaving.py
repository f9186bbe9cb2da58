"""A case that leaves the desk: what the consumer was told, transfers both ways, and the hand-over package."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from odr_desk.rules import words
from odr_desk.rules.errors import DeskError
from odr_desk.rules.explaining import ExplainDraft, Route
from odr_desk.rules.transfer import ReceiptDraft, ReturnDraft, TransferDraft, TransferInDraft
from odr_desk.services import drafts, explaining, hand_over, packing, transfers
from odr_desk.services.hand_over import PackageRow
from odr_desk.services.packing import Made, Order
from odr_desk.ui import ask, draft_dialog
from odr_desk.ui.draft_dialog import Question
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.day_edit import this_day, this_moment

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


def explain(shell: Shell, parent: QWidget, number: str, then: Callable[[], object] = lambda: None) -> None:
    """Ask what the consumer was told, and which ways were named; `then` go on."""
    question = Question(
        f"{number} 已向消费者说明？",
        "登记说明",
        "说明已登记",
        ExplainDraft,
        {"by": shell.desk.actor.name, "at": this_moment()},
        f"和解不成的，逐条告知{words.CONSUMER_LAW_39}写明的途径，告知了哪条勾哪条。",
        ("at", "by", "mode", "text", *Route),
        kept_as=(drafts.EXPLAINING, number),
    )

    def step(work: "Work", draft: ExplainDraft) -> object:
        return explaining.explain(work, number, draft)

    draft_dialog.show(shell, parent, question, step, verb="explain", then=lambda _: then())


def take_in(shell: Shell, parent: QWidget, number: str) -> None:
    """Ask from whom a case came."""
    question = Question(
        f"{number} 从哪里转来？",
        "登记转入",
        "转入已登记",
        TransferInDraft,
        {"on": this_day()},
        "转办单写明答复期限的照填；没有写的，按《江苏省消费者权益保护条例》第二十三条五日内答复。",
        kept_as=(drafts.TAKING_IN, number),
    )
    draft_dialog.show(
        shell, parent, question, lambda work, draft: transfers.take_in(work, number, draft), verb="transfer.in"
    )


def move_out(shell: Shell, parent: QWidget, number: str) -> None:
    """Ask to whom a case is handed; its letter and package follow."""
    question = Question(
        f"移送 {number}？",
        "登记移送",
        "移送已登记",
        TransferDraft,
        {"on": this_day()},
        "结果不变。登记以后在资料页出具移送函、做移送材料包。",
        kept_as=(drafts.HANDING_OVER, number),
    )
    draft_dialog.show(
        shell, parent, question, lambda work, draft: transfers.hand_over(work, number, draft), verb="transfer.out"
    )


def give_back(shell: Shell, parent: QWidget, number: str) -> None:
    """Ask why a case goes back; the letter is shown when it is noted."""
    question = Question(
        f"退回 {number}？",
        "登记退回",
        "退回已登记",
        ReturnDraft,
        {"on": this_day()},
        "不是本场商户的，同时记为“非本场商户”。登记以后出具退回函。",
        ("reason", "text", "to", "on", "materials", "receiver"),
        kept_as=(drafts.GIVING_BACK, number),
    )
    record = {"case": number, "kind": "return_letter"}

    def step(work: "Work", draft: ReturnDraft) -> int:
        return transfers.give_back(work, number, draft)

    draft_dialog.show(
        shell, parent, question, step, verb="transfer.return", then=lambda _: shell.open("papers", record)
    )


def acknowledge(shell: Shell, parent: QWidget, number: str, transfer_no: int) -> None:
    """Ask when the other body confirmed that it has the case."""
    kept_as = (drafts.ACKNOWLEDGING, f"{number}/{transfer_no}")
    question = Question(
        f"{number} 对方已收讫？", "登记收讫", "收讫已登记", ReceiptDraft, {"on": this_day()}, kept_as=kept_as
    )

    def step(work: "Work", draft: ReceiptDraft) -> None:
        transfers.acknowledge(work, number, transfer_no, draft)

    draft_dialog.show(shell, parent, question, step, verb="transfer.acknowledge")


def pack(shell: Shell, parent: QWidget, number: str, transfer_no: int = 0) -> None:
    """Ask for a folder and make the package there, with a strip that can stop it."""
    place = ask.folder(parent, "移送材料包放到哪个文件夹")
    if place is None:
        return
    shell.desk.write(
        parent,
        lambda work: hand_over.order(work, number, transfer_no),
        lambda order: _make(shell, parent, order, place),
        shell.refuse,
        verb="package",
    )


def open_package(package: PackageRow) -> None:
    """Show the folder of a package in the file manager of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(package.folder))


def _make(shell: Shell, parent: QWidget, order: Order, place: Path) -> None:
    running = shell.run("正在做移送材料包")

    def made(package: Made) -> None:
        running.finish()
        shell.desk.write(
            parent,
            lambda work: hand_over.record(work, package),
            lambda row: _tell(shell, row),
            shell.refuse,
            verb="package",
        )

    def refused(error: DeskError) -> None:
        running.finish()
        shell.refuse(error)

    shell.desk.make(parent, partial(packing.make, order, place, running.progress), made, refused)


def _tell(shell: Shell, row: PackageRow) -> None:
    shell.say(f"移送材料包已做好，{len(row.files)} 个文件，在 {row.folder}")
    open_package(row)
