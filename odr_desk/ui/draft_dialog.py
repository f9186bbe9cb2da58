"""The form of a draft as a question over a page: what was entered is written, a refusal shown at its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.ui import ask, keeping
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Step = Callable[["Work", Any], object]


@dataclass(frozen=True, slots=True)
class Question:
    """A form of a draft as a question: its title, the words of yes, what is said when it is done.

    `kept_as` is the kind and the subject under which the desk keeps what is typed.
    """

    title: str
    do: str
    said: str
    kind: type
    values: Mapping[str, object]
    note: str = ""
    order: tuple[str, ...] = ()
    kept_as: tuple[str, str] = ("", "")


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
    form: Form[Any] = Form(question.kind, only=question.order)
    form.set_values(question.values)
    body = column(*([Words(question.note, "secondary", wrap=True)] if question.note else []), form, gap=8)
    dialog = Dialog(question.title, body, do=question.do, closes=False, width=520, parent=parent)
    kept = keeping.over_forms(shell, dialog, question.kept_as, form)

    def done(result: object) -> None:
        dialog.accept()
        kept.drop()
        then(result)
        shell.say(question.said)

    def refused(error: DeskError) -> None:
        dialog.set_busy(False)
        if not isinstance(error, Invalid) or form.show_problems(error):
            dialog.show_error(error)

    def submit() -> None:
        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return
        dialog.set_busy(True)
        shell.desk.write(dialog, lambda work: step(work, draft), done, refused, verb=verb)

    dialog.submitted.connect(submit)
    form.start()
    ask.show(dialog)
