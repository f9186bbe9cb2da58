"""Inputs for text: one line, and several lines that grow with what is typed."""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from odr_desk.rules.parsing import without_unseen
from odr_desk.rules.snippets import Span
from odr_desk.ui import theme
from odr_desk.ui.widgets import composing, marked_words
from odr_desk.ui.widgets.expansion import Expansion

LONGEST = 100_000_000  # nothing is cut silently: the field's own limit refuses in words what is too long
_LONG = 5_000  # from here on lines break anywhere: looking for places to break a long line takes Qt seconds


class LineEdit(QLineEdit):
    """One line of text."""

    changed = Signal()

    def __init__(self, hint: str = "", *, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._on_edited)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        composing.guard(self, event)

    def _on_edited(self, text: str) -> None:
        """Let go of what a paste brought along that nobody can see, and could therefore not delete."""
        seen = without_unseen(text)
        if seen != text:
            at = len(without_unseen(text[: self.cursorPosition()]))
            self.setText(seen)
            self.setCursorPosition(at)
        self.changed.emit()

    def value(self) -> object:
        """Return the text without blanks around it."""
        return self.text().strip()

    def typed(self) -> object:
        """Return what a draft keeps: the text to the last blank."""
        return self.text()

    def set_value(self, value: object) -> None:
        """Show a text, from its beginning."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def mark(self, spans: Iterable[Span]) -> None:
        """Show where the first hit stands in the text."""
        for start, end in marked_words.in_units(self.text(), spans):
            self.setSelection(start, end - start)
            return


class TextEdit(QPlainTextEdit):
    """Several lines of plain text; grows from `least` to `most` lines, then scrolls.

    Tab leaves the field, unless it expands a short code or goes to a gap (see expansion). With
    `bare` it has no frame, for use inside a card.
    """

    changed = Signal()

    def __init__(
        self, hint: str = "", *, least: int = 3, most: int = 8, bare: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._loading = least, most, False
        self._composed_at: int | None = None  # characters of the text while an input method composes
        self.expansion = Expansion(self)
        self.setProperty("kind", "bare" if bare else "")
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # every line is broken to the width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if bare:
            self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def value(self) -> object:
        """Return the text without blanks around it."""
        return self.toPlainText().strip()

    def typed(self) -> object:
        """Return what a draft keeps: the text to the last line break."""
        return self.toPlainText()

    def set_value(self, value: object) -> None:
        """Show a text."""
        self._loading = True
        text = "" if value is None else str(value)
        self._break_for(len(text))
        self.setPlainText(text)
        self._loading = False

    def mark(self, spans: Iterable[Span]) -> None:
        """Show where hits stand in the text, the first of them in sight; what is typed is not touched."""
        marks: list[QTextEdit.ExtraSelection] = []
        for start, end in marked_words.in_units(self.toPlainText(), spans):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())  # type: ignore[attr-defined] # left out of the stubs
            mark.cursor.setPosition(start)  # type: ignore[attr-defined]
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)  # type: ignore[attr-defined]
            mark.format.setBackground(theme.colour("accent_soft"))  # type: ignore[attr-defined]
            mark.format.setFontUnderline(True)  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            first = self.textCursor()
            first.setPosition(marks[0].cursor.selectionStart())  # type: ignore[attr-defined]
            self.setTextCursor(first)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method writes; letters it is still composing are no text yet and change nothing."""
        is_composing = not event.commitString() and not event.replacementLength()
        self._composed_at = self.document().characterCount() if is_composing else None
        super().inputMethodEvent(event)
        self._composed_at = None
        composing.guard(self, event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, without what nobody can see and could therefore not delete."""
        text = without_unseen(source.text())
        self._break_for(len(text) + self.document().characterCount())
        self.insertPlainText(text)
        self.ensureCursorVisible()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Ctrl+⏎ belongs to the page: it submits
            return
        if not self.expansion.takes(event):
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return (next and self.expansion.takes_tab()) or super().focusNextPrevChild(next)

    def _break_for(self, length: int) -> None:
        mode = QTextOption.WrapMode
        wanted = mode.WrapAnywhere if length > _LONG else mode.WrapAtWordBoundaryOrAnywhere
        if wanted != self.wordWrapMode():
            self.setWordWrapMode(wanted)

    def _on_text(self) -> None:
        count = self.document().characterCount()
        self._break_for(count)
        if not self._loading and count != self._composed_at:  # what was selected goes as soon as one composes
            self.changed.emit()

    def _fit(self) -> None:
        spacing = ceil(QFontMetricsF(self.font()).lineSpacing())  # a part of a point too little rolls a line away
        lines = self.document().documentLayout().documentSize().height()
        shown = min(max(lines, self._least), self._most)
        margin = 2 * self.document().documentMargin() + (0 if self.property("kind") == "bare" else 8)
        wanted = round(shown * spacing + margin)
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
        over = lines > self._most
        wanted_bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if wanted_bar != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(wanted_bar)
            QTimer.singleShot(0, self, self._lay_again)

    def _lay_again(self) -> None:
        """Break the lines to the room that is left: a bar that comes while Qt breaks them is not taken into account."""
        room = self.viewport().size()
        super().resizeEvent(QResizeEvent(room, QSize(-1, room.height())))
