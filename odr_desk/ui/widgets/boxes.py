"""Rows, columns, grounds and cards: what every screen is put together from."""

from typing import Literal, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
Ground = Literal["", "window", "surface", "rail", "desk", "status"]
CardKind = Literal["plain", "soft", "act", "late", "done"]
Box = TypeVar("Box", bound=QBoxLayout)
NONE: Margins = (0, 0, 0, 0)


def row(*items: Item, margins: Margins = NONE, gap: int = 8) -> QHBoxLayout:
    """Lay items from left to right; a number is a gap, None takes the room that is left."""
    return _fill(QHBoxLayout(), items, margins, gap)


def column(*items: Item, margins: Margins = NONE, gap: int = 8) -> QVBoxLayout:
    """Lay items from top to bottom; a number is a gap, None takes the room that is left."""
    return _fill(QVBoxLayout(), items, margins, gap)


def panel(layout: QLayout, ground: Ground = "", *, width: int = 0, height: int = 0) -> QWidget:
    """Return a widget that holds the layout, on a ground of its own if one is named."""
    held = QWidget()
    if ground:
        on_ground(held, ground)
    held.setLayout(layout)
    if width:
        held.setFixedWidth(width)
    if height:
        held.setFixedHeight(height)
    return held


def on_ground(widget: QWidget, ground: Ground) -> None:
    """Put a widget on one of the grounds."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", ground)


def card(layout: QBoxLayout, kind: CardKind = "plain", margins: Margins = (12, 12, 12, 12)) -> QFrame:
    """Return a boxed group; never put one into another."""
    frame = QFrame()
    frame.setProperty("card", kind)
    layout.setContentsMargins(*margins)
    frame.setLayout(layout)
    return frame


def line(way: Literal["across", "down"] = "across") -> QFrame:
    """Return a separating line of one pixel."""
    made = QFrame()
    made.setProperty("line", way)
    return made


def scroll(content: QLayout | QWidget) -> QScrollArea:
    """Return a body that fills the room there is and scrolls up and down when it is too little."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    inside = panel(content) if isinstance(content, QLayout) else content
    area.setViewport(QWidget())  # one of our own: asking Qt for its own makes PySide build 77 enums, 25 ms at the start
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    return area


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        if widget := item.widget():
            let_go(widget)
        elif inner := item.layout():
            empty_layout(inner)


def let_go(widget: QWidget) -> None:
    """Take a widget out of where it stands; it goes for good once Qt has come to rest."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def _fill(layout: Box, items: tuple[Item, ...], margins: Margins, gap: int) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        match item:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(item)
            case QWidget():
                layout.addWidget(item)
            case _:
                layout.addLayout(item)
    return layout
