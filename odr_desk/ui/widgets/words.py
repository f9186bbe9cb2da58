"""Words on the screen: plain text always, cut with … where asked, never read as HTML."""

import re
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import theme

Role = Literal["body", "title", "head", "secondary", "small", "figure", "key"]
Tone = str  # "", accent, act, wait, done, late: services name tones, so no closed type here
_LEAST = 24
BREAK = "\u200b"
_UNBROKEN = re.compile(
    r"[!-~]{25,}"
)  # such as a pasted link: Qt breaks no word, and one wider than its room stays hidden


class Words(QLabel):
    """A label for text from people or from us.

    With `elide` it shrinks, ends in … and keeps the whole text in the tooltip; with `wrap` it
    breaks into lines, within a word too where that is long; with `right` it stands at the right edge, as numbers do.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "",
        *,
        wrap: bool = False,
        elide: bool = False,
        right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self._elides = elide
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour of the words."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            theme.restyle(self)

    def is_cut(self) -> bool:
        """Tell whether the text does not fit and is cut."""
        return self._elides and self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    @override
    def setText(self, text: str) -> None:
        super().setText(_UNBROKEN.sub(lambda run: BREAK.join(run[0]), text) if self.wordWrap() else text)
        self._tell_the_rest()

    @override
    def text(self) -> str:
        return self.shown().replace(BREAK, "")

    def shown(self) -> str:
        """Return the text with the places at which its long words may break."""
        return super().text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("复制", self._copy).setEnabled(self.hasSelectedText())
        menu.addAction("全选", lambda: self.setSelection(0, len(self.shown())))
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        """Copy what is selected as it was written."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(BREAK, "").replace("\u2029", "\n"))

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(_LEAST, least.width()), least.height()) if self._elides else least

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_the_rest()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()), cut)

    def _tell_the_rest(self) -> None:
        if self._elides:
            self.setToolTip(theme.plain_tip(self.text()) if self.is_cut() else "")
