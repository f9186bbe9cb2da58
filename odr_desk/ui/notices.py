"""The place at the top of every page for what happened: refusals, undo, long work."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from odr_desk.ui.widgets.banner import Banner, ProgressStrip, UndoStrip
from odr_desk.ui.widgets.boxes import column


class Notices(QWidget):
    """At most one refusal, one thing to undo, one way to go on, and a strip for each long work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refusal: Banner | None = None
        self._done: UndoStrip | None = None
        self._lead: Banner | None = None
        self._undo: Callable[[], object] | None = None
        self._body = column(margins=(16, 8, 16, 8), gap=4)
        self.setLayout(self._body)
        self.hide()

    def refuse(self, banner: Banner) -> None:
        """Show why something was not done, in place of the refusal before."""
        self._drop(self._refusal)
        self._refusal = banner
        self._add(banner)

    def say(self, text: str, undo: Callable[[], object] | None) -> None:
        """Show what was done; the refusal before it is settled by it."""
        self._drop(self._refusal)
        self._drop(self._done)
        self._refusal = None
        self._undo = undo
        self._done = UndoStrip(text, undo)
        self._add(self._done)

    def lead(self, text: str, link: str, go: Callable[[], object]) -> None:
        """Show what can be gone on with now; it stays until it is followed or closed."""
        self.follow_nothing()
        self._lead = banner = Banner("soft", text)
        banner.add_link(link, partial(self._follow, banner, go))
        self._add(banner)

    def follow_nothing(self) -> None:
        """Take the way to go on away."""
        self._drop(self._lead)
        self._lead = None

    def run(self, text: str) -> ProgressStrip:
        """Show long work; `dismiss` the strip when it has ended."""
        strip = ProgressStrip(text)
        self._add(strip)
        return strip

    def undo(self) -> bool:
        """Take back what the strip on the screen says; tell whether there was one that can be."""
        if self._done is None or self._done.isHidden() or self._undo is None:
            return False
        undo, self._undo = self._undo, None
        self._done.dismiss()
        undo()
        return True

    def clear(self) -> None:
        """Take the refusal away: the page it belonged to was left."""
        self._drop(self._refusal)
        self._refusal = None

    @staticmethod
    def _follow(banner: Banner, go: Callable[[], object]) -> None:
        banner.dismiss()
        go()

    def _add(self, banner: Banner) -> None:
        self._body.addWidget(banner)
        banner.closed.connect(lambda: self._drop(banner))
        self.show()

    def _drop(self, banner: Banner | None) -> None:
        if banner is None:
            return
        self._refusal = None if banner is self._refusal else self._refusal
        self._done = None if banner is self._done else self._done
        self._lead = None if banner is self._lead else self._lead
        banner.hide()
        self._body.removeWidget(banner)
        banner.deleteLater()
        self.setVisible(self._body.count() > 0)
