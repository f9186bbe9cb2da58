"""结案: one list of what is still open, each to be done now or left undone with a reason."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services import closing
from odr_desk.services.closing import OpenItem
from odr_desk.ui import ask
from odr_desk.ui.cases import dialogs
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words


def show(shell: Shell, parent: QWidget, number: str, go: Callable[[str], object]) -> None:
    """Ask what is open and show it; `go` is told the target of 现在办."""
    shell.desk.read(
        parent,
        lambda work: closing.gate(work, number),
        lambda items: _open(shell, parent, number, items, go),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, number: str, items: tuple[OpenItem, ...], go: Callable[[str], object]) -> None:
    lines = [_Line(item) for item in items]
    if lines:
        body = column(Words("还有这些没有办。现在办，或写明为什么不办。", "secondary", wrap=True), gap=6)
        for entry in lines:
            body.addWidget(line())
            body.addWidget(entry)
    else:
        body = column(row(Icon("check", "done"), Words("该办的都办了，可以归档。"), None, gap=8))
    dialog = Dialog(f"{number} 结案归档？", body, do="归档", closes=False, width=520, parent=parent)
    for entry in lines:
        entry.asked.connect(dialog.reject)
        entry.asked.connect(go)

    def submit() -> None:
        waivers = {entry.item.code: reason for entry in lines if (reason := entry.reason())}
        dialogs.write_from(
            shell, dialog, lambda work: closing.close(work, number, waivers), f"{number} 已归档", "case.close"
        )

    dialog.submitted.connect(submit)
    ask.show(dialog)


class _Line(QWidget):
    """One open item: what it is, 现在办, and the reason if it is left undone."""

    asked = Signal(str)

    def __init__(self, item: OpenItem) -> None:
        super().__init__()
        self.item = item
        self._reason = LineEdit("免办原因" if item.blocks else "可以不办，写明原因更好")
        self._reason.setAccessibleName(f"{item.text}，免办原因")
        now = Button("现在办", "link", "jump", clicked=lambda: self.asked.emit(item.target.value))
        head = row(
            Icon("alert", "act") if item.blocks else Icon("eye", "wait"),
            Words(item.text, "head" if item.blocks else "body", wrap=True),
            now,
            gap=8,
        )
        head.setStretch(1, 1)
        self.setLayout(column(panel(head), self._reason, gap=4))

    def reason(self) -> str:
        """Return why it is left undone, empty when nothing was written."""
        return str(self._reason.value() or "")
