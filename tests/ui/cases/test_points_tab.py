from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.services import disputes, drafts
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
GOLD = PointDraft(point="是否足金", consumer_says="掉色了", merchant_says="是足金", evidence="小票")


@pytest.fixture
def grid(page, house, database, manager):
    """The grid of a case with one demand and nothing written down."""
    page.open_case(house.first)
    page.case.tabs.choose("points")
    QApplication.processEvents()
    return page.case.points


@pytest.fixture
def noted(grid, database, mediator, house):
    """The same grid with two points on record."""
    _beside(database, mediator, house.first, GOLD, replace(GOLD, point="是否拆封"))
    grid.hide()
    grid.show()
    return grid


def _beside(database, actor, number, *points):
    with database.writing(actor, "points.save") as work:
        return disputes.save(work, number, points)


def _kept(database, actor, number):
    with database.reading(actor) as work:
        return disputes.grid(work, number).points


def _link(widget, words):
    (found,) = [b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    found.click()


def test_a_grid_begins_as_the_claims_and_is_saved_by_ctrl_return(grid, press, database, manager, house):
    assert [entry.point.value() for entry in grid.rows] == ["退货"]
    assert "按诉求列出，还没有存" in dump(grid)
    grid.rows[0].point.setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is grid.rows[0].consumer_says
    write(grid.rows[0].consumer_says, "一口价没说克重")
    press(Qt.Key.Key_Return, CTRL)
    (point,) = _kept(database, manager, house.first)
    assert (point.claim, point.consumer_says, point.version) == ("C04", "一口价没说克重", 1)
    assert not grid.is_writing()


def test_points_are_added_ordered_and_removed_by_keys(grid, press, click, database, manager, house):
    press(Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    write(grid.rows[1].point, "要不要道歉")
    press(Qt.Key.Key_Up, ALT)
    assert [entry.point.value() for entry in grid.rows] == ["要不要道歉", "退货"]
    grid.save()
    QApplication.processEvents()
    assert [point.point for point in _kept(database, manager, house.first)] == ["要不要道歉", "退货"]
    click(grid.rows[1], "删去这一点")
    grid.save()
    assert [point.point for point in _kept(database, manager, house.first)] == ["要不要道歉"]


def test_tab_goes_through_the_point_and_on_to_the_next(noted, press):
    noted.rows[0].evidence.setFocus()
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert noted.rows[1].point in seen


def test_what_both_agree_on_has_a_line_of_its_own(noted, click, database, manager, house):
    first = noted.rows[0]
    assert not first.agreed.isVisible()
    click(first, PointState.AGREED.label)
    assert first.agreed.isVisible()
    write(first.agreed, "退 2,000 元")
    noted.save()
    point = _kept(database, manager, house.first)[0]
    assert (point.state, point.agreed) == (PointState.AGREED, "退 2,000 元")


def test_what_is_typed_survives_another_case_and_a_restart(grid, page, database, manager, house):
    write(grid.rows[0].merchant_says, "半句话")
    page.open_case(house.second)
    with database.reading(manager) as work:
        (kept,) = drafts.of(work, "points", house.first)
    assert kept.content["points"][0]["merchant_says"] == "半句话"
    page.open_case(house.first)
    assert grid.rows[0].merchant_says.value() == "半句话"
    assert "上次没有存的改动" in dump(grid)
    _link(grid, "放弃改动")
    assert grid.rows[0].merchant_says.value() == ""


def test_a_row_somebody_else_wrote_shows_both_versions(noted, database, mediator, manager, house):
    write(noted.rows[0].merchant_says, "（我的）")
    _beside(database, mediator, house.first, replace(_kept(database, manager, house.first)[0], merchant_says="别人的"))
    noted.save()
    QApplication.processEvents()
    assert "别人刚存了这一点（未谈拢）：商户说：别人的" in dump(noted)
    assert noted.rows[0].merchant_says.value() == "（我的）是足金"
    _link(noted, "用我的")
    noted.save()
    assert _kept(database, manager, house.first)[0].merchant_says == "（我的）是足金"


def test_taking_theirs_puts_their_words_in(noted, database, mediator, manager, house):
    write(noted.rows[0].merchant_says, "（我的）")
    _beside(database, mediator, house.first, replace(_kept(database, manager, house.first)[0], merchant_says="别人的"))
    noted.save()
    QApplication.processEvents()
    _link(noted, "用对方的")
    assert noted.rows[0].merchant_says.value() == "别人的"
    noted.save()
    assert not noted.is_writing()


def test_what_is_wrong_is_marked_where_it_is(noted):
    noted.rows[1].point.setText("")
    noted.rows[1].changed.emit()
    noted.save()
    assert QApplication.focusWidget() is noted.rows[1].point
    assert "请填写争议点" in dump(noted)


def test_everything_fits_and_has_a_name(window, noted, click):
    click(noted.rows[0], PointState.AGREED.label)
    for size in ((1366, 697), (1024, 540), (1920, 1009)):
        settle(window, *size)
        assert clipped(noted) == [], size
    assert unnamed(noted) == []


def test_who_only_reads_sees_it_without_a_way_to_change_it(page, desk, house, auditor, database, mediator):
    _beside(database, mediator, house.first, GOLD)
    desk.actor = auditor
    page.open_case(house.first)
    page.case.tabs.choose("points")
    grid = page.case.points
    assert grid.rows[0].consumer_says.isReadOnly() and "存下对照" not in dump(grid)
    grid.add()
    grid.save()
    assert len(grid.rows) == 1
