"""账号: who may log in, new accounts, passwords given anew, accounts closed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.people import PersonDraft, UserDraft
from odr_desk.services import people
from odr_desk.services.people import UserRow
from odr_desk.ui import ask
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.form import Form
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.new_password import NewPassword
from odr_desk.ui.widgets.words import Words


def _state(row: UserRow) -> str:
    if row.disabled:
        return "已停用"
    if row.locked:
        return "密码连错，已锁"
    return "等本人改密码" if row.must_change_password else "正常"


COLUMNS: tuple[Column[UserRow], ...] = (
    Column("登录名", lambda row: row.user, width=14),
    Column("姓名", lambda row: row.display_name, width=14),
    Column("角色", lambda row: row.role.label, width=12),
    Column("状态", _state, width=18),
)


class Accounts(Section):
    """The list of accounts with what can be done to the chosen one."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"users"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "账号", "每人一个账号，不合用；记录上写的是登录的人")
        self.alone = Banner("act", "系统管理员不办投诉件。请给服务台的人各建一个账号，再换人登录。", closable=False)
        self.alone.add_button("新建账号", self._create)
        self.alone.hide()
        self.table = Table("账号", COLUMNS, identity=lambda row: row.user, looks=_look, stretch="状态")
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self._reset = Button("重设密码", clicked=self._give_password)
        self._change = Button("改姓名、角色", clicked=self._edit)
        self._close = Button("停用", clicked=self._disable)
        self._open = Button("启用", clicked=self._enable)
        self._open.hide()
        self._hint = Words("", "small")
        acts = row(
            Button("新建账号", "primary", "plus", clicked=self._create),
            self._change,
            self._reset,
            self._close,
            self._open,
            self._hint,
            None,
        )
        self.stand(column(self.alone, acts, self.table, gap=8), wide=True)
        self._on_chosen()

    def refresh(self) -> None:
        """Read the accounts again."""
        self.desk.read(self, people.rows, self._show, self.shell.refuse)

    def _show(self, rows: tuple[UserRow, ...]) -> None:
        self.table.set_rows(rows)
        self.alone.setVisible(len(rows) == 1)
        self._on_chosen()

    def _on_chosen(self) -> None:
        row = self.table.current()
        is_open = row is not None and not row.disabled
        is_me = row is not None and row.user == self.desk.actor.user
        self._change.setEnabled(is_open)
        self._reset.setEnabled(is_open and not is_me)
        self._close.setEnabled(is_open and not is_me)
        self._close.setVisible(row is None or not row.disabled)
        self._open.setVisible(row is not None and row.disabled)
        self._hint.setText("选一个账号再操作" if row is None else "自己的密码在“我的账号”里改" if is_me else "")

    def _create(self) -> None:
        form = Form(UserDraft, only=("user", "display_name", "role"))
        password = NewPassword("先给的密码", side_by_side=True)
        note = Words("本人第一次登录时要换成自己的密码。", "small")
        dialog = Dialog(
            "新建账号", column(form, password, note, gap=12), do="建账号", closes=False, width=520, parent=self
        )
        dialog.submitted.connect(partial(self._submit_new, dialog, form, password))
        ask.show(dialog)
        form.place("user").editor.setFocus()

    def _submit_new(self, dialog: Dialog, form: Form[UserDraft], password: NewPassword) -> None:
        draft = _checked(form, password)
        if draft is None:
            dialog.fit()
            return

        def refused(error: DeskError) -> None:
            dialog.set_busy(False)
            if not isinstance(error, Invalid) or form.show_problems(error):
                dialog.show_error(error)

        dialog.set_busy(True)
        done = self._closing(dialog, f"已给 {draft.display_name} 建账号 {draft.user}")
        self.desk.write(dialog, lambda work: people.create(work, draft), done, refused, verb="user.create")

    def _give_password(self) -> None:
        row = self.table.current()
        if row is None:
            return
        new = NewPassword("先给的密码")
        note = Words("本人下次登录时要换成自己的密码。锁定同时解除。", "small", wrap=True)
        title = f"给 {row.display_name} 重设密码"
        dialog = Dialog(title, column(new, note, gap=12), do="重设密码", closes=False, parent=self)
        dialog.submitted.connect(partial(self._submit_password, dialog, new, row))
        ask.show(dialog)
        new.first.setFocus()

    def _submit_password(self, dialog: Dialog, new: NewPassword, row: UserRow) -> None:
        try:
            password = new.password()
        except Invalid:
            return
        dialog.set_busy(True)
        done = self._closing(dialog, f"已给 {row.display_name} 重设密码")
        change = partial(people.change_password, password=password, user=row.user)
        self.desk.write(dialog, change, done, dialog.show_error, verb="user.password")

    def _disable(self) -> None:
        row = self.table.current()
        if row is None:
            return
        title = f"停用 {row.display_name} 的账号？"
        text = "停用后不能登录，做过的记录都保留。以后可以再启用。"
        if ask.question(self, title, text, do="停用账号", danger=True):
            self.desk.write(
                self,
                lambda work: people.disable(work, row.user),
                lambda _: self.shell.say(f"已停用 {row.display_name} 的账号"),
                self.shell.refuse,
                verb="user.disable",
            )

    def _enable(self) -> None:
        row = self.table.current()
        if row is None:
            return
        text = "启用后用原来的密码登录；本人忘了的，再给他重设。"
        if ask.question(self, f"启用 {row.display_name} 的账号？", text, do="启用账号"):
            self.desk.write(
                self,
                lambda work: people.enable(work, row.user),
                lambda _: self.shell.say(f"已启用 {row.display_name} 的账号"),
                self.shell.refuse,
                verb="user.enable",
            )

    def _edit(self) -> None:
        row = self.table.current()
        if row is None:
            return
        form: Form[PersonDraft] = Form(PersonDraft)
        form.load(row)
        note = Words("登录名不能改，记录上写的是它。改了角色的，本人下次登录时生效。", "small", wrap=True)
        title = f"改 {row.user} 的姓名、角色"
        dialog = Dialog(title, column(form, note, gap=12), do="保存", closes=False, width=520, parent=self)
        dialog.submitted.connect(partial(self._submit_edit, dialog, form, row))
        ask.show(dialog)

    def _submit_edit(self, dialog: Dialog, form: Form[PersonDraft], row: UserRow) -> None:
        def refused(error: DeskError) -> None:
            dialog.set_busy(False)
            if not isinstance(error, Invalid) or form.show_problems(error):
                dialog.show_error(error)

        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return
        dialog.set_busy(True)
        done = self._closing(dialog, f"已改 {row.user}")
        self.desk.write(dialog, lambda work: people.edit(work, row.user, draft), done, refused, verb="user.update")

    def _closing(self, dialog: Dialog, words: str) -> Callable[[object], None]:
        def done(_: object) -> None:
            dialog.accept()
            self.shell.say(words)

        return done


def _checked(form: Form[UserDraft], password: NewPassword) -> UserDraft | None:
    """Return the account, None when something is wrong; form and password then say what."""
    form.clear_problems()
    try:
        typed = password.password()
    except Invalid:
        typed = ""
    try:
        draft = parse(UserDraft, {**form.values(), "password": "-"})
        check(draft)
    except Invalid as error:
        form.show_problems(error)
        return None
    return replace(draft, password=typed) if typed else None


def _look(row: UserRow, column: Column[UserRow]) -> Look:
    if row.disabled:
        return Look("disabled")
    return Look("act") if column.heading == "状态" and _state(row) != "正常" else Look()
