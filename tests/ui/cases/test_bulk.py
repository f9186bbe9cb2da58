from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules.errors import Trouble
from odr_desk.services import bulk, cases, tags
from odr_desk.ui.cases import bulk_dialogs
from odr_desk.ui.theme import Density, Mode
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def queue(page, press, house):
    page.queue.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    QApplication.processEvents()
    return page.queue


def of_all(database, manager, column):
    with database.reading(manager) as work:
        return list(work.session.scalars(select(column).order_by(Case.id)))


def step(asked, text="集中催办", day="2026-11-25"):
    dialog = asked.dialogs[-1]
    words, due = dialog.findChildren(QLineEdit)[:2]
    words.setText(text)
    due.setText(day)
    dialog.submit()
    QApplication.processEvents()
    return dialog


def test_the_bar_comes_with_the_second_and_goes_with_esc(queue, press):
    assert queue.bulk.isVisible() and "已选 3 件" in dump(queue.bulk)
    press(Qt.Key.Key_Escape)
    assert not queue.bulk.isVisible()
    press(Qt.Key.Key_Down, SHIFT)
    assert "已选 2 件" in dump(queue.bulk)


@pytest.mark.parametrize(("width", "height"), [(1024, 540), (1366, 697)])
def test_the_bar_fits(window, queue, width, height):
    settle(window, width, height)
    queue.bulk._said.setText("已选 500 件")
    settle(queue.window(), width, height)
    assert clipped(queue) == [] and unnamed(queue) == []


@pytest.fixture
def roomy(wardrobe):
    """The roomiest type, put back afterwards."""
    wardrobe.wear(Mode.LIGHT, Density.LARGE)
    yield
    wardrobe.wear(Mode.LIGHT, Density.COMPACT)


def test_the_bar_fits_the_roomiest_type_too(roomy, window, queue):
    settle(window, 1024, 540)
    queue.bulk._said.setText("已选 500 件")
    settle(window, 1024, 540)
    assert clipped(queue.bulk) == []


def test_a_next_step_for_all_is_one_step_and_is_undone_as_one(asked, queue, window, database, manager, house):
    queue.bulk.next_step()
    step(asked)
    assert of_all(database, manager, Case.next_step) == ["集中催办"] * 3
    assert "已给 3 件设好下一步" in dump(window.notices)
    assert window.notices.undo()
    QApplication.processEvents()
    assert of_all(database, manager, Case.next_step) == [""] * 3
    assert "已撤销：设下一步 3 件" in dump(window.notices)


def test_those_that_refuse_are_shown_and_the_rest_is_done_if_wanted(asked, queue, window, database, manager, house):
    with database.writing(manager, "case.delete") as work:
        cases.named(work, house.second).deleted_at = work.now
    asked.answers = [False, True]
    queue.bulk.next_step()
    dialog = step(asked)
    assert "1 件不能这样办，其余 2 件照办吗？" in asked.titles
    assert "0002" in asked.texts[-1] and "回收站" in asked.texts[-1]
    assert "一件都没有改" in dump(dialog)
    assert of_all(database, manager, Case.next_step) == [""] * 3
    dialog.submit()
    QApplication.processEvents()
    assert of_all(database, manager, Case.next_step) == ["集中催办", "", "集中催办"]
    assert "已给 2 件设好下一步，1 件没有动" in dump(window.notices)


def test_a_day_that_is_none_is_refused_and_what_was_typed_stays(asked, queue, database, manager):
    queue.bulk.next_step()
    dialog = step(asked, day="13-45")
    assert "哪一天办" in dump(dialog) and dialog.findChildren(QLineEdit)[0].text() == "集中催办"
    dialog = step(asked, day="")
    assert "下一步要有日期" in dump(dialog)
    assert of_all(database, manager, Case.next_step) == [""] * 3
    dialog.reject()


