"""What comes next and on which day, inline below the words of an entry."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_DAY_WIDTH = 160


class NextStep(QWidget):
    """A line with two fields, hidden until it is asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = LineEdit("下一步做什么，如：等周女士回话")
        self.text.setAccessibleName("下一步")
        self.due = DayEdit()
        self.due.setAccessibleName("下一步日期")
        theme.widen(self.due, _DAY_WIDTH)
        self.text.changed.connect(self.changed)
        self.due.changed.connect(self.changed)
        line = row(Words("下一步", "small"), self.text, self.due, margins=(8, 2, 8, 4), gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def values(self) -> tuple[str, date | None]:
        """Return what was entered, nothing while the line is not open; raise Invalid for a day that is none."""
        if self.isHidden():
            return "", None
        try:
            day = self.due.day()
        except ValueError as error:
            raise Invalid.of("due", f"下一步日期：{error}") from error
        return str(self.text.value()), day

    def load(self, text: str, due: str) -> None:
        """Show what was typed before."""
        self.text.set_value(text)
        self.due.set_value(due)

    def clear(self) -> None:
        """Empty both fields."""
        self.load("", "")
