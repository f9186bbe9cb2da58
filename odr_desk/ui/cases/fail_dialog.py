"""和解不成: the reason, what goes out with it, and what follows at once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from odr_desk.rules.ending import FailDraft
from odr_desk.rules.errors import Invalid
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import drafts, failing
from odr_desk.services.issued_papers import Issued
from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.transfers import leaving
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


class _Fields:
    """What is asked: the reason, what goes out with it, what follows, and the hand-over."""

    def __init__(self) -> None:
        self.reason: Form[FailDraft] = Form(FailDraft, columns=1)
        self.notice = Tick("同时出具告知书，移送的连同移送函")
        self.notice.set_value(True)
        self.told = Tick("已向消费者说明，接着登记")
        self.moved = Tick("同时移送")
        self.transfer: Form[TransferDraft] = Form(TransferDraft, only=("to", "materials", "receiver"), columns=1)
        self.transfer.setVisible(False)

    def body(self) -> QBoxLayout:
        """Return them one below the other."""
        words = Words("将记为和解不成。告知书写明其余途径，请交给消费者。", "secondary", wrap=True)
        return column(words, self.reason, self.notice, self.told, self.moved, self.transfer, gap=8)

    def show_again(self, typed: Mapping[str, object]) -> None:
        """Show the hand-over where something of it had been typed."""
        if set(typed) & set(self.transfer.values()):
            self.moved.click()

    def drafts(self) -> tuple[FailDraft, TransferDraft | None]:
        """Return what was entered; raise Invalid after saying at each field what is wrong."""
        try:
            return self.reason.draft(), self.transfer.draft() if self.moved.value() else None
        except Invalid as error:
            self.transfer.show_problems(Invalid(self.reason.show_problems(error)))
            raise


def show(shell: Shell, parent: QWidget, number: str) -> None:
    """End a case without a settlement, and hand it over if that was decided."""
    fields = _Fields()
    dialog = Dialog("这件和解不成？", fields.body(), do="记为和解不成", closes=False, width=520, parent=parent)
    _opened_by(fields.moved, fields.transfer, dialog)
    keeping.over_forms(
        shell, dialog, (drafts.FAILING, number), fields.reason, fields.transfer, taken_up=fields.show_again
    )

    def follow(papers: tuple[Issued, ...]) -> None:
        if fields.told.value():
            leaving.explain(shell, parent, number)
        elif papers:
            shell.open("papers", {"case": number, "kind": papers[0].kind})

    def submit() -> None:
        try:
            draft, transfer = fields.drafts()
        except Invalid:
            return
        with_papers = bool(fields.notice.value())

        def end(work: "Work") -> tuple[Issued, ...]:
            failing.fail(work, number, draft, transfer)
            return failing.hand_out(work, number) if with_papers else ()

        write_from(shell, dialog, end, f"{number} 已记为和解不成", "fail", fields.reason, then=follow)

    dialog.submitted.connect(submit)
    ask.show(dialog)


def _opened_by(tick: Tick, form: QWidget, dialog: Dialog) -> None:
    """Show a form only while its tick is set."""

    def show() -> None:
        form.setVisible(bool(tick.value()))
        dialog.fit()

    tick.changed.connect(show)
