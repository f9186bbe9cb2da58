"""What the facts panel is put together from: cards made once, filled for each case."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import card, column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_LABEL = 72


class Pair(QWidget):
    """A name and its value in one line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        label = Words(name, "secondary")
        theme.widen(label, _LABEL)
        self._value = Words(elide=True)
        laid = row(label, self._value, gap=8)
        laid.setStretch(1, 1)
        self.setLayout(laid)

    def tell(self, value: str, tone: str = "") -> None:
        """Show this value."""
        self._value.setText(value)
        self._value.set_tone(tone)


class LinkPair(QWidget):
    """A name, and a value that leads somewhere."""

    def __init__(self, name: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        label = Words(name, "secondary")
        theme.widen(label, _LABEL)
        self._link = Button("", "link", clicked=clicked)
        self.setLayout(row(label, self._link, None, gap=8))

    def tell(self, value: str) -> None:
        """Show this value."""
        self._link.setText(value)


class Sum(QWidget):
    """A name at the left, money at the right."""

    def __init__(self, name: str, *, total: bool = False) -> None:
        super().__init__()
        self._amount = Words("", "head" if total else "body", right=True)
        self.setLayout(row(Words(name, "head" if total else "secondary"), None, self._amount))

    def tell(self, amount: str) -> None:
        """Show this amount, already in words."""
        self._amount.setText(amount)


def section(title: str, *parts: QWidget, link: Button | None = None) -> QWidget:
    """Return a card with a title, and a link at its right."""
    head = row(Words(title, "head"), None)
    if link is not None:
        head.addWidget(link)
    return card(column(panel(head), *parts, gap=4), margins=(12, 10, 12, 10))
