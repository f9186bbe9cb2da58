"""Setting up the mall: what stands on its papers, and the account of the first administrator."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from typing_extensions import override

from odr_desk.rules.errors import DeskError, Invalid, Problem
from odr_desk.rules.fields import check, parse
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import Role, UserDraft
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.entry.frame import WIDE, Gate
from odr_desk.ui.form import Form
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.new_password import NewPassword
from odr_desk.ui.widgets.words import Words

Draft = TypeVar("Draft")
_MALL = (
    "name", "short_name", "regulator", "district", "address", "phone", "uscc", "desk_name", "case_prefix"
)  # fmt: skip
_ADMINISTRATOR = ("user", "display_name")


class SetupGate(Gate):
    """Takes the mall and its administrator; `given` carries both, `left` goes back to the choice."""

    given = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mall = Form(Mall, only=_MALL)
        self.person = Form(UserDraft, only=_ADMINISTRATOR)
        self.password = NewPassword("密码", side_by_side=True)
        self.finish = Button("完成设置", "primary", clicked=self.submit)
        self._notice = column(gap=0)
        head = Words("设置商场", "title")
        first = column(head, Words("印在文书和报表上，以后可以在“设置”里改。", "secondary"), gap=4)
        account = column(
            row(Words("系统管理员", "head"), Words("管账号、备份和期限规则，不办投诉件", "secondary"), None),
            self.person,
            self.password,
            gap=12,
        )
        boxes = column(first, self._notice, card(row(self.mall)), card(account), gap=12, margins=(16, 16, 16, 16))
        self._body = scroll(row(None, panel(boxes, width=WIDE + 32), None))
        foot = row(
            None, Button("返回", clicked=self.left.emit), self.finish, Key("Ctrl ⏎"), None, margins=(16, 10, 16, 10)
        )
        self.setLayout(column(self._body, line(), panel(foot, "surface"), gap=0))
        bind(self, (Act("完成设置", self.submit, shortcut="Ctrl+Return"),))

    @override
    def begin(self) -> None:
        self.mall.place("name").editor.setFocus()

    def submit(self) -> None:
        """Hand on what was typed, or say below each field what is wrong with it."""
        empty_layout(self._notice)
        password = self._password()  # from the last to the first, so that the cursor ends at the topmost problem
        person = _checked(self.person, self._administrator)
        mall = _checked(self.mall, self.mall.draft)
        if mall is not None and person is not None and password is not None and self.finish.isEnabled():
            self.finish.setEnabled(False)
            self.given.emit(mall, replace(person, password=password))
        elif (at := self.focusWidget()) is not None:
            self._body.ensureWidgetVisible(at, 0, 60)

    def show_refusal(self, error: DeskError) -> None:
        """Say why the mall was not set up; what was typed stays."""
        self.finish.setEnabled(True)
        rest: tuple[Problem, ...] = (Problem("", str(error)),)
        if isinstance(error, Invalid):
            rest = self.person.show_problems(Invalid(self.mall.show_problems(error)))
        if rest:
            self._notice.addWidget(Banner("late", "；".join(problem.text for problem in rest), closable=False))

    def _password(self) -> str | None:
        try:
            return self.password.password()
        except Invalid:
            return None

    def _administrator(self) -> UserDraft:
        """Return the person with any password: the real one is judged by its own fields."""
        return parse(UserDraft, {**self.person.values(), "role": Role.ADMIN.value, "password": "-"})


def _checked(form: Form[Draft], read: Callable[[], Draft]) -> Draft | None:
    """Return what the form holds, None when something in it is wrong; the form then says what."""
    form.clear_problems()
    try:
        draft = read()
        check(draft)
    except Invalid as error:
        form.show_problems(error)
        return None
    return draft
