"""Tab goes as a window is read, also through what was put in later."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QLayoutItem, QLineEdit
from pytestqt.qtbot import QtBot

from odr_desk.ui.widgets.boxes import column, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.segments import Segments


@pytest.fixture
def edits(dressed):
    """Six fields made in an order that is not the one they stand in."""
    return {name: QLineEdit(objectName=name) for name in ("f", "e", "d", "c", "b", "a")}


@pytest.fixture
def dialog(edits):
    """A dialog whose second field was put in last, and whose grid was filled from below."""
    grid = QGridLayout()
    for name, place in (("e", (1, 0)), ("d", (0, 1)), ("c", (0, 0))):
        grid.addWidget(edits[name], *place)
    first = row(edits["a"])
    inside = column(panel(first), grid, scroll(column(300, edits["f"])))
    made = Dialog("顺序", inside)
    made.setModal(False)
    made.show()
    first.addWidget(edits["b"])
    QApplication.processEvents()
    yield made
    made.close()


def walked(qtbot: QtBot, start: QLineEdit, key: Qt.Key, times: int) -> str:
    start.setFocus()
    names = ""
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), key)
        names += QApplication.focusWidget().objectName() or "·"
    return names


def layout_items() -> set[int]:
    kept = (item for item in gc.get_objects() if isinstance(item, QLayoutItem) and not isinstance(item, QLayout))
    return set(map(id, kept))


def test_tab_goes_as_one_reads_and_around(qtbot, dialog, edits):
    assert walked(qtbot, edits["a"], Qt.Key.Key_Tab, 8) == "bcdef··a"
    assert walked(qtbot, edits["a"], Qt.Key.Key_Backtab, 4) == "··fe"


def test_what_is_hidden_or_off_is_passed_over(qtbot, dialog, edits):
    edits["c"].hide()
    edits["d"].setEnabled(False)
    assert walked(qtbot, edits["a"], Qt.Key.Key_Tab, 2) == "be"


def test_where_tab_arrives_is_brought_to_sight(qtbot, dialog, edits):
    walked(qtbot, edits["e"], Qt.Key.Key_Tab, 1)
    assert edits["f"].visibleRegion().boundingRect().height() == edits["f"].height()


def test_no_item_of_a_layout_outlives_what_it_held(qtbot, dialog, edits):
    before = layout_items()
    walked(qtbot, edits["a"], Qt.Key.Key_Tab, 8)
    assert layout_items() <= before


def test_what_is_hidden_under_the_cursor_leaves_it_where_one_reads_on(qtbot, dialog, edits):
    edits["c"].setFocus()
    edits["c"].hide()
    assert QApplication.focusWidget() is edits["d"]


def test_tab_comes_to_the_pressed_button_from_either_side(qtbot, dressed):
    before, after = QLineEdit(objectName="a"), QLineEdit(objectName="b")
    segments = Segments((("x", "到店"), ("y", "来电"), ("z", "微信")), "y")
    for value, button in zip("xyz", map(segments.button, "xyz"), strict=True):
        button.setObjectName(value)
    made = Dialog("顺序", column(before, segments, after))
    made.setModal(False)
    made.show()
    QApplication.processEvents()
    assert walked(qtbot, before, Qt.Key.Key_Tab, 2) == "yb"
    assert walked(qtbot, after, Qt.Key.Key_Backtab, 2) == "ya"
    segments.set_value("z")
    assert walked(qtbot, before, Qt.Key.Key_Tab, 2) == "zb"
    made.close()


def test_what_found_no_room_comes_after_the_chips(qtbot, dressed):
    before, chips = QLineEdit(), Chips(several=True)
    for word in "甲乙丙丁":
        chips.add(word, word * 4).setObjectName(word)
    chips.setFixedWidth(240)
    chips.findChild(Button).setObjectName("更")
    made = Dialog("顺序", column(before, chips))
    made.setModal(False)
    made.show()
    QApplication.processEvents()
    assert walked(qtbot, before, Qt.Key.Key_Tab, 2) == "甲更"
    made.close()
