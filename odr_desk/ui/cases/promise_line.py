"""A promise found in the note: one key makes it the next step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import moments, promise
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.promise import Promise
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.marks import Icon, Key
from odr_desk.ui.widgets.words import Words

_LOOKED_AT = 4000  # characters: what is longer is no note


class PromiseLine(QWidget):
    """Stands below the note while it holds a promise; `wanted` carries it."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.found: Promise | None = None
        self._words = Words("", elide=True)
        take = Button("设为下一步", "link", clicked=self.take)
        laid = row(Icon("clock", "act"), self._words, take, Key("Ctrl J"), margins=(8, 2, 8, 2), gap=8)
        laid.setStretch(1, 1)
        self.setLayout(laid)
        self.hide()

    def look(self, note: str, calendar: Calendar | None, step: str) -> None:
        """Look for a promise that is not the next step already."""
        found = promise.find(note[:_LOOKED_AT], this_day(), calendar) if calendar is not None else None
        self.found = found if found is not None and found.text != step else None
        if self.found is not None:
            self._words.setText(f"承诺：{self.found.text}（{moments.show_day(self.found.until, this_day())}）")
        self.setVisible(self.found is not None)

    def take(self) -> None:
        """Make it the next step."""
        if self.found is not None:
            self.wanted.emit(self.found)
