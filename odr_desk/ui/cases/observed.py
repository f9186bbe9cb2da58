"""购买情况: the facts article 17 of order 121 names, as check boxes, and how often a telephone has come before."""

from functools import partial

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
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row
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
        self._body = column(gap=2)
        self._card = card(column(Words(TITLE, "head"), self._body, gap=4), margins=(12, 10, 12, 10))
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
        empty_layout(self._body)
        for one in found.facts:
            self._body.addWidget(self._fact(one))
        if found.repeats is not None:
            self._body.addWidget(line())
            self._body.addWidget(self._repeats(found.repeats))
        self._body.addWidget(Words(_HINT, "small", wrap=True))
        self.show()
        self.known.emit()

    def _fact(self, one: Noted) -> QWidget:
        tick = Tick(one.kind.label, checked=one.is_seen)
        tick.setEnabled(self._shell.desk.actor.may(Right.MEDIATE))
        tick.changed.connect(partial(self._note, one.kind, tick))
        if one.noted_at is None:
            return tick
        words = f"{show_moment(one.noted_at)} {one.noted_by}"
        return panel(column(tick, row(24, Words(words, "small"), None, gap=0), gap=0))

    def _repeats(self, found: Repeats) -> QWidget:
        results = "、".join(f"{result.label if result else '还没有结果'} {many}" for result, many in found.results)
        link = Button(f"{found.cases} 件", "link", "jump", clicked=partial(self._open, found.those))
        head = row(Words("同一电话近 12 个月", "secondary"), link, None, gap=8)
        words = f"涉及 {found.merchants} 家商户：{results}"
        return panel(column(head, Words(words, "small", wrap=True), gap=0))

    def _open(self, those: CaseFilter) -> None:
        self.left.emit()
        self._shell.open("cases", those)

    def _note(self, kind: Observed, tick: Tick) -> None:
        number, seen = self._number, bool(tick.value())
        self._shell.desk.write(
            self,
            lambda work: observations.note(work, number, kind, seen=seen),
            lambda _: self.show_case(number),
            self._shell.refuse,
            verb="case.observe",
        )
