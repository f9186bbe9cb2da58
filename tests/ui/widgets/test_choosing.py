"""Chips, segments and tabs: one of several, or several."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.tabs import Tabs
from tests.ui.widgets.showing import shown

LEFT = Qt.MouseButton.LeftButton


def chips(qtbot, width=400, **options):
    made = Chips(**options)
    for code, text in (("all", "全部"), ("late", "逾期"), ("act", "待办"), ("wait", "等待"), ("done", "完成")):
        made.add(code, text, "" if code == "all" else code, count=3)
    shown(qtbot, made, width=width)
    return made


def visible(made):
    return [chip.text() for chip in made.chips() if chip.isVisible()]


def test_one_chip_is_chosen_at_a_time(qtbot):
    made = chips(qtbot)
    made.choose("all")
    with qtbot.waitSignal(made.chosen) as blocker:
        qtbot.mouseClick(list(made.chips())[1], LEFT)
    assert blocker.args == ["late"]
    assert made.values() == ("late",)
    with qtbot.assertNotEmitted(made.chosen):
        made.choose("act")
    assert made.values() == ("act",)


def test_several_chips_can_be_chosen_where_that_is_meant(qtbot):
    made = chips(qtbot, several=True)
    for chip in list(made.chips())[:2]:
        qtbot.mouseClick(chip, LEFT)
    assert made.values() == ("all", "late")


def test_chips_without_room_go_under_more(qtbot):
    made = chips(qtbot, width=230)
    assert visible(made) == ["全部", "逾期"]
    with qtbot.waitSignal(made.chosen) as blocker:
        qtbot.mouseClick(made._more, LEFT)
        opened = made.findChild(QMenu)
        assert [action.text() for action in opened.actions()] == ["待办 3", "等待 3", "完成 3"]
        opened.actions()[1].trigger()
        opened.close()
    assert blocker.args == ["wait"]


def test_counts_are_shown_and_said(qtbot):
    made = chips(qtbot)
    made.set_counts({"late": 1234, "gone": 5})
    assert list(made.chips())[1].accessibleName() == "逾期 1,234"
    made.clear()
    assert list(made.chips()) == []


def test_segments_choose_one(qtbot):
    made = Segments([("shop", "到店"), ("call", "来电"), ("chat", "微信")], "shop")
    shown(qtbot, made)
    with qtbot.waitSignals([made.chosen, made.changed]):
        qtbot.mouseClick(made.button("call"), LEFT)
    assert made.value() == "call"
    made.button("call").setFocus()
    qtbot.keyClick(made.button("call"), Qt.Key.Key_Right)
    assert made.value() == "chat"
    made.set_value(None)
    assert made.value() is None


def test_tabs_are_chosen_by_click_and_key(qtbot):
    tabs, chosen = Tabs(), []
    for code, text in (("log", "进展"), ("papers", "材料"), ("data", "资料")):
        tabs.add(code, text)
    shown(qtbot, tabs)
    tabs.chosen.connect(chosen.append)
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(1).center())
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    tabs.choose("log")
    assert chosen == ["papers", "data", "log"]
    assert tabs.code() == "log"
    wide = tabs.tabRect(1).width()
    tabs.set_badge("papers", "缺 2")
    QApplication.processEvents()
    assert tabs.tabRect(1).width() > wide
    assert tabs.accessibleTabName(1) == "材料，缺 2"
