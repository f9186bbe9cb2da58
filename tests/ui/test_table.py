from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHeaderView

from odr_desk.rules.errors import Trouble
from odr_desk.ui import theme
from odr_desk.ui.rows import PAGE, Ask, Rows, held, read_page
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.empty import Empty
from tests.ui import gallery
from tests.ui.gallery import COLUMNS, LINES, Line

MANY = 1_000_000


@dataclass
class Source:
    """A query that answers when it is told to."""

    total: int = MANY
    waits: bool = False

    def __post_init__(self):
        self.asked: list[Ask] = []
        self.waiting: list = []
        self.broken: set[int] = set()

    def __call__(self, ask, then, failed):
        self.asked.append(ask)
        if ask.offset // PAGE in self.broken:
            failed()
        elif self.waits:
            self.waiting.append((ask, then))
        else:
            self.answer(ask, then)

    def answer(self, ask, then):
        numbers = range(ask.offset, min(self.total, ask.offset + ask.limit))
        then(self.total, [line(number) for number in numbers])

    def answer_next(self):
        self.answer(*self.waiting.pop(0))


def line(number):
    return Line(number, "act", "3 天", "金禧珠宝", f"第 {number} 件", number)


def show(qtbot, fetch=None, **options):
    table = Table("件", COLUMNS, fetch, marks=lambda row: row.state, stretch="what", **options)
    qtbot.addWidget(table)
    table.resize(520, 600)
    table.show()
    table.reload()
    settle()
    return table


def settle():
    for _ in range(4):
        QApplication.processEvents()


def test_the_model_is_lawful_with_rows_at_hand(qtmodeltester, dressed):
    rows = Rows(COLUMNS, held(COLUMNS, LINES))
    rows.reload()
    assert rows.rowCount() == len(LINES)
    qtmodeltester.check(rows)


def test_the_model_is_lawful_while_pages_come_and_go(qtmodeltester, qtbot, dressed):
    source = Source(total=3 * PAGE, waits=True)
    rows = Rows(COLUMNS, source)
    rows.reload()
    source.answer_next()
    qtmodeltester.check(rows)
    assert rows.data(rows.index(2 * PAGE + 5, 3)) == ""
    qtbot.waitUntil(lambda: bool(source.waiting))
    while source.waiting:
        source.answer_next()
        settle()
    assert rows.data(rows.index(2 * PAGE + 5, 3)) == f"第 {2 * PAGE + 5} 件"
    source.total = 7
    rows.reload()
    source.answer_next()
    assert rows.rowCount() == 7


def test_a_million_rows_cost_what_a_screenful_costs(qtbot):
    source = Source()
    table = show(qtbot, source)
    assert table.rows.rowCount() == MANY
    table.scrollToBottom()
    settle()
    assert table.rows.row(MANY - 1) == line(MANY - 1)
    assert sum(len(page) for page in table.rows._pages.values()) <= 8 * PAGE
    assert {ask.limit for ask in source.asked} == {PAGE}


