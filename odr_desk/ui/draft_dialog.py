"""The form of a draft as a question over a page: what was entered is written, a refusal shown at its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.ui import ask, keeping
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.word_edit import WordEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Step = Callable[["Work", Any], object]


@dataclass(frozen=True, slots=True)
class Question:
    """A form of a draft as a question: its title, the words of yes, what is said when it is done.

    `kept_as` is the kind and the subject under which the desk keeps what is typed; `order` picks fields, `usual`
    names the words that are usually said in one.
    """

    title: str
    do: str
    said: str
    kind: type
    values: Mapping[str, object]
    note: str = ""
    order: tuple[str, ...] = ()
    kept_as: tuple[str, str] = ("", "")
    usual: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def show(
    shell: Shell,
    parent: QWidget,
    question: Question,
    step: Step,
    *,
    verb: str,
    then: Callable[[Any], object] = lambda _result: None,
) -> None:
    """Open the form; what was typed stays until it is written, also when the form is closed or the power fails."""
    usual = {name: WordEdit(words) for name, words in question.usual.items()}
    form: Form[Any] = Form(question.kind, only=question.order, editors=usual)
    form.set_values(question.values)
    body = column(*([Words(question.note, "secondary", wrap=True)] if question.note else []), form, gap=8)
    dialog = Dialog(question.title, body, do=question.do, closes=False, width=520, parent=parent)
    keeping.over_forms(shell, dialog, question.kept_as, form)

    def submit() -> None:
        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return
        write_from(shell, dialog, lambda work: step(work, draft), question.said, verb, form, then=then)

    dialog.submitted.connect(submit)
    form.start()
    ask.show(dialog)


def write_from(
    shell: Shell,
    dialog: Dialog,
    op: Callable[..., object],
    said: str,
    verb: str,
    form: Form[Any] | None = None,
    *,
    then: Callable[[Any], object] = lambda _result: None,
    overtaken: Callable[[Conflict], object] | None = None,
) -> None:
    """Write from a dialog: it closes when the work is done, and says why when it is not.

    `overtaken` asks what holds where somebody else was faster.
    """

    def done(result: object) -> None:
        dialog.accept()
        then(result)
        if said:
            shell.say(said)

    def refused(error: DeskError) -> None:
        dialog.set_busy(False)
        if isinstance(error, Invalid) and form is not None:
            rest = form.show_problems(error)
            if not rest:
                return
            error = Invalid(rest)
        if overtaken is not None and isinstance(error, Conflict) and "theirs" in error.detail:
            overtaken(error)
            return
        dialog.show_error(error)

    dialog.set_busy(True)
    shell.desk.write(dialog, op, done, refused, verb=verb)
