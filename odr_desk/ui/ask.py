"""Every question to the person at the desk, and the only place that opens a box and waits.

Screens that write through the Desk from a dialog use `show`, which does not wait.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from odr_desk.rules.errors import Trouble
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Facts = Sequence[tuple[str, str]]


def question(
    parent: QWidget | None,
    title: str,
    text: str = "",
    *,
    do: str = "确定",
    keep: str = "取消",
    facts: Facts = (),
    danger: bool = False,
) -> bool:
    """Ask yes or no; the title is the question with its object, `do` the verb and object of yes."""
    body = column(*([Words(text, "secondary", wrap=True)] if text else []), gap=8)
    for name, value in facts:
        body.addLayout(row(Words(name, "secondary"), None, Words(value)))
    return wait(Dialog(title, body, do=do, keep=keep, danger=danger, parent=parent))


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Tell something that must be read before going on."""
    wait(Dialog(title, column(Words(text, "secondary", wrap=True)), do="知道了", keep="", parent=parent))


def trouble(parent: QWidget | None, error: Trouble) -> bool:
    """Tell what disk, printer or database did not do and what helps; true when it shall be tried again."""
    body = column(Words(error.what, "head", wrap=True), Words(error.advice, "secondary", wrap=True))
    return wait(Dialog("没有完成", body, do="重试", keep="关闭", parent=parent))


def open_file(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """Ask for a file that exists; `kinds` as in `Excel 工作簿 (*.xlsx *.xls)`."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(chosen) if chosen else None


def open_files(parent: QWidget | None, title: str, kinds: str) -> tuple[Path, ...]:
    """Ask for files that exist."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return tuple(map(Path, chosen))


def save_file(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to write a file; the system asks before one is replaced."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def folder(parent: QWidget | None, title: str) -> Path | None:
    """Ask for a folder."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def printer(parent: QWidget | None, chosen: "QPrinter") -> bool:
    """Ask on which printer, as the system asks; the answer is written into `chosen`."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(chosen, parent)
    dialog.setWindowTitle("选择打印机")
    return wait(dialog)


def show(dialog: QDialog) -> None:
    """Open a dialog over its window and go on; it tells the rest by its signals."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def wait(dialog: QDialog) -> bool:
    """Open a dialog and wait until it is answered."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
