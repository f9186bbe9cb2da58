"""The stage on which the program is drawn for pictures: a window on a data folder, and hands to use it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QCursor, QImage, QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from odr_desk.rules.people import Actor
from odr_desk.services import demo, people
from odr_desk.store.database import Database
from odr_desk.ui import theme
from odr_desk.ui.desk import Desk
from odr_desk.ui.screen import Screen
from odr_desk.ui.status_parts import read_parts
from odr_desk.ui.table import Table
from odr_desk.ui.wardrobe import Wardrobe
from odr_desk.ui.window import Window

State = Literal["empty", "filled", "error"]
_PATIENCE = 500  # times 20 ms
_PAUSE_MS = 150  # longer than a search box waits for the next letter


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, what it shows, and how to get there from the open window."""

    name: str
    state: State
    reach: Callable[["Stage"], object]


class Stage:
    """A window on a data folder, with what scenes need to use it as a person would."""

    def __init__(self, database: Database, actor: Actor, wardrobe: Wardrobe) -> None:
        self.desk = Desk(lambda: database, actor)
        self.window = Window(self.desk, wardrobe, status=read_parts)
        self._actor = actor

    def log_in(self, user: str) -> None:
        """Let somebody else in, until the next scene."""
        self.desk.with_database(
            self.window, lambda database: people.log_in(database, user, demo.PASSWORD).actor, self._enter
        )
        self.settle()

    def page(self, code: str, record: object = None) -> Screen:
        """Open a page and wait until it shows what it has read."""
        self.window.open(code, record)
        self.settle()
        screen = self.window.current()
        if screen is None:
            raise LookupError(f"no page {code!r}")
        return screen

    def click(self, words: str) -> None:
        """Click the visible button that says this."""
        self.settle()
        for button in self.top().findChildren(QAbstractButton):
            if button.isVisible() and words in (button.text().replace("&&", "&"), button.accessibleName()):
                button.click()
                self.settle()
                return
        raise LookupError(f"no button {words!r}")

    def write(self, field: str, text: str) -> None:
        """Write into the visible field of this name, as an input method does."""
        for widget in self.top().findChildren(QWidget):
            if widget.isVisible() and field in (widget.objectName(), widget.accessibleName()):
                widget.setFocus()
                event = QInputMethodEvent()
                event.setCommitString(text)
                QApplication.sendEvent(widget, event)
                self.settle()
                return
        raise LookupError(f"no field {field!r}")

    def choose(self, row: int = 0) -> None:
        """Choose a row of the first visible list."""
        for table in self.top().findChildren(Table):
            if table.isVisible() and table.rows.rowCount() > row:
                table.setCurrentIndex(table.rows.index(row, 0))
                self.settle()
                return
        raise LookupError(f"no list with {row + 1} rows")

    def press(self, keys: str) -> None:
        """Press a key such as Ctrl+Return where the cursor is."""
        self.top().activateWindow()
        self.settle()
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self.top(), combination.key(), combination.keyboardModifiers())
        self.settle()

    def top(self) -> QWidget:
        """The dialog that is open, else the window."""
        asking = QApplication.activeModalWidget()
        return asking if isinstance(asking, QDialog) else self.window

    def settle(self) -> None:
        """Wait until nothing is being read and no pause of typing is running."""
        for _ in range(2):
            QTest.qWait(_PAUSE_MS // 2)
            for _ in range(_PATIENCE):
                if self.desk.idle:
                    break
                QTest.qWait(20)

    def draw(self, file: Path) -> None:
        """Write the window, and a dialog over it, as a picture."""
        QCursor.setPos(9000, 9000)
        self.settle()
        picture = self.window.grab()
        dialog = self.top()
        if dialog is not self.window:
            painter = QPainter(picture)
            corner = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(corner, dialog.grab())
            painter.setPen(theme.colour("field"))
            painter.drawRect(dialog.rect().translated(corner).adjusted(-1, -1, 0, 0))
            painter.end()
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(file), "PNG")

    def clear(self) -> None:
        """Close what is open and start again from the first page."""
        self._put_away()
        self._enter(self._actor)
        self.settle()

    def _enter(self, actor: Actor) -> None:
        self.desk.actor = actor
        self.window.enter()

    @staticmethod
    def _put_away() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QDialog):
                box.reject()

    def close(self) -> None:
        """Close the window and its door, after the dialogs: what is typed in them is still kept through it."""
        self._put_away()
        self.settle()
        self.window.close()
        self.window.deleteLater()
        self.desk.close()
        QApplication.processEvents()
