"""What the desk knows already about a complaint that is being taken down, looked up while it is typed."""

from PySide6.QtCore import QObject

from odr_desk.rules import identity
from odr_desk.services import earlier, intake_check, likeness
from odr_desk.ui.cases.beside import Beside
from odr_desk.ui.cases.intake_form import IntakeForm
from odr_desk.ui.desk import Desk
from odr_desk.ui.latest import Latest


class Known(QObject):
    """Looks for earlier cases of the person, cases alike, and what is left to ask; shows them beside the form."""

    def __init__(self, desk: Desk, form: IntakeForm, beside: Beside) -> None:
        super().__init__(form)
        self._form, self._beside = form, beside
        self._earlier, self._alike, self._remarks = (Latest(desk, self) for _ in range(3))

    def look(self) -> None:
        """Look for what stands in the form now."""
        form, beside = self._form, self._beside
        phone, merchant = identity.normal_phone(form.phone()), form.merchant.merchant_id()
        number, day = form.platform_no(), form.received_on()
        self._earlier.read(lambda work: earlier.of_phone(work, phone), lambda found: beside.show_earlier(phone, found))
        draft = form.remarked()
        self._remarks.read(lambda work: intake_check.remarks(work, draft, merchant, day), beside.show_remarks)
        if merchant or number:
            self._alike.read(
                lambda work: likeness.find(work, merchant_id=merchant, phone=phone, platform_no=number, on=day),
                beside.show_alike,
            )
        else:
            self._alike.forget()
            beside.show_alike(())

    def forget(self) -> None:
        """Let whatever is being looked for come to nothing, and show nothing."""
        for asked in (self._earlier, self._alike, self._remarks):
            asked.forget()
        self._beside.show_earlier("", ())
        self._beside.show_alike(())
        self._beside.show_remarks(())
