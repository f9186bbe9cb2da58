"""The list below a field while something is looked up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.ui.widgets.lookup import Hit, LookupList
from odr_desk.ui.widgets.text_edit import LineEdit
from tests.ui.hands import write
from tests.ui.looks import dump
from tests.ui.widgets.showing import shown

LEFT = Qt.MouseButton.LeftButton


def lookup(qtbot):
    field = LineEdit()
    found = LookupList(field, take="用这家")
    shown(qtbot, field, found)
    field.setFocus()
    found.show_hits(
        [Hit(7, "金禧珠宝", "jxzb", 2, ("A馆1F-101",), "在办 2 件", "act"), Hit(8, "锦绣家纺", "jxjf", 2)], "家"
    )
    QApplication.processEvents()
    return field, found


def test_the_first_hit_is_chosen_and_enter_takes_it(qtbot):
    field, found = lookup(qtbot)
    with qtbot.waitSignal(found.picked) as blocker:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert blocker.args == [7]
    assert not found.isVisible()


def test_arrows_choose_while_the_cursor_stays_in_the_field(qtbot):
    field, found = lookup(qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert found.current().value == 8
    assert QApplication.focusWidget() is field
    assert field.accessibleDescription() == "锦绣家纺"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert found.current().value == 7
    write(field, "j")
    assert field.text() == "j"


def test_a_hit_is_taken_by_click_and_escape_closes(qtbot):
    field, found = lookup(qtbot)
    with qtbot.waitSignal(found.picked) as blocker:
        qtbot.mouseClick(found._rows[1], LEFT)
    assert blocker.args == [8]
    found.show_hits([Hit(7, "金禧珠宝")], "家")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_enter_before_the_answer_takes_nothing_of_the_letters_before(qtbot):
    field, found = lookup(qtbot)
    found.expect()
    with qtbot.assertNotEmitted(found.picked):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(found.picked) as blocker:
        found.show_hits([Hit(9, "金鼎钟表"), Hit(7, "金禧珠宝")], "家")
    assert blocker.args == [9]
    with qtbot.assertNotEmitted(found.picked):
        found.show_hits([Hit(7, "金禧珠宝")], "家")


def test_more_than_fit_is_said(qtbot):
    _field, found = lookup(qtbot)
    found.show_hits([Hit(at, f"店{at}") for at in range(7)], "家", most=6)
    QApplication.processEvents()
    assert "前 6 家。" in dump(found) and "店6" not in dump(found)


def test_nothing_found_is_said(qtbot):
    field, found = lookup(qtbot)
    found.show_hits([], "家")
    QApplication.processEvents()
    assert "没有找到。" in dump(found) and "用这家" not in dump(found)
    assert found.current() is None
    with qtbot.assertNotEmitted(found.picked):
        qtbot.keyClick(field, Qt.Key.Key_Return)
