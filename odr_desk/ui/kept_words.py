"""The words of a draft whose form can no longer be opened, so that they can be read and copied elsewhere."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from odr_desk.services import drafts
from odr_desk.services.drafts import Kept
from odr_desk.ui import ask
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words


def show(shell: Shell, parent: QWidget, kept: Kept, why: str) -> None:
    """Show what was typed; `why` says why it cannot be gone on with."""
    words = TextEdit(least=4, most=12)
    words.setPlainText("\n".join(drafts.said(kept.content)))
    words.setReadOnly(True)
    told = f"{why}，“{drafts.LABELS.get(kept.kind, kept.kind)}”不能接着写。写过的字都在下面，可以复制到别处。"
    body = column(Words(told, "secondary", wrap=True), Labelled("写过的字", words), gap=8)
    dialog = Dialog(f"{kept.subject} 没写完的", body, do="复制", keep="关闭", closes=False, parent=parent)

    def copy() -> None:
        QGuiApplication.clipboard().setText(words.toPlainText())
        dialog.accept()
        shell.say("已复制，草稿还在“今日”的没写完的里")

    dialog.submitted.connect(copy)
    ask.show(dialog)


def find(shell: Shell, parent: QWidget, kind: str, subject: str, why: str) -> None:
    """Show what was typed, if there still is something."""
    shell.desk.read(
        parent,
        lambda work: drafts.of(work, kind, subject),
        lambda found: show(shell, parent, found[0], why) if found else None,
        shell.refuse,
    )
