"""A password that somebody else has given must be changed before anything else."""

from PySide6.QtCore import Signal
from typing_extensions import override

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.ui.entry.frame import NARROW, Gate
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.new_password import NewPassword
from odr_desk.ui.widgets.words import Words


class PasswordGate(Gate):
    """Takes a new password of one's own; `given` carries it."""

    given = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.new = NewPassword()
        self.change = Button("改密码并进入", "primary", clicked=self._on_change)
        self.new.first.returnPressed.connect(self.new.second.setFocus)
        self.new.second.returnPressed.connect(self._on_change)
        words = Words("现在的密码是别人给的，请换成只有自己知道的。", "secondary", wrap=True)
        fields = card(column(self.new, row(None, self.change), gap=12), margins=(16, 16, 16, 16))
        self.stand(column(Words(f"{name}，请设自己的密码", "title", wrap=True), words, 8, fields, gap=4), NARROW)

    @override
    def begin(self) -> None:
        self.new.first.setFocus()

    def show_refusal(self, error: DeskError) -> None:
        """Say why the password was not taken."""
        self.change.setEnabled(True)
        self.new.show_problem(error if isinstance(error, Invalid) else Invalid.of("password", str(error)))

    def _on_change(self) -> None:
        try:
            password = self.new.password()
        except Invalid:
            return
        self.change.setEnabled(False)
        self.given.emit(password)
