from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.services import appointments
from odr_desk.ui.appointments import page as pages
from odr_desk.ui.appointments.page import AppointmentsPage
from odr_desk.ui.appointments.week_grid import _goes_on, placed
from tests import make
from tests.ui.looks import clipped, dump, settle, unnamed

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DRAFT = AppointmentDraft(starts_at=AT, minutes=60, mode="A", place="服务台", mediator="刘洋", despite="只有这时有空")


@pytest.fixture
def numbers(database, manager):
    with database.writing(manager, "appointment.add") as work:
        made = [make.make_case(work).number for _ in range(3)]
        appointments.add(work, made[0], DRAFT)
        appointments.add(work, made[1], replace(DRAFT, starts_at=AT + timedelta(minutes=30)))
        appointments.add(work, made[2], replace(DRAFT, starts_at=AT + timedelta(days=7)))
    return made


@pytest.fixture
def page(qtbot, shell, numbers, monkeypatch):
    monkeypatch.setattr(pages, "this_day", lambda: date(2026, 11, 23))
    made = AppointmentsPage(shell)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        settle(made, 1366, 697)
    made.show_record(date(2026, 11, 25))
    return made


def test_what_overlaps_stands_in_lanes(database, manager, numbers):
    with database.reading(manager) as work:
        rows = appointments.between(work, date(2026, 11, 23), date(2026, 11, 29))
    assert [(one.row.case_no, one.lane, one.lanes) for one in placed(rows)] == [(numbers[0], 0, 2), (numbers[1], 1, 2)]


def test_a_week_is_walked_through_by_keys(page, shell, qtbot, numbers):
    assert "2026年11月23日 至 11月29日" in dump(page) and "已约 2 次" in dump(page)
    assert page.grid.current().case_no == numbers[0]
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.grid.current().case_no == numbers[1]
    assert numbers[1] in page.grid.accessibleName()
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    qtbot.keyClick(page.grid, Qt.Key.Key_Up)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert shell.opened == [("cases", numbers[0])]


def test_weeks_follow_one_another(page):
    page.go(1)
    assert "2026年11月30日 至 12月6日" in dump(page) and "已约 1 次" in dump(page)
    page.go(-1)
    page.go(-1)
    assert "这一周没有约调解" in dump(page) and page.grid.current() is None
    page.go(0)
    assert "2026年11月23日" in dump(page)


def test_a_sitting_is_chosen_and_opened_by_the_mouse(page, shell, numbers):
    at = page.grid._area(page.grid._placed[1]).center()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        event = QMouseEvent(
            kind, QPointF(at), page.grid.mapToGlobal(at), Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(page.grid, event)
    assert page.grid.current().case_no == numbers[1]
    assert shell.opened == [("cases", numbers[1])]


def test_everything_fits_and_has_a_name(page, qtbot):
    for size in ((1366, 697), (1024, 540), (1920, 1009)):
        settle(page, *size)
        assert clipped(page) == [], size
    assert unnamed(page) == []
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert "有冲突：只有这时有空" in dump(page)


def test_the_chosen_sitting_is_scrolled_to_on_a_small_screen(page, database, manager, numbers, qtbot):
    with database.writing(manager, "appointment.add") as work:
        for hours in (-6, 9):  # eight in the morning, eleven at night: the day is longer than the screen
            appointments.add(work, numbers[2], replace(DRAFT, starts_at=AT + timedelta(hours=hours)))
    settle(page, 1024, 400)
    page.refresh()
    settle(page, 1024, 400)
    for _ in range(3):
        qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.current().case_no == numbers[2]
    assert page.grid.visibleRegion().contains(page.grid.spot())


def test_public_holidays_and_make_up_days_are_named_in_the_head(page):
    page.show_record(date(2026, 10, 1))
    assert page.grid._notes[date(2026, 10, 1)].endswith("放假")
    assert page.grid._head() > 28
    page.show_record(date(2026, 10, 10))
    assert page.grid._notes[date(2026, 10, 10)].endswith("调休上班")
    page.show_record(date(2026, 11, 25))
    assert page.grid._notes == {} and page.grid._head() == 28


def test_a_sitting_over_midnight_is_shown_to_go_on(page, database, manager, numbers):
    late = replace(DRAFT, starts_at=datetime(2026, 11, 25, 15, 0, tzinfo=UTC), minutes=120)
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, numbers[2], late)
    page.refresh()
    at = next(one for one in page.grid._placed if one.row.minutes == 120)
    assert _goes_on(at.row) == "↓ 到次日 01:00" and at.row.hours == "23:00–次日 01:00"
    assert page.grid._area(at).bottom() > page.grid.height()
    others = [one for one in page.grid._placed if one is not at]
    assert not any(_goes_on(one.row) for one in others)
    assert all(page.grid._area(one).bottom() <= page.grid.height() for one in others)
