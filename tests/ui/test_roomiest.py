"""The largest type in the smallest window: no page cuts a word or lets a part reach beyond what holds it."""

import pytest

from odr_desk.ui.pages import PAGES
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
