"""设置: sections at the left, those this person has a right to; the chosen one beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QButtonGroup, QStackedWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.ui.admin.accounts import Accounts
from odr_desk.ui.admin.backups import Backups
from odr_desk.ui.admin.code_lists import CodeLists
from odr_desk.ui.admin.data_check import DataCheck
from odr_desk.ui.admin.deadline_rules import DeadlineRules
from odr_desk.ui.admin.holidays import Holidays
from odr_desk.ui.admin.look import Look
from odr_desk.ui.admin.mall_profile import MallProfile
from odr_desk.ui.admin.me import Me
from odr_desk.ui.admin.module_list import ModuleList
from odr_desk.ui.admin.script_list import ScriptList
from odr_desk.ui.admin.section import Section
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.buttons import Button

_WIDTH = 148


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    title: str
    icon: str
    make: Callable[[Shell], Section]
    right: Right | None = None


ENTRIES = (
    _Entry("me", "我的账号", "user", Me),
    _Entry("look", "外观", "eye", Look),
    _Entry("modules", "常用语", "note", ModuleList, Right.WRITE_CASES),
    _Entry("scripts", "通话提纲", "phone", ScriptList, Right.WRITE_CASES),
    _Entry("mall", "商场资料", "shop", MallProfile, Right.REFERENCE),
    _Entry("accounts", "账号", "group", Accounts, Right.ACCOUNTS),
    _Entry("calendar", "日历", "today", Holidays, Right.REFERENCE),
    _Entry("deadlines", "期限规则", "clock", DeadlineRules, Right.REFERENCE),
    _Entry("codes", "代码表", "note", CodeLists, Right.REFERENCE),
    _Entry("backup", "备份", "archive", Backups, Right.BACKUP),
    _Entry("check", "检查数据", "shield", DataCheck, Right.VERIFY),
)


class SettingsPage(Screen):
    """Shows one section at a time; each is made when it is first opened."""

    WATCHES: ClassVar[frozenset[str]] = frozenset(
        {"users", "settings", "codes", "calendar_days", "deadline_rules", "backups", "text_modules", "call_scripts"}
    )

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._entries = {e.code: e for e in ENTRIES if e.right is None or self.desk.actor.may(e.right)}
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        names = column(gap=2, margins=(8, 12, 8, 8))
        for entry in self._entries.values():
            names.addWidget(self._button(entry))
        names.addStretch(1)
        body = row(panel(names, "surface", width=_WIDTH), line("down"), self._stack, gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)
        self.open_section(self._first())

    @override
    def refresh(self) -> None:
        section = self._stack.currentWidget()
        if isinstance(section, Section):
            section.refresh()

    @override
    def show_record(self, record: object) -> None:
        """Go to a section by its code, or to a text module by {"module": code}."""
        match record:
            case str():
                self.open_section(record)
            case {"module": str(code)}:
                self.open_section("modules")
                section = self._sections.get("modules")
                if isinstance(section, ModuleList):
                    section.go_on(code)

    def open_section(self, code: str) -> None:
        """Show a section; one that this person may not open stays shut."""
        entry = self._entries.get(code)
        if entry is None:
            return
        if code not in self._sections:
            self._sections[code] = entry.make(self.shell)
            self._stack.addWidget(self._sections[code])
        self._buttons[code].setChecked(True)
        self._stack.setCurrentWidget(self._sections[code])
        if self.isVisible():
            self._sections[code].refresh()

    def _first(self) -> str:
        return "accounts" if "accounts" in self._entries else "me"

    def _button(self, entry: _Entry) -> Button:
        button = Button(entry.title, "ghost", entry.icon, clicked=partial(self.open_section, entry.code))
        button.setProperty("place", "list")
        button.setCheckable(True)
        button.setFixedWidth(_WIDTH - 16)
        self._group.addButton(button)
        self._buttons[entry.code] = button
        return button
