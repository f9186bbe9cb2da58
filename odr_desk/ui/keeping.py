"""What stands in a form that is not saved yet: on disk within a second, back when the form is opened again."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.services import drafts
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.dialog import Dialog

KEEP_AFTER_MS = 600
Content = Mapping[str, object]
TakeUp = Callable[[Content], object]


class Keeping(QObject):
    """Keeps one form's content as the draft of its kind and subject.

    `content` gives what was typed, nothing when all of it was taken back, None while no form is open.

    What was typed in the last moment is kept as soon as `place`, where the form stands, goes out of sight: behind it
    may come the end of the program.
    """

    def __init__(self, shell: Shell, kind: str, content: Callable[[], Content | None], place: QWidget) -> None:
        super().__init__(place)
        self._shell, self._kind, self._content = shell, kind, content
        self._subject = ""
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        place.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep at once what goes out of sight."""
        if event.type() == QEvent.Type.Hide:
            self.now()
        return False

    def begin(self, subject: str, take_up: Callable[[Content], object]) -> None:
        """Start for a subject; what was kept for it before is handed to `take_up`."""
        self._subject, kind = subject, self._kind
        self._shell.desk.read(
            self,
            lambda work: drafts.of(work, kind, subject),
            lambda found: take_up(found[0].content) if found and subject == self._subject else None,
        )

    def soon(self) -> None:
        """Keep the content in a moment, also while the typing goes on."""
        run_out(self._timer)

    def now(self) -> None:
        """Keep what was typed in the last moment, before it goes out of sight."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def drop(self) -> None:
        """Let go of what was kept: it has been saved, or is not wanted."""
        self._timer.stop()
        kind, subject = self._kind, self._subject
        self._shell.desk.write(self, lambda work: drafts.drop_for(work, kind, subject), verb="draft.drop")

    def _keep(self) -> None:
        """Keep what stands there now; what was taken back letter by letter is kept no longer."""
        content = self._content()
        kind, subject = self._kind, self._subject
        if content is None or not subject:
            return
        if content:
            self._shell.desk.write(self, lambda work: drafts.keep_for(work, kind, subject, content), verb="draft.keep")
        else:
            self.drop()


def over(
    shell: Shell, dialog: Dialog, draft: tuple[str, str], content: Callable[[], Content | None], take_up: TakeUp
) -> Keeping:
    """Keep what is typed in a dialog, also while it is closed to look at something; `draft` is kind and subject."""
    kind, subject = draft
    keeping = Keeping(shell, kind, content, dialog)
    keeping.begin(subject, take_up)
    return keeping


def over_forms(
    shell: Shell,
    dialog: Dialog,
    draft: tuple[str, str],
    *forms: Form[Any],
    taken_up: TakeUp = lambda _typed: None,
) -> Keeping:
    """Keep what is typed into the forms of a dialog; what stood there from the start is not kept."""
    blanks = [form_values(form.typed()) for form in forms]

    def content() -> Content:
        return {
            name: value
            for form, blank in zip(forms, blanks, strict=True)
            for name, value in form_values(form.typed()).items()
            if value != blank[name]
        }

    def take_up(typed: Content) -> None:
        for form, blank in zip(forms, blanks, strict=True):
            form.set_values({name: value for name, value in typed.items() if name in blank})
        taken_up(typed)

    kept = over(shell, dialog, draft, content, take_up)
    for form in forms:
        form.changed.connect(kept.soon)
    return kept


def run_out(timer: QTimer) -> None:
    """Start a timer, unless it runs: one that began anew with each letter would never end while somebody types."""
    if not timer.isActive():
        timer.start()


def form_values(values: Mapping[str, object]) -> dict[str, object]:
    """Return values of a form as a draft holds them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
