"""What comes next and on which day, inline below the words of an entry."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.rules.handling import NextStep as Step
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.field import mark_bad
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_DAY_WIDTH = 160
_HINT = "下一步做什么，如：等周女士回话"
_NOTHING = ("", "")


class NextStep(QWidget):
    """A line with two fields, hidden until it is asked for."""

    changed = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = _NOTHING
        self.text = LineEdit(_HINT)
        self.text.setAccessibleName("下一步")
        self.due = DayEdit()
        self.due.setAccessibleName("下一步日期")
        theme.widen(self.due, _DAY_WIDTH)
        self.text.changed.connect(self.changed)
        self.due.changed.connect(self.changed)
        self.due.changed.connect(partial(mark_bad, self.due, bad=False))
        self._line = row(Words("下一步", "small"), self.text, self.due, margins=(8, 2, 8, 4), gap=8)
        self._line.setStretch(1, 1)
        self._done: Button | None = None
        self.setLayout(self._line)
        self.hide()

    def follow(self, step: str) -> None:
        """Offer to note that what came next until now is done; nothing where there is no such step."""
        if step and self._done is None:
            self._done = Button("办完了", "link", clicked=self.finished.emit)
            self._line.addWidget(self._done)
        if self._done is not None:
            self._done.setToolTip(theme.plain_tip(step))
            self._done.setAccessibleName(f"办完了：{step}")
            self._done.setVisible(bool(step))

    def wanted(self) -> Step | None:
        """Return the next step as it was changed here, without words where it was taken away; None where it was not.

        Raise Invalid for a day that is none.
        """
        if self.isHidden() or not self.is_changed():
            return None
        text = str(self.text.value())
        try:
            day = self.due.day() if text else None
        except ValueError as error:
            raise Invalid.of("due", f"下一步日期：{error}") from error
        return Step(text, day) if text or self._shown != _NOTHING else None

    def refuse_day(self) -> None:
        """Put the cursor into the day, which is wrong or missing, until another one is typed."""
        mark_bad(self.due, bad=True)
        self.due.setFocus()

    def typed(self) -> tuple[str, str]:
        """Return both fields as they were typed."""
        return str(self.text.typed()), self.due.text()

    def is_changed(self) -> bool:
        """Tell whether something else stands here than was shown."""
        return self.typed() != self._shown

    def show_step(self, step: Step) -> None:
        """Show the next step there is, to be changed or emptied; typing takes its place."""
        self.load(step.text, step.due.isoformat() if step.due is not None else "")
        self._shown = self.typed()
        self.text.setPlaceholderText("空着记录，就是取消这一步" if step.text else _HINT)
        self.text.selectAll()

    def load(self, text: str, due: str) -> None:
        """Show what was typed before."""
        self.text.set_value(text)
        self.due.set_value(due)
        mark_bad(self.due, bad=False)

    def clear(self) -> None:
        """Empty both fields."""
        self.show_step(Step())
