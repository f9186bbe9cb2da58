"""Setting up the mall: what stands on its papers, the first administrator, and who works on complaints first."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout
from typing_extensions import override

from odr_desk.rules.errors import DeskError, Invalid, Problem
from odr_desk.rules.mall import Mall
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.people import Role, UserDraft
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.entry.frame import WIDE, Gate
from odr_desk.ui.form import Form
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.new_password import NewPassword
from odr_desk.ui.widgets.words import Words

Draft = TypeVar("Draft")
_MALL = (
    "name", "short_name", "regulator", "district", "address", "phone", "uscc", "desk_name", "case_prefix"
)  # fmt: skip
_ADMINISTRATOR = ("user", "display_name")
_WORKER = ("user", "display_name", "role")


class SetupGate(Gate):
    """Takes the mall, its administrator and a first account for the desk; `left` goes back to the choice.

    `given` carries all three, the last None when it was left for later.
    """

    given = Signal(object, object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mall = Form(Mall, only=_MALL)
        self.person = Form(UserDraft, only=_ADMINISTRATOR)
        self.password = NewPassword("密码", side_by_side=True)
        self.with_worker = Tick("现在就建，以后在“设置·账号”里再加人")
        self.with_worker.set_value(True)
        self.worker = Form(UserDraft, only=_WORKER)
        self.worker.set_values({"role": Role.MANAGER})
        self.given_password = NewPassword("先给的密码", side_by_side=True)
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
        cards = (card(row(self.mall)), card(account), card(self._desk_account()))
        boxes = column(first, self._notice, *cards, gap=12, margins=(16, 16, 16, 16))
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
        worker, worker_is_right = self._read_worker()  # from the last, so that the cursor ends at the topmost problem
        person = _read_person(self.person, self.password, Role.ADMIN)
        mall = _checked(self.mall, self.mall.draft)
        if mall is not None and person is not None and worker_is_right and self.finish.isEnabled():
            self.finish.setEnabled(False)
            self.given.emit(mall, person, worker)
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

    def _desk_account(self) -> QBoxLayout:
        note = Words("系统管理员看不到投诉件。本人第一次登录时要换成自己的密码。", "secondary", wrap=True)
        fields = panel(column(self.worker, self.given_password, gap=12))
        self.with_worker.changed.connect(lambda: fields.setVisible(bool(self.with_worker.value())))
        return column(row(Words("第一个办件账号", "head"), self.with_worker, None, gap=12), note, fields, gap=12)

    def _read_worker(self) -> tuple[UserDraft | None, bool]:
        """Return the first account for the desk, if one is wanted, and whether nothing is wrong with it."""
        if not self.with_worker.value():
            return None, True
        worker = _read_person(self.worker, self.given_password, None)
        if worker is not None and worker.user == str(self.person.values()["user"]).strip():
            words = "登录名要和系统管理员的不一样，请换一个"
            self.worker.show_problems(Invalid.of("user", words))
            return None, False
        return worker, worker is not None


def _read_person(form: Form[UserDraft], password: NewPassword, role: Role | None) -> UserDraft | None:
    """Return an account with its password; the form is judged with any password, the real one by its own fields."""
    try:
        typed = password.password()
    except Invalid:
        typed = ""
    values = form.values() | ({"role": role.value} if role is not None else {})
    found = _checked(form, lambda: parse(UserDraft, {**values, "password": "-"}))
    return replace(found, password=typed) if found is not None and typed else None


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
