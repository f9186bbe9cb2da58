"""What a person does at the keyboard that pytest-qt cannot do: write Chinese."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def write(widget: QWidget, text: str) -> None:
    """Commit a text as an input method does, character by character."""
    widget.setFocus()
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(widget, event)
