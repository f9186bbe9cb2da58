"""登记: a complaint in thirty seconds from the keyboard alone; every word is on disk within one."""

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import identity
from odr_desk.rules.case import CaseDraft, Claim
from odr_desk.rules.errors import DeskError, Invalid, Problem
from odr_desk.rules.parsing import check, parse
from odr_desk.services import codes, drafts, platform_paste, presets, quick_entry, registration
from odr_desk.services.drafts import Kept
from odr_desk.services.earlier import Earlier
from odr_desk.services.platform_paste import Pasted
from odr_desk.services.registration import Registered
from odr_desk.ui.cases import registered
from odr_desk.ui.cases.beside import Beside, tail
from odr_desk.ui.cases.intake_form import IntakeForm
from odr_desk.ui.cases.intake_frame import IntakeFrame
from odr_desk.ui.cases.known import Known
from odr_desk.ui.cases.registered import Later
from odr_desk.ui.form import form_values
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.modules import PageModules
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, on_ground, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

GROUPS = ("channels", "claims", "problems", "categories")


class Intake(QWidget):
    """The form for a new case with its look-ups.

    `registered` and `opened` carry the number of a case, `followed` that of one to which the words
    have gone, `outrun` that of one that was registered while the typing went on; `left` says that the
    form was put away, `returned` that it is wanted again.
    """

    registered = Signal(str)
    outrun = Signal(str)
    opened = Signal(str)
    followed = Signal(str)
    left = Signal()
    returned = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self.form = IntakeForm(shell)
        self.modules = PageModules(shell, self, self.form.module_values)
        self.form.changed.connect(self._on_changed)
        self.form.source.platform.pasted.connect(self._read_sheet)
        self.beside = Beside()
        self._known = Known(shell.desk, self.form, self.beside)
        self.beside.opened.connect(self.opened)
        self.beside.filled.connect(self._fill)
        self.beside.follow_asked.connect(self.follow_up)
        self._saved = Words("", "small", "done")
        self._keeping = Keeping(shell, drafts.INTAKE, self._typed_so_far, self)
        self._keeping.resume(self.form.key(), is_kept=False)
        self._keeping.kept.connect(lambda: self._saved.setText("每个字都已存下"))
        self._register = Button("登记", "primary", clicked=self.submit)
        self._on_spot = Button("当场解决", clicked=lambda: self.submit(on_spot=True))
        self._waiting = Button("", "link", clicked=self._next_draft)
        self._frame = self._framed()
        self.setLayout(column(self._frame, gap=0))
        self._waiting.hide()
        shell.desk.read(self, lambda work: {g: codes.options(work, g) for g in GROUPS}, self.form.set_choices)
        shell.desk.read(self, presets.rows, self.form.presets.show_presets)

    def begin(self) -> None:
        """Start a new entry, or go on with the one that is open; say which others wait."""
        self._shell.desk.read(self, lambda work: drafts.of(work, drafts.INTAKE), self._show_waiting)
        self.form.start()

    def begin_about(self, merchant_no: str, words: str, merchant_id: int) -> None:
        """Start a new entry about this merchant; what was being typed waits among the drafts."""
        self.keep_now()
        self._clear()
        self.begin()
        self._load({"merchant": (merchant_no, words, merchant_id)}, is_kept=False)
        self._on_changed()

    def submit(self, *, on_spot: bool = False) -> None:
        """Register what was typed; `on_spot` says that it was settled at the counter."""
        if self._is_busy():
            return  # the key was pressed twice
        self.form.clear_problems()
        try:
            draft, claims = self._read(on_spot=on_spot)
        except Invalid as error:
            self._refused(error)
            return
        key, typed, is_dated = self.form.key(), self._typed(), self.form.source.is_dated()
        merchant = self.form.merchant.words()

        def write(work: "Work") -> Registered:
            now = draft if is_dated else dataclasses.replace(draft, received_at=work.now)
            made = registration.register(work, now, claims, key)
            drafts.drop_for(work, drafts.INTAKE, key)
            return made

        self._keeping.let_go()
        self._set_busy(True)
        self._shell.desk.write(
            self,
            write,
            lambda made: self._done(made, key, typed, merchant, on_spot=on_spot),
            self._refused,
            verb="case.create",
        )

    def put_away(self) -> None:
        """Leave the form; what was typed waits among the drafts."""
        if self._is_busy():
            return  # it is left when it has been registered
        self.keep_now()
        self._clear()
        self.left.emit()

    def throw_away(self) -> None:
        """Leave the form and put what was typed aside; it can be taken back."""
        if self._is_busy():
            return
        self.keep_now()
        key, had_words = self.form.key(), self.form.has_words()
        self._clear()
        self.left.emit()
        if had_words:
            self._shell.desk.write(
                self,
                lambda work: drafts.throw_away(work, drafts.INTAKE, key),
                lambda thrown: self._shell.say("登记已放弃", lambda: self._take_back(thrown, key)),
                self._shell.refuse,
                verb="draft.throw",
            )

    def go_on(self, key: str) -> None:
        """Go on with a draft; the one on the screen waits in its place."""
        if self._is_busy():
            return
        self.keep_now()
        self._clear()
        self._shell.desk.read(
            self,
            lambda work: drafts.of(work, drafts.INTAKE, key),
            lambda found: self._take_up(found[0]) if found else self.begin(),
        )

    def follow_up(self) -> None:
        """Turn the entry into a follow-up of the case that is open already; the words go into its quick log."""
        number = self.beside.follow_up()
        if not number or self._is_busy():
            return
        text, key = self.form.facts.toPlainText().strip(), self.form.key()
        self.keep_now()
        self._shell.desk.write(
            self,
            lambda work: quick_entry.follow_up(work, number, text, key),
            lambda thrown: self._followed(number, thrown, key),
            self._refused,
            verb="draft.keep",
        )

    def keep_now(self) -> None:
        """Keep what was typed in the last moment, before it goes out of sight."""
        self._keeping.now()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keeping.look(self._clear)

    def set_room(self, width: int) -> None:
        """Fit into a window of this width."""
        self._frame.set_room(width)

    def _framed(self) -> IntakeFrame:
        head = row(Words("登记", "title"), self._waiting, None, self._saved, margins=(16, 8, 16, 8), gap=12)
        foot = row(
            self._register,
            Key("Ctrl ⏎"),
            8,
            self._on_spot,
            Key("Ctrl ⇧ ⏎"),
            None,
            Button("先放着", "ghost", clicked=self.put_away),
            Button("放弃", "ghost", clicked=self.throw_away),
            margins=(16, 10, 16, 10),
        )
        return IntakeFrame(panel(head), self.form, panel(foot), self.beside)

    def _read(self, *, on_spot: bool) -> tuple[CaseDraft, tuple[Claim, ...]]:
        values = self.form.values()
        values["solved_on_spot"] = on_spot
        wrong = identity.phone_problem(self.form.phone())
        problems = [Problem("consumer_phone", wrong)] if wrong else []
        try:
            draft = parse(CaseDraft, values)
            check(draft)
        except Invalid as error:
            problems += error.problems
        if problems:
            raise Invalid(tuple(problems))
        return draft, self.form.claims()

    def _done(self, made: Registered, key: str, typed: dict[str, object], merchant: str, *, on_spot: bool) -> None:
        self._set_busy(False)
        self._shell.say(registered.said(made, on_spot=on_spot))
        if key != self.form.key():
            return  # the next one is being taken down by now
        later = {name: value for name, value in self._typed().items() if value != typed[name]}
        words = self.form.merchant.words()
        if later or words != merchant or self._keeping.is_kept:
            self._keep_later(made.case_no, key, Later(later, words if words != merchant else ""))
        self._clear()
        self.left.emit()
        self.registered.emit(made.case_no)

    def _typed(self) -> dict[str, object]:
        """Return the fields that can be changed in the case, except when it came in: that goes on with the clock."""
        values = {**form_values(self.form.values()), "claims": [{"code": claim.code} for claim in self.form.claims()]}
        return {name: value for name, value in values.items() if name not in ("received_at", "merchant_no")}

    def _keep_later(self, number: str, key: str, later: Later) -> None:
        """Keep what was typed while the case was being written down."""

        def show(_: object) -> None:
            if later.fields:
                self.outrun.emit(number)
            if told := later.told:
                self._shell.say(f"{tail(number)} 已登记；{told}")

        self._shell.desk.write(
            self, lambda work: later.keep(work, number, key), show, self._shell.refuse, verb="draft.keep"
        )

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        self._keeping.soon()  # what was typed in the last moment is not on disk yet
        if isinstance(error, Invalid):
            rest = self.form.show_problems(error)
            if not rest:
                return
            error = Invalid(rest)
        self._shell.refuse(error)

    def _on_changed(self) -> None:
        self._saved.setText("")
        self._keeping.soon()
        self._known.look()

    def _typed_so_far(self) -> Mapping[str, object]:
        return self.form.content() if self.form.has_words() else {}

    def _clear(self) -> None:
        self._keeping.let_go()
        self._saved.setText("")
        self.form.clear()
        self._keeping.resume(self.form.key(), is_kept=False)
        self._known.forget()

    def _is_busy(self) -> bool:
        return not self._register.isEnabled()

    def _set_busy(self, busy: bool) -> None:
        self._register.setEnabled(not busy)
        self._on_spot.setEnabled(not busy)

    def _followed(self, number: str, thrown: int, key: str) -> None:
        self._clear()
        self.left.emit()
        self.followed.emit(number)
        if thrown:
            self._shell.say(f"不再另登记，记到 {tail(number)}", lambda: self._take_back(thrown, key))

    def _show_waiting(self, found: tuple[Kept, ...]) -> None:
        others = [kept for kept in found if kept.subject != self.form.key()]
        if others and not self.form.has_words():
            self._take_up(others[0])
            others = others[1:]
        self._waiting.setText(f"未完成的登记 {len(others)} 件")
        self._waiting.setVisible(bool(others))

    def _next_draft(self) -> None:
        """Go on with the draft that has waited longest; the one on the screen waits in its place."""
        if self._is_busy():
            return
        self.keep_now()
        current = self.form.key()
        self._shell.desk.read(
            self,
            lambda work: [kept for kept in drafts.of(work, drafts.INTAKE) if kept.subject != current],
            lambda found: self._take_up(found[-1]) if found else None,
        )

    def _take_up(self, kept: Kept) -> None:
        self._load(kept.content, is_kept=True)
        self.form.start()
        self._saved.setText("接着上次没登记完的")
        self._shell.desk.read(self, lambda work: drafts.of(work, drafts.INTAKE), self._show_waiting)

    def _take_back(self, thrown: int, key: str) -> None:
        def back(_: object) -> None:
            self.returned.emit()
            self.go_on(key)

        self._shell.desk.write(
            self, lambda work: drafts.take_back(work, thrown), back, self._shell.refuse, verb="draft.take_back"
        )

    def _load(self, content: Mapping[str, object], *, is_kept: bool) -> None:
        """Show what was typed before, or elsewhere, under the key that it has."""
        self.form.load(content)
        self._keeping.resume(self.form.key(), is_kept=is_kept)

    def _read_sheet(self, text: str) -> None:
        """Fill in a complaint that was copied off the platform; other text stays where it was pasted."""

        def fill(found: Pasted | None) -> None:
            if found is None:
                self.form.source.platform.insert(text)
                self._on_changed()
                return
            said = f"按贴进来的单子填了 {self.form.take(found)} 项，请核对"
            self._shell.say("；".join((said, *found.remarks)))

        self._shell.desk.read(self, lambda work: platform_paste.read(work, text), fill, self._shell.refuse)

    def _fill(self, case: Earlier) -> None:
        self.form.set_consumer(case.consumer)
