"""同类先例: how cases like the open one ended, each figure leading to the cases it counts; as a card and as a line."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services import precedents
from odr_desk.services.precedents import Precedents
from odr_desk.services.queue import CaseFilter
from odr_desk.ui import theme
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

TITLE = "同类先例（近 12 个月）"
_LABEL = 88
_SHORT = ("同类", "和解", "退款中位")


class PrecedentsCard(QWidget):
    """Counts only, nothing while there are too few; `left` says that the queue has been opened."""

    left = Signal()
    known = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._reading = Latest(shell.desk, self, surveys=True)
        self._figures = [_Figure(self._open) for _ in _SHORT]
        meaning = Words(f"同类：{precedents.MEANING}。", "small", wrap=True)
        laid = column(Words(TITLE, "head"), 2, *self._figures, meaning, gap=2)
        self.setLayout(column(card(laid, margins=(12, 10, 12, 10)), gap=0))
        self.hide()

    def show_case(self, number: str) -> None:
        """Count anew for this case; what was counted for another one goes out of sight at once."""
        self.hide()
        self._reading.read(lambda work: precedents.of(work, number), self._show, self._shell.refuse)

    def _show(self, found: Precedents | None) -> None:
        if found is None or not found.is_enough:
            return
        told = _figures(found)
        for figure, one in zip(self._figures, told, strict=False):
            figure.tell(*one)
        for at, figure in enumerate(self._figures):
            figure.setVisible(at < len(told))
        self.show()
        self.known.emit()

    def _open(self, those: CaseFilter) -> None:
        self.left.emit()
        self._shell.open("cases", those)


class _Figure(QWidget):
    def __init__(self, open_those: Callable[[CaseFilter], object]) -> None:
        super().__init__()
        self._label = Words("", "secondary")
        theme.widen(self._label, _LABEL)
        self._link = Button("", "link", "jump", clicked=lambda: open_those(self._those))
        self._those = CaseFilter()
        self.setLayout(row(self._label, self._link, None, gap=8))

    def tell(self, name: str, value: str, those: CaseFilter) -> None:
        self._those = those
        self._label.setText(name)
        self._link.setText(value)
        self._link.setAccessibleName(f"{name} {value}，打开这些件")


class PrecedentsLine(QWidget):
    """The same figures in one line, for windows without room for the card; `known` says that they are here."""

    known = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._reading = Latest(shell.desk, self, surveys=True)
        self._found: Precedents | None = None
        self._links = [Button("", "link", clicked=partial(self._open, at)) for at in range(len(_SHORT))]
        self.setLayout(row(Words("近 12 个月", "small"), *self._links, gap=12, margins=(0, 0, 16, 0)))

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to be seen."""
        return self._found is not None

    def show_case(self, number: str) -> None:
        """Count anew for this case; no figure of another one stays."""
        self._show(None)
        self._reading.read(lambda work: precedents.of(work, number), self._show, self._shell.refuse)

    def _show(self, found: Precedents | None) -> None:
        self._found = found if found is not None and found.is_enough else None
        figures = _figures(self._found) if self._found is not None else ()
        for link, short, (name, value, _) in zip(self._links, _SHORT, figures, strict=False):
            link.setText(f"{short} {value}")
            link.setAccessibleName(f"同类先例：{name} {value}，打开这些件")
            counted = f"（{precedents.SHARE}）" if short == _SHORT[2] else ""
            link.setToolTip(f"{name} {value}{counted}。同类：{precedents.MEANING}")
        for link in self._links[len(figures) :]:
            link.hide()
        for link in self._links[: len(figures)]:
            link.show()
        self.known.emit()

    def _open(self, at: int) -> None:
        if self._found is not None:
            self._shell.open("cases", _figures(self._found)[at][2])


def _figures(found: Precedents) -> tuple[tuple[str, str, CaseFilter], ...]:
    """Return each figure: its name, its value, the cases that it counts."""
    share = (("退款中位", f"{found.refund_share}%", found.paid_ones),) if found.refund_share is not None else ()
    return (
        ("同类已办结", f"{found.ended} 件", found.those),
        ("其中和解", f"{found.settled} 件", found.settled_ones),
        *share,
    )
