from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from odr_desk.ui import ahead as ahead_module
from odr_desk.ui.ahead import Ahead


def test_jobs_are_done_one_by_one_in_quiet_moments(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    done, idle = [], []
    ahead = Ahead(window, lambda: bool(idle), quiet_ms=1)
    ahead.begin([lambda: done.append("a"), lambda: done.append("b")])
    assert ahead._quiet.isActive()
    assert done == [], "the desk is reading"
    idle.append(1)
    qtbot.waitUntil(lambda: done == ["a", "b"])
    assert not ahead._quiet.isActive()


def test_a_key_puts_them_off(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    ahead = Ahead(window, lambda: True, quiet_ms=60_000)
    ahead._quiet.setTimerType(Qt.TimerType.PreciseTimer)
    ahead.begin([list])
    qtbot.waitUntil(lambda: ahead._quiet.remainingTime() < 59_990)
    before = ahead._quiet.remainingTime()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(window.windowHandle(), key)
    assert ahead._quiet.remainingTime() > before


def test_what_is_not_wanted_any_more_is_left(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    ahead = Ahead(window, lambda: True, quiet_ms=1)
    ahead.begin([list])
    ahead.stop()
    assert not ahead._quiet.isActive()
    ahead._step()
    assert not ahead._quiet.isActive()


def test_nothing_is_done_while_a_button_of_the_mouse_is_held(qtbot, monkeypatch):
    window, done, held = QWidget(), [], [Qt.MouseButton.LeftButton]
    qtbot.addWidget(window)
    monkeypatch.setattr(ahead_module.QGuiApplication, "mouseButtons", lambda: held[0])
    ahead = Ahead(window, lambda: True, quiet_ms=1)
    ahead.begin([lambda: done.append("a")])
    ahead._step()
    assert done == [] and not ahead.is_done
    held[0] = Qt.MouseButton.NoButton
    qtbot.waitUntil(lambda: ahead.is_done)
    assert done == ["a"]
