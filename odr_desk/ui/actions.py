"""Acts: what can be done, said once for the shortcut, the menu and the list of keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from odr_desk.rules.people import Actor, Right
from odr_desk.ui import icons

_KEYS = (
    ("Ctrl+", "Ctrl "),
    ("Shift+", "⇧ "),
    ("Alt+", "Alt "),
    ("Return", "⏎"),
    ("Up", "↑"),
    ("Down", "↓"),
    ("Left", "←"),
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its words, what it runs, its key and the right it needs."""

    text: str
    slot: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    right: Right | None = None
    enabled: bool = True

    def is_for(self, actor: Actor) -> bool:
        """Tell whether this person may do it."""
        return self.right is None or actor.may(self.right)


def way_back(text: str, slot: Callable[[], object]) -> tuple[Act, Act]:
    """Return what leads from an inner page to the one it belongs to: the same two keys everywhere."""
    return Act(text, slot, icon="back", shortcut="Alt+Left"), Act(text, slot, icon="back", shortcut="Esc")


def keys(shortcut: str) -> str:
    """Return a shortcut as the key hint shows it: `Ctrl+Return` is `Ctrl ⏎`."""
    for written, shown in _KEYS:
        shortcut = shortcut.replace(written, shown)
    return shortcut


def bind(widget: QWidget, acts: Iterable[Act]) -> tuple[QAction, ...]:
    """Give the widget the shortcuts of its acts; they work in its window while it is visible."""
    made = []
    for act in acts:
        action = QAction(literal(act.text), widget)
        action.setShortcut(QKeySequence(act.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setEnabled(act.enabled)
        action.triggered.connect(act.slot)
        widget.addAction(action)
        made.append(action)
    return tuple(made)


def menu(parent: QWidget, acts: Iterable[Act]) -> QMenu:
    """Return a menu of acts; shortcuts are shown there but bound by `bind` only."""
    made = QMenu(parent)
    ratio = QApplication.primaryScreen().devicePixelRatio()
    for act in acts:
        shown = literal(act.text) + (f"\t{keys(act.shortcut)}" if act.shortcut else "")
        action = made.addAction(shown)
        if act.icon:
            action.setIcon(icons.icon(act.icon, ratio=ratio))
        action.setEnabled(act.enabled)
        action.triggered.connect(act.slot)
    return made


def literal(text: str) -> str:
    """Return a text for a button or an action in which & is a letter, not an underline."""
    return text.replace("&", "&&")
