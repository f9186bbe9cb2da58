"""代码表: the words behind the codes, group by group; what is no longer needed is not offered any more."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from odr_desk.rules.columns import Column
from odr_desk.services import code_admin, codes
from odr_desk.services.code_admin import CodeRow
from odr_desk.ui.admin import code_dialog
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_Read = tuple[tuple[CodeRow, ...], str, dict[str, list[tuple[str, str]]]]
_CHOSEN_FROM = ("categories", "problems")
COLUMNS: tuple[Column[CodeRow], ...] = (
    Column("代码", lambda row: row.code, width=14),
    Column("简称", lambda row: row.short, width=16),
    Column("名称", lambda row: row.name, width=30),
    Column("", lambda row: "已停用" if row.retired else "", width=8),
)


class CodeLists(Section):
    """Shows one group at a time."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"codes"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(
            shell, "代码表", "用过的代码不改意思：改名是另起一个代码；停用的不再出现在选项里，已有的记录不变"
        )
        self._group = code_admin.GROUPS[0][0]
        self._reading = Latest(self.desk, self)
        self.groups = Chips()
        for code, title in code_admin.GROUPS:
            self.groups.add(code, title)
        self.groups.choose(self._group)
        self.groups.chosen.connect(self._choose)
        self.table = Table("代码", COLUMNS, looks=_look, stretch="名称")
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self._next = ""
        self._choices: dict[str, list[tuple[str, str]]] = {}
        self._add = Button("新增", icon="plus", clicked=self._on_add)
        self._rename = Button("改名", clicked=self._on_rename)
        self._toggle = Button("停用", clicked=self._on_toggle)
        self._hint = Words("", "small")
        foot = row(self._add, self._rename, self._toggle, self._hint, None)
        self.stand(column(self.groups, self.table, foot, gap=8), wide=True)
        self._on_chosen()

    def refresh(self) -> None:
        """Read the group again."""
        group = self._group

        def read(work: "Work") -> "_Read":
            choices = {name: [(o.code, o.name) for o in codes.options(work, name)] for name in _CHOSEN_FROM}
            return code_admin.rows(work, group), code_admin.next_code(work, group), choices

        self._reading.read(read, self._show, self.shell.refuse)

    def _choose(self, group: str) -> None:
        self._group = group
        self.refresh()

    def _show(self, found: "_Read") -> None:
        rows, self._next, self._choices = found
        self.table.set_rows(rows)
        self._on_chosen()

    def _on_chosen(self) -> None:
        row = self.table.current()
        may = self._group in code_admin.OWN
        self._add.setEnabled(may)
        self._rename.setEnabled(may and row is not None)
        self._toggle.setEnabled(may and row is not None)
        self._toggle.setText("恢复使用" if row is not None and row.retired else "停用")
        words = "选一行再操作" if may else "监管部门的报表按这组代码统计，不能改动"
        self._hint.setText("" if may and row is not None else words)

    def _on_add(self) -> None:
        code_dialog.add(self.shell, self, self._group, self._next, self._choices)

    def _on_rename(self) -> None:
        if (row := self.table.current()) is not None:
            code_dialog.rename(self.shell, self, self._group, row, self._next, self._choices)

    def _on_toggle(self) -> None:
        row = self.table.current()
        if row is None:
            return
        words = f"已{'恢复使用' if row.retired else '停用'}“{row.short}”"
        self.desk.write(
            self,
            partial(code_admin.retire, code_id=row.id, retired=not row.retired),
            lambda _: self.shell.say(words),
            self.shell.refuse,
            verb="code.retire",
        )


def _look(row: CodeRow, _column: Column[CodeRow]) -> Look:
    return Look("secondary") if row.retired else Look()
