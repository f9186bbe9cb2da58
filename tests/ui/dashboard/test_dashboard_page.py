from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from odr_desk.services import handling, queue
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.dashboard.page import DashboardPage
from odr_desk.ui.widgets.buttons import Button
from tests import make
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

SIZES = [(1366, 671), (1280, 623), (1024, 514), (1920, 983)]


@pytest.fixture
def two(database, manager):
    with database.writing(manager, "case.create") as work:
        old = make.make_case(work, received_at=datetime(2026, 10, 12, 1, 0, tzinfo=UTC)).number
        new = make.make_case(work, consumer_name="很长很长的名字" * 4).number
    with database.writing(manager, "case.next_step") as work:
        handling.set_next_step(
            work, new, "致电店长，问清楚退货的条件和时间" * 3, datetime(2026, 11, 23, tzinfo=UTC).date()
        )
    return old, new


@pytest.fixture
def page(qtbot, shell):
    made = DashboardPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 671)
    return made


def _button(page, words):
    return next(b for b in page.findChildren(Button) if b.isVisible() and words in (b.words(), b.accessibleName()))


def test_the_first_day_teaches_what_comes_next(page, shell):
    assert "还没有投诉件" in dump(page)
    _button(page, "登记第一件").click()
    _button(page, "导入商户").click()
    assert shell.opened == [("cases", "new"), ("imports", "tenants")]
    assert {tile.count() for tile in page.tiles.values()} == {0}


def test_nobody_is_told_that_there_are_no_cases_before_that_is_known(qtbot, shell, monkeypatch):
    monkeypatch.setattr(DashboardPage, "refresh", lambda page: None)  # the database has not answered yet
    made = DashboardPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 671)
    assert "还没有投诉件" not in dump(made)


def test_each_counter_opens_exactly_what_it_counts(two, page, shell, database, manager):
    for tile in page.tiles.values():
        tile.click()
    assert shell.opened.pop() == ("submissions", None)
    with database.reading(manager) as work:
        held = [queue.count(work, record) for _page, record in shell.opened]
    assert [tile.count() for tile in page.tiles.values()] == [*held, 1]
    assert "先办" in page.tiles["late"].accessibleName()


def test_a_case_is_taken_on_with_its_button(two, page, shell):
    assert "先办这 2 件" in dump(page)
    _button(page, f"受理 {two[0]}").click()
    _button(page, "在办 2 件").click()
    assert shell.opened == [("cases", two[0]), ("cases", CaseFilter(view="open"))]


def test_dates_and_the_report_lead_on(two, page, shell):
    assert "今天 1 项" in dump(page)
    _button(page, f"打开 {two[1]} 金禧珠宝").click()
    _button(page, "去体检").click()
    assert shell.opened == [("cases", two[1]), ("submissions", None)]


def test_what_is_typed_here_goes_on_in_the_one_search_box(page, shell, qtbot):
    write(page.search, "金禧")
    assert shell.found == []
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert shell.found == ["金禧"]
    assert page.search.text() == ""


def test_a_new_case_changes_the_counters_at_once(page, desk):
    desk.write(page, make.make_case, verb="case.create")
    assert page.tiles["no_next_step"].count() == 1


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_everything_has_a_name(two, page, size):
    settle(page, *size)
    assert clipped(page) == []
    assert unnamed(page) == []
