"""同类先例: how cases like the open one ended, each figure leading to the cases it counts; as a card and as a line."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services import precedents
from odr_desk.services.precedents import Precedents
from odr_desk.services.queue import CaseFilter
from odr_desk.ui import theme
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, panel, row
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
        self._body = column(gap=2)
        self._card = card(column(Words(TITLE, "head"), self._body, gap=4), margins=(12, 10, 12, 10))
        self.setLayout(column(self._card, gap=0))
        self.hide()

    def show_case(self, number: str) -> None:
        """Count anew for this case; what was counted for another one goes out of sight at once."""
        self.hide()
        self._reading.read(lambda work: precedents.of(work, number), self._show, self._shell.refuse)

    def _show(self, found: Precedents | None) -> None:
        empty_layout(self._body)
        if found is None or not found.is_enough:
            return
        for name, value, those in _figures(found):
            self._body.addWidget(self._figure(name, value, those))
        self._body.addWidget(Words(f"同类：{precedents.MEANING}。", "small", wrap=True))
        self.show()
        self.known.emit()

    def _figure(self, name: str, value: str, those: CaseFilter) -> QWidget:
        label = Words(name, "secondary")
        theme.widen(label, _LABEL)
        link = Button(value, "link", "jump", says=f"{name} {value}，打开这些件", clicked=partial(self._open, those))
        return panel(row(label, link, None, gap=8))

    def _open(self, those: CaseFilter) -> None:
        self.left.emit()
        self._shell.open("cases", those)


class PrecedentsLine(QWidget):
    """The same figures in one line, for windows without room for the card; `known` says that they are here."""

    known = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._reading = Latest(shell.desk, self, surveys=True)
        self._body = row(gap=12, margins=(0, 0, 16, 0))
        self.setLayout(self._body)

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to be seen."""
        return self._body.count() > 0

    def show_case(self, number: str) -> None:
        """Count anew for this case; no figure of another one stays."""
        self._show(None)
        self._reading.read(lambda work: precedents.of(work, number), self._show, self._shell.refuse)

    def _show(self, found: Precedents | None) -> None:
        empty_layout(self._body)
        if found is not None and found.is_enough:
            self._body.addWidget(Words("近 12 个月", "small"))
            for (name, value, those), short in zip(_figures(found), _SHORT, strict=False):
                says = f"同类先例：{name} {value}，打开这些件"
                link = Button(f"{short} {value}", "link", clicked=partial(self._shell.open, "cases", those))
                link.setAccessibleName(says)
                link.setToolTip(f"{name} {value}。同类：{precedents.MEANING}")
                self._body.addWidget(link)
        self.known.emit()


def _figures(found: Precedents) -> tuple[tuple[str, str, CaseFilter], ...]:
    """Return each figure: its name, its value, the cases that it counts."""
    share = (("退款中位", f"{found.refund_share}%", found.paid_ones),) if found.refund_share is not None else ()
    return (
        ("同类已办结", f"{found.ended} 件", found.those),
        ("其中和解", f"{found.settled} 件", found.settled_ones),
        *share,
    )
