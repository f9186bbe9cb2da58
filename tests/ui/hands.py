"""What a person does at the keyboard that pytest-qt cannot do: write Chinese."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from odr_desk.ui.widgets.text_edit import TextEdit


def write(widget: QWidget, text: str) -> None:
    """Commit a text as an input method does, character by character."""
    widget.setFocus()
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(widget, event)


def give_reason(dialog: QDialog, text: str) -> None:
    """Write why, and press the button that does it."""
    write(dialog.findChild(TextEdit), text)
    dialog.do.click()
