"""What stands in a form that is not saved yet: on disk within a second, back when the form is opened again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.services import drafts
from odr_desk.services.drafts import Kept
from odr_desk.ui.form import Form, form_values, typed_in
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Editor
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

KEEP_AFTER_MS = 600
Content = Mapping[str, object]
TakeUp = Callable[[Content], object]


class Keeping(QObject):
    """Keeps one form's content as the draft of its kind and subject.

    `content` gives what was typed, nothing when all of it was taken back, None while no form is open. Where it tells
    only what was changed, `standing` gives what stood there before. `kept` says that all of it is on disk.

    What was typed in the last moment is kept as soon as `place`, where the form stands, goes out of sight: behind it
    may come the end of the program.
    """

    kept = Signal()

    def __init__(
        self,
        shell: Shell,
        kind: str,
        content: Callable[[], Content | None],
        place: QWidget,
        *,
        standing: Callable[[], Content] | None = None,
    ) -> None:
        super().__init__(place)
        self._shell, self._kind, self._content, self._place = shell, kind, content, place
        self._standing = standing or (lambda: self._blank)
        self._tells_changes = standing is not None
        self._subject: str | None = None  # until the first form has been opened
        self._blank: Content = {}
        self._is_kept = False
        self._is_waiting = False  # for what was kept before
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        place.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep at once what goes out of sight."""
        if event.type() == QEvent.Type.Hide:
            self.now()
        return False

    @property
    def is_kept(self) -> bool:
        """Whether a draft of what stands there is on disk, or about to be."""
        return self._is_kept

    def begin(self, subject: str, take_up: TakeUp) -> None:
        """Start for a subject; what was kept for it before is handed to `take_up`.

        What is typed until that has been read comes after it: neither may be lost.
        """
        self._subject, kind = subject, self._kind
        self._blank = {} if self._tells_changes else self._content() or {}
        self._is_waiting, self._is_kept = True, False

        def found(known: tuple[Kept, ...]) -> None:
            if subject != self._subject:
                return
            self._is_waiting = False
            typed = self._content()
            if not known or typed is None:
                return
            self._is_kept = True
            both = drafts.joined(known[0].content, self._standing(), typed)
            take_up(both)
            _go_to_end(self._place)
            if both != known[0].content:
                self.soon()

        self._shell.desk.read(self, lambda work: drafts.of(work, kind, subject), found)

    def resume(self, subject: str, *, is_kept: bool) -> None:
        """Start for a subject whose draft, if there is one, has been read and is shown by whoever opens the form."""
        self._subject, self._blank, self._is_waiting, self._is_kept = subject, {}, False, is_kept

    def look(self, gone: Callable[[], object]) -> None:
        """Call `gone` when the draft of what stands there has been thrown away elsewhere."""
        kind, subject = self._kind, self._subject
        if not self._is_kept or subject is None:
            return

        def found(known: tuple[Kept, ...]) -> None:
            if not known and self._is_kept and subject == self._subject and not self._timer.isActive():
                gone()

        self._shell.desk.read(self, lambda work: drafts.of(work, kind, subject), found)

    def soon(self) -> None:
        """Keep the content in a moment, also while the typing goes on."""
        run_out(self._timer)

    def now(self) -> None:
        """Keep what was typed in the last moment, before it goes out of sight."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def let_go(self) -> None:
        """Keep nothing more of what stands there: it is being saved, and its draft goes with that, or is left as is."""
        self._timer.stop()
        self._is_kept = False

    def drop(self) -> None:
        """Throw away what was kept: it has been saved, or is not wanted."""
        self.let_go()
        kind, subject = self._kind, self._subject
        if subject is None:
            return
        self._shell.desk.write(self, lambda work: drafts.drop_for(work, kind, subject), verb="draft.drop")

    def give_up(self) -> None:
        """Put aside what was typed; the strip gives it back."""
        self._timer.stop()
        shell, kind, subject, content = self._shell, self._kind, self._subject, self._typed()
        if not content or subject is None:
            self.drop()
            return

        def throw(work: "Work") -> int:
            drafts.keep_for(work, kind, subject, content)
            return drafts.throw_away(work, kind, subject)

        def take_back(draft_id: int) -> None:
            shell.desk.write(
                shell.desk,
                lambda work: drafts.take_back(work, draft_id),
                lambda _: shell.say("已放回“今日”的没写完的"),
                shell.refuse,
                verb="draft.take_back",
            )

        label = drafts.LABELS.get(kind, kind)
        shell.desk.write(
            shell.desk,
            throw,
            lambda thrown: shell.say(f"“{label}”没写完，已放弃", partial(take_back, thrown)),
            shell.refuse,
            verb="draft.throw",
        )

    def _typed(self) -> Content | None:
        """Return what was typed, nothing when it stands as it did at the beginning."""
        content = self._content()
        return {} if content == self._blank else content

    def _keep(self) -> None:
        """Keep what stands there now; what was taken back letter by letter is kept no longer."""
        content, standing, is_waiting = self._typed(), self._standing(), self._is_waiting
        kind, subject = self._kind, self._subject
        if content is None or subject is None:
            return

        def keep(work: "Work") -> None:
            known = drafts.of(work, kind, subject) if is_waiting else ()
            whole = drafts.joined(known[0].content, standing, content) if known else content
            drafts.keep_for(work, kind, subject, whole)

        def tell(_: object) -> None:
            if subject == self._subject and self._is_kept and not self._timer.isActive():
                self.kept.emit()

        if content:
            self._is_kept = True
            self._shell.desk.write(self, keep, tell, verb="draft.keep")
        elif self._is_kept and not is_waiting:
            self.drop()


class FieldsKeeping(Keeping):
    """Keeps what is typed into editors, by their names; what stood there from the start is not kept.

    `beside` is kept with it: what the words are about, where the subject does not say it.
    """

    def __init__(
        self, shell: Shell, kind: str, place: QWidget, editors: Mapping[str, Editor], beside: Content | None = None
    ) -> None:
        super().__init__(shell, kind, self._changes, place, standing=lambda: self._stood)
        self._editors, self._beside = editors, beside or {}
        self._stood = self._values()
        for editor in editors.values():
            editor.changed.connect(self.soon)

    def start(self, subject: str, taken_up: TakeUp = lambda _typed: None) -> None:
        """Begin for a subject with what stands there now; `taken_up` is told what came back."""
        self._stood = self._values()

        def take_up(typed: Content) -> None:
            for name, value in typed.items():
                if name in self._editors:
                    self._editors[name].set_value(value)
            taken_up(typed)

        self.begin(subject, take_up)

    def settle(self, *names: str) -> None:
        """Take it that what stands in these editors has been saved; the others are kept on."""
        now = self._values()
        self._stood |= {name: now[name] for name in names}
        self._timer.stop()
        self._keep()

    def _values(self) -> dict[str, object]:
        return form_values({name: typed_in(editor) for name, editor in self._editors.items()})

    def _changes(self) -> Content:
        changed = {name: value for name, value in self._values().items() if value != self._stood[name]}
        return {**self._beside, **changed} if changed else {}


def over(
    shell: Shell, dialog: Dialog, draft: tuple[str, str], content: Callable[[], Content | None], take_up: TakeUp
) -> Keeping:
    """Keep what is typed in a dialog, also while it is closed to look at something; `draft` is kind and subject.

    A dialog that is accepted has done its work, one that is given up is not wanted: neither leaves a draft.
    """
    kind, subject = draft
    keeping = Keeping(shell, kind, content, dialog)
    _end_with(dialog, keeping)
    keeping.begin(subject, take_up)
    return keeping


def over_editors(
    shell: Shell,
    dialog: Dialog,
    draft: tuple[str, str],
    editors: Mapping[str, Editor],
    *,
    beside: Content | None = None,
    taken_up: TakeUp = lambda _typed: None,
) -> None:
    """Keep what is typed into the editors of a dialog, as `over` does; what stood there from the start is not kept."""
    kind, subject = draft
    keeping = FieldsKeeping(shell, kind, dialog, editors, beside)
    _end_with(dialog, keeping)
    keeping.start(subject, taken_up)


def over_forms(
    shell: Shell,
    dialog: Dialog,
    draft: tuple[str, str],
    *forms: Form[Any],
    taken_up: TakeUp = lambda _typed: None,
) -> None:
    """Keep what is typed into the forms of a dialog."""
    editors = {name: editor for form in forms for name, editor in form.editors().items()}
    over_editors(shell, dialog, draft, editors, taken_up=taken_up)


def _end_with(dialog: Dialog, keeping: Keeping) -> None:
    dialog.accepted.connect(keeping.drop)
    dialog.given_up.connect(keeping.give_up)


def run_out(timer: QTimer) -> None:
    """Start a timer, unless it runs: one that began anew with each letter would never end while somebody types."""
    if not timer.isActive():
        timer.start()


def _go_to_end(place: QWidget) -> None:
    """Let the typing go on behind the words that have come back; who types elsewhere is not disturbed."""
    match place.window().focusWidget():
        case TextEdit() as edit if place.isAncestorOf(edit):
            edit.moveCursor(QTextCursor.MoveOperation.End)
        case LineEdit() as edit if place.isAncestorOf(edit):
            edit.end(False)
