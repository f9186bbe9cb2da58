"""调解: what is arranged, offers, bottom lines and sittings of a case, and the form for the next sitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.people import Right
from odr_desk.services import appointments, codes, drafts, offers, sessions
from odr_desk.services.appointments import AppointmentRow
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.offers import OfferRow
from odr_desk.services.sessions import SessionRow
from odr_desk.ui.aim import Aim, bring
from odr_desk.ui.cases import sitting_card
from odr_desk.ui.cases.appointment_form import AppointmentForm
from odr_desk.ui.cases.appointments_card import AppointmentsCard
from odr_desk.ui.cases.bottom_card import BottomCard
from odr_desk.ui.cases.offers_card import OffersCard
from odr_desk.ui.cases.sitting_correction import Correction
from odr_desk.ui.cases.sitting_form import SittingForm
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_moment
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Key


@dataclass(frozen=True, slots=True)
class _Talks:
    """Everything of a mediation that is no secret, read in one step."""

    sittings: tuple[SessionRow, ...]
    offers: tuple[OfferRow, ...]
    arranged: tuple[AppointmentRow, ...]


class SittingsTab(QWidget):
    """Lists sittings and what is around them; the form takes their place while one is written down."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._modes: Mapping[str, str] = {}
        self._preparing = False
        self._reading = Latest(shell.desk, self)
        self.form: SittingForm | None = None
        self._correction: Correction | None = None
        self._again = 0  # the sitting whose correction is to be gone on with, once it is read
        self.plan: AppointmentForm | None = None
        self.arranged = AppointmentsCard(shell)
        self.arranged.moved.connect(self._move)
        self.arranged.held.connect(self.write)
        self.offers = OffersCard(shell)
        self.offers.changed.connect(self._read)
        self.bottom = BottomCard(shell)
        self._plans = column(gap=0)
        self._held = column(gap=12)
        self._stack = QStackedWidget()
        self._aim = Aim()
        self._is_aimed = False
        self._stack.addWidget(scroll(self._talks()))
        self.setLayout(column(self._stack, gap=0))
        self._keeping = Keeping(shell, drafts.SITTING, lambda: self.form.content() if self.form else None, self)
        self._planning: Keeping | None = None
        shell.desk.read(self, lambda work: codes.names(work, "modes"), self._know)

    def show_case(self, found: CaseDetail) -> None:
        """Show the talks of this case; a form that is open for it stays as it is typed."""
        if self._found is not None and self._found.row.number != found.row.number:
            self.keep_now()
            self._leave()
            self._leave_plan()
            self._preparing, self._again = False, 0
        self._found = found
        self._aim = self._aim.while_on(found.row.number)
        if self.isVisible():
            self._read()

    def point_out(self, aim: Aim) -> None:
        """Show in which sitting the words stand, and bring it into sight when it has been read."""
        self._aim, self._is_aimed = aim, True
        self._read()

    def is_writing(self) -> bool:
        """Tell whether a form is open."""
        return self.form is not None or self.plan is not None

    def write(self, arranged: AppointmentRow | None = None) -> None:
        """Open the form for a sitting that has been held, the arranged one if it is that."""
        if self._found is None or self.form is not None or not self._may():
            return
        form = SittingForm(self._modes, *self._begin(arranged))
        form.appointment = arranged.number if arranged is not None else None
        self._open(form, self._found.row.number, "记下调解", "不记了")

    def correct(self, sitting: SessionRow) -> None:
        """Open what was noted of a sitting, to be corrected."""
        if self._found is None or self.form is not None or not self._may():
            return
        self._correction = Correction(self._shell, self, self._found.row.number, sitting, self._modes)
        self._open(self._correction.form, self._correction.subject, "保存", "不改了")

    def correct_again(self, number: int) -> bool:
        """Go on correcting a sitting as soon as it is shown; tell whether it may be corrected."""
        self._again = number
        if self.isVisible():
            self._read()
        return self._may()

    def _open(self, form: SittingForm, subject: str, do: str, leave_it: str) -> None:
        self.form = form
        form.changed.connect(self._keeping.soon)
        self._keeping.begin(subject, form.load)
        save, leave = Button(do, "primary", clicked=self.save), Button(leave_it, clicked=self._give_up)
        foot = panel(row(save, Key("Ctrl ⏎"), 8, leave, None, margins=(16, 8, 16, 8)))
        body = column(scroll(panel(column(form, None, margins=(16, 12, 16, 12)))), line(), foot, gap=0)
        body.setStretch(0, 1)
        self._stack.addWidget(panel(body))
        self._stack.setCurrentIndex(1)
        form.fields.place("consumer_position").editor.setFocus()

    def prepare(self) -> None:
        """Go to the sitting that is arranged as soon as the tab shows it; where none is, open the form for one."""
        if not self.is_writing():
            self._preparing = True
            if self.isVisible():
                self._read()

    def arrange(self) -> bool:
        """Open the form for a sitting to come; tell whether there may be one."""
        if self._found is None or not self._may_write():
            return False
        number = self._found.row.number
        self._shell.desk.read(
            self, lambda work: appointments.proposed(work, number), lambda draft: self._plan(number, draft, None)
        )
        return True

    def save(self) -> None:
        """Save the form that is open: write the sitting down, or arrange it."""
        if self.plan is not None and self.form is None:
            self.plan.save()
            return
        if self.form is None or self._found is None:
            return
        try:
            draft, present, said = self.form.draft()
        except Invalid as error:
            self._refused(error)
            return
        number, appointment = self._found.row.number, self.form.appointment
        if self._correction is not None:
            self._correction.save(draft, present, self._corrected, self._refused)
            return
        self._shell.desk.write(
            self,
            lambda work: sessions.add(work, number, draft, present, said, appointment),
            lambda n: self._saved(number, n),
            self._refused,
            verb="session.add",
        )

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.bottom.close_up()
        super().hideEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _talks(self) -> QWidget:
        self._new = Button("记一次调解", icon="plus", clicked=lambda: self.write())  # noqa: PLW0108 - clicked has an argument
        self._plan_it = Button("约调解", icon="clock", clicked=self.arrange)
        week = Button("看一周", "link", "today", clicked=lambda: self._shell.open("appointments"))
        self._planning_place = panel(self._plans)
        self._planning_place.hide()
        top = panel(row(self._new, self._plan_it, None, week, gap=8))
        parts = (top, self._planning_place, self.arranged, self.offers, self.bottom, panel(self._held), None)
        return panel(column(*parts, margins=(16, 12, 16, 12), gap=12))

    def _begin(self, arranged: AppointmentRow | None) -> tuple[dict[str, object], str]:
        """Return what the form for a sitting begins with, and who is there."""
        assert self._found is not None  # noqa: S101 - asked only for a case
        me = self._shell.desk.actor.name
        if arranged is not None:
            values = {
                "held_at": min(arranged.starts_at, this_moment()), "mode": arranged.mode, "mediator": arranged.mediator,
                "place": arranged.place,
            }  # fmt: skip
            return values, arranged.invited
        names = [part for part in (self._found.draft.consumer_name, self._found.merchant.contact) if part]
        present = "、".join(f"{name}（{role}）" for name, role in zip(names, ("消费者", "商户"), strict=False))
        return {"held_at": this_moment(), "mode": sessions.ON_SITE, "mediator": me}, present

    def _move(self, arranged: AppointmentRow) -> None:
        names = AppointmentDraft.__dataclass_fields__
        draft = AppointmentDraft(**{name: getattr(arranged, name) for name in names})
        self._plan(arranged.case_no, draft, arranged)

    def _plan(self, number: str, draft: AppointmentDraft, moved: AppointmentRow | None) -> None:
        if self._found is None or self._found.row.number != number:
            return
        self.keep_now()
        self._leave_plan()
        self.plan = plan = AppointmentForm(self._shell, number, self._modes, draft, moved)
        self.plan.done.connect(self._planned)
        self.plan.left.connect(self._planned)
        self._plans.addWidget(self.plan)
        self._planning_place.show()
        kind, subject = (drafts.APPOINTMENT, number) if moved is None else (drafts.MOVED, f"{number}/{moved.number}")
        self._planning = Keeping(self._shell, kind, plan.content, plan)
        plan.changed.connect(self._planning.soon)
        self._planning.begin(subject, plan.load)
        self.plan.fields.place("starts_at").editor.setFocus()

    def _planned(self) -> None:
        if self._planning is not None:
            self._planning.drop()
        self._leave_plan()
        self._read()

    def _leave_plan(self) -> None:
        self.plan = self._planning = None
        empty_layout(self._plans)
        self._planning_place.hide()

    def keep_now(self) -> None:
        """Keep what was typed in the last moment."""
        self._keeping.now()
        if self._planning is not None:
            self._planning.now()

    def _is_open(self) -> bool:
        return self._found is not None and self._found.row.state is not CaseState.CLOSED

    def _may(self) -> bool:
        return self._is_open() and self._shell.desk.actor.may(Right.MEDIATE)

    def _may_write(self) -> bool:
        return self._is_open() and self._shell.desk.actor.may(Right.WRITE_CASES)

    def _give_up(self) -> None:
        self._keeping.drop()
        self._leave()

    def _corrected(self) -> None:
        self._give_up()
        self._read()

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
        self.form, self._correction = None, None
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
            lambda work: _Talks(
                sessions.rows(work, number), offers.rows(work, number), appointments.of_case(work, number)
            ),
            lambda found: self._show(number, found),
            self._shell.refuse,
        )

    def _know(self, modes: Mapping[str, str]) -> None:
        self._modes = modes
        if self.form is not None:
            self.form.know_modes(modes)

    def _show(self, number: str, found: _Talks) -> None:
        if self._found is None or self._found.row.number != number:
            return
        may, writes = self._may(), self._may_write()
        self._plan_it.setVisible(writes)
        self._new.setVisible(may)
        self.arranged.setVisible(bool(found.arranged))
        self.arranged.show_rows(found.arranged, self._modes, writable=writes, mediates=may)
        self.offers.show_offers(number, found.offers, writable=may)
        self.offers.setVisible(may or bool(found.offers))
        self.bottom.setVisible(may)
        self.bottom.show_case(number)
        empty_layout(self._held)
        if not found.sittings and may:
            self._held.addWidget(Empty("还没有调解", "开过调解以后在这里记下各方意见", icon="group"))
        elif not found.sittings:
            self._held.addWidget(Empty("这件没有调解记录", icon="group"))
        for sitting in reversed(found.sittings):
            change = partial(self.correct, sitting) if may else None
            made = sitting_card.card_of(sitting, self._modes, self._aim, change)
            self._held.addWidget(made)
            if self._is_aimed and sitting.number == self._aim.entry:
                self._is_aimed = False
                bring(made)
        self._go_on(found)

    def _go_on(self, found: _Talks) -> None:
        """Do what waited for the tab to be read: go on correcting a sitting, or lead to the next one."""
        again, self._again = self._again, 0
        for sitting in found.sittings:
            if sitting.number == again:
                self.correct(sitting)
        if self._preparing:
            self._preparing = False
            if not self.arranged.go_to_first():
                self.arrange()
