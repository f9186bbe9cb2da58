"""Precedents and what was seen of a purchase, beside the case and in a dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.observed import Observed
from odr_desk.services import observations, queue
from odr_desk.ui.cases import compared
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from tests.make import make_case
from tests.ui.cases.test_intake import _shown
from tests.ui.looks import clipped, settle, unnamed

ALIKE = {"category": "服装鞋帽类", "problem": "P01", "amount": 100_000}


@pytest.fixture
def four(database, manager, house):
    """Four settled cases of the class and problem of the second case of the house."""
    with database.writing(manager, "case.create") as work:
        case = work.session.scalars(select(Case).where(Case.number == house.second)).one()
        case.category, case.problem = ALIKE["category"], ALIKE["problem"]
        numbers = set()
        for refund in (20_000, 50_000, 80_000, 100_000):
            made = make_case(work, merchant_no=house.silk, **ALIKE, consumer_phone="19900000031")
            made.state, made.result, made.refund = CaseState.SETTLED, Outcome.SETTLED, refund
            numbers.add(made.number)
    return numbers


def test_figures_beside_the_case_open_the_cases_they_count(window, page, click, house, four, database, manager):
    settle(window, 1920, 1009)
    page.queue.table.choose(house.second)
    card = page.case.facts.compared.precedents
    words = _shown(card)
    assert "4 件" in words and "65%" in words and "同一商品服务类别、同一投诉问题" in words
    click(card, "退款中位 65%，打开这些件")
    with database.reading(manager) as work:
        assert {row.number for row in queue.page(work, page.queue.shown, 0, 50)} == four


def test_a_window_without_room_for_the_card_has_the_figures_beside_the_tabs(
    window, page, click, house, four, database, manager
):
    settle(window, 1366, 697)
    page.queue.table.choose(house.second)
    assert "近 12 个月" in _shown(page.case.tabs)
    assert clipped(window) == unnamed(window) == []
    page.queue.table.choose(house.first)
    assert "近 12 个月" not in _shown(page.case.tabs)
    page.queue.table.choose(house.second)
    settle(window, 1024, 540)
    assert "近 12 个月" not in _shown(page.case.tabs) and clipped(window) == []
    settle(window, 1366, 697)
    click(page.case.tabs, "同类先例：其中和解 4 件，打开这些件")
    with database.reading(manager) as work:
        assert {row.number for row in queue.page(work, page.queue.shown, 0, 50)} == four


def test_too_few_precedents_are_not_shown(window, page, house):
    settle(window, 1920, 1009)
    page.queue.table.choose(house.first)
    assert not page.case.facts.compared.precedents.isVisible()


def test_a_fact_is_ticked_from_the_keyboard_and_taken_back(window, page, press, house, database, manager):
    settle(window, 1920, 1009)
    page.queue.table.choose(house.second)
    card = page.case.facts.compared.observed

    def tick():
        found = next(one for one in card.findChildren(Tick) if one.text() == Observed.NO_PURCHASE.label)
        found.setFocus()
        press(Qt.Key.Key_Space)
        QApplication.processEvents()

    def seen():
        with database.reading(manager) as work:
            return [one.kind for one in observations.of_case(work, house.second).facts if one.is_seen]

    tick()
    assert seen() == [Observed.NO_PURCHASE] and "11-23" in _shown(card) and manager.name in _shown(card)
    tick()
    assert seen() == []


def test_whoever_has_not_the_right_is_shown_precedents_only(window, page, asked, house, four, clerk):
    window.desk.actor = clerk
    window.enter("cases")
    settle(window, 1920, 1009)
    page = window.current()
    page.queue.table.choose(house.second)
    assert not page.case.facts.compared.observed.isVisible()
    assert page.case.facts.compared.precedents.isVisible()
    assert compared.title(clerk) == "同类先例"


def test_in_a_narrow_window_both_stand_in_a_dialog(window, page, asked, house, four):
    settle(window, 1024, 540)
    page.queue.table.choose(house.second)
    acts = {act.text: act.slot for act in page.case.acts.more(page.case._found)}
    acts["同类先例和购买情况…"]()
    dialog = asked.dialogs[-1]
    words = _shown(dialog)
    assert "4 件" in words and Observed.SERIES.label in words and "涉及 1 家商户" in words
    assert "太少" not in words
    assert dialog.height() <= 500 and unnamed(dialog) == [] and clipped(dialog) == []
    next(one for one in dialog.findChildren(Button) if one.words() == "5 件").click()
    assert not dialog.isVisible() and page.queue.shown.phone == "19900000031"


@pytest.mark.parametrize("size", [(1536, 793), (1920, 1009)])
def test_nothing_is_cut_in_the_panel(window, page, house, four, size):
    settle(window, *size)
    page.queue.table.choose(house.second)
    settle(window, *size)
    assert clipped(page.case.facts) == []
    assert unnamed(page.case.facts) == []
