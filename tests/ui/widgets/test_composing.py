import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from tests.ui.hands import write

CTRL = Qt.KeyboardModifier.ControlModifier


def compose(edit, letters):
    QApplication.sendEvent(edit, QInputMethodEvent(letters, []))


@pytest.mark.parametrize("make", [LineEdit, TextEdit, lambda: SearchBox("找")], ids=["line", "text", "search"])
def test_no_shortcut_leads_away_from_letters_that_are_being_composed(qtbot, make):
    page, edit, went = QWidget(), make(), []
    page.setLayout(column(edit, other := LineEdit()))
    QShortcut(QKeySequence("Ctrl+N"), page).activated.connect(lambda: went.append("elsewhere"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    edit.setFocus()
    compose(edit, "zhiwei")
    qtbot.keyClick(edit, Qt.Key.Key_N, CTRL)
    assert went == []
    write(edit, "知味")
    qtbot.keyClick(edit, Qt.Key.Key_N, CTRL)
    assert went == ["elsewhere"]
    compose(edit, "can")
    other.setFocus()  # by the mouse: the letters are gone, and nothing holds the keys back any more
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_N, CTRL)
    assert went == ["elsewhere"] * 2
    assert "知味" in (edit.toPlainText() if isinstance(edit, TextEdit) else edit.text())
