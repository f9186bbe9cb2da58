"""Why something is done, asked for before it is: the words stay until it is done, whatever comes between."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


@dataclass(frozen=True, slots=True)
class Why:
    """A question for a sentence that is required: its title, the words of yes, under what it is kept.

    `label` names the field, `hint` stands in it while it is empty, `note` is to be read first.
    """

    title: str
    do: str
    kept_as: tuple[str, str]
    label: str = "原因"
    hint: str = ""
    note: str = ""


def show(
    shell: Shell,
    parent: QWidget,
    why: Why,
    step: "Callable[[Work, str], object]",
    *,
    verb: str,
    said: str = "",
    then: Callable[[Any], object] = lambda _result: None,
) -> None:
    """Ask, do the step with the answer, then close and say so; a refusal is shown over the words."""
    editor = TextEdit(why.hint, least=3, most=6)
    body = column(Labelled(why.label, editor, required=True), gap=12)
    if why.note:
        body.insertWidget(0, Words(why.note, "secondary", wrap=True))
    dialog = Dialog(why.title, body, do=why.do, closes=False, parent=parent)

    def follow() -> None:
        dialog.do.setEnabled(bool(editor.value()))

    def submit() -> None:
        reason = str(editor.value())

        def give(work: "Work") -> object:
            work.reason = reason
            return step(work, reason)

        write_from(shell, dialog, give, said, verb, then=then)

    keeping.over_editors(shell, dialog, why.kept_as, {"text": editor})
    editor.textChanged.connect(follow)
    dialog.submitted.connect(submit)
    follow()
    editor.setFocus()
    ask.show(dialog)
