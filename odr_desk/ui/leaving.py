"""Closing the window: running writes finish and what has changed is backed up before the program ends."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.ui.desk import Desk
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.window import Window

if TYPE_CHECKING:
    from odr_desk.services.safekeeping import BackupRow, DueBackup


class Leaving(QObject):
    """Stands between the close button and the end; `left` when the program may end."""

    left = Signal()

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._may_close = False
        self._is_leaving = False
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the window until what is to be done is done."""
        if event.type() != QEvent.Type.Close or self._may_close:
            return False
        event.ignore()
        if not self._is_leaving:
            self._begin()
        return True

    def _begin(self) -> None:
        self._is_leaving = True
        for box in QApplication.topLevelWidgets():  # the system may ask to end while one is open: it keeps its words
            if isinstance(box, QDialog) and box.isVisible():
                box.reject()
        if not self._desk.has_database:
            self._end()
            return
        from odr_desk.rules.keeping import Why
        from odr_desk.services import safekeeping  # with SQLAlchemy: there is a database, so it is there already

        self._window.show_gate(Empty("正在保存并备份……", "完成后窗口会自己关闭", icon="archive"))
        # Behind every write that was asked for: the database thread works in order.
        self._desk.read(self, partial(safekeeping.due_backup, why=Why.EXIT), self._on_due, self._on_failed)

    def _on_due(self, due: "DueBackup | None") -> None:
        if due is None:
            self._end()
        else:
            from odr_desk.services import safekeeping

            self._desk.make(self, partial(safekeeping.make_due, due), self._on_backed_up, self._on_failed)

    def _on_backed_up(self, _made: "BackupRow") -> None:
        self._end()

    def _on_failed(self, error: DeskError) -> None:
        from odr_desk.ui import ask  # dialogs: not before the first paint

        text = f"{error}录入的内容都已存好，只是这次没有备份。"
        ask.tell(self._window, "退出时的备份没有做成", text)
        self._end()

    def _end(self) -> None:
        self._may_close = True
        self._window.close()
        self.left.emit()
