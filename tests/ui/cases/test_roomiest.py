"""The largest type in the smallest window: every tab of a case and the dialogs it opens, scrolling in one direction."""

import pytest
from PySide6.QtWidgets import QScrollArea

from odr_desk.ui.window import LEAST
from tests.settled import conclude
from tests.ui.looks import clipped, settle


@pytest.fixture
def case(window, page, database, manager, house, roomiest):
    """A case with an agreement half kept, on the page as small as it gets."""
    conclude(database, manager, case_no=house.first)
    page.refresh()
    page.open_case(house.first)
    settle(window, *LEAST)
    return page.case


@pytest.fixture
def open_case(window, page, house, roomiest):
    """A case that is being talked about."""
    page.open_case(house.second)
    settle(window, *LEAST)
    return page.case


def sideways(inside):
    """Return what scrolls sideways."""
    areas = [area for area in inside.findChildren(QScrollArea) if area.isVisible()]
    return [area.horizontalScrollBar().maximum() for area in areas if area.horizontalScrollBar().maximum()]


def _fits(qtbot, window, inside):
    settle(window, *LEAST)

    def at_rest():  # what is brought into sight comes a moment after it has been laid out
        assert clipped(inside) == []
        assert sideways(inside) == []

    qtbot.waitUntil(at_rest)
    assert (window.width(), window.height()) == LEAST


@pytest.mark.parametrize("tab", ["progress", "points", "sittings", "settlement", "evidence", "data"])
def test_every_tab_fits(qtbot, window, case, tab):
    case.tabs.choose(tab)
    _fits(qtbot, window, case)


@pytest.mark.parametrize("form", ["add_point", "note_sitting", "arrange", "edit_data", "set_step"])
def test_every_form_of_an_open_case_fits(qtbot, window, open_case, form):
    getattr(open_case, form)()
    _fits(qtbot, window, open_case)


def _check(dialog):
    settle(dialog, dialog.width(), dialog.height())
    assert clipped(dialog) == [], dialog.windowTitle()
    assert sideways(dialog) == [], dialog.windowTitle()
    assert dialog.height() <= 500 and dialog.width() <= LEAST[0], dialog.windowTitle()


ELSEWHERE = ("添加材料…", "文书…")  # the system's own dialog, another page


def test_every_dialog_of_a_case_fits(window, case, asked, house, page):
    asked.fill, asked.answers = _check, [False] * 20
    opened = set()
    for number in (house.second, house.first):
        page.open_case(number)
        settle(window, *LEAST)
        for act in case.acts.more(case.shown):
            if act.text.endswith("…") and act.text not in opened and act.text not in ELSEWHERE:
                opened.add(act.text)
                act.slot()
                if asked.dialogs and asked.dialogs[-1].isVisible():
                    _check(asked.dialogs[-1])
                    asked.dialogs[-1].reject()
    assert len(asked.titles) >= 10
