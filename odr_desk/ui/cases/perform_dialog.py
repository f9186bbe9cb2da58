"""登记履行: one payment or act on one duty, from the case."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.fields import fields_of
from odr_desk.services import drafts, duties
from odr_desk.services.duty_list import DutyRow
from odr_desk.ui import draft_dialog
from odr_desk.ui.draft_dialog import Question
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.day_edit import this_day


def show(shell: Shell, parent: QWidget, duty: DutyRow) -> None:
    """Ask what was done on a duty and write it down; an act has no amount."""
    number, n = duty.agreement_no, duty.number
    question = Question(
        f"登记履行第 {n} 项？",
        "登记履行",
        f"{duty.case_no} 第 {n} 项已登记履行",
        PerformanceDraft,
        {"amount": duty.outstanding, "on": this_day(), "method": duty.method},
        duty.text,
        tuple(field.name for field in fields_of(PerformanceDraft) if field.name != "amount" or duty.amount is not None),
        kept_as=(drafts.PERFORMING, f"{number}/{n}"),
    )
    draft_dialog.show(
        shell, parent, question, lambda work, draft: duties.perform(work, number, n, draft), verb="duty.perform"
    )
