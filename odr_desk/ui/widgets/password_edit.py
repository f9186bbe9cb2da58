"""The input for a password: hides what is typed and notices a caps lock that nobody meant."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit

CAPS = "大写锁定已打开"


class PasswordEdit(LineEdit):
    """A line that shows dots; `caps` tells whether the last letter came out large without Shift."""

    caps = Signal(bool)

    def __init__(self, says: str) -> None:
        super().__init__()
        self.setEchoMode(LineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setAccessibleName(says)

    @override
    def value(self) -> object:
        """Return the password as typed: blanks belong to it."""
        return self.text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(typed.isupper() != shift)
        super().keyPressEvent(event)


def labelled(label: str, *, required: bool = False, note: str = "") -> tuple[PasswordEdit, Labelled]:
    """Return a password input and its place on the page, which says so when caps lock is on."""
    editor = PasswordEdit(label)
    place = Labelled(label, editor, required=required, note=note)
    editor.caps.connect(lambda on: place.show_doubt(CAPS if on else ""))
    editor.changed.connect(lambda: place.show_problem(""))
    return editor, place
