"""Turning over what cannot take the focus: a long timeline, the days of a deadline, the list of keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

_WAYS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


def turn(inside: QWidget, by: int) -> None:
    """Scroll the largest part in sight that holds more in that direction, by so many pages."""
    areas = [area for area in inside.findChildren(QScrollArea) if area.isVisible()]
    longer = [area for area in areas if _goes_on(area.verticalScrollBar(), by)]
    if longer:
        bar = max(longer, key=lambda area: area.width() * area.height()).verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep())


def _goes_on(bar: QScrollBar, by: int) -> bool:
    return bar.value() < bar.maximum() if by > 0 else bar.value() > bar.minimum()


def takes(event: QKeyEvent, inside: QWidget) -> bool:
    """Turn over for PgUp and PgDn where nothing else wants them; tell whether it was one of them."""
    by = _WAYS.get(Qt.Key(event.key()))
    if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    turn(inside, by)
    return True
