"""Inputs that choose: a list to pull down, a tick."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QListView, QRadioButton, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.painting import begin

_NONE = "不选"
_EMPTYING_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_BOX = 18  # the indicator in app.qss with its border; asking QStyle would cost 7 ms at start


class ChoiceEdit(QComboBox):
    """One of many, pulled down; the wheel never changes it while the page scrolls.

    An `optional` one has 不选 at its end and is emptied with Delete too.
    """

    changed = Signal()

    def __init__(
        self,
        options: Iterable[tuple[object, str]] = (),
        *,
        hint: str = "请选择",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self.setView(QListView())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(hint)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._values: list[object] = []
        self.set_options(options)
        self.activated.connect(self._on_activated)

    def set_options(self, options: Iterable[tuple[object, str]]) -> None:
        """Offer these values; keeps the chosen one if it is still among them."""
        kept = self.value()
        self.clear()
        self._values = []
        for value, words in options:
            self._values.append(value)
            self.addItem(words)
        if self._optional and self._values:
            self._values.append(None)
            self.addItem(_NONE)
        self.set_value(kept)

    def value(self) -> object:
        """Return the chosen value, None when none is."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose a value without announcing it; one that is not offered leaves the field empty."""
        at = self._values.index(value) if value is not None and value in self._values else -1
        self.setCurrentIndex(at)
        self._show_hint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._optional and event.key() in _EMPTYING_KEYS:
            if self.value() is not None:
                self.set_value(None)
                self.changed.emit()
            return
        super().keyPressEvent(event)

    def _on_activated(self, at: int) -> None:
        if self._values[at] is None:
            self.setCurrentIndex(-1)
        self._show_hint()
        self.changed.emit()

    def _show_hint(self) -> None:
        wanted = "" if self.currentIndex() >= 0 else "true"
        if (self.property("hint") or "") != wanted:
            self.setProperty("hint", wanted)
            theme.restyle(self)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        role = "secondary" if self.isEnabled() else "disabled"
        icons.draw(begin(self), "down", role, self.width() - 24, (self.height() - 16) / 2)


class Tick(QCheckBox):
    """A yes or no."""

    changed = Signal()

    def __init__(self, text: str = "", *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setChecked(checked)
        self.clicked.connect(lambda _checked: self.changed.emit())

    def value(self) -> object:
        """Tell whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or untick without announcing it."""
        self.setChecked(bool(value))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_sign(self, "check" if self.isChecked() else "")


class Radio(QRadioButton):
    """One of a few, with a sentence each."""

    def __init__(self, text: str = "", *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setChecked(checked)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_sign(self, "mark_act" if self.isChecked() else "")


def _paint_sign(control: QCheckBox | QRadioButton, icon: str) -> None:
    box = QRect(0, (control.height() - _BOX) // 2, _BOX, _BOX)
    painter = begin(control)
    if icon:
        corner = box.center() - QPoint(7, 7)
        icons.draw(painter, icon, "on_accent" if control.isEnabled() else "disabled", corner.x(), corner.y(), 16)
    if control.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_ring_pen())
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 5, 5)


def _ring_pen() -> QPen:
    return QPen(theme.colour("accent"), 2)
