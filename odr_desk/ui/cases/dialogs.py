"""The small dialogs of a case: assign, rewrite an entry, end without settlement, reopen."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Conflict, Invalid
from odr_desk.rules.handling import Handling
from odr_desk.services import cases, closing, drafts, handling, people, timeline
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.timeline import EventRow
from odr_desk.ui import ask, keeping, reason_dialog, versions
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words


def assign(shell: Shell, parent: QWidget, found: CaseDetail) -> None:
    """Ask to whom the case is given."""

    def show(handlers: tuple[tuple[int, str], ...]) -> None:
        choice = ChoiceEdit([(str(user), name) for user, name in handlers])
        choice.set_value(str(found.handler_id) if found.handler_id else None)
        dialog = Dialog(
            f"{found.row.tail} 分派给谁？", column(Labelled("承办人", choice)), do="分派", closes=False, parent=parent
        )

        def submit(version: int = found.version) -> None:
            user = str(choice.value() or "")
            if not user:
                dialog.show_error(Invalid.of("handler", "请选择承办人"))
                return
            write_from(
                shell,
                dialog,
                lambda work: handling.assign(work, found.row.number, int(user), version),
                f"{found.row.tail} 已分派",
                "case.assign",
                overtaken=settle,
            )

        def settle(error: Conflict) -> None:
            def chosen(own: bool, version: int) -> None:
                submit(version) if own else dialog.reject()

            versions.choose(error, Handling, "handler_name", chosen, parent=dialog)

        dialog.submitted.connect(submit)
        ask.show(dialog)

    shell.desk.read(parent, people.handlers, show)


def rewrite(
    shell: Shell, parent: QWidget, number: str, event: EventRow, title: str, change: Callable[..., object]
) -> None:
    """Change one's own entry, or amend one that may be changed no longer; `number` is the case it was written in."""
    edit = TextEdit(least=4)
    before = event.text if change is timeline.edit else ""
    edit.set_value(before)
    body = column(Words(event.text, "secondary", wrap=True), Labelled("记录", edit), gap=8)
    dialog = Dialog(title, body, do="保存", closes=False, parent=parent)
    kept = keeping.over(
        shell,
        dialog,
        (drafts.REWRITING, f"{number}/{event.number}"),
        lambda: {"text": edit.toPlainText()} if edit.toPlainText() != before else {},
        lambda typed: edit.set_value(typed["text"]),
    )
    edit.changed.connect(kept.soon)

    def submit() -> None:
        text = edit.toPlainText().strip()
        write_from(
            shell,
            dialog,
            lambda work: change(work, cases.written_in(work, number), event.number, text),
            "记录已保存",
            "event.edit" if change is timeline.edit else "event.amend",
        )

    dialog.submitted.connect(submit)
    ask.show(dialog)


def reopen(shell: Shell, parent: QWidget, number: str) -> None:
    """Take an archived case up again, with the reason."""
    why = Why(f"重新打开 {number}？", "重新打开", (drafts.REOPENING, number), hint="为什么又要办")
    reason_dialog.show(
        shell,
        parent,
        why,
        lambda work, reason: closing.reopen(work, number, reason),
        verb="case.reopen",
        said=f"{number} 已重新打开",
    )
