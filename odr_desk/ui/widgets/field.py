"""A field on the page: name above, the editor, and what is wrong with it below."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QSizePolicy, QWidget

from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Tone, Words


@runtime_checkable
class Editor(Protocol):
    """What every input can do; its value is text as typed or the value itself, for `parsing.parse`."""

    changed: SignalInstance

    def value(self) -> object:
        """Return what was entered."""

    def set_value(self, value: object) -> None:
        """Show a value without announcing it."""


_INDENT = 26  # where the words of a box begin


def mark_bad(editor: QWidget, bad: bool) -> None:
    """Give the editor its red outline, or take it away."""
    wanted = "true" if bad else ""
    if (editor.property("bad") or "") != wanted:
        editor.setProperty("bad", wanted)
        theme.restyle(editor)


class Labelled(QWidget):
    """An editor with its name above, 必填 beside the name, a note at the right, a problem or a doubt below.

    Without a name (a box to tick has its own) the note stands below the editor.

    A problem keeps from saving and is red; a doubt does not and is amber. The problem goes first.
    """

    def __init__(
        self, label: str, editor: QWidget, *, required: bool = False, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = label
        self._name = Words(label, "small")
        self._name.setBuddy(editor)
        head = row(self._name, gap=4)
        if required:
            head.addWidget(Words("必填", "small", "act"))
        head.addStretch(1)
        self._note = Words(note, "small", wrap=not label)
        if not note:
            self._note.hide()  # never the opposite: a widget without parent that is shown is a window
        laid = column(head, editor, gap=4)
        if label:
            head.addWidget(self._note)
        else:
            laid.addLayout(row(_INDENT, self._note, gap=0))  # a box says its name itself: its note stands below it
        self._texts = {"late": "", "act": ""}
        self._sign = Icon("alert", "late")
        self._problem = Words("", tone="late", wrap=True)
        self._problem.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        below = QWidget()
        below.setLayout(row(self._sign, self._problem, gap=6))
        self._below = below
        below.hide()
        laid.addWidget(below)
        self.setLayout(laid)
        if not editor.accessibleName():
            editor.setAccessibleName(f"{label}，必填" if required else label)

    def label(self) -> str:
        """Return the name of the field."""
        return self._label

    def drop_name(self) -> None:
        """Leave no room above for the name that is not there."""
        self._name.hide()

    def set_note(self, note: str) -> None:
        """Say something short at the right of the name."""
        self._note.setText(note)
        if not note:
            self._note.hide()  # never the opposite: a widget without parent that is shown is a window

    def show_problem(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._texts["late"] = text
        mark_bad(self.editor, bool(text))
        self._show_below()

    def show_doubt(self, text: str) -> None:
        """Say what looks odd and may be so; an empty text takes it back."""
        self._texts["act"] = text
        self._show_below()

    def problem(self) -> str:
        """Return what is said to be wrong, empty when nothing is."""
        return self._texts["late"]

    def doubt(self) -> str:
        """Return what is said to look odd, empty when nothing does."""
        return self._texts["act"]

    def _show_below(self) -> None:
        tone: Tone = "late" if self._texts["late"] else "act"
        text = self._texts[tone]
        self._sign.set_icon("alert", tone)
        self._problem.set_tone(tone)
        self._problem.setText(text)
        self._below.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
