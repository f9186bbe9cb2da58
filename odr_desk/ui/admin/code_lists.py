"""代码表: the words behind the codes, group by group; what is no longer needed is not offered any more."""

from functools import partial
from typing import ClassVar

from odr_desk.rules.columns import Column
from odr_desk.services import code_admin
from odr_desk.services.code_admin import CodeRow
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.words import Words

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
        super().__init__(shell, "代码表", "停用的不再出现在选项里，已有的记录不变")
        self._group = code_admin.GROUPS[0][0]
        self._reading = Latest(self.desk, self)
        self.groups = Chips()
        for code, title in code_admin.GROUPS:
            self.groups.add(code, title)
        self.groups.choose(self._group)
        self.groups.chosen.connect(self._choose)
        self.table = Table("代码", COLUMNS, looks=_look, stretch="名称")
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self._toggle = Button("停用", clicked=self._on_toggle)
        self._hint = Words("", "small")
        self.stand(column(self.groups, self.table, row(self._toggle, self._hint, None), gap=8), wide=True)
        self._on_chosen()

    def refresh(self) -> None:
        """Read the group again."""
        self._reading.read(partial(code_admin.rows, group=self._group), self._show, self.shell.refuse)

    def _choose(self, group: str) -> None:
        self._group = group
        self.refresh()

    def _show(self, rows: tuple[CodeRow, ...]) -> None:
        self.table.set_rows(rows)
        self._on_chosen()

    def _on_chosen(self) -> None:
        row = self.table.current()
        may = self._group in code_admin.RETIRABLE
        self._toggle.setEnabled(may and row is not None)
        self._toggle.setText("恢复使用" if row is not None and row.retired else "停用")
        words = "选一行再操作" if may else "监管部门的报表按这组代码统计，不能停用"
        self._hint.setText("" if may and row is not None else words)

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
