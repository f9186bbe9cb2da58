"""我的账号: who I am, a new password, letting somebody else log in."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.people import Right
from odr_desk.services import people
from odr_desk.ui import ask, theme
from odr_desk.ui.admin.section import Section
from odr_desk.ui.desk import NOBODY
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.new_password import NewPassword
from odr_desk.ui.widgets.words import Words

_LABEL = 64


class Me(Section):
    """What everybody may do with the own account."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "我的账号")
        actor = self.desk.actor
        role = actor.role.label if actor.role is not None else ""
        rights = "、".join(right.label for right in Right if actor.may(right))
        facts = (("登录名", actor.user), ("姓名", actor.name), ("角色", role), ("权限", rights))
        acts = row(Button("改密码", clicked=self._change_password), Button("换人登录", clicked=self._leave), None)
        body = column(*(_fact(label, words) for label, words in facts), 8, acts, gap=8)
        note = Words(
            "5 分钟没有操作会自动锁定，输入密码就回到原处。换人登录时，没有写完的登记会留在草稿里。", "small", wrap=True
        )
        self.stand(column(card(body, margins=(16, 12, 16, 12)), note, gap=8))

    def _change_password(self) -> None:
        new = NewPassword()
        dialog = Dialog("改自己的密码", column(new), do="改密码", closes=False, parent=self)
        dialog.submitted.connect(partial(self._submit, dialog, new))
        ask.show(dialog)
        new.first.setFocus()

    def _submit(self, dialog: Dialog, new: NewPassword) -> None:
        try:
            password = new.password()
        except Invalid:
            return

        def done(_: object) -> None:
            dialog.accept()
            self.shell.say("密码已改，下次登录用新密码")

        def refused(error: DeskError) -> None:
            dialog.set_busy(False)
            if isinstance(error, Invalid):
                new.show_problem(error)
            else:
                dialog.show_error(error)

        dialog.set_busy(True)
        self.desk.write(
            dialog, lambda work: people.change_password(work, password), done, refused, verb="user.password"
        )

    def _leave(self) -> None:
        self.desk.actor = NOBODY


def _fact(label: str, words: str) -> QHBoxLayout:
    name = Words(label, "secondary")
    theme.widen(name, _LABEL)
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    line = row(name, Words(words, wrap=True))
    line.setStretch(1, 1)
    return line
