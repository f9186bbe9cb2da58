"""The form for a planned sitting: what it clashes with stands below while it is filled in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.services import appointments
from odr_desk.services.appointments import AppointmentRow
from odr_desk.ui import versions
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.versions import VersionsDialog, read_side
from odr_desk.ui.widgets.boxes import column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.marks import Icon, Key
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_ORDER = ("starts_at", "minutes", "mode", "place", "mediator", "invited")
_LOOK_AFTER_MS = 200


class AppointmentForm(QFrame):
    """Arranges a sitting, or moves one; `done` when it is arranged, `left` when it is not wanted."""

    done = Signal()
    left = Signal()
    changed = Signal()

    def __init__(
        self,
        shell: Shell,
        case_no: str,
        modes: Mapping[str, str],
        draft: AppointmentDraft,
        moved: AppointmentRow | None,
    ) -> None:
        super().__init__()
        self.setProperty("card", "act")
        self._shell, self._case_no, self.moved = shell, case_no, moved
        self._modes = modes
        self._versions: VersionsDialog | None = None
        self._own_words: bool | None = None  # not known until it is seen what the program would say
        self._looking = Latest(shell.desk, self)
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look_soon.timeout.connect(self.look)
        choices = {"modes": list(modes.items())}
        self.fields: Form[AppointmentDraft] = Form(AppointmentDraft, only=_ORDER, choices=choices, columns=3)
        self.words: Form[AppointmentDraft] = Form(AppointmentDraft, only=("reminder",), columns=1)
        self.despite: Form[AppointmentDraft] = Form(AppointmentDraft, only=("despite",), columns=1)
        self.reason = LineEdit("为什么改期")
        self.reason.changed.connect(self.changed)
        self._reason_place = Labelled("改期原因", self.reason, required=True)
        self._clashes = column(gap=4)
        self._again = Button("按时间地点重写", "link", clicked=self._compose)
        self._lay()
        self.fields.load(draft)
        self.words.load(draft)
        self.despite.load(draft)
        self.fields.changed.connect(self._on_changed)
        self.despite.changed.connect(self.changed)
        self.words.changed.connect(self._on_words)
        self.look()

    def content(self) -> dict[str, object]:
        """Return what was typed, fit for JSON; the words that the program proposes follow the time by themselves."""
        typed = {**self.fields.typed(), **self.despite.typed(), **(self.words.typed() if self._own_words else {})}
        return {"values": form_values(typed), "reason": self.reason.typed()}

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        for form in (self.fields, self.words, self.despite):
            form.set_values(content["values"])
        self._own_words = None
        self.reason.set_value(content["reason"])
        self.look()

    def save(self) -> None:
        """Arrange the sitting, or move it."""
        try:
            draft = self._draft()
        except Invalid as error:
            self._refused(error)
            return
        number, moved, reason = self._case_no, self.moved, str(self.reason.value())
        own_words = self._own_words is not False

        def worded(work: "Work") -> AppointmentDraft:
            """Say the time that is saved, which may have been typed a moment ago."""
            return draft if own_words else replace(draft, reminder=appointments.words_for(work, number, draft))

        if moved is None:
            self._shell.desk.write(
                self,
                lambda work: appointments.add(work, number, worded(work)),
                lambda _: self._saved("已约好"),
                self._refused,
                verb="appointment.add",
            )
            return
        self._shell.desk.write(
            self,
            lambda work: appointments.move(work, number, moved.number, worded(work), reason, moved.version),
            lambda _: self._saved("预约已改"),
            self._refused,
            verb="appointment.move",
            reason=reason,
        )

    def look(self) -> None:
        """Show what stands in the way of the sitting as it is entered, and what to read to both sides."""
        try:
            draft = self._draft()
        except Invalid:
            return  # half-typed; what clashes follows when it can be read again
        number, besides = self._case_no, self.moved.number if self.moved is not None else 0
        self._looking.read(
            lambda work: (
                appointments.clashes(work, number, draft, besides),
                appointments.words_for(work, number, draft),
            ),
            lambda found: self._show(*found),
            self._shell.refuse,
        )

    def _lay(self) -> None:
        title = "改预约" if self.moved is not None else "约调解"
        do = Button("改好" if self.moved is not None else "约好", "primary", clicked=self.save)
        foot = row(do, Key("Ctrl ⏎"), 8, Button("不约了", clicked=self.left.emit), None, self._again)
        self._reason_place.setVisible(self.moved is not None)
        self.setLayout(
            column(
                Words(title, "head"), self.fields, panel(self._clashes), self.despite, self._reason_place, self.words,
                foot, margins=(12, 10, 12, 12), gap=10,
            )
        )  # fmt: skip
        self.despite.hide()

    def _draft(self) -> AppointmentDraft:
        parts = (self.fields.draft(), self.words.draft(), self.despite.draft())
        values = {name: getattr(parts[0], name) for name in _ORDER}
        return AppointmentDraft(**values, reminder=parts[1].reminder, despite=parts[2].despite)

    def _show(self, clashes: tuple[str, ...], words: str) -> None:
        empty_layout(self._clashes)
        for clash in clashes:
            laid = row(Icon("alert", "late"), Words(clash, tone="late", wrap=True), gap=6)
            laid.setStretch(1, 1)
            self._clashes.addWidget(panel(laid))
        self.despite.setVisible(bool(clashes))
        if self._own_words is None:
            self._own_words = self.words.values()["reminder"] not in ("", words)
        if not self._own_words:
            self.words.set_values({"reminder": words})

    def _compose(self) -> None:
        self._own_words = False
        self.look()

    def _on_changed(self) -> None:
        self._look_soon.start()
        self.changed.emit()

    def _on_words(self) -> None:
        self._own_words = True
        self.changed.emit()

    def _saved(self, said: str) -> None:
        self._shell.say(f"{self._case_no} {said}")
        self.done.emit()

    def _compare(self, error: Conflict, base: AppointmentRow) -> None:
        """Move it beside what somebody else changed; where both changed the same, ask which version holds."""
        mine = read_side(AppointmentDraft, error.detail["mine"])
        theirs = read_side(AppointmentDraft, error.detail["theirs"])
        before = AppointmentDraft(**{name: getattr(base, name) for name in mine})
        own = {name for name in mine if mine[name] != getattr(before, name)}
        narrowed = Conflict(str(error), {**error.detail, "mine": {name: mine[name] for name in own}})

        def save(chosen: Mapping[str, object], version: int, _kept: str) -> None:
            if self._versions is not None:
                self._versions.accept()
                self._versions = None
            for form in (self.fields, self.words, self.despite):
                form.set_values({**theirs, **chosen})
            self.moved = replace(base, version=version, **theirs)
            self.save()

        self._versions = versions.settle(narrowed, before, save, names={"modes": self._modes}, parent=self)

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, Conflict) and "theirs" in error.detail and self.moved is not None:
            self._compare(error, self.moved)
            return
        if not isinstance(error, Invalid):
            self._shell.refuse(error)
            return
        if any(problem.field == "despite" for problem in error.problems):
            self.despite.show()
        rest = error.problems
        for form in (self.words, self.despite, self.fields):
            rest = form.show_problems(Invalid(rest)) if rest else ()
        reasons = [problem.text for problem in rest if problem.field == "reason"]
        self._reason_place.show_problem("；".join(reasons))
        left = tuple(problem for problem in rest if problem.field != "reason")
        if left:
            self._shell.refuse(Invalid(left))
