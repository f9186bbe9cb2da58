"""登记履行: one payment or act on one duty, from the case."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import Invalid
from odr_desk.services import duties
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import ask
from odr_desk.ui.cases import dialogs
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words


def show(shell: Shell, parent: QWidget, duty: DutyRow) -> None:
    """Ask what was done on a duty and write it down."""
    form: Form[PerformanceDraft] = Form(PerformanceDraft)
    form.place("amount").setVisible(duty.amount is not None)
    form.set_values({"amount": duty.outstanding, "on": this_day(), "method": duty.method})
    body = column(Words(duty.text, "secondary", wrap=True), form, gap=8)
    title = f"登记履行第 {duty.number} 项？"
    dialog = Dialog(title, body, do="登记履行", closes=False, width=480, parent=parent)

    def submit() -> None:
        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return
        number, n = duty.agreement_no, duty.number
        said = f"{duty.case_no} 第 {n} 项已登记履行"
        dialogs.write_from(
            shell, dialog, lambda work: duties.perform(work, number, n, draft), said, "duty.perform", form
        )

    dialog.submitted.connect(submit)
    ask.show(dialog)
