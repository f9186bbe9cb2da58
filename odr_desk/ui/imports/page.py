"""导入: opened from the pages whose records come in with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from odr_desk.rules.people import Right
from odr_desk.ui.actions import Act, way_back
from odr_desk.ui.imports.flow import ImportFlow
from odr_desk.ui.imports.kinds import KINDS, Kind
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column


class ImportsPage(Screen):
    """Brings foreign tables in, one kind at a time."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"import_batches"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._flows: dict[str, ImportFlow] = {}
        self._stack = QStackedWidget()
        self.setLayout(column(self._stack, gap=0))
        self.flow = self._open(KINDS[0].profile)

    @override
    def refresh(self) -> None:
        self.flow.start.refresh()

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("选择文件", self._choose, shortcut="Ctrl+O", right=Right.PREVIEW_IMPORTS),
            Act("导入", self._apply, shortcut="Ctrl+Return", right=Right.IMPORT),
            *way_back("回到这些记录的页面", self._leave),
        )

    @override
    def home(self) -> str:
        return self.flow.home

    @override
    def show_record(self, record: object) -> None:
        """Begin a kind of import, by its profile; {"profile": …, "path": …} reads a file at once."""
        match record:
            case str():
                self._begin(record)
            case {"profile": str(profile), "path": str(path)}:
                self.flow = self._open(profile)
                self.flow.read(Path(path))

    def _begin(self, profile: str) -> None:
        self.flow = self._open(profile)
        self.flow.begin()

    def _turn(self, profile: str) -> None:
        self._begin(profile)
        self.shell.open("imports")  # which now belongs to another page

    def _choose(self) -> None:
        self.flow.start.choose()

    def _leave(self) -> None:
        self.shell.open(self.home())

    def _apply(self) -> None:
        self.flow.apply()

    def _open(self, profile: str) -> ImportFlow:
        if profile not in self._flows:
            kind = _BY_PROFILE[profile]
            made = self._flows[profile] = ImportFlow(self.shell, kind)
            made.left.connect(self._leave)
            made.switched.connect(self._turn)
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._flows[profile])
        return self._flows[profile]


_BY_PROFILE: Mapping[str, Kind] = {kind.profile: kind for kind in KINDS}
