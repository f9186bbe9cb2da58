"""The frame of every dialog: the question as title, a body that scrolls, buttons that stay."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QWidget
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.ui import paging, reading_order, theme
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import column, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_CHROME = 32  # title bar of the system, which the height of a dialog includes
_WIDEST = 960  # within the smallest window


class Dialog(QDialog):
    """A question with the object in its title, never higher than 500.

    `submitted` asks the owner to act; with `closes` the dialog is accepted by itself, else the
    owner calls `accept()` when the work is done, or `show_error()` when it was refused. `given_up` says that the
    button was pressed that does not want it; Esc only closes.
    """

    submitted = Signal()
    given_up = Signal()

    def __init__(
        self,
        title: str,
        body: QLayout | QWidget,
        *,
        do: str = "确定",
        keep: str = "取消",
        danger: bool = False,
        closes: bool = True,
        width: int = 440,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self.setWindowTitle(title)
        self.setModal(True)
        self._closes = closes
        self._wide = width
        self.do = Button(do, "primary", clicked=self.submit)
        self.do.setVisible(bool(do))
        self.keep = Button(keep, clicked=self.give_up)
        self.keep.setVisible(bool(keep))
        (self.keep if danger else self.do).setDefault(True)
        self.foot = row(None, self.keep, self.do, margins=(16, 10, 16, 12), gap=8)
        self._notice = column(margins=(16, 0, 16, 0))
        self._head = panel(row(Words(title, "title", wrap=True), margins=(16, 14, 16, 4)))
        self._inside = panel(body) if isinstance(body, QLayout) else body
        if (layout := self._inside.layout()) is not None:
            layout.setContentsMargins(16, 4, 16, 8)
        self._body = scroll(self._inside)
        self.setLayout(column(self._head, self._notice, self._body, self.foot, gap=0))

    def submit(self) -> None:
        """Do what the primary button says, if it may be pressed."""
        if not self.do.isEnabled():
            return
        self.clear_error()
        self.submitted.emit()
        if self._closes:
            self.accept()

    def give_up(self) -> None:
        """Close it because it is not wanted."""
        self.given_up.emit()
        self.reject()

    def set_busy(self, busy: bool) -> None:
        """Keep the primary button from being pressed twice while the work runs."""
        self.do.setEnabled(not busy)

    def show_error(self, error: DeskError) -> None:
        """Say at the top why it was refused; what was typed stays."""
        self.set_busy(False)
        self.clear_error()
        banner = Banner("late", str(error), closable=False)
        self._notice.addWidget(banner)
        banner.show()
        self.fit()

    def clear_error(self) -> None:
        """Take the refusal back."""
        while self._notice.count():
            item = self._notice.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def fit(self) -> None:
        """Take the height the body wants, within the limit."""
        wide = min(theme.wide(self._wide), _WIDEST)
        body = _height(self._inside, wide)
        rest = _height(self._head, wide) + self._notice.sizeHint().height() + self.foot.sizeHint().height()
        limit = min(theme.size("dialog") - _CHROME, QApplication.primaryScreen().availableSize().height() - _CHROME)
        self.resize(wide, min(body + rest + 4, limit))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return reading_order.step(self, forward=next)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
            return
        if not paging.takes(event, self):
            super().keyPressEvent(event)


def _height(widget: QWidget, wide: int) -> int:
    """Return what it needs at this width; the hint of wrapped words is a guess for another one, mostly too high."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.heightForWidth(wide)
    return widget.sizeHint().height()
