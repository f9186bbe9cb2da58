"""What stands on an empty page: a fact, what comes next, one link."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class Empty(QWidget):
    """Icon, one bold sentence of fact, one grey sentence of what comes next, one link."""

    def __init__(
        self,
        fact: str,
        next_: str = "",
        *,
        icon: str = "inbox",
        link: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fact = Words(fact, "head", wrap=False, elide=True)
        self._next = Words(next_, "secondary", elide=True)
        if not next_:
            self._next.hide()
        self._link = Button(link, "link", "jump" if link else "", clicked=clicked)
        if not link:
            self._link.hide()
        self.setLayout(
            column(
                None,
                row(None, Icon(icon, "secondary", 32), None),
                row(None, self._fact, None),
                row(None, self._next, None),
                row(None, self._link, None),
                None,
                margins=(16, 12, 16, 12),
                gap=6,
            )
        )

    def set_words(self, fact: str, next_: str = "") -> None:
        """Say something else, for instance when a filter is on."""
        self._fact.setText(fact)
        self._next.setText(next_)
        self._next.setVisible(bool(next_))
