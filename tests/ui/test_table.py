import pytest
from PySide6.QtCore import Qt

from odr_desk.ui import theme
from odr_desk.ui.cells import MARK_ROOM
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.empty import Empty
from tests.ui import gallery
from tests.ui.gallery import COLUMNS, LINES, Line
from tests.ui.long_list import Source, line, settle, show


def test_the_choice_is_told_and_survives_a_reload(qtbot):
    table = show(qtbot, Source())
    with qtbot.waitSignal(table.chosen) as blocker:
        table.choose(7)
    assert blocker.args == [line(7)]
    table.reload()
    settle()
    assert table.current() == line(7)


def test_nobody_is_led_to_another_record_when_the_last_row_goes(qtbot):
    source = Source(3)
    table = show(qtbot, source)
    table.setCurrentIndex(table.rows.index(2, 0))
    chosen = []
    table.chosen.connect(chosen.append)
    source.total = 2
    table.reload()
    settle()
    assert chosen == []
    assert table.current() is None


def test_the_choice_follows_its_record_to_another_place(qtbot):
    table = show(qtbot)
    told = []
    table.chosen.connect(told.append)
    table.set_rows([line(1), line(2), line(3)])
    table.choose(2)
    table.set_rows([line(0), line(1), line(2)])
    assert (table.current(), table.currentIndex().row()) == (line(2), 2)
    assert told == [line(2)]


def test_a_list_without_the_chosen_record_marks_no_other(qtbot):
    table = show(qtbot)
    table.set_rows([line(1), line(2)])
    table.choose(2)
    told = []
    table.chosen.connect(told.append)
    table.set_rows([line(5), line(6)])
    assert not table.currentIndex().isValid()
    table.set_rows([line(2)])
    assert table.current() == line(2)
    assert told == []


def test_a_record_that_is_not_here_yet_is_chosen_when_it_comes(qtbot):
    source = Source(waits=True)
    table = show(qtbot, source)
    assert not table.choose(12)
    source.answer_next()
    assert table.current() == line(12)


def test_keys_move_and_open(qtbot):
    table = show(qtbot, Source())
    table.setFocus()
    table.step(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as blocker:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert blocker.args == [line(1)]
    table.step(-1)
    assert table.current() == line(0)
    table.step(-1)
    assert table.current() == line(0)


@pytest.mark.parametrize(("place", "by", "then"), [(2, 1, 3), (2, -1, 1), (4, 1, 3), (0, -1, 1)])
def test_the_next_one_is_near_the_place_of_a_record_that_has_left_the_list(qtbot, place, by, then):
    lines = [line(number) for number in range(5)]
    table = Table("列表", COLUMNS, identity=lambda row: row.id)
    qtbot.addWidget(table)
    table.show()
    table.set_rows(lines)
    table.choose(place)
    table.set_rows([one for one in lines if one.id != place])
    assert table.current() is None
    table.step(by)
    assert table.current() == line(then)


def test_no_row_is_chosen_while_a_record_that_is_not_here_is_wanted(qtbot):
    lines = [line(number) for number in range(5)]
    table = Table("列表", COLUMNS, identity=lambda row: row.id)
    qtbot.addWidget(table)
    table.show()
    table.set_rows(lines[:4])
    table.choose(2)
    assert not table.choose(4)
    assert table.current() is None
    with qtbot.waitSignal(table.chosen):
        table.choose(2)
    assert not table.choose(4)
    table.choose(1)
    table.set_rows(lines)
    assert table.current() == line(1), "who has gone on is not called back"


def test_a_double_click_opens(qtbot):
    table = show(qtbot, Source())
    spot = table.visualRect(table.rows.index(2, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    with qtbot.waitSignal(table.opened) as blocker:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert blocker.args == [line(2)]


def test_several_rows_can_be_selected_where_that_is_allowed(qtbot):
    table = show(qtbot, Source(), several=True)
    table.choose(1)
    spot = table.visualRect(table.rows.index(3, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, spot)
    assert table.picking.identities() == (1, 2, 3)


def test_an_empty_list_says_what_comes_next(qtbot):
    table = show(qtbot)
    empty = Empty("没有逾期的件")
    table.set_empty(empty)
    table.set_rows(())
    assert empty.isVisible()
    table.set_rows(LINES)
    assert not empty.isVisible()


def test_typing_letters_does_not_walk_through_the_query(qtbot):
    source = Source()
    table = show(qtbot, source)
    table.setFocus()
    asked = len(source.asked)
    qtbot.keyClicks(table, "abc")
    assert len(source.asked) == asked


def test_a_row_without_text_breaks_is_painted_in_every_state(qtbot):
    table = gallery.table()
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    settle()
    spot = table.visualRect(table.rows.index(1, 1)).center()
    qtbot.mouseMove(table.viewport(), spot)
    settle()
    picture = table.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 500, 2) for y in range(0, 200, 2)}
    assert {theme.colour(role).name() for role in ("accent", "accent_soft", "late", "act", "surface")} <= colours


@pytest.mark.parametrize("gone", [0, 4])
def test_hidden_columns_leave_the_mark_on_the_first_one_shown(qtbot, gone):
    table = show(qtbot, Source())
    table.setColumnHidden(gone, True)
    settle()
    picture = table.viewport().grab().toImage()
    ahead = {picture.pixelColor(x, y).name() for x in range(MARK_ROOM) for y in range(theme.size("row"))}
    assert theme.colour("act").name() in ahead


def test_the_choice_stays_with_its_record_when_that_moves(qtbot):
    table = show(qtbot)
    table.set_rows(LINES)
    table.choose(123)
    table.set_rows(LINES[::-1])
    assert table.current().id == 123
    table.set_rows([row for row in LINES if row.id != 123])
    assert table.current() is None


def test_the_ear_hears_the_mark(qtbot):
    table = show(qtbot)
    table.set_rows(LINES)
    spoken = table.rows.data(table.rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "逾期，逾期 2 天"


def test_a_cell_of_a_hundred_thousand_characters_is_painted_at_once(qtbot):
    table = show(qtbot)
    table.set_rows([Line(1, "act", "3 天", "店", "投诉" * 50_000, 1)])
    settle()
    assert not table.grab().isNull()


def test_a_record_at_the_end_is_in_sight_as_soon_as_it_comes(qtbot):
    table = show(qtbot, Source(total=0))
    high = table.viewport().height() // theme.size("row") + 1
    table.set_fetch(Source(total=high))
    table.choose(high - 1)
    settle()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_the_chosen_row_stays_in_sight_when_the_list_becomes_lower(qtbot):
    table = show(qtbot, Source(total=500))
    last = table.viewport().height() // theme.size("row") - 1
    table.setCurrentIndex(table.rows.index(last, 0))
    table.resize(520, 300)
    settle()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    table.scrollToTop()
    table.resize(520, 200)
    settle()
    assert table.verticalScrollBar().value() == 0, "it was out of sight already"
