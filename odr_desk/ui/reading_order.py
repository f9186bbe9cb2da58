"""Where Tab goes: through a window as it is read, whatever was made last.

Qt goes through widgets in the order in which they were made, so that a row added later comes after
the status bar. Here the layouts say what follows what. Of buttons of which one is pressed, Tab stops
at that one, from either side: Qt stops at the one it meets first, and an arrow key then presses its
neighbour.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the stop after or before where it is, or was until it was hidden; tell whether there is one."""
    here = window.focusWidget()
    shown = list(_shown(window, here))
    stops = [at for at, widget in enumerate(shown) if widget.isVisible() and _is_stop(widget)]
    if not stops:
        return False
    at = shown.index(here) if here in shown else -1
    after = [stop for stop in stops if stop > at] or stops
    before = [stop for stop in stops if stop < at] or stops
    found = shown[after[0] if forward else before[-1]]
    found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_to_sight(found)
    return True


def go_to(editor: QWidget, place: QWidget) -> None:
    """Put the cursor into a field and scroll to its place, once what has just been shown there has its room."""
    editor.setFocus()
    QTimer.singleShot(0, place, lambda: bring_to_sight(place))


def bring_to_sight(widget: QWidget) -> None:
    """Scroll whatever holds a widget so far that it can be seen."""
    inside: QWidget | None = widget
    while inside is not None and not inside.isWindow():
        inside = inside.parentWidget()
        if isinstance(inside, QScrollArea):
            inside.ensureWidgetVisible(widget, 0, 16)


def _is_stop(widget: QWidget) -> bool:
    if not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive():
        pressed = group.checkedButton()
        if pressed is not None and pressed.isVisible() and pressed.isEnabled():
            return widget is pressed and any(map(_wants_tab, group.buttons()))
    return _wants_tab(widget)


def _wants_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _shown(widget: QWidget, here: QWidget | None) -> Iterator[QWidget]:
    """Return a widget and all that is visible inside it, in the order of reading, and `here` in its place."""
    yield widget
    for inner in _inside(widget):
        is_on_way = here is not None and (inner is here or inner.isAncestorOf(here))
        if (inner.isVisible() or is_on_way) and not inner.isWindow():
            yield from _shown(inner, here)


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
    return found + sorted(loose, key=lambda child: (child.geometry().center().y(), child.x()))


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """Return what a layout holds in the order of its places.

    It is asked for the place of each, never for what stands at a place: PySide keeps an item once asked for until
    the layout goes, Qt frees it with its widget, and the next layout made at that address crashes when it goes.
    """
    holder = layout.parentWidget()
    children = holder.children() if holder is not None else []
    places: dict[QWidget | QLayout, int] = {
        **{child: layout.indexOf(child) for child in children if isinstance(child, QWidget)},
        **{inner: layout.indexOf(inner) for inner in layout.children() if isinstance(inner, QLayout)},
    }
    held = [part for part, at in places.items() if at >= 0]
    if isinstance(layout, QGridLayout):
        held.sort(key=lambda part: layout.getItemPosition(places[part])[:2])  # type: ignore[index]
    else:
        held.sort(key=places.__getitem__)
    for part in held:
        if isinstance(part, QLayout):
            yield from _laid(part)
        else:
            yield part
