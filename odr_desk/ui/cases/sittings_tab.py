"""调解: the sittings of a case, and the form for the next one."""

from collections.abc import Mapping

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules import money
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.moments import show_moment
from odr_desk.rules.people import Right
from odr_desk.services import codes, drafts, sessions
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.offers import OfferRow
from odr_desk.services.sessions import SessionRow
from odr_desk.ui.cases.keeping import Keeping
from odr_desk.ui.cases.sitting_form import SittingForm
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_moment
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

_LABEL_WIDTH = 72


class SittingsTab(QWidget):
    """Lists sittings; the form takes their place while one is written down."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._modes: Mapping[str, str] = {}
        self._reading = Latest(shell.desk, self)
        self._list = column(margins=(16, 12, 16, 12), gap=12)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(self._list))
        self.setLayout(column(self._stack, gap=0))
        self.form: SittingForm | None = None
        self._keeping = Keeping(shell, drafts.SITTING, lambda: self.form.content() if self.form else None, self)
        shell.desk.read(self, lambda work: codes.names(work, "modes"), self._know)

    def show_case(self, found: CaseDetail) -> None:
        """Show the sittings of this case; a form that is open for it stays as it is typed."""
        if self._found is not None and self._found.row.number != found.row.number:
            self._keeping.now()
            self._leave()
        self._found = found
        if self.isVisible():
            self._read()

    def is_writing(self) -> bool:
        """Tell whether the form is open."""
        return self.form is not None

    def write(self) -> None:
        """Open the form for a sitting that has been held."""
        if self._found is None or self.form is not None or not self._may():
            return
        names = [part for part in (self._found.draft.consumer_name, self._found.merchant.contact) if part]
        roles = ("消费者", "商户")
        present = "、".join(f"{name}（{role}）" for name, role in zip(names, roles, strict=False))
        values = {"held_at": this_moment(), "mode": sessions.ON_SITE, "mediator": self._shell.desk.actor.name}
        self.form = SittingForm(self._modes, values, present)
        self.form.changed.connect(self._keeping.soon)
        self._keeping.begin(self._found.row.number, self.form.load)
        save, leave = Button("记下调解", "primary", clicked=self.save), Button("不记了", clicked=self._give_up)
        foot = panel(row(save, Key("Ctrl ⏎"), 8, leave, None, margins=(16, 8, 16, 8)))
        body = column(scroll(panel(column(self.form, None, margins=(16, 12, 16, 12)))), line(), foot, gap=0)
        body.setStretch(0, 1)
        self._stack.addWidget(panel(body))
        self._stack.setCurrentIndex(1)
        self.form.fields.place("consumer_position").editor.setFocus()

    def save(self) -> None:
        """Write the sitting down."""
        if self.form is None or self._found is None:
            return
        try:
            draft, present, offers = self.form.draft()
        except Invalid as error:
            self._refused(error)
            return
        number = self._found.row.number
        self._shell.desk.write(
            self,
            lambda work: sessions.add(work, number, draft, present, offers),
            lambda n: self._saved(number, n),
            self._refused,
            verb="session.add",
        )

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._keeping.now()
        super().hideEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _may(self) -> bool:
        open_case = self._found is not None and self._found.row.state is not CaseState.CLOSED
        return open_case and self._shell.desk.actor.may(Right.MEDIATE)

    def _give_up(self) -> None:
        self._keeping.drop()
        self._leave()

    def _saved(self, number: str, n: int) -> None:
        self._give_up()
        self._shell.say(f"{number} 第 {n} 次调解已记下")

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, Invalid) and self.form is not None:
            rest = self.form.show_problems(error)
            if not rest:
                return
            error = Invalid(rest)
        self._shell.refuse(error)

    def _leave(self) -> None:
        if self.form is None:
            return
        self.form = None
        self._stack.setCurrentIndex(0)
        body = self._stack.widget(1)
        if body is not None:
            self._stack.removeWidget(body)
            body.deleteLater()

    def _read(self) -> None:
        if self._found is None:
            return
        number = self._found.row.number

        self._reading.read(
            lambda work: sessions.rows(work, number), lambda found: self._show(number, found), self._shell.refuse
        )

    def _know(self, modes: Mapping[str, str]) -> None:
        self._modes = modes
        if self.form is not None:
            self.form.fields.set_choices("modes", modes.items())

    def _show(self, number: str, rows: tuple[SessionRow, ...]) -> None:
        if self._found is None or self._found.row.number != number:
            return
        empty_layout(self._list)
        if not rows and self._may():
            self._list.addWidget(
                Empty(
                    "还没有调解",
                    "开过调解以后在这里记下各方意见和方案",
                    icon="group",
                    link="记一次调解",
                    clicked=self.write,
                )
            )
        elif not rows:
            self._list.addWidget(Empty("这件没有调解记录", icon="group"))
        elif self._may():
            self._list.addLayout(row(Button("记一次调解", icon="plus", clicked=self.write), None))
        for sitting in reversed(rows):
            self._list.addWidget(_sitting(sitting, self._modes))
        self._list.addStretch(1)


def _sitting(sitting: SessionRow, modes: Mapping[str, str]) -> QWidget:
    head = row(
        Words(f"第 {sitting.number} 次", "head"),
        Words(show_moment(sitting.held_at)),
        Words(modes.get(sitting.mode, sitting.mode), "secondary"),
        None,
        Words(f"调解员 {sitting.mediator}", "small"),
        gap=8,
    )
    present = "、".join(f"{one.name}（{one.role}）" if one.role else one.name for one in sitting.present)
    body = column(panel(head), gap=6)
    for name, value in (
        ("参加人", present),
        ("消费者", sitting.consumer_position),
        ("商户", sitting.merchant_position),
        *((f"方案 {n}", _offer(offer)) for n, offer in enumerate(sitting.offers, start=1)),
        ("结果", sitting.outcome),
    ):
        if value:
            body.addWidget(_pair(name, value))
    return card(body)


def _offer(offer: OfferRow) -> str:
    amount = f"{money.show(offer.amount)} 元" if offer.amount is not None else ""
    by = offer.by.label if offer.by is not None else ""
    return f"{by}：{'，'.join(part for part in (amount, offer.text) if part)}"


def _pair(name: str, value: str) -> QWidget:
    label = Words(name, "secondary")
    label.setFixedWidth(_LABEL_WIDTH)
    laid = row(label, Words(value, wrap=True), gap=8)
    laid.setStretch(1, 1)
    return panel(laid)
