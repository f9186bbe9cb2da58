"""A new password, typed twice: for the first administrator, for a given password, for changing one's own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.rules.people import SHORTEST_PASSWORD, check_password
from odr_desk.ui.widgets import password_edit
from odr_desk.ui.widgets.boxes import column, row


class NewPassword(QWidget):
    """Two inputs that must hold the same; problems stand below the one they belong to."""

    def __init__(self, label: str = "新密码", *, side_by_side: bool = False) -> None:
        super().__init__()
        self.first, self._first_place = password_edit.labelled(
            label, required=True, note=f"至少 {SHORTEST_PASSWORD} 个字符"
        )
        self.second, self._second_place = password_edit.labelled("再输一次", required=True)
        places = (self._first_place, self._second_place)
        if not side_by_side:
            self.setLayout(column(*places, gap=12))
            return
        beside = row(*places, gap=16)
        for place in places:
            beside.setAlignment(place, Qt.AlignmentFlag.AlignTop)
        self.setLayout(beside)

    def password(self) -> str:
        """Return the password; raise Invalid, and show why, unless it is long enough and typed twice alike."""
        for place in (self._first_place, self._second_place):
            place.show_problem("")
        try:
            check_password(self.first.text())
            if self.first.text() != self.second.text():
                raise Invalid.of("again", "两次输入的密码不一样，请再输一次")
        except Invalid as error:
            self.show_problem(error)
            raise
        return self.first.text()

    def show_problem(self, error: Invalid) -> None:
        """Show what is wrong with the password."""
        problem = error.problems[0]
        place = self._second_place if problem.field == "again" else self._first_place
        place.show_problem(problem.text)
        place.editor.setFocus()
