"""A widget that is shown before it has a parent is a window of its own: it flashes up and takes the cursor away."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from odr_desk.rules.people import Actor, Right, Role
from odr_desk.ui.pages import PAGES
from odr_desk.ui.window import Window
from tests.ui.looks import settle


class Watch(QObject):
    """Notes every window that appears."""

    def __init__(self):
        super().__init__()
        self.appeared: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.appeared.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("code", [page.code for page in PAGES])
def test_no_page_opens_a_window_while_it_is_put_together(qtbot, desk, wardrobe, qapp, code):
    desk.actor = Actor(desk.actor.user_id, "all", "全权", frozenset(Right), Role.MANAGER)
    window = Window(desk, wardrobe)
    qtbot.addWidget(window)
    window.enter("settings")
    settle(window, 1366, 697)
    watch = Watch()
    qapp.installEventFilter(watch)
    window.open(code)
    QApplication.processEvents()
    if code == "cases":
        window.open(code, "new")
        QApplication.processEvents()
    qapp.removeEventFilter(watch)
    assert watch.appeared == []
