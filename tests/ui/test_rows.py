from odr_desk.rules.errors import Trouble
from odr_desk.ui.rows import PAGE, Rows, held, read_page
from tests.ui.gallery import COLUMNS, LINES
from tests.ui.long_list import MANY, Source, line, settle, show


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


def test_rows_at_hand_are_ordered_by_value_not_by_words(qtbot):
    table = show(qtbot)
    table.set_rows(LINES)
    table.rows.set_order("amount")
    amounts = [table.rows.row(at).amount_fen for at in range(len(LINES))]
    assert amounts == sorted(amounts)
