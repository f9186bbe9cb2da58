"""购买情况: the facts article 17 of order 121 names, as check boxes, and how often a telephone has come before."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.moments import show_moment
from odr_desk.rules.observed import Observed
from odr_desk.rules.people import Right
from odr_desk.services import observations
from odr_desk.services.observations import Noted, Observations, Repeats
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.words import Words

TITLE = "购买情况"
_HINT = "总局令第 121 号第十七条所列事实：只记看到的，不写评价；不进文书、报表和反馈。"


class ObservedCard(QWidget):
    """Shown to those with the right only, who may not mediate reads it; `left` says that the queue has been opened."""

    left = Signal()
    known = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._number = ""
        self._reading = Latest(shell.desk, self)
        self._facts = {kind: _Fact(kind, self._note) for kind in Observed}
        self._repeats = _Repeats(self._open)
        body = column(*self._facts.values(), self._repeats, Words(_HINT, "small", wrap=True), gap=2)
        self._card = card(column(Words(TITLE, "head"), body, gap=4), margins=(12, 10, 12, 10))
        self.setLayout(column(self._card, gap=0))
        self.hide()

    def show_case(self, number: str) -> None:
        """Read what was seen on this case."""
        if number != self._number:
            self.hide()
        self._number = number
        if self._shell.desk.actor.may(Right.SEE_OBSERVED):
            self._reading.read(lambda work: observations.of_case(work, number), self._show, self._shell.refuse)

    def _show(self, found: Observations) -> None:
        for one in found.facts:
            self._facts[one.kind].tell(one, changeable=self._shell.desk.actor.may(Right.MEDIATE))
        self._repeats.tell(found.repeats)
        self.show()
        self.known.emit()

    def _open(self, those: CaseFilter) -> None:
        self.left.emit()
        self._shell.open("cases", those)

    def _note(self, kind: Observed, *, seen: bool) -> None:
        number = self._number
        self._shell.desk.write(
            self,
            lambda work: observations.note(work, number, kind, seen=seen),
            lambda _: self.show_case(number),
            self._shell.refuse,
            verb="case.observe",
        )


class _Fact(QWidget):
    """One kind of fact to tick; below it who saw it when."""

    def __init__(self, kind: Observed, note: Callable[..., object]) -> None:
        super().__init__()
        self._tick, self._who = Tick(kind.label), Words("", "small")
        self._tick.changed.connect(lambda: note(kind, seen=bool(self._tick.value())))
        self._below = panel(row(24, self._who, None, gap=0))
        self.setLayout(column(self._tick, self._below, gap=0))

    def tell(self, one: Noted, *, changeable: bool) -> None:
        self._tick.set_value(one.is_seen)
        self._tick.setEnabled(changeable)
        self._who.setText(f"{show_moment(one.noted_at)} {one.noted_by}" if one.noted_at is not None else "")
        self._below.setVisible(one.is_seen)


class _Repeats(QWidget):
    """How often the same telephone has come."""

    def __init__(self, open_those: Callable[[CaseFilter], object]) -> None:
        super().__init__()
        self._open_those = open_those
        self._found: Repeats | None = None
        self._link, self._words = Button("", "link", "jump", clicked=self._open), Words("", "small", wrap=True)
        head = row(Words("同一电话近 12 个月", "secondary"), self._link, None, gap=8)
        self.setLayout(column(line(), 2, head, self._words, gap=0))

    def tell(self, found: Repeats | None) -> None:
        self._found = found
        self.setVisible(found is not None)
        if found is not None:
            results = "、".join(f"{result.label if result else '还没有结果'} {many}" for result, many in found.results)
            self._link.setText(f"{found.cases} 件")
            self._words.setText(f"涉及 {found.merchants} 家商户：{results}")

    def _open(self) -> None:
        if self._found is not None:
            self._open_those(self._found.those)
