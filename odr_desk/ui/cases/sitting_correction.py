"""What was noted of a sitting, being corrected: only what was changed is written, and nothing of others' is lost."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Conflict, DeskError
from odr_desk.rules.fields import fields_of
from odr_desk.rules.session import PresentDraft, SessionDraft
from odr_desk.services import sessions
from odr_desk.services.sessions import SessionRow
from odr_desk.ui import versions
from odr_desk.ui.cases.sitting_form import SittingForm, in_words
from odr_desk.ui.screen import Shell
from odr_desk.ui.versions import VersionsDialog


class Correction:
    """Corrects one sitting of a case; `over` is the tab that asks."""

    def __init__(self, shell: Shell, over: QWidget, number: str, sitting: SessionRow, modes: Mapping[str, str]) -> None:
        self._shell, self._over, self._number, self._sitting, self._modes = shell, over, number, sitting, modes
        values: dict[str, Any] = {field.name: getattr(sitting, field.name) for field in fields_of(SessionDraft)}
        self._seen = SessionDraft(**values)
        self._versions: VersionsDialog | None = None
        self.form = SittingForm(modes, values, in_words(sitting.present), offers=False)
        self._untouched = self.form.fields.draft()  # as the form shows it: to the minute

    @property
    def subject(self) -> str:
        """Return what its draft is about."""
        return f"{self._number}/{self._sitting.number}"

    def save(
        self,
        draft: SessionDraft,
        present: tuple[PresentDraft, ...],
        done: Callable[[], object],
        refused: Callable[[DeskError], object],
    ) -> None:
        """Write what was changed; where somebody else changed the same, ask which version holds."""
        number, n = self._number, self._sitting.number
        people = present if present != self._sitting.present else None
        mine = {field.name: getattr(draft, field.name) for field in fields_of(SessionDraft)}
        changes = {name: value for name, value in mine.items() if value != getattr(self._untouched, name)}

        def write(changes: Mapping[str, object], seen: Mapping[str, object] | None) -> None:
            self._shell.desk.write(
                self._over,
                lambda work: sessions.change(work, number, n, changes, people, seen),
                lambda _: saved(),
                failed,
                verb="session.change",
            )

        def saved() -> None:
            if self._versions is not None:
                self._versions.accept()
            self._shell.say(f"{number} 第 {n} 次调解的记录已改")
            done()

        def failed(error: DeskError) -> None:
            if isinstance(error, Conflict):
                names = {"modes": self._modes}
                self._versions = versions.settle(
                    error, self._seen, lambda own, *_: write(own, None), names=names, parent=self._over
                )
            else:
                refused(error)

        write(changes, dataclasses.asdict(self._seen))
