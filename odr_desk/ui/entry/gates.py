"""The first thing people see of the program: who are you."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.ui.entry.house import House
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words
from odr_desk.ui.window import TITLE

if TYPE_CHECKING:
    from odr_desk.services.people import Login


def first_gate(house: House) -> QWidget:
    """Return what the window shows before anything has been read."""
    return LoginGate(house)


class LoginGate(QWidget):
    """Name and password."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._user = LineEdit("")
        self._password = LineEdit("")
        self._password.setEchoMode(LineEdit.EchoMode.Password)
        self._problem = Labelled("密码", self._password)
        log_in = Button("登录", "primary", clicked=self._log_in)
        self._password.returnPressed.connect(self._log_in)
        fields = panel(column(Words(TITLE, "title"), Labelled("登录名", self._user), self._problem, log_in), width=320)
        self.setLayout(row(None, column(None, fields, None), None))

    def _log_in(self) -> None:
        log_in = partial(_log_in, user=self._user.text(), password=self._password.text())
        self._house.window.desk.with_database(self, log_in, self._enter, self._refuse)

    def _enter(self, login: "Login") -> None:
        window = self._house.window
        window.desk.actor = login.actor
        window.enter()
        self._house.entered()

    def _refuse(self, error: DeskError) -> None:
        self._problem.show_problem(str(error))


def _log_in(database: Any, user: str, password: str) -> "Login":
    from odr_desk.services import people

    return people.log_in(database, user, password)