def test_all_are_assigned(asked, queue, database, manager, window):
    queue.bulk.assign()
    dialog = asked.dialogs[-1]
    dialog.submit()
    assert "请选择承办人" in dump(dialog)
    choice = dialog.findChild(ChoiceEdit)
    choice.set_value(str(manager.user_id))
    dialog.submit()
    assert of_all(database, manager, Case.handler_id) == [manager.user_id] * 3
    assert "已给 3 件分派" in dump(window.notices)


def test_tags_are_put_on_and_taken_off(asked, queue, database, manager, page, house):
    queue.bulk.tag()
    dialog = asked.dialogs[-1]
    dialog.findChild(QLineEdit).setText("群体")
    dialog.submit()
    with database.reading(manager) as work:
        assert tags.in_use(work) == (("群体", 3),)
    queue.bulk.tag()
    dialog = asked.dialogs[-1]
    _add, remove = dialog.findChildren(Chips)
    remove.choose("群体")
    dialog.findChild(QLineEdit).setText("一，二")
    dialog.submit()
    assert "不要有标点" in dump(dialog)
    dialog.findChild(QLineEdit).setText("等鉴定")
    dialog.submit()
    with database.reading(manager) as work:
        assert tags.in_use(work) == (("等鉴定", 3),)
        assert tags.of_case(work, cases.named(work, house.first).id) == ("等鉴定",)


def test_many_cases_run_behind_a_strip_and_come_back_to_the_dialog(asked, queue, monkeypatch, database, manager):
    monkeypatch.setattr(bulk_dialogs, "_QUICK", 1)
    queue.bulk.next_step()
    dialog = step(asked, day="")
    assert dialog.isVisible() and "下一步要有日期" in dump(dialog)
    step(asked)
    assert of_all(database, manager, Case.next_step_on) == [date(2026, 11, 25)] * 3


def test_the_chosen_ones_are_exported(asked, queue, press, window, tmp_path):
    from openpyxl import load_workbook

    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down, SHIFT)
    asked.paths = [tmp_path / "two.xlsx"]
    queue.bulk.export.emit()
    QApplication.processEvents()
    assert "已导出 2 件到 two.xlsx" in dump(window.notices)
    numbers = [row[1].value for row in load_workbook(tmp_path / "two.xlsx").active.iter_rows()]
    assert sorted(n for n in numbers if n and n.isdigit()) == sorted(
        n.rsplit("-", 1)[-1] for n in queue.table.picking.identities()
    )


def test_a_list_that_could_not_be_recorded_stands_nowhere(asked, queue, press, window, tmp_path, monkeypatch):
    def full(*_args):
        raise Trouble("磁盘已满，没有存上。", "请清理磁盘。")

    monkeypatch.setattr("odr_desk.store.journal.record_deed", full)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down, SHIFT)
    asked.paths, asked.answers = [tmp_path / "two.xlsx"], [False]
    queue.bulk.export.emit()
    QApplication.processEvents()
    assert "没有完成" in asked.titles
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_previous_and_next_leave_the_several(page, queue, press):
    press(Qt.Key.Key_Down, CTRL)
    assert not queue.bulk.isVisible()
    assert queue.table.picking.count == 1


def test_a_bulk_step_has_a_limit():
    from odr_desk.ui.picking import MOST

    assert MOST == bulk.MOST


def test_a_case_shows_its_tags_and_loses_them_from_its_menu(asked, page, house, database, manager):
    page.open_case(house.first)
    tagging = lambda: next(act for act in page.case.acts.more(page.case.shown) if act.text == "标签…").slot()  # noqa: E731
    tagging()
    asked.dialogs[-1].findChild(QLineEdit).setText("等鉴定")
    asked.dialogs[-1].submit()
    assert "#等鉴定" in dump(page.case.header)
    tagging()
    dialog = asked.dialogs[-1]
    assert dialog.findChild(Chips).values() == ("等鉴定",)
    dialog.findChild(Chips).choose()
    dialog.submit()
    assert "#等鉴定" not in dump(page.case.header)
