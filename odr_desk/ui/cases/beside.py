"""What stands beside the intake form: the same person's earlier cases, and what may be the same matter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from odr_desk.rules import masking, money
from odr_desk.rules.intake import Remark
from odr_desk.rules.moments import show_day
from odr_desk.services.earlier import Earlier
from odr_desk.services.likeness import Likeness
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon, Key, Mark
from odr_desk.ui.widgets.words import Words


class Beside(QWidget):
    """Look-ups beside the form.

    `opened` asks for a case, `filled` for the person's data, `follow_asked` wants the words in the
    case that is open already, `changed` says that something else is shown.
    """

    changed = Signal()
    opened = Signal(str)
    follow_asked = Signal()
    filled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._earlier: tuple[Earlier, ...] = ()
        self._alike: tuple[Likeness, ...] = ()
        self._remarks: tuple[Remark, ...] = ()
        self._phone = ""
        self._list = column(margins=(16, 12, 16, 12), gap=12)
        self.setLayout(column(scroll(self._list), gap=0))
        self._build()

    def show_earlier(self, phone: str, found: Sequence[Earlier]) -> None:
        """Show the earlier cases of a telephone."""
        self._phone, self._earlier = phone, tuple(found)
        self._build()

    def show_remarks(self, found: Sequence[Remark]) -> None:
        """Show what to look at before the case is registered."""
        if tuple(found) != self._remarks:
            self._remarks = tuple(found)
            self._build()

    def has_news(self) -> bool:
        """Tell whether there is anything to show but the hint."""
        return bool(self._earlier or self._alike or self._remarks)

    def show_alike(self, found: Sequence[Likeness]) -> None:
        """Show what may be the same matter."""
        self._alike = tuple(found)
        self._build()

    def follow_up(self) -> str:
        """Return the open case a follow-up would go to, empty when there is none."""
        ended = {case.number for case in self._earlier if not case.is_open}
        alike = (like.case_no for like in self._alike if like.case_no and like.case_no not in ended)
        return next(alike, next((case.number for case in self._earlier if case.is_open), ""))

    def _build(self) -> None:
        empty_layout(self._list)
        if self._remarks:
            self._list.addWidget(self._remarks_card())
        for like in self._alike:
            self._list.addWidget(self._alike_card(like))
        if self._earlier:
            self._list.addWidget(self._earlier_card())
            self._list.addWidget(self._person_card(self._earlier[0]))
        elif not self.has_news():
            hint = "边填边查：输入电话，这里列出同一人的投诉；选好商户，这里提醒可能重复的件。"
            self._list.addWidget(Words(hint, "small", wrap=True))
        self._list.addStretch(1)
        self.changed.emit()

    def _remarks_card(self) -> QWidget:
        parts = column(row(Icon("alert", "act"), Words("请核对", "head", "act"), None, gap=6), gap=6)
        for remark in self._remarks:
            parts.addWidget(Words(remark.text, wrap=True))
        return card(parts, "act")

    def _alike_card(self, like: Likeness) -> QWidget:
        title = "注意群体投诉" if like.kind == "group" else "可能是同一件"
        parts = column(
            row(Icon("alert", "act"), Words(title, "head", "act"), None, gap=6), Words(like.message, wrap=True), gap=6
        )
        if like.case_no:
            look = Button(f"打开 {tail(like.case_no)}", "link", clicked=lambda: self.opened.emit(like.case_no))
            follow = self._follow_row() if like.case_no == self.follow_up() else row(None)
            follow.insertWidget(follow.count() - 1, look)
            parts.addLayout(follow)
        return card(parts, "act")

    def _follow_row(self) -> QHBoxLayout:
        follow = Button(f"记到 {tail(self.follow_up())}", clicked=self.follow_asked.emit)
        return row(follow, Key("Ctrl O"), None, gap=8)

    def _earlier_card(self) -> QWidget:
        more = f"{len(self._earlier)} 次" if len(self._earlier) < 6 else "多次"
        body = column(Words(f"{masking.phone(self._phone)} 来过 {more}", "head"), 4, gap=0)
        for case in self._earlier:
            body.addWidget(line())
            body.addWidget(self._entry(case))
        if self.follow_up() and not any(like.case_no for like in self._alike):
            body.addLayout(self._follow_row())
            body.addSpacing(8)
        return card(body, margins=(12, 10, 12, 4))

    def _entry(self, case: Earlier) -> QWidget:
        number = Button(
            tail(case.number), "link", says=f"打开 {case.number}", clicked=lambda: self.opened.emit(case.number)
        )
        mark = Mark("act" if case.is_open else "done")
        name, day = Words(case.merchant, "head", elide=True), Words(show_day(case.received_on), "small")
        subject, end = Words(case.subject, elide=True), Words(_outcome(case), "small", "act" if case.is_open else "")
        top = row(mark, number, name, None, day, gap=6)
        return panel(column(panel(top), subject, end, margins=(0, 6, 0, 6), gap=0))

    def _person_card(self, case: Earlier) -> QWidget:
        fill = Button("填入", "link", clicked=lambda: self.filled.emit(case))
        head = row(Words("同一人的资料", "head"), None, fill)
        return card(column(head, Words(case.consumer or "姓名不详", "secondary", wrap=True), gap=4), "soft")


def tail(number: str) -> str:
    """Return the part of a number that people say aloud."""
    return number.rsplit("-", 1)[-1]


def _outcome(case: Earlier) -> str:
    if case.is_open:
        return f"在办 · {case.state.label}"
    words = case.result.label if case.result is not None else case.state.label
    return f"{words}，退 ¥{money.show(case.refund)}" if case.refund else words
