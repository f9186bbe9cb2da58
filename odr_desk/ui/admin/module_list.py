"""常用语: the text modules of the desk, added and changed by those who write with them."""

from functools import partial
from typing import ClassVar

from odr_desk.rules.columns import Column
from odr_desk.rules.events import EventKind
from odr_desk.services import text_modules
from odr_desk.services.text_modules import ModuleRow, Shelf
from odr_desk.ui.admin import module_dialog
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty


def kinds_words(row: ModuleRow) -> str:
    """Return what a module is for, in words."""
    return "、".join(EventKind(kind).label for kind in row.kinds.split()) or "都用"


COLUMNS: tuple[Column[ModuleRow], ...] = (
    Column("短码", lambda row: f"/{row.code}", width=8),
    Column("名称", lambda row: row.title, width=14),
    Column("用于", kinds_words, width=16),
    Column("内容", lambda row: row.text, width=40),
    Column("", lambda row: "已停用" if row.retired else "", width=8),
)


class ModuleList(Section):
    """Every module; what is retired stands last."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"text_modules"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "常用语", "记录里打 /短码 再按 Tab 或空格就展开，F9 打开列表")
        self._shelf: Shelf | None = None
        self._wanted = ""
        self.table = Table("常用语", COLUMNS, identity=lambda row: row.code, looks=_look, stretch="内容")
        self.table.set_empty(Empty("还没有常用语", "把每天要写好几遍的话放进来", icon="note"))
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self.table.opened.connect(lambda _row: self._edit())
        self._change = Button("修改", clicked=self._edit)
        self._toggle = Button("停用", clicked=self._on_toggle)
        add = Button("新增", "primary", "plus", clicked=self._add)
        self.stand(column(self.table, row(add, self._change, self._toggle, None), gap=8), wide=True)
        self._on_chosen()

    def refresh(self) -> None:
        """Read the modules again."""
        self.desk.read(self, lambda work: (text_modules.rows(work), text_modules.shelf(work)), self._show)

    def _show(self, found: tuple[tuple[ModuleRow, ...], Shelf]) -> None:
        rows, self._shelf = found
        self.table.set_rows(rows)
        self._on_chosen()
        self._open_wanted(rows)

    def go_on(self, code: str) -> None:
        """Open a module, or the form for a new one, in which something was left unfinished."""
        self._wanted = code
        self.refresh()

    def _open_wanted(self, rows: tuple[ModuleRow, ...]) -> None:
        wanted, self._wanted = self._wanted, ""
        known = next((row for row in rows if row.code == wanted), None)
        if wanted and self._shelf is not None and (known is not None or wanted == module_dialog.NEW):
            module_dialog.show(self.shell, self, self._shelf, known)

    def _on_chosen(self) -> None:
        row = self.table.current()
        self._change.setEnabled(row is not None)
        self._toggle.setEnabled(row is not None)
        self._toggle.setText("恢复使用" if row is not None and row.retired else "停用")

    def _add(self) -> None:
        if self._shelf is not None:
            module_dialog.show(self.shell, self, self._shelf, None)

    def _edit(self) -> None:
        row = self.table.current()
        if self._shelf is not None and row is not None:
            module_dialog.show(self.shell, self, self._shelf, row)

    def _on_toggle(self) -> None:
        row = self.table.current()
        if row is None:
            return
        words = f"已{'恢复使用' if row.retired else '停用'}“{row.title}”"
        back = partial(self._retire, row.code, retired=row.retired, said=f"已撤销：{words}")
        self._retire(row.code, retired=not row.retired, said=words, undo=back)

    def _retire(self, code: str, *, retired: bool, said: str, undo: "partial[None] | None" = None) -> None:
        self.desk.write(
            self,
            partial(text_modules.retire, code=code, retired=retired),
            lambda _: self.shell.say(said, undo),
            self.shell.refuse,
            verb="module.retire",
        )


def _look(row: ModuleRow, column: Column[ModuleRow]) -> Look:
    return Look("secondary") if row.retired else Look(bold=column.heading == "短码")
