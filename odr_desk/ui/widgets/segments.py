"""Segments: choose one of up to six, all of them in sight."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import row
from odr_desk.ui.widgets.buttons import Button

EMPTYING = "再按一次或按 Delete 清空"
_EMPTYING_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class Segments(QWidget):
    """Joined buttons, one of them pressed; arrow keys move, `chosen` carries the value.

    An `optional` one is emptied again by pressing the pressed button once more, or with Delete.
    """

    chosen = Signal(object)
    changed = Signal()

    def __init__(
        self,
        options: Iterable[tuple[object, str]],
        value: object = None,
        parent: QWidget | None = None,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._before = -1
        self._group = QButtonGroup(self)
        self._values: list[object] = []
        self._buttons: list[Button] = []
        line = row(gap=0)
        for code, words in options:
            button = Button(words, "segment")
            button.setCheckable(True)
            self._group.addButton(button, len(self._values))
            self._values.append(code)
            self._buttons.append(button)
            if optional:
                button.setToolTip(EMPTYING)
                button.pressed.connect(self._note_before)
            line.addWidget(button)
        self._name_places()
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(value)
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object:
        """Return the chosen value, None when none is."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: object) -> None:
        """Press the button of a value without announcing it; none for a value that is not there."""
        self._group.setExclusive(False)
        for code, button in zip(self._values, self._buttons, strict=True):
            button.setChecked(code == value and value is not None)
        self._group.setExclusive(True)
        self._lead_in()

    def button(self, value: object) -> Button:
        """Return the button of a value."""
        return self._buttons[self._values.index(value)]

    def _name_places(self) -> None:
        last = len(self._buttons) - 1
        for at, button in enumerate(self._buttons):
            place = "only" if last == 0 else "first" if at == 0 else "last" if at == last else "middle"
            button.setProperty("place", place)
            theme.restyle(button)

    def _lead_in(self) -> None:
        """Let the focus come to the pressed button, else to the first."""
        if self._buttons:
            self.setFocusProxy(self._group.checkedButton() or self._buttons[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._optional and event.key() in _EMPTYING_KEYS:
            self._empty()
        else:
            super().keyPressEvent(event)

    def _note_before(self) -> None:
        self._before = self._group.checkedId()

    def _empty(self) -> None:
        if self.value() is not None:
            self.set_value(None)
            self.chosen.emit(None)
            self.changed.emit()

    def _on_clicked(self, at: int) -> None:
        if self._optional and at == self._before:
            self._empty()
            return
        self._lead_in()
        self.chosen.emit(self._values[at])
        self.changed.emit()
