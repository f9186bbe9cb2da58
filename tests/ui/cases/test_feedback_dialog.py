"""反馈平台: four texts, each with its length, a copy button, a tick and a day; what is not ticked waits."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from odr_desk.services import case_file, feedback, views
from odr_desk.ui.cases import feedback_dialog
from tests.make import make_case
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

TODAY = date(2026, 11, 23)


@pytest.fixture
def number(database, manager):
    with database.writing(manager, "case.create") as work:
        return make_case(work, solved_on_spot=True).number


@pytest.fixture
def opened(shell, qtbot, asked, page, number):
    def show():
        feedback_dialog.show(shell, page, number)
        return asked.dialogs[-1]

    return show


def parts(dialog):
    return {part.label: part for part in dialog.findChildren(feedback_dialog._Text)}


def waiting(database, actor):
    with database.reading(actor) as work:
        return views.counts(work, ("unanswered",))["unanswered"]


def test_each_text_has_its_length_a_copy_button_a_tick_and_a_day(opened):
    dialog = opened()
    found = parts(dialog)
    assert list(found) == ["处理时间", "协商过程", "协商方式", "协商结果"]
    for label, part in found.items():
        assert f"{len(part.edit.toPlainText())} / 1200 字" in dump(part)
        next(b for b in part.findChildren(QPushButton) if b.accessibleName() == f"复制{label}").click()
        assert QGuiApplication.clipboard().text() == part.edit.toPlainText()
        assert "已复制" in dump(part)
        assert not part.day.isVisible()
        part.tick.click()
        assert part.day.isVisible()
        assert part.day.value() == TODAY
    assert unnamed(dialog) == []
    settle(dialog, 600, 468)
    assert clipped(dialog) == []


def test_what_is_not_ticked_stays_on_today_and_comes_back_as_it_was_left(opened, shell, database, manager, number):
    before = waiting(database, manager)
    dialog = opened()
    found = parts(dialog)
    found["处理时间"].tick.click()
    write(found["协商过程"].edit, "另：")
    assert dialog.do.text() == "先存着，没打钩的留在今日"
    dialog.submit()
    assert shell.said == [f"{number} 已存；还没录：协商过程、协商方式、协商结果"]
    assert waiting(database, manager) == before
    again = parts(opened())
    assert again["处理时间"].tick.isChecked()
    assert again["协商过程"].edit.toPlainText().startswith("另：")
    for label in ("协商过程", "协商方式", "协商结果"):
        again[label].tick.click()
    dialog = again["协商结果"].window()
    assert dialog.do.text() == "四项都录好了，登记反馈"
    dialog.submit()
    assert waiting(database, manager) == before - 1
    with database.reading(manager) as work:
        assert case_file.detail(work, number).fed_back_on == TODAY
        (sent,) = feedback.sent(work, number)
        assert sent.texts.process_text.startswith("另：")


def test_a_day_that_is_none_is_refused_and_nothing_is_lost(opened, database, manager, number):
    dialog = opened()
    part = parts(dialog)["处理时间"]
    part.tick.click()
    part.day.setText("32-99")
    dialog.submit()
    assert dialog.isVisible()
    assert "请填写处理时间的录入日期" in dump(dialog)
    assert part.day.property("bad") == "true"
    part.day.setText("+3")
    dialog.submit()
    assert "与今天之间" in dump(dialog)
    with database.reading(manager) as work:
        assert feedback.standing(work, number).entered == {}


def test_a_text_longer_than_the_platform_takes_is_marked_and_refused(opened):
    dialog = opened()
    part = parts(dialog)["协商结果"]
    part.edit.insertPlainText("长" * 1300)
    part.tick.click()
    dialog.submit()
    assert "最多 1,200 字" in dump(dialog)
    assert dialog.isVisible()


def test_feedback_and_the_call_back_stand_under_the_arrow_once_a_case_has_ended(page, house, database, manager, number):
    page.open_case(house.first)
    assert not {"反馈平台…", "登记回访…"} & {act.text for act in page.case.acts.more(page.case._found)}
    page.open_case(number)
    assert {"反馈平台…", "登记回访…"} <= {act.text for act in page.case.acts.more(page.case._found)}


def test_two_people_on_one_text_choose_and_lose_neither_words_nor_ticks(opened, asked, database, mediator, number):
    dialog = opened()
    found = parts(dialog)
    with database.writing(mediator, "feedback") as work:
        seen = feedback.standing(work, number)
        feedback.enter(work, number, replace(seen.texts, mode_text="电话"), {"time_text": TODAY}, seen)
    found["协商方式"].edit.set_value("现场")
    found["协商方式"].tick.click()
    dialog.submit()
    question = asked.dialogs[-1]
    assert mediator.name in dump(question) and "电话" in dump(question) and "现场" in dump(question)
    question.submit()
    assert not dialog.isVisible() and not question.isVisible()
    with database.reading(mediator) as work:
        now = feedback.standing(work, number)
    assert (now.texts.mode_text, set(now.entered)) == ("现场", {"time_text", "mode_text"})


def test_texts_that_were_changed_are_there_again_after_closing(opened):
    dialog = opened()
    write(parts(dialog)["协商过程"].edit, "另：")
    dialog.reject()
    assert parts(opened())["协商过程"].edit.toPlainText().startswith("另：")
