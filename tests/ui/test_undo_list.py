"""The strip's 撤销, Ctrl+Z, and the list of one's own last steps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.services import case_file, handling
from odr_desk.ui import undo_list
from odr_desk.ui.window import Window
from tests.make import make_case
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def number(database, manager):
    with database.writing(manager, "case.create") as work:
        return make_case(work).number


@pytest.fixture
def window(qtbot, desk, wardrobe, number):
    made = Window(desk, wardrobe)
    qtbot.addWidget(made)
    made.enter("today")
    with qtbot.waitActive(made):
        settle(made, 1366, 697)
    return made


def step_of(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number).row.next_step


def set_step(window, number, words, day):
    window.desk.write(
        window,
        lambda work: handling.set_next_step(work, number, words, day),
        lambda _: window.say(f"{number} 已设下一步"),
        verb="case.next_step",
    )


def test_what_was_just_done_is_taken_back_and_done_again_with_one_key(qtbot, window, database, manager, number, clock):
    set_step(window, number, "打电话", clock.now.date())
    assert "撤销" in dump(window.notices)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert step_of(database, manager, number) == ""
    assert f"已撤销：设下一步 {number}" in dump(window.notices)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert step_of(database, manager, number) == "打电话"
    assert "已恢复：设下一步" in dump(window.notices)


def test_a_step_that_cannot_be_undone_offers_nothing(window, database, manager):
    window.desk.write(window, make_case, lambda _: window.say("已登记"), verb="case.create")
    assert "撤销" not in dump(window.notices)


def test_without_a_strip_the_key_lists_the_last_steps(qtbot, asked, window, database, manager, number, clock):
    for n in range(3):
        set_step(window, number, f"第 {n} 步", clock.now.date())
        clock.forward(minutes=1)
    window.notices.say("别的", None)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    (dialog,) = asked.dialogs
    settle(dialog, 560, 460)
    assert dialog.table.rows.rowCount() == 3
    assert clipped(dialog) == [] and unnamed(dialog) == []
    QApplication.processEvents()
    dialog.submit()
    assert step_of(database, manager, number) == "第 1 步"
    assert not dialog.isVisible()


def test_a_refusal_stays_in_the_list_and_names_who(asked, window, database, manager, mediator, number, clock):
    set_step(window, number, "打电话", clock.now.date())
    with database.writing(mediator, "case.next_step") as work:
        handling.set_next_step(work, number, "约时间", clock.now.date())
    undo_list.show(window)
    (dialog,) = asked.dialogs
    dialog.submit()
    assert dialog.isVisible()
    assert "刘洋" in dump(dialog)
    assert step_of(database, manager, number) == "约时间"
    dialog.reject()


def test_an_empty_list_says_so(asked, window):
    undo_list.show(window)
    (dialog,) = asked.dialogs
    settle(dialog, 560, 460)
    assert "最近没有可以撤销的步骤" in dump(dialog)
    assert not dialog.do.isEnabled()
