"""The form of a merchant: a new file, or changes to one; doubts stand beside the fields while typing."""

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.errors import Conflict, DeskError, Invalid, Problem
from odr_desk.rules.licence import LicenceDraft, merged
from odr_desk.rules.merchant import MerchantDraft, Warning_, typed_doubts
from odr_desk.rules.parsing import parse
from odr_desk.services import drafts, merchant_file, merchants
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.services.merchants import Registered
from odr_desk.ui import versions
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.keeping import Keeping, run_out
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchants.licence_list import LicenceList
from odr_desk.ui.screen import Shell
from odr_desk.ui.versions import VersionsDialog
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Tone, Words

_PAUSE_MS = 400
_LICENCES = "licences"
_FIRST_KIND = "许可证"  # as the migration to several licences calls the one there was


class MerchantForm(QWidget):
    """Takes down a merchant; `saved` carries its number, `left` says that nothing more is wanted.

    What is typed is kept on disk until it is saved or given up, so that leaving the page costs nothing.
    """

    saved = Signal(str)
    left = Signal()

    def __init__(
        self,
        shell: Shell,
        before: MerchantDraft,
        held: Sequence[LicenceDraft] = (),
        *,
        number: str = "",
        version: int = 0,
        columns: int = 2,
    ) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._number, self._version, self._before = number, version, before
        self._asking = Latest(shell.desk, self)
        self._others: tuple[Warning_, ...] = ()
        self._versions: VersionsDialog | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.form: Form[MerchantDraft] = Form(MerchantDraft, columns=columns)
        self.form.load(before)
        self._loaded = self.form.values()
        self._keeping = Keeping(shell, drafts.MERCHANT, self._plain, self, standing=lambda: form_values(self._loaded))
        self._keeping.kept.connect(lambda: self._say("每个字都已存下", "done"))
        self.form.changed.connect(self._on_changed)
        self.licences = LicenceList()
        self._held = tuple(held)
        self.licences.load(self._held)
        self.licences.changed.connect(self._on_changed)
        self.form.put_under("证照", self.licences)
        self._said = Words("", "small", "act", elide=True)
        self.save_button = Button("保存", "primary", clicked=self.save)
        self.leave_button = Button("放弃", "ghost", clicked=self.give_up)
        title = f"修改 {before.brand or before.name}" if number else "新建商户"
        head = row(Words(title, "title", elide=True), None, Words(number, "small"), margins=(16, 12, 16, 10))
        body = panel(column(self.form, None, margins=(16, 12, 16, 16)))
        foot = row(self.save_button, Key("Ctrl ⏎"), self._said, None, self.leave_button, margins=(16, 10, 16, 10))
        self._room = scroll(body)
        self.setLayout(column(head, line(), self._room, line(), foot, gap=0))
        self._show_doubts()

    @property
    def number(self) -> str:
        """Return whose file this is, empty for a new one."""
        return self._number

    def begin(self) -> None:
        """Put the cursor where typing begins, and take up what was typed before and not saved."""
        self.form.place("name" if not self._before.name else "counter").editor.setFocus()
        self._keeping.begin(self._number, self._take_up)

    def is_changed(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return self.form.values() != self._loaded or self._typed_licences() is not None

    def save(self) -> None:
        """Save what was typed; what cannot be saved is said at its field, and the text stays."""
        try:
            draft, held = self._entered()
        except Invalid as error:
            self._refused(error)
            return
        self.save_button.setEnabled(False)
        if self._number:
            before, now = dataclasses.asdict(self._before), dataclasses.asdict(draft)
            self._update({name: value for name, value in now.items() if value != before[name]}, self._version)
        else:
            self._shell.desk.write(
                self,
                lambda work: merchants.register(work, draft, held),
                self._made,
                self._refused,
                verb="merchant.create",
            )

    def _entered(self) -> tuple[MerchantDraft, tuple[LicenceDraft, ...]]:
        """Return what was entered; raise Invalid naming everything that does not parse."""
        problems: list[Problem] = []
        for read in (self.form.draft, self.licences.drafts):
            try:
                read()
            except Invalid as error:
                problems += error.problems
        if problems:
            raise Invalid(tuple(problems))
        return self.form.draft(), self.licences.drafts()

    def _update(self, changes: Mapping[str, object], version: int, kept: str = "") -> None:
        """Save these changes to the version they were made on; `kept` says what of somebody else stays beside them."""
        number, held = self._number, self.licences.drafts()
        changed = held if held != self._held else None
        self._shell.desk.write(
            self,
            lambda work: merchants.update(work, number, version, changes, changed),
            lambda done: self._finish(number, done.warnings, kept),
            self._refused,
            verb="merchant.update",
        )

    def give_up(self) -> None:
        """Leave without saving; what was typed can be had back for as long as the strip stands."""
        typed, was_changed = self._plain(), self.is_changed()
        self._drop_draft()
        self.left.emit()
        if was_changed:
            shell, number = self._shell, self._number
            shell.say("没有保存，已放弃修改", partial(shell.open, "merchants", {"edit": number, "typed": typed}))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.leave_for_now()
        super().hideEvent(event)

    def leave_for_now(self) -> None:
        """Put what was typed on disk at once; the form is about to be taken away, or the program to end."""
        self._pause.stop()
        self._keeping.now()

    def fill(self, typed: Mapping[str, object]) -> None:
        """Show what was typed before; a licence that others have taken out since is a new one."""
        self.form.set_values(typed)
        held = typed.get(_LICENCES, _only_licence(typed, self._held))
        if isinstance(held, list):
            known = {one.id for one in self._held}
            self.licences.load(one if one.get("id") in known else {**one, "id": None} for one in held)
        self._on_changed()

    def _made(self, made: Registered) -> None:
        self._finish(made.number, made.warnings)

    def _finish(self, number: str, warnings: tuple[Warning_, ...], kept: str = "") -> None:
        if self._versions is not None:
            self._versions.accept()
            self._versions = None
        self._drop_draft()
        self._shell.say(f"{number} 已存" + (f"，有 {len(warnings)} 处要核对" if warnings else "") + kept)
        self.saved.emit(number)

    def _refused(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        match error:
            case Invalid():
                rest = self.licences.show_problems(self.form.show_problems(error))
                self._say(f"没有存：{len(error.problems)} 处要改，填的都在", "late")
                self._go_to_first(error)
                if rest:
                    self._shell.refuse(Invalid(rest))
            case Conflict(detail={"theirs": _}):
                if self._versions is not None:
                    self._versions.reject()
                self._say("没有存：这户刚被别人改过，填的都在", "late")
                number = self._number
                self._shell.desk.read(
                    self, lambda work: merchant_file.detail(work, number), partial(self._settle, error), self._refused
                )
            case _:
                self._shell.refuse(error, self.save)

    def _settle(self, error: Conflict, found: MerchantDetail) -> None:
        """Put both lists of licences into one, then let it be chosen which version of a field holds."""
        theirs = tuple(one.draft for one in found.licences)
        both, clash = merged(self._held, self.licences.drafts(), theirs)
        self._held = theirs
        self.licences.load(both)
        if clash:
            self._say(f"没有存：{versions.who_and_when(error)} 也改了同一张证照，两份都列出了，请核对后再存", "late")
            return
        self._versions = versions.settle(_of_fields(error), self._before, self._update, parent=self)

    def _go_to_first(self, error: Invalid) -> None:
        known = self.form.values()
        first = next((problem.field for problem in error.problems if problem.field in known), "")
        if first:
            QTimer.singleShot(0, self, lambda: self._room.ensureWidgetVisible(self.form.place(first), 0, 24))

    def _on_changed(self) -> None:
        self._say("")
        self._show_doubts()
        self._keeping.soon()
        run_out(self._pause)

    def _on_pause(self) -> None:
        draft, number = merchants.tidied(self._typed_so_far()), self._number
        self._asking.read(lambda work: merchants.doubts(work, draft, number), self._take_others)

    def _take_others(self, others: tuple[Warning_, ...]) -> None:
        self._others = others
        self._show_doubts()

    def _show_doubts(self) -> None:
        doubts = (*typed_doubts(self._typed_so_far()), *self._others) if self.is_changed() else ()
        self.form.show_doubts({doubt.field: doubt.text for doubt in doubts})

    def _typed_so_far(self) -> MerchantDraft:
        """Return what was typed, without the fields that do not parse yet."""
        values = self.form.values()
        try:
            return parse(MerchantDraft, values)
        except Invalid as error:
            wrong = {problem.field for problem in error.problems}
            return parse(MerchantDraft, {name: value for name, value in values.items() if name not in wrong})

    def _plain(self) -> dict[str, object]:
        """Return what was typed, fit for JSON; not what stood there, which others may change until it is taken up."""
        typed = {name: value for name, value in self.form.values().items() if value != self._loaded[name]}
        held = self._typed_licences()
        return form_values(typed) | ({_LICENCES: held} if held is not None else {})

    def _typed_licences(self) -> list[dict[str, object]] | None:
        """Return the licences as typed, None when they stand as they are on record."""
        try:
            return None if self.licences.drafts() == self._held else self.licences.values()
        except Invalid:
            return self.licences.values()

    def _take_up(self, typed: Mapping[str, object]) -> None:
        self.fill(typed)
        self._say("接着上次没存的内容")

    def _drop_draft(self) -> None:
        """Throw away what was kept."""
        self._pause.stop()
        self._keeping.drop()

    def _say(self, text: str, tone: Tone = "act") -> None:
        self._said.set_tone(tone)
        self._said.setText(text)


def _of_fields(error: Conflict) -> Conflict:
    """Leave the licences out of a conflict: both lists are put into one."""
    sides = {side: fields for side, fields in error.detail.items() if isinstance(fields, Mapping)}
    less = {side: {name: fields[name] for name in fields if name != _LICENCES} for side, fields in sides.items()}
    return Conflict(str(error), error.detail | less)


def _only_licence(typed: Mapping[str, object], held: Sequence[LicenceDraft]) -> list[dict[str, object]] | None:
    """Return the licences of a draft from when a merchant had one only, whose number stood in a field of its own."""
    number, expires = typed.get("licence_no"), typed.get("licence_expires")
    if not number and not expires:
        return None
    known = [dataclasses.asdict(one) for one in held]
    first = known[0] if known else {"id": None, "kind": _FIRST_KIND, "number": "", "expires": None}
    changed = {"number": number or first["number"], "expires": expires or first["expires"]}
    return [{**first, **changed}, *known[1:]]
