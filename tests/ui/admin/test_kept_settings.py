"""What is typed into the settings and not saved yet comes back, also to a person who writes no cases."""

import pytest
from PySide6.QtWidgets import QApplication

from odr_desk.services import drafts
from odr_desk.ui.admin.page import SettingsPage
from odr_desk.ui.form import Form
from tests.ui.hands import write
from tests.ui.looks import settle


@pytest.fixture
def who(admin):
    """Most of this page is for the administrator."""
    return admin


@pytest.fixture
def opened(qtbot, shell):
    """Open a section on a page of its own, as after a start."""

    def opened(code):
        page = SettingsPage(shell)
        qtbot.addWidget(page)
        settle(page, 1366, 671)
        page.show_record(code)
        QApplication.processEvents()
        return page._sections[code]

    return opened


def _kept(database, actor):
    with database.reading(actor) as work:
        return [one.kind for one in drafts.waiting(work)]


def test_a_notice_half_pasted_comes_back_with_what_was_read_from_it(opened, asked, database, admin):
    opened("calendar")._enter(2027)
    write(asked.dialogs[-1].text, "元旦：1月1日（周五）至3日（周日）放假，共3天。")
    asked.dialogs[-1].reject()
    assert _kept(database, admin) == [drafts.NOTICE]
    opened("calendar")._enter(2027)
    assert asked.dialogs[-1].text.toPlainText() == "元旦：1月1日（周五）至3日（周日）放假，共3天。"
    assert asked.dialogs[-1].do.isEnabled()
    asked.dialogs[-1].submit()
    assert _kept(database, admin) == []


def test_a_rule_half_written_comes_back(opened, asked, database, admin):
    section = opened("deadlines")
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    section._on_revise()
    write(asked.dialogs[-1].findChild(Form).editor("basis"), "，2027 年起")
    basis = asked.dialogs[-1].findChild(Form).editor("basis").value()
    asked.dialogs[-1].reject()
    section._on_revise()
    assert asked.dialogs[-1].findChild(Form).editor("basis").value() == basis
    asked.dialogs[-1].give_up()
    assert _kept(database, admin) == []


def test_a_code_half_written_comes_back(opened, asked, database, admin):
    opened("codes")._on_add()
    write(asked.dialogs[-1].findChild(Form).editor("name"), "直播间")
    asked.dialogs[-1].reject()
    assert _kept(database, admin) == [drafts.CODE]
    opened("codes")._on_add()
    assert asked.dialogs[-1].findChild(Form).editor("name").value() == "直播间"


def test_the_mall_half_changed_comes_back_until_it_is_saved_or_taken_back(opened, database, admin):
    section = opened("mall")
    write(section.form.editor("address"), "（东门）")
    address = section.form.editor("address").value()
    section._keeping.now()
    again = opened("mall")
    assert again.form.editor("address").value() == address
    assert again.save.isEnabled()
    again.submit()
    assert _kept(database, admin) == []