def test_scrolling_fast_asks_only_for_the_places_where_it_rests(qtbot):
    source = Source()
    table = show(qtbot, source)
    source.waits = True
    for number in range(20, 60):
        table.rows.data(table.rows.index(number * PAGE, 3))
    settle()
    while source.waiting:
        source.answer_next()
        settle()
    late = [ask.offset // PAGE for ask in source.asked if ask.offset >= 20 * PAGE]
    assert late == [59, 58]


def test_an_answer_from_before_the_reload_is_dropped(qtbot):
    source = Source(waits=True)
    rows = Rows(COLUMNS, source)
    rows.reload()
    rows.reload()
    old, new = source.waiting
    old[1](3, [line(1), line(2), line(3)])
    assert rows.rowCount() == 0
    source.answer(*new)
    assert rows.rowCount() == MANY


def test_the_number_of_rows_may_come_after_the_first_of_them(qtbot):
    source = Source(waits=True)
    rows = Rows(COLUMNS, source)
    rows.reload()
    _ask, then = source.waiting[0]
    then(2, [line(0), line(1)])
    assert rows.rowCount() == 2
    with qtbot.assertNotEmitted(rows.loaded):
        then(MANY, None)
    assert rows.rowCount() == MANY
    assert rows.row(1) == line(1)
    rows.reload()
    then(3, None)
    assert rows.rowCount() == MANY


def test_the_page_after_a_known_one_is_asked_with_the_row_before_it(qtbot):
    source = Source()
    rows = Rows(COLUMNS, source)
    rows.reload()
    rows.data(rows.index(PAGE, 0))
    qtbot.waitUntil(lambda: len(source.asked) == 2)
    assert source.asked[1].after == line(PAGE - 1)


def test_a_page_that_cannot_be_read_holds_up_no_other_and_is_asked_for_once(qtbot):
    source = Source(total=9 * PAGE)
    source.broken = {4, 5}
    rows = Rows(COLUMNS, source)
    rows.reload()
    for number in (4, 5, 4, 5):
        rows.data(rows.index(number * PAGE, 3))
        settle()
    assert [ask.offset // PAGE for ask in source.asked] == [0, 4, 5]
    rows.data(rows.index(7 * PAGE, 3))
    settle()
    assert rows.row(7 * PAGE) == line(7 * PAGE)
    source.broken.clear()
    rows.data(rows.index(4 * PAGE, 3))
    settle()
    assert rows.row(4 * PAGE) == line(4 * PAGE)


def test_rows_of_a_query_that_could_not_be_read_are_not_mixed_with_those_before(qtbot):
    source = Source(total=3 * PAGE)
    rows = Rows(COLUMNS, source)
    rows.reload()
    other = Source(total=2 * PAGE)
    other.broken = {0}
    rows.set_fetch(other)
    rows.reload()
    other.broken.clear()
    rows.data(rows.index(PAGE, 3))
    settle()
    assert rows.rowCount() == 2 * PAGE
    assert rows.row(0) is None
    assert other.asked[-1].total == 0


def test_a_page_that_was_refused_is_said_and_the_list_goes_on(shell):
    refused = [Trouble("读不到数据。", "请检查磁盘。")]

    def window(_work):
        if refused:
            raise refused.pop()
        return 2 * PAGE, [line(number) for number in range(PAGE, 2 * PAGE)]

    rows = Rows(
        COLUMNS, lambda _, then, failed: read_page(shell.desk, shell.desk, window, lambda found: then(*found), failed)
    )
    rows.reload()
    assert [str(error) for error in shell.refused] == ["读不到数据。请检查磁盘。"]
    rows.row_or_ask(PAGE)
    settle()
    assert rows.row(PAGE) == line(PAGE)


def test_old_rows_stay_until_the_new_ones_are_here(qtbot):
    source = Source(total=50)
    table = show(qtbot, source)
    source.waits = True
    table.reload()
    settle()
    assert table.rows.row(0) == line(0)


def test_clicking_a_head_asks_the_query_for_that_order(qtbot):
    source = Source()
    table = show(qtbot, source)
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(4) + 10, 5)
    for _ in range(2):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [(ask.order, ask.descending) for ask in source.asked[-2:]] == [("amount", False), ("amount", True)]


def test_rows_at_hand_are_ordered_by_value_not_by_words(qtbot):
    table = show(qtbot)
    table.set_rows(LINES)
    table.rows.set_order("amount")
    amounts = [table.rows.row(at).amount_fen for at in range(len(LINES))]
    assert amounts == sorted(amounts)


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


def test_a_layout_is_kept_and_taken_up_again(qtbot):
    table = show(qtbot, Source())
    with qtbot.waitSignal(table.layout_changed) as blocker:
        table.horizontalHeader().moveSection(4, 0)
        table.horizontalHeader().resizeSection(2, 140)
    kept = blocker.args[0]
    other = show(qtbot, Source())
    other.restore({**kept, "order": "due", "descending": True})
    assert other.layout_state()["columns"] == kept["columns"]
    assert other.horizontalHeader().logicalIndex(0) == 4
    assert other.columnWidth(2) == 140
    assert other.rows.order == ("due", True)


def test_a_layout_with_columns_that_are_gone_does_no_harm(qtbot):
    table = show(qtbot, Source())
    table.restore(
        {"columns": [{"name": "gone", "width": 50, "hidden": False}, {"name": "shop", "width": 99, "hidden": True}]}
    )
    assert table.isColumnHidden(2)
    table.restore(None)


def test_the_stretched_column_takes_the_room(qtbot):
    table = show(qtbot, Source())
    assert table.horizontalHeader().sectionResizeMode(3) == QHeaderView.ResizeMode.Stretch
    assert table.horizontalHeader().length() == table.viewport().width()


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
    from odr_desk.ui import theme

    assert {theme.colour(role).name() for role in ("accent", "accent_soft", "late", "act", "surface")} <= colours


@pytest.mark.parametrize("gone", [0, 4])
def test_hidden_columns_leave_the_mark_on_the_first_one_shown(qtbot, gone):
    table = show(qtbot, Source())
    table.setColumnHidden(gone, True)
    settle()
    assert table.grab().width() == 520


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


def _widths(table):
    head = table.horizontalHeader()
    fixed = (at for at in range(head.count()) if head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive)
    return [head.sectionSize(at) for at in fixed]


def test_columns_follow_the_type_of_another_density_and_come_back(qtbot, wardrobe):
    table = show(qtbot, Source(total=9))
    before = _widths(table)
    table.setColumnHidden(1, True)
    kept, told = table.layout_state(), []
    table.redressed.connect(lambda: told.append(True))
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.LARGE)
    table.setColumnHidden(1, False)
    grown = _widths(table)
    table.restore(kept)
    again = _widths(table)[0]
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.COMPACT)
    assert all(now > then for now, then in zip(grown, before, strict=True)) and told
    assert again == grown[0], "a width kept at another density"
    table.setColumnHidden(1, False)
    back = _widths(table)
    assert all(abs(now - then) <= 1 for now, then in zip(back, before, strict=True))
