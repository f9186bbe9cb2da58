"""The list of text modules over a page: typed into, walked with ↑ ↓, taken with ⏎."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.services.text_modules import ModuleRow, Shelf
from odr_desk.ui import ask
from odr_desk.ui.cells import Look
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_LIST_HEIGHT = 208
_PREVIEW_HEIGHT = 64
COLUMNS: tuple[Column[ModuleRow], ...] = (
    Column("短码", lambda row: f"/{row.code}", width=8),
    Column("名称", lambda row: row.title, width=14),
    Column("内容", lambda row: row.text, width=40),
)


class Picker(QWidget):
    """A line to search in, the modules that fit, and the chosen one as it would be written."""

    def __init__(self, shelf: Shelf, values: Mapping[str, str], kind: str) -> None:
        super().__init__()
        self._shelf, self._values = shelf, values
        self._all = sorted(shelf.modules, key=lambda module: bool(kind) and not module.is_for(kind))
        self.search = LineEdit("短码、名称或内容里的字")
        self.search.setAccessibleName("找常用语")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.table = Table("常用语", COLUMNS, identity=lambda row: row.code, looks=_look, stretch="内容")
        self.table.setFixedHeight(_LIST_HEIGHT)
        self.table.chosen.connect(lambda _row: self._preview())
        self.preview = Words("", wrap=True)
        self.preview.setMinimumHeight(_PREVIEW_HEIGHT)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.search, self.table, self.preview, gap=8))
        self._narrow("")

    def words(self) -> str:
        """Return the chosen module filled, empty when none is chosen."""
        row = self.table.current()
        return self._shelf.filled(row, self._values, this_day()) if row is not None else ""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if way is not None:
                self.table.step(way)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        self.table.set_rows(matching(self._all, typed))
        self.table.step(1)
        self._preview()

    def _preview(self) -> None:
        self.preview.setText(self.words() or "没有这样的常用语")


def pick(
    shell: Shell,
    parent: QWidget,
    shelf: Shelf,
    values: Mapping[str, str],
    kind: str,
    then: Callable[[str], object],
) -> None:
    """Show the list over a page and hand the filled words of the chosen module on."""
    picker = Picker(shelf, values, kind)
    dialog = Dialog("插入常用语", picker, do="插入", closes=False, width=640, parent=parent)
    manage = Button("增改常用语", "link", clicked=lambda: _manage(shell, dialog))
    dialog.foot.insertWidget(0, manage)

    def take() -> None:
        if words := picker.words():
            dialog.accept()
            then(words)

    dialog.submitted.connect(take)
    picker.table.opened.connect(lambda _row: take())
    picker.search.setFocus()
    ask.show(dialog)


def matching(modules: Sequence[ModuleRow], typed: str) -> list[ModuleRow]:
    """Return the modules that hold what was typed: the code itself first, then codes that begin so, then words."""
    wanted = typed.strip().lstrip("/／、").lower()
    if not wanted:
        return list(modules)

    def far(module: ModuleRow) -> int:
        if module.code == wanted:
            return 0
        if module.code.startswith(wanted):
            return 1
        return 2 if wanted in module.title.lower() else 3

    fits = [row for row in modules if far(row) < 3 or wanted in row.text.lower()]
    return sorted(fits, key=far)


def _manage(shell: Shell, dialog: Dialog) -> None:
    dialog.reject()
    shell.open("settings", "modules")


def _look(_row: ModuleRow, column: Column[ModuleRow]) -> Look:
    return Look(bold=column.heading == "短码")
