"""Short codes in a large text: a stroke and a code become a text module, and Tab goes from gap to gap of it."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from odr_desk.rules.text_module import GAP, typed_code

CHOOSE_KEY = Qt.Key.Key_F9


@runtime_checkable
class Modules(Protocol):
    """What stands behind the short codes around a text."""

    def words(self, code: str) -> str:
        """Return the filled words of a module, empty when no module has this code."""

    def choose(self, parent: QWidget, then: Callable[[str], object]) -> None:
        """Let the person choose a module; its filled words are handed on."""


def modules_around(widget: QWidget | None) -> Modules | None:
    """Return the modules of the nearest page around a widget that has some; dialogs have those of their page."""
    while widget is not None:
        found = getattr(widget, "modules", None)
        if isinstance(found, Modules):
            return found
        widget = widget.parentWidget()
    return None


class Expansion:
    """Answers the keys of one text."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        self._edit = edit

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key means for modules; tell whether it meant something."""
        if event.modifiers() or self._edit.isReadOnly() or self._is_composing():
            return False
        if event.key() == Qt.Key.Key_Space:
            return self._expand()
        return event.key() == CHOOSE_KEY and self.choose()

    def takes_tab(self) -> bool:
        """Expand the code before the cursor, else go to the next gap; tell whether there was one."""
        return not self._edit.isReadOnly() and not self._is_composing() and (self._expand() or self._next_gap())

    def _is_composing(self) -> bool:
        """Tell whether an input method has letters here that are no text yet."""
        laid = self._edit.textCursor().block().layout()
        return laid is not None and bool(laid.preeditAreaText())

    def choose(self) -> bool:
        """Open the list of modules, if there are some around."""
        modules = modules_around(self._edit)
        if modules is None:
            return False
        modules.choose(self._edit, self._insert)
        return True

    def _expand(self) -> bool:
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return False
        code = typed_code(cursor.block().text()[: cursor.positionInBlock()])
        modules = modules_around(self._edit) if code else None
        words = modules.words(code) if modules is not None else ""
        if not words:
            return False
        stroke = len(code) + 1
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, stroke)
        self._replace(cursor, words)
        return True

    def _insert(self, words: str) -> None:
        self._replace(self._edit.textCursor(), words)
        self._edit.setFocus()

    def _replace(self, cursor: QTextCursor, words: str) -> None:
        start = cursor.selectionStart()
        cursor.insertText(words)
        if GAP in words:
            self._select(self._edit.document().find(GAP, start))

    def _next_gap(self) -> bool:
        return self._select(self._edit.document().find(GAP, self._edit.textCursor().selectionEnd()))

    def _select(self, gap: QTextCursor) -> bool:
        if gap.isNull():
            return False
        self._edit.setTextCursor(gap)
        return True


def select_gap(edit: QPlainTextEdit) -> bool:
    """Put the cursor on the first gap that is left; tell whether there is one."""
    found = edit.document().find(GAP)
    if found.isNull():
        return False
    edit.setTextCursor(found)
    edit.setFocus()
    return True
