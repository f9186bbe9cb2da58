"""没写完的 on 今日, and what becomes of a draft that is thrown away there."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from odr_desk.services import drafts
from odr_desk.ui.dashboard.page import DashboardPage
from tests.make import make_case
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def number(database, manager):
    with database.writing(manager, "case.create") as work:
        number = make_case(work).number
        drafts.keep_for(work, drafts.LOG, number, {"text": "店长说明天", "kind": 1})
        drafts.keep_for(work, drafts.INTAKE, "key-1", {"name": "吴", "facts": "刻错字", "key": "key-1"})
        drafts.keep_for(work, drafts.SITTING, number, {"outcome": "再谈"})
        return number


@pytest.fixture
def page(shell, qtbot, number):
    made = DashboardPage(shell)
    qtbot.addWidget(made)
    settle(made, 972, 500)
    return made


def press(widget, name):
    next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == name).click()


def test_what_is_unfinished_stands_on_today(page, number):
    said = dump(page.drafts)
    for words in ("没写完的", "3 份", "吴 刻错字", f"{number[-4:]} 店长说明天"):
        assert words in said
    assert clipped(page) == []
    assert unnamed(page) == []


def test_each_is_gone_on_with_where_it_was_begun(page, shell, number):
    press(page.drafts, "接着写登记：吴 刻错字")
    press(page.drafts, f"接着写快速记录：{number[-4:]} 店长说明天")
    assert shell.opened == [("cases", {"draft": ("intake", "key-1")}), ("cases", {"draft": ("log", number)})]


def test_one_that_is_thrown_away_comes_back(page, shell):
    press(page.drafts, "放弃登记：吴 刻错字")
    assert "吴 刻错字" not in dump(page.drafts)
    assert shell.said == ["登记的草稿已放弃"]
    shell.undo()
    QApplication.processEvents()
    assert "吴 刻错字" in dump(page.drafts)


def test_with_nothing_unfinished_there_is_no_card(page, desk, number):
    desk.write(
        page,
        lambda work: [drafts.throw_away(work, one.kind, one.subject) for one in drafts.waiting(work)],
        verb="draft.throw",
    )
    assert not page.drafts.isVisible()
