"""Where Tab goes: through a window as it is read, whatever was made last.

Qt goes through widgets in the order in which they were made, so that a row added later comes after
the status bar. Here the layouts say what follows what.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLayout, QScrollArea, QSplitter, QWidget


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the stop after or before where it is; tell whether there is one."""
    shown = list(_shown(window))
    stops = [at for at, widget in enumerate(shown) if _is_stop(widget)]
    if not stops:
        return False
    here = window.focusWidget()
    at = shown.index(here) if here in shown else -1
    after = [stop for stop in stops if stop > at] or stops
    before = [stop for stop in stops if stop < at] or stops
    found = shown[after[0] if forward else before[-1]]
    found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_to_sight(found)
    return True


def bring_to_sight(widget: QWidget) -> None:
    """Scroll whatever holds a widget so far that it can be seen."""
    inside: QWidget | None = widget
    while inside is not None and not inside.isWindow():
        inside = inside.parentWidget()
        if isinstance(inside, QScrollArea):
            inside.ensureWidgetVisible(widget, 0, 16)


def _is_stop(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return wants and widget.isEnabled() and widget.focusProxy() is None


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """Return a widget and all that is visible inside it, in the order of reading."""
    yield widget
    for inner in _inside(widget):
        if inner.isVisible() and not inner.isWindow():
            yield from _shown(inner)


def _inside(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QAbstractScrollArea):
        held = widget.widget() if isinstance(widget, QScrollArea) else None
        return [held] if held is not None else []
    found: list[QWidget] = []
    if isinstance(widget, QSplitter):
        found = [part for at in range(widget.count()) if (part := widget.widget(at)) is not None]
    elif (layout := widget.layout()) is not None:
        found = list(_laid(layout))
    loose = [child for child in widget.children() if isinstance(child, QWidget) and child not in found]
    return found + sorted(loose, key=lambda child: (child.y(), child.x()))


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[assignment,index]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        if (held := item.widget()) is not None:
            yield held
        elif (inner := item.layout()) is not None:
            yield from _laid(inner)
