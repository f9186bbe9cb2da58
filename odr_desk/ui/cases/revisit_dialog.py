"""回访: three questions after the end, asked in the order in which they are said on the telephone."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from odr_desk.rules.ending import RevisitDraft
from odr_desk.rules.errors import Invalid
from odr_desk.services import drafts, revisits
from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.dialog import Dialog


def show(shell: Shell, parent: QWidget, number: str, then: Callable[[], object] = lambda: None) -> None:
    """Ask the three questions and write the answers down, `then` go on."""
    form: Form[RevisitDraft] = Form(RevisitDraft, columns=1)
    form.set_values({"on": this_day(), "mode": "电话"})
    dialog = Dialog(f"{number} 回访", column(form), do="登记回访", closes=False, parent=parent)
    keeping.over_forms(shell, dialog, (drafts.REVISIT, number), form)

    def submit() -> None:
        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return
        write_from(
            shell,
            dialog,
            lambda work: revisits.record(work, number, draft),
            f"{number} 已登记回访",
            "revisit",
            form,
            then=lambda _: then(),
        )

    dialog.submitted.connect(submit)
    ask.show(dialog)
