"""The largest type in the smallest window: no page cuts a word or lets a part reach beyond what holds it."""

import pytest

from odr_desk.ui.pages import PAGES
from odr_desk.ui.statusbar import Part
from odr_desk.ui.table import Table
from odr_desk.ui.window import LEAST, Window
from tests.settled import conclude
from tests.ui.looks import clipped, settle


@pytest.fixture
def window(qtbot, desk, wardrobe, roomiest, database, manager):
    conclude(database, manager)
    made = Window(desk, wardrobe)
    qtbot.addWidget(made)
    made.enter()
    settle(made, *LEAST)
    return made


def test_every_page_fits_at_the_roomiest_density(window):
    for page in PAGES:
        window.open(page.code)
        settle(window, *LEAST)
        assert window.current().isVisible()
        assert clipped(window) == [], page.code
        assert (window.width(), window.height()) == LEAST, page.code


def test_the_parts_of_the_agreements_fit_without_scrolling_sideways(window):
    window.open("agreements")
    for part in ("duties", "agreements", "advances", "moves"):
        window.current().show_part(part)
        settle(window, *LEAST)
        (table,) = [table for table in window.current().findChildren(Table) if table.isVisible()]
        assert table.horizontalScrollBar().maximum() == 0, part


def test_the_search_of_the_queue_stands_beside_its_buttons_not_below_them(window):
    window.open("cases")
    settle(window, *LEAST)
    queue = window.current().queue
    assert queue.search.geometry().right() < queue._filtering.geometry().left()


def test_the_status_bar_leaves_out_what_has_no_room_and_cuts_nothing(window):
    words = ("培训副本，数据都是示例", "还没有备份", "无下一步 26 件", "10 月月报未报送", "2027 年节假日还没有录入")
    window.bar.show_parts(
        [*(Part(text, "flag") for text in words), Part("孙主任 · 一楼售后服务台", "user", at_right=True)]
    )
    settle(window, *LEAST)
    assert [part.words() for part in window.bar._parts if part.isVisible()] == list(words[:4])
    assert clipped(window.bar) == []
