"""The line under the head of a case that says which numbers were merged into it."""

from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from odr_desk.rules.moments import show_moment
from odr_desk.rules.people import Right
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.families import Follower
from odr_desk.ui.cases import merging
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class MergedLine(QWidget):
    """Names the merged numbers with their way back; not there for a case that stands alone."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._lines = column(gap=2)
        self._card: QFrame = card(self._lines, "soft", margins=(12, 6, 12, 6))
        self.setLayout(column(self._card, margins=(16, 0, 16, 8)))
        self.hide()

    def show_case(self, found: CaseDetail) -> None:
        """Show what was merged into this case."""
        empty_layout(self._lines)
        self.setVisible(bool(found.merged))
        for one in found.merged:
            self._lines.addLayout(self._line(one, asked_for=found.asked_for == one.number))

    def _line(self, one: Follower, *, asked_for: bool) -> QHBoxLayout:
        platform = f"（平台编号 {one.platform_no}）" if one.platform_no else ""
        words = f"{'您找的 ' if asked_for else ''}{one.number} 并在本件办理{platform}"
        about = Words(f"{one.merged_by} {show_moment(one.merged_at)} 合并", "small")
        line = row(Icon("jump"), Words(words, "head" if asked_for else "body", elide=True), about, None, gap=8)
        if self._shell.desk.actor.may(Right.WRITE_CASES):
            says = f"把 {one.number} 拆开"
            apart = partial(merging.split, self._shell, self, one.number)
            line.addWidget(Button("拆开", "link", says=says, clicked=apart))
        return line
