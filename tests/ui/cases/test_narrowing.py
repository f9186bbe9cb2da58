import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from odr_desk.services import saved_views
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.widgets.chips import Chip
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def queue(page, press):
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return page.queue


def numbers(queue):
    rows = queue.table.rows
    return [rows.row(at).number for at in range(rows.rowCount())]


def choose(queue, name, words):
    edit = queue.findChild(ChoiceEdit, f"filter_{name}")
    at = next(at for at in range(edit.count()) if edit.itemText(at).startswith(words))
    edit.setCurrentIndex(at)
    edit.activated.emit(at)


def type_in(queue, name, text):
    edit = queue.findChild(QLineEdit, f"filter_{name}")
    edit.setFocus()
    edit.setText(text)
    edit.textEdited.emit(text)
    return edit


def chips(queue):
    return [chip.text() for chip in queue.narrowed.findChildren(Chip) if chip.isVisible()]


def test_a_choice_narrows_at_once_and_its_chip_takes_it_away(qtbot, queue, house):
    choose(queue, "channel", "到店")
    assert numbers(queue) == [house.second]
    assert chips(queue) == ["来源：到店"]
    (chip,) = [chip for chip in queue.narrowed.findChildren(Chip) if chip.isVisible()]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(numbers(queue)) == 3 and chips(queue) == []
    assert queue.findChild(ChoiceEdit, "filter_channel").value() is None


def test_filters_narrow_together_and_any_is_none_again(queue, house):
    queue.findChild(Tick, "filter_overdue").click()
    assert numbers(queue) == [house.third]
    choose(queue, "channel", "到店")
    assert numbers(queue) == []
    choose(queue, "channel", "不限")
    assert numbers(queue) == [house.third] and chips(queue) == ["逾期"]


def test_days_wait_for_their_rest_and_say_what_is_wrong(queue, house):
    type_in(queue, "received_from", "11-0")
    assert len(numbers(queue)) == 3
    type_in(queue, "received_from", "11-01")
    assert numbers(queue) == [house.first, house.second]
    assert chips(queue) == ["收到：2026-11-01 起"]
    edit = type_in(queue, "received_to", "2026-10-01")
    edit.editingFinished.emit()
    assert len(numbers(queue)) == 2
    queue.table.setFocus()
    edit.editingFinished.emit()
    assert "止日早于起日" in dump(queue)
    edit.clear()
    edit.editingFinished.emit()
    assert "止日早于起日" not in dump(queue)


def test_a_merchant_is_found_by_its_letters(queue, press, house):
    edit = next(edit for edit in queue.findChildren(QLineEdit) if edit.accessibleName() == "商户")
    edit.setFocus()
    write(edit, "jxzb")
    press(Qt.Key.Key_Return)
    assert numbers(queue) == [house.first] and chips(queue) == ["商户：金禧珠宝"]
    edit.clear()
    assert len(numbers(queue)) == 3


def test_views_and_filters_narrow_each_other_and_words_too(queue, press, house):
    queue.findChild(Tick, "filter_no_next_step").click()
    queue.show_view("late")
    assert numbers(queue) == [house.third] and chips(queue) == ["无下一步"]
    write(queue.search, "女士")
    press(Qt.Key.Key_Return)
    assert numbers(queue) == [house.third, house.first] and chips(queue) == ["无下一步"]


def test_the_panel_is_left_by_esc_and_the_list_stays(queue, press, house):
    panel = queue._panel
    assert panel.isVisible() and queue.table.isVisible()
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert queue.table.hasFocus()


@pytest.mark.parametrize(("width", "height"), [(1024, 540), (1366, 697), (1920, 1009)])
def test_nothing_is_cut_off(window, queue, width, height):
    choose(queue, "channel", "到店")
    settle(window, width, height)
    assert clipped(queue) == [] and unnamed(queue) == []
    assert queue.table.height() >= 100


def keep(queue, asked, name):
    queue.keep_view()
    dialog = asked.dialogs[-1]
    edit = dialog.findChild(QLineEdit)
    edit.setText(name)
    dialog.submit()
    QApplication.processEvents()
    return dialog


def own(queue):
    return {chip.text(): chip for chip in queue.own._chips.chips()}


def test_a_view_is_kept_shown_counted_and_comes_back(qtbot, queue, asked, house):
    choose(queue, "channel", "到店")
    keep(queue, asked, "门店来的")
    chip = own(queue)["门店来的"]
    assert chip.isChecked() and chip.accessibleName() == "门店来的 1"
    assert not any(chip.isChecked() for chip in queue.chips.chips())
    queue.show_view("open")
    assert len(numbers(queue)) == 3 and chips(queue) == []
    qtbot.mouseClick(own(queue)["门店来的"], Qt.MouseButton.LeftButton)
    assert numbers(queue) == [house.second]


def test_a_view_is_renamed_moved_deleted_and_brought_back(queue, asked, window, database, manager):
    for name in ("甲", "乙"):
        keep(queue, asked, name)
        queue.findChild(Tick, "filter_overdue").click()
    assert list(own(queue)) == ["甲", "乙"]
    view = next(view for view in queue.own._views if view.name == "乙")
    rename, left, _right, _delete = queue.own.acts(view)
    left.slot()
    assert list(own(queue)) == ["乙", "甲"]
    rename.slot()
    dialog = asked.dialogs[-1]
    dialog.findChild(QLineEdit).setText("甲")
    dialog.submit()
    assert "已有叫“甲”的视图" in dump(dialog)
    dialog.findChild(QLineEdit).setText("丙")
    dialog.submit()
    assert list(own(queue)) == ["丙", "甲"]
    queue.own.acts(queue.own._views[0])[3].slot()
    assert list(own(queue)) == ["甲"]
    assert window.notices.undo()
    assert list(own(queue)) == ["丙", "甲"]
    with database.reading(manager) as work:
        assert [view.name for view in saved_views.rows(work)] == ["丙", "甲"]


def test_what_a_figure_opened_cannot_be_kept_and_says_why(queue, asked):
    queue.show_filter(CaseFilter(view="all", besides=1))
    assert "统计数字" in dump(keep(queue, asked, "某"))
