from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from odr_desk.rules.columns import Column
from odr_desk.ui import picking
from odr_desk.ui.rows import PAGE
from odr_desk.ui.table import Table
from tests.ui.looks import settle

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Item:
    id: int


class Shelf:
    """A list that answers when it is told to."""

    def __init__(self, count):
        self.items = [Item(n) for n in range(count)]
        self.at_once = True
        self.waiting = []

    def fetch(self, ask, then, _failed):
        answer = lambda: then(len(self.items), self.items[ask.offset : ask.offset + ask.limit])  # noqa: E731
        if self.at_once:
            answer()
        else:
            self.waiting.append(answer)

    def answer(self):
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def shelf():
    return Shelf(1_000)


@pytest.fixture
def table(qtbot, shelf):
    made = Table("架", (Column("号", lambda item: item.id, key="id"),), shelf.fetch, several=True)
    qtbot.addWidget(made)
    settle(made, 300, 400)
    made.reload()
    made.step(1)
    return made


def ids(table):
    return list(table.picking.identities())


def press(qtbot, table, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(table, key, modifiers)


def test_shift_and_ctrl_choose_several_and_the_count_is_told(qtbot, table):
    told = []
    table.picking.changed.connect(lambda: told.append(table.picking.count))
    for _ in range(3):
        press(qtbot, table, Qt.Key.Key_Down, SHIFT)
    assert ids(table) == [0, 1, 2, 3] and told[-1] == 4
    spot = table.visualRect(table.model().index(6, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, CTRL, spot)
    assert ids(table) == [0, 1, 2, 3, 6]
    press(qtbot, table, Qt.Key.Key_Escape)
    assert ids(table) == [6]


def test_all_is_the_first_five_hundred_read_page_by_page(qtbot, table, shelf):
    limited = []
    table.picking.limited.connect(lambda: limited.append(True))
    shelf.at_once = False
    press(qtbot, table, Qt.Key.Key_A, CTRL)
    assert table.picking.count == picking.MOST and limited and not table.picking.is_known
    for _ in range(5):
        qtbot.wait(1)
        shelf.answer()
    assert table.picking.is_known
    assert ids(table) == list(range(picking.MOST))
    assert table.current() == Item(0)


def test_a_wish_for_more_is_cut(qtbot, table):
    press(qtbot, table, Qt.Key.Key_End, SHIFT | CTRL)
    assert table.picking.count == picking.MOST


def test_the_end_is_reached_before_it_has_been_read(qtbot, table):
    gone_to = []
    table.chosen.connect(gone_to.append)
    press(qtbot, table, Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: table.current() == Item(999))
    assert gone_to == [Item(999)] and ids(table) == [999]
    press(qtbot, table, Qt.Key.Key_Home, CTRL)
    assert gone_to[-1] == Item(0) and ids(table) == [0]


def test_the_choice_stays_with_its_records_when_the_list_is_read_anew(qtbot, table, shelf):
    for _ in range(3):
        press(qtbot, table, Qt.Key.Key_Down, SHIFT)
    shelf.items = [Item(500), Item(2), Item(0), Item(600), Item(3), *map(Item, range(10, 900))]
    table.reload()
    assert sorted(ids(table)) == [0, 2, 3]
    assert table.picking.identities() == (2, 0, 3)
    assert table.picking.count == 3


def test_what_the_answer_leaves_out_is_chosen_no_longer(qtbot, table, shelf):
    press(qtbot, table, Qt.Key.Key_Down, SHIFT)
    shelf.items = [Item(n) for n in range(1, 400)]
    table.reload()
    assert ids(table) == [1]


def test_stepping_on_chooses_one_alone_even_with_ctrl_down(qtbot, table):
    press(qtbot, table, Qt.Key.Key_Down, SHIFT)
    table.step(1)
    assert ids(table) == [2]
    table.choose(PAGE - 1)
    assert ids(table) == [PAGE - 1]


def test_a_single_choice_moves_with_its_record(table, shelf):
    table.choose(5)
    shelf.items = [Item(5), *shelf.items]
    table.reload()
    assert ids(table) == [5] and table.current() == Item(5)
    assert table.picking.count == 1
