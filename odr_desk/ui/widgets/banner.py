"""Banners: what happened, what is saved, what to do now; also undo and progress, of the same build."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon, Key
from odr_desk.ui.widgets.words import Tone, Words

BannerKind = Literal["late", "act", "done", "soft"]
_SIGNS: dict[str, tuple[str, str]] = {
    "late": ("alert", "late"),
    "act": ("alert", "act"),
    "done": ("check", "done"),
    "soft": ("check", "done"),
}


class Banner(QFrame):
    """A strip with a mark, a sentence, up to one button, links, and a way to close it."""

    closed = Signal()

    def __init__(
        self, kind: BannerKind, text: str, *, icon: str = "", closable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", kind)
        name, role = _SIGNS[kind]
        self._kind = kind
        self._gone = False
        loud = kind in {"late", "act"}
        tone: Tone = "late" if kind == "late" else "act" if kind == "act" else ""
        self.words = Words(text, "head" if loud else "body", tone, wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = row(Icon(icon or name, role if not icon else "secondary"), self.words, gap=8)
        self._row.setStretch(1, 1)
        self._row.setContentsMargins(12, 6, 12, 6)
        self.setLayout(self._row)
        self._close = Button("", "link", "close", role="secondary", says="关闭这条提示", clicked=self.dismiss)
        self._row.addWidget(self._close)
        self._close.setVisible(closable)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Change the sentence."""
        self.words.setText(text)
        self.setAccessibleName(text)

    def add_button(self, text: str, clicked: Callable[[], object]) -> Button:
        """Add the one plain button."""
        return self._add(Button(text, clicked=clicked))

    def add_link(self, text: str, clicked: Callable[[], object], *, keys: str = "") -> Button:
        """Add a link, with its key beside it if it has one."""
        link = self._add(Button(text, "link", clicked=clicked))
        if keys:
            self._row.insertWidget(self._row.count() - 1, Key(keys))
        return link

    def dismiss(self) -> None:
        """Go away; also when the work was done before there was time to paint."""
        if not self._gone:
            self._gone = True
            self.hide()
            self.closed.emit()

    def _add(self, button: Button) -> Button:
        self._row.insertWidget(self._row.count() - 1, button)
        return button


class UndoStrip(Banner):
    """Says what was done and offers to take it back, for a while."""

    def __init__(self, text: str, undo: Callable[[], object] | None = None, *, seconds: int = 10) -> None:
        super().__init__("soft", text)
        self._undo = undo
        if undo is not None:
            self.add_link("撤销", self._on_undo, keys="Ctrl Z")
        self._leave = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._leave.timeout.connect(self.dismiss)
        self._leave.start()

    def _on_undo(self) -> None:
        self.dismiss()
        if self._undo is not None:
            self._undo()


class ProgressStrip(Banner):
    """Says how far long work is; cancelling takes effect at its next report."""

    def __init__(self, text: str) -> None:
        super().__init__("soft", text, icon="clock", closable=False)
        self._text = text
        self._cancel: Button | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(text)
        self._row.insertWidget(2, self._bar)

    def set_cancel(self, cancel: Callable[[], object]) -> None:
        """Offer to cancel the work."""
        self._cancel = self.add_link("取消", lambda: self._on_cancel(cancel))

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many are done; nothing of nothing while that is not known."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if total:
            self.set_text(f"{self._text}，已到 {done:,} / {total:,}")

    def _on_cancel(self, cancel: Callable[[], object]) -> None:
        if self._cancel is not None:
            self._cancel.setEnabled(False)
        self.set_text(f"{self._text}，正在取消")
        cancel()
