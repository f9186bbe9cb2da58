"""While an input method composes no shortcut leads elsewhere: the letters typed so far would be lost with it."""

from functools import cache

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class _Guard(QObject):
    """Watches an input only while letters are being composed in it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the key goes to the input, which has no use for it
            return True
        if event.type() == QEvent.Type.FocusOut:
            watched.removeEventFilter(self)
        return False


@cache
def _guard() -> _Guard:
    return _Guard()


def guard(edit: QWidget, event: QInputMethodEvent) -> None:
    """Hold shortcuts back from the first letter that is composed until the word is written or dropped."""
    if event.preeditString():
        edit.installEventFilter(_guard())
    else:
        edit.removeEventFilter(_guard())
