"""Who are you: name and password, also for unlocking the window."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.ui.entry.frame import NARROW, Gate
from odr_desk.ui.widgets import password_edit
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words
from odr_desk.ui.window import TITLE

Samples = tuple[tuple[str, str], ...]


class LoginGate(Gate):
    """Takes name and password; `given` carries both, what comes of it is shown by `show_refusal`."""

    given = Signal(str, str)

    def __init__(self, user: str = "", *, title: str = TITLE, do: str = "登录") -> None:
        super().__init__()
        self._fixed = user
        self._title = Words(title, "title", wrap=True)
        self._mall = Words("", "secondary", wrap=True)
        self._mall.hide()
        self.user = LineEdit()
        self._user_place = Labelled("登录名", self.user)
        self.user.changed.connect(lambda: self._user_place.show_problem(""))
        self.password, self._password_place = password_edit.labelled("密码")
        self.enter = Button(do, "primary", clicked=self._on_enter)
        self.user.returnPressed.connect(self._on_user_done)
        self.password.returnPressed.connect(self._on_enter)
        if user:
            self._user_place.hide()
        self._below = column(gap=8)
        self._notice = column(gap=0)
        fields = column(self._user_place, self._password_place, row(None, self.enter), gap=12)
        self.stand(
            column(
                self._title, self._mall, 8, self._notice, card(fields, margins=(16, 16, 16, 16)), self._below, gap=4
            ),
            NARROW,
        )

    @override
    def begin(self) -> None:
        (self.password if self._fixed or self.user.text() else self.user).setFocus()

    def show_mall(self, name: str) -> None:
        """Say whose desk this is."""
        self._mall.setText(name)
        self._mall.setVisible(bool(name))

    def show_note(self, words: str, user: str) -> None:
        """Say what has just been done, and fill in with which account to go on."""
        self._notice.addWidget(Banner("done", words, closable=False))
        self._notice.addSpacing(8)
        self.user.set_value(user)

    def show_samples(self, samples: Samples, password: str) -> None:
        """Say with which accounts the training copy can be opened, and fill the first one in."""
        self._below.addSpacing(8)
        self._below.addWidget(Words("培训副本，数据都是示例。可用的登录名：", "secondary"))
        self._below.addWidget(Words("、".join(f"{user}（{role}）" for user, role in samples), wrap=True))
        self._below.addWidget(Words(f"密码都是 {password}"))
        if not self.user.text():
            self.user.set_value(samples[0][0])
            self.begin()

    def add_way(self, words: str, clicked: Callable[[], object]) -> None:
        """Offer a link below the fields."""
        self._below.addLayout(row(Button(words, "link", clicked=clicked), None))

    def show_refusal(self, error: DeskError) -> None:
        """Say below the password why nobody was let in."""
        self.enter.setEnabled(True)
        self._password_place.show_problem(str(error))
        self.password.setFocus()
        self.password.selectAll()

    def _on_user_done(self) -> None:
        if self.password.text():
            self._on_enter()
        else:
            self.password.setFocus()

    def _on_enter(self) -> None:
        user = self._fixed or self.user.text().strip()
        if not user:
            self._user_place.show_problem("请输入登录名")
            self.user.setFocus()
        elif not self.password.text():
            self._password_place.show_problem("请输入密码")
            self.password.setFocus()
        elif self.enter.isEnabled():
            self.enter.setEnabled(False)
            self.given.emit(user, self.password.text())
