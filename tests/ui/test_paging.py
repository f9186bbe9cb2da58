"""What cannot take the focus is turned over from the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from odr_desk.ui.pages import Page
from odr_desk.ui.screen import Screen
from odr_desk.ui.widgets.boxes import column, scroll
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words
from odr_desk.ui.window import Window
from tests.ui.looks import settle


class Long(Screen):
    def __init__(self, shell):
        super().__init__(shell)
        self.setLayout(column(scroll(column(*(Words(f"第 {n} 天") for n in range(90))))))


def test_alt_and_page_keys_turn_over_the_page(qtbot, desk, wardrobe):
    window = Window(desk, wardrobe, (Page("today", "今日", "today", Long),))
    qtbot.addWidget(window)
    window.enter()
    with qtbot.waitActive(window):
        settle(window, 1024, 540)
    bar = window.current().findChild(QScrollArea).verticalScrollBar()
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert bar.value() == bar.pageStep()
    qtbot.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert bar.value() == 0


def test_page_keys_turn_over_a_dialog_of_words_only(qtbot, dressed):
    dialog = Dialog("怎么数的", column(*(Words(f"第 {n} 天") for n in range(90))), do="知道了", keep="")
    dialog.setModal(False)
    dialog.show()
    QApplication.processEvents()
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    qtbot.keyClick(dialog.do, Qt.Key.Key_PageDown)
    assert bar.value() == bar.pageStep() > 0
    dialog.close()
