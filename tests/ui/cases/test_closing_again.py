"""From the closing gate to what is open, and back when it has been dealt with."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.services import case_file, cases, failing, handling
from tests.ui.looks import dump


@pytest.fixture
def case(window, house, database, manager):
    """A case that ended without an agreement, with a next step and without a problem."""
    with database.writing(manager, "fail") as work:
        failing.fail(work, house.first, FailDraft(reason=FailReason.MERCHANT_REFUSES, text="坚持不退"))
    with database.writing(manager, "case.update") as work:
        handling.set_next_step(work, house.first, "等车主来领", date(2026, 11, 26))
        cases.update(work, house.first, case_file.detail(work, house.first).version, {"problem": "", "category": ""})
    window.open("cases", house.first)
    QApplication.processEvents()
    return window.current().case


def act_on(case, house, click, asked, words):
    case.acts.close(house.first)
    click(asked.dialogs[-1], f"现在办：{words}")
    QApplication.processEvents()


@pytest.mark.parametrize(("words", "field"), [("投诉问题没有选", "problem"), ("商品服务类别没有选", "category")])
def test_the_field_that_is_empty_has_the_cursor_and_is_in_sight(case, house, click, asked, qtbot, words, field):
    act_on(case, house, click, asked, f"{words}，月报要用")
    place = case.data._form.place(field)
    assert case.window().focusWidget() is place.editor
    area = next(area for area in case.data.findChildren(QScrollArea) if area.isAncestorOf(place))

    def is_seen():
        top = place.mapTo(area.viewport(), place.rect().topLeft()).y()
        assert top >= 0 and top + place.height() <= area.viewport().height()

    qtbot.waitUntil(is_seen)


def test_a_strip_leads_back_once_it_has_been_dealt_with(case, house, click, asked, window, database, manager):
    act_on(case, house, click, asked, "下一步没有办：等车主来领")
    with database.writing(manager, "event.add") as work:
        handling.set_next_step(work, house.first, "再等等", date(2026, 11, 27))
    window.desk.changed.emit(frozenset({"cases"}))
    assert "接着结案" not in dump(window.notices)  # it is still to be done
    window.open("today")
    window.desk.write(window, lambda work: handling.set_next_step(work, house.first, "", None), verb="case.next_step")
    assert f"{house.first} 的“办下一步”已办，还有" in dump(window.notices)
    asked.dialogs.clear()
    click(window.notices, "接着结案")
    assert window.current().case.shown.row.number == house.first
    assert "结案归档" in asked.dialogs[-1].windowTitle()
    assert "接着结案" not in dump(window.notices)


def test_what_was_gone_back_from_by_hand_leads_nowhere(case, house, click, asked, window):
    act_on(case, house, click, asked, "下一步没有办：等车主来领")
    case.acts.close(house.first)
    window.desk.write(window, lambda work: handling.set_next_step(work, house.first, "", None), verb="case.next_step")
    assert "接着结案" not in dump(window.notices)
