"""结案: one list of what is still open, each to be done now or left undone with a reason."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.services import closing, drafts
from odr_desk.services.closing import OpenItem
from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import mark_bad
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

Go = Callable[[OpenItem], object]


def show(shell: Shell, parent: QWidget, number: str, go: Go) -> None:
    """Ask what is open and show it; `go` is told what 现在办 is about."""
    shell.desk.read(
        parent,
        lambda work: closing.gate(work, number),
        lambda items: _open(shell, parent, number, items, go),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, number: str, items: tuple[OpenItem, ...], go: Go) -> None:
    lines = [_Line(item) for item in items]
    if lines:
        body = column(Words("还有这些没有办。现在办，或逐项写明为什么不办。", "secondary", wrap=True), gap=6)
        for entry in lines:
            body.addWidget(line())
            body.addWidget(entry)
    else:
        body = column(row(Icon("check", "done"), Words("该办的都办了，可以归档。"), None, gap=8))
    dialog = Dialog(f"{number} 结案归档？", body, do="归档", closes=False, width=520, parent=parent)
    for above, entry in pairwise(lines):
        entry.offer_same(above)
    for entry in lines:
        entry.asked.connect(dialog.reject)
        entry.asked.connect(go)
    _keep(shell, dialog, number, lines)
    dialog.submitted.connect(partial(_submit, shell, dialog, number, lines))
    ask.show(dialog)


def _keep(shell: Shell, dialog: Dialog, number: str, lines: "list[_Line]") -> None:
    """Keep the reasons while some items are dealt with first, and give them back."""

    def content() -> dict[str, object]:
        return {entry.item.code: entry.reason() for entry in lines if entry.reason()}

    def take_up(reasons: Mapping[str, object]) -> None:
        for entry in lines:
            entry.write(str(reasons.get(entry.item.code, "")))

    kept = keeping.over(shell, dialog, (drafts.CLOSING, number), content, take_up)
    for entry in lines:
        entry.changed.connect(kept.soon)


def _submit(shell: Shell, dialog: Dialog, number: str, lines: "list[_Line]") -> None:
    left = [entry for entry in lines if not entry.reason()]
    for entry in lines:
        entry.show_missing(entry in left)
    if left:
        words = "、".join(entry.item.target.label for entry in left)
        dialog.show_error(Invalid.of("waivers", f"还有 {len(left)} 项没写原因：{words}。现在办，或写明为什么不办"))
        left[0].start()
        return
    waivers = {entry.item.code: entry.reason() for entry in lines}
    write_from(
        shell,
        dialog,
        lambda work: closing.close(work, number, waivers),
        f"{number} 已归档",
        "case.close",
    )


class _Line(QWidget):
    """One open item: what it is, 现在办, and the reason if it is left undone."""

    asked = Signal(object)
    changed = Signal()

    def __init__(self, item: OpenItem) -> None:
        super().__init__()
        self.item = item
        self._reason = LineEdit("不办的原因")
        self._reason.setAccessibleName(f"{item.text}，不办的原因")
        self._reason.changed.connect(self._on_changed)
        now = Button("现在办", "link", "jump", clicked=lambda: self.asked.emit(item))
        now.setAccessibleName(f"现在办：{item.text}")
        head = row(
            Icon("alert", "act") if item.owed else Icon("eye", "wait"),
            Words(item.text, "head" if item.owed else "body", wrap=True),
            now,
            gap=8,
        )
        head.setStretch(1, 1)
        self._foot = row(self._reason, gap=4)
        self.setLayout(column(panel(head), self._foot, gap=4))

    def offer_same(self, above: "_Line") -> None:
        """Offer to leave it undone for the same reason as the item above."""
        same = Button("同上", "link", clicked=lambda: self._same(above))
        same.setAccessibleName(f"{self.item.text}，原因同上一项")
        self._foot.addWidget(same)

    def reason(self) -> str:
        """Return why it is left undone, empty when nothing was written."""
        return str(self._reason.value() or "")

    def write(self, reason: str) -> None:
        """Write a reason, unless something was typed already."""
        if reason and not self.reason():
            self._reason.set_value(reason)

    def start(self) -> None:
        """Put the cursor where the reason goes."""
        self._reason.setFocus()

    def show_missing(self, missing: bool) -> None:
        """Give the reason its red outline, or take it away."""
        mark_bad(self._reason, missing)

    def _same(self, above: "_Line") -> None:
        self._reason.set_value(above.reason())
        self._on_changed()

    def _on_changed(self) -> None:
        self.show_missing(False)
        self.changed.emit()
