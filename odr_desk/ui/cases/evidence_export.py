"""Copies of evidence to a folder: which pieces, with or without what the cameras noted."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.services import evidence, evidence_copies
from odr_desk.services.evidence import Piece
from odr_desk.services.evidence_copies import Order
from odr_desk.ui import ask
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

_WHICH = "副本按“01 消费者 小票”编号，去掉拍摄时间和地点，另附证据目录（名称、页数、SHA-256）。"
_COVERED = "已有遮盖副本的原件没有勾选。"


def show(shell: Shell, parent: QWidget, case_no: str, pieces: Sequence[Piece]) -> None:
    """Ask which pieces and where to, then write them."""
    originals_of_copies = {one.shared_of for one in pieces if one.shared_of is not None}
    body = column(Words(_WHICH + (_COVERED if originals_of_copies else ""), "secondary", wrap=True), gap=4)
    ticks: dict[int, Tick] = {}
    for one in pieces:
        ticks[one.number] = Tick(f"{one.party.label}　{one.called}")
        ticks[one.number].set_value(one.number not in originals_of_copies)
        body.addWidget(ticks[one.number])
    originals = Tick("改为导出原始文件，连同拍摄时间和地点")
    body.addSpacing(8)
    body.addWidget(originals)
    dialog = Dialog(f"导出 {case_no} 的材料", body, do="选文件夹导出", closes=False, width=480, parent=parent)

    def submit() -> None:
        numbers = [number for number, tick in ticks.items() if tick.value()]
        if not numbers:
            return
        folder = ask.folder(dialog, "把材料导出到")
        if folder is not None:
            dialog.accept()
            order(shell, parent, case_no, numbers, folder, originals=bool(originals.value()))

    def follow() -> None:
        dialog.do.setEnabled(any(tick.value() for tick in ticks.values()))

    for tick in ticks.values():
        tick.changed.connect(follow)
    dialog.submitted.connect(submit)
    ask.show(dialog)


def one(shell: Shell, parent: QWidget, piece: Piece, case_no: str) -> None:
    """Write a copy of one piece into a folder."""
    folder = ask.folder(parent, f"把“{piece.called}”导出到")
    if folder is not None:
        order(shell, parent, case_no, [piece.number], folder, originals=False)


def order(
    shell: Shell, parent: QWidget, case_no: str, numbers: Sequence[int], folder: Path, *, originals: bool
) -> None:
    """Put the export on record, then write the copies beside the other work."""
    shell.desk.write(
        parent,
        lambda work: evidence.order_copies(work, case_no, numbers, originals=originals),
        lambda ordered: _write(shell, parent, ordered, folder),
        shell.refuse,
        verb="attachment.export",
    )


def _write(shell: Shell, parent: QWidget, ordered: Order, folder: Path) -> None:
    running = shell.run(f"正在导出材料 {len(ordered.lines)} 份")

    def done(path: Path) -> None:
        running.finish()
        shell.say(f"材料 {len(ordered.lines)} 份已导出到 {path}")

    def failed(error: DeskError) -> None:
        running.finish()
        shell.refuse(error)

    shell.desk.make(parent, lambda: evidence_copies.save_all(ordered, folder, running.progress), done, failed)
