"""The facts beside a case: they scroll up and down only, whatever stands in them."""

from datetime import date

import pytest
from PySide6.QtWidgets import QScrollArea

from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.services import handling, pausing
from odr_desk.ui.theme import Density, Mode
from tests.ui.looks import clipped, settle


@pytest.fixture
def paused(page, database, mediator, house):
    """The first case waits for a test, has a day of the desk's own and words that do not break."""
    with database.writing(mediator, "case.pause") as work:
        pausing.set_due(work, house.first, DueDraft(due=date(2026, 11, 30), reason="值班经理要求"))
        pausing.pause(work, house.first, PauseDraft(since=date(2026, 11, 23), reason="送检"))
        handling.set_next_step(work, house.first, "看 https://www.example.com/" + "a" * 60, date(2026, 12, 1))
    page.refresh()
    page.open_case(house.first)
    return page.case.facts


@pytest.mark.parametrize("density", [Density.COMPACT, Density.LARGE])
@pytest.mark.parametrize("size", [(1920, 1009), (1536, 793)])
def test_the_facts_fit_their_panel(window, wardrobe, paused, density, size):
    wardrobe.wear(Mode.LIGHT, density)
    settle(window, *size)
    area = paused.findChild(QScrollArea)
    try:
        assert paused.isVisible()
        assert area.widget().width() == area.viewport().width()
        assert clipped(paused) == []
    finally:
        wardrobe.wear(Mode.LIGHT, Density.COMPACT)
