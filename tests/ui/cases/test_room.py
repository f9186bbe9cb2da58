"""At every size: nothing is cut off, everything can be named, and what stands there is what stood there."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollBar

from odr_desk.services.call_scripts import Script
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.timeline import Entry
from odr_desk.ui.window import Window
from tests.settled import conclude
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

SIZES = ((1366, 697), (1280, 649), (1024, 540), (1920, 1009))


@pytest.fixture
def filled(page, database, manager, house):
    """A page with a sitting, an agreement half kept and an entry being typed."""
    conclude(database, manager, case_no=house.first)
    page.refresh()
    page.open_case(house.first)
    return page


def _case(page):
    page.case.tabs.choose("progress")
    page.case.log.open_step()


def _settlement(page):
    page.case.tabs.choose("settlement")


def _sitting(page):
    page.case.note_sitting()


def _fields(page):
    page.case.edit_data()


def _intake(page):
    page.take_down()
    form = page.intake.form
    form.phone_edit.setText("19900000023")
    write(form.facts, "手镯刻错一个字")
    write(form.merchant.edit, "jx")
    form.show_problems(_wrong())


def _folded(page):
    page.take_down()
    page.intake.form._open_more()
    page.intake.form.source.late.click()


def _wrong():
    from odr_desk.rules.errors import Invalid, Problem

    return Invalid((Problem("consumer_phone", "手机号应为 11 位"), Problem("merchant_no", "请填写商户")))


@pytest.mark.parametrize("reach", [_case, _settlement, _sitting, _fields, _intake, _folded])
def test_everything_fits_and_has_a_name(window, filled, reach):
    reach(filled)
    for width, height in SIZES:
        settle(window, width, height)
        assert clipped(filled) == [], (width, height)
        assert (window.width(), window.height()) == (width, height)
    assert unnamed(filled) == []


def test_what_a_case_says(window, filled, golden):
    settle(window, 1366, 697)
    golden(dump(filled), "test_case")


def test_what_the_form_says(window, page, golden):
    page.take_down()
    settle(window, 1366, 697)
    golden(dump(page.intake), "test_intake")


def test_a_house_without_cases_teaches_the_first_step(qtbot, desk, wardrobe):
    window = Window(desk, wardrobe)
    qtbot.addWidget(window)
    window.enter("cases")
    settle(window, 1024, 540)
    page = window.current()
    assert "登记" in dump(page.queue.empty)
    QApplication.processEvents()
    assert clipped(page) == [] and unnamed(page) == []


def test_the_roomiest_density_keeps_a_note_its_points_and_the_timeline_apart(qtbot, window, filled, roomiest):
    """At the smallest size and the largest type: the tab scrolls, nothing is squeezed below what can be used."""
    settle(window, 1024, 540)
    filled.case.tabs.choose("progress")
    log = filled.case.log
    log.choose(1)
    log.toggle_script()
    write(log.edit, "店长承认没贴价签\n标价签改了没有：已补。陈店长承诺周五前退差价")
    settle(window, 1024, 540)
    assert clipped(filled) == []
    assert log.edit.verticalScrollBar().value() == 0
    assert all(tick.visibleRegion().boundingRect() for tick in log.script.findChildren(Tick)[:2])
    assert log.script.y() >= log.edit.mapTo(log, log.edit.rect().bottomLeft()).y()
    assert filled.case.progress.height() >= 4 * 30
    bars = [bar for bar in filled.case.tabs.findChildren(QScrollBar) if bar.isVisible()]
    assert len(bars) == 1  # no bar beside another
    log.open_step()
    qtbot.waitUntil(lambda: log.step.visibleRegion().boundingRect() == log.step.rect())
    bars[0].setValue(bars[0].maximum())
    oldest = filled.case.progress.findChildren(Entry)[-1]
    assert oldest.visibleRegion().boundingRect() == oldest.rect()
    assert (window.width(), window.height()) == (1024, 540)


def test_a_long_point_of_a_script_is_cut_and_asks_for_no_width(window, filled):
    filled.case.tabs.choose("progress")
    settle(window, 1366, 697)
    log = filled.case.log
    log.toggle_script()
    point = "商户有没有在价签、小票、海报和导购口头介绍里说明" * 4
    log.script._show_script(Script("P01", "consumer", (point, "小票")), "问消费者", "")
    settle(window, 1366, 697)
    first = log.script.findChildren(Tick)[0]
    assert first.text().endswith("…") and first.toolTip() and first.accessibleName() == point
    assert clipped(filled) == []
