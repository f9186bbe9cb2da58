"""The form for a code of the desk's own lists: a new one, or one that takes the place of another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from odr_desk.rules.codes import OF_GROUP, CodeDraft
from odr_desk.rules.errors import Invalid
from odr_desk.services import code_admin, drafts
from odr_desk.services.code_admin import CodeRow
from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

Choices = Mapping[str, list[tuple[str, str]]]
_KEEPS = "已有的记录仍是原来的代码和名称；原代码随即停用。"


def add(shell: Shell, parent: QWidget, group: str, code: str, choices: Choices) -> None:
    """Ask for a new code, the next one of its series written in already."""
    _open(shell, parent, group, CodeDraft(code=code), choices, None)


def rename(shell: Shell, parent: QWidget, group: str, old: CodeRow, code: str, choices: Choices) -> None:
    """Ask for the code that takes the place of an old one."""
    shell.desk.read(
        parent,
        lambda work: code_admin.draft_of(work, old.id),
        lambda known: _open(shell, parent, group, replace(known, code=code), choices, old),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, group: str, known: CodeDraft, choices: Choices, old: CodeRow | None) -> None:
    form = Form(CodeDraft, only=OF_GROUP[group], choices=choices, columns=1)
    form.load(known)
    note = Words(_KEEPS, "small", wrap=True)
    note.setVisible(old is not None)
    title = f"“{old.short}”改名" if old is not None else f"新增{dict(code_admin.GROUPS)[group]}"
    do = "改名" if old is not None else "新增"
    dialog = Dialog(title, column(note, form, gap=8), do=do, closes=False, width=460, parent=parent)
    keeping.over_forms(shell, dialog, (drafts.CODE, f"{group}/{old.code if old is not None else ''}"), form)
    dialog.submitted.connect(lambda: _save(shell, dialog, form, group, old))
    ask.show(dialog)


def _save(shell: Shell, dialog: Dialog, form: Form[CodeDraft], group: str, old: CodeRow | None) -> None:
    form.clear_problems()
    try:
        draft = form.draft()
    except Invalid as error:
        if rest := form.show_problems(error):
            dialog.show_error(Invalid(rest))
        return
    write: Callable[..., int] = (
        (lambda work: code_admin.add(work, group, draft))
        if old is None
        else (lambda work: code_admin.rename(work, old.id, draft))
    )
    said = f"已新增“{draft.short or draft.name}”" if old is None else f"“{old.short}”已改为“{draft.name}”"
    write_from(shell, dialog, write, said, "code.add" if old is None else "code.rename", form)
