"""Buttons: their words, their keys, what stands under their arrow."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from odr_desk.ui.actions import Act, keys, menu
from odr_desk.ui.widgets.buttons import Button, SplitButton
from tests.ui.widgets.showing import shown

LEFT = Qt.MouseButton.LeftButton


def test_a_button_keeps_its_ampersand_and_its_name(qtbot):
    done = []
    button = Button("M&M 退货", clicked=lambda: done.append(1))
    shown(qtbot, button)
    assert button.words() == "M&M 退货"
    assert button.accessibleName() == "M&M 退货"
    qtbot.mouseClick(button, LEFT)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert done == [1, 1]


def test_a_button_without_words_is_named_for_the_ear(qtbot):
    button = Button("", "link", "eye", says="显示完整电话")
    shown(qtbot, button)
    assert button.accessibleName() == "显示完整电话"
    assert button.toolTip() == "显示完整电话"


def test_the_rest_of_a_split_button_is_under_its_arrow(qtbot):
    done = []
    split = SplitButton("出协议")
    split.set_acts([Act("转出", lambda: done.append("out"), "send", "F6"), Act("合并", lambda: None, enabled=False)])
    shown(qtbot, split)
    with qtbot.waitSignal(split.clicked):
        qtbot.mouseClick(split.main, LEFT)
    qtbot.mouseClick(split.more, LEFT)
    opened = split.findChild(QMenu)
    assert [action.text() for action in opened.actions()] == ["转出\tF6", "合并"]
    assert [action.isEnabled() for action in opened.actions()] == [True, False]
    opened.actions()[0].trigger()
    opened.close()
    assert done == ["out"]
    split.set_acts([])
    assert not split.more.isVisible()
    split.set_text("登记履行")
    assert split.main.words() == "登记履行"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ctrl+Return", "Ctrl ⏎"),
        ("Ctrl+Shift+Return", "Ctrl ⇧ ⏎"),
        ("F6", "F6"),
        ("Alt+1", "Alt 1"),
        ("Ctrl+Up", "Ctrl ↑"),
    ],
)
def test_keys_are_written_as_people_read_them(written, read):
    assert keys(written) == read


def test_a_menu_does_not_bind_the_shortcut_a_second_time(qtbot):
    place = shown(qtbot)
    made = menu(place, [Act("登记", lambda: None, shortcut="Ctrl+N")])
    assert made.actions()[0].shortcut().isEmpty()


def test_a_split_in_the_corner_opens_inside_the_screen(qtbot):
    split = SplitButton("出协议")
    split.set_acts([Act("转出到监管部门，附证据目录", lambda: None)])
    place = shown(qtbot, split)
    place.move(QPoint(0, 0))
    qtbot.mouseClick(split.more, LEFT)
    opened = split.findChild(QMenu)
    assert opened.isVisible()
    opened.close()
