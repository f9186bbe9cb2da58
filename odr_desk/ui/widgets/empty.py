"""What stands on an empty page: a fact, what comes next, one link."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words

_ICON_FROM = 160


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
        self._icon = Icon(icon, "secondary", 32)
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
                row(None, self._icon, None),
                row(None, self._fact, None),
                row(None, self._next, None),
                row(None, self._link, None),
                None,
                margins=(16, 12, 16, 12),
                gap=6,
            )
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._icon.setVisible(self.height() >= _ICON_FROM)  # the words go first where there is little room

    def set_words(self, fact: str, next_: str = "") -> None:
        """Say something else, for instance when a filter is on."""
        self._fact.setText(fact)
        self._next.setText(next_)
        self._next.setVisible(bool(next_))
