"""常用语 and 通话提纲 in 设置."""

import pytest
from PySide6.QtWidgets import QPushButton

from odr_desk.services import call_scripts, drafts, text_modules
from odr_desk.ui.admin.module_dialog import Editor
from odr_desk.ui.admin.module_list import ModuleList
from odr_desk.ui.admin.page import SettingsPage
from odr_desk.ui.admin.script_list import ScriptList
from odr_desk.ui.desk import Desk
from tests.ui.conftest import AtOnce, RecordingShell
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def section(shell, qtbot):
    def show(kind):
        made = kind(shell)
        qtbot.addWidget(made)
        settle(made, 800, 600)
        made.refresh()
        return made

    return show


def press(widget, words):
    next(b for b in widget.findChildren(QPushButton) if b.text() == words).click()


def rows(database, actor):
    with database.reading(actor) as work:
        return {row.code: row for row in text_modules.rows(work)}


def test_a_module_is_added_with_a_preview_of_a_sample_case(section, asked, shell, database, manager):
    modules = section(ModuleList)
    press(modules, "新增")
    dialog = asked.dialogs[0]
    editor = dialog.findChild(Editor)
    write(editor.form.editor("code"), "qr")
    write(editor.form.editor("title"), "确认")
    write(editor.form.editor("text"), "请{消费者}确认")
    editor.kinds._chips["call"].click()
    assert "请周女士确认" in dump(dialog)
    editor.fields.set_value("工作日+3")
    editor.fields.changed.emit()
    assert editor.form.values()["text"] == "请{消费者}确认{工作日+3}"
    assert unnamed(dialog) == []
    dialog.submit()
    found = rows(database, manager)["qr"]
    assert (found.title, found.text, found.kinds) == ("确认", "请{消费者}确认{工作日+3}", "call")
    assert shell.said == ["“确认”已保存，打 /qr 展开"]


def test_what_is_wrong_with_a_module_stands_at_its_field_and_stays_typed(section, asked, database, manager):
    modules = section(ModuleList)
    modules.table.choose("hf")
    press(modules, "修改")
    dialog = asked.dialogs[0]
    editor = dialog.findChild(Editor)
    editor.form.editor("text").set_value("给{老板}回话")
    editor.form.editor("code").set_value("wj")
    dialog.submit()
    assert dialog.isVisible()
    assert "没有“{老板}”这个字段" in dump(dialog)
    editor.form.editor("text").set_value("给{消费者}回话")
    dialog.submit()
    assert "短码“wj”已用在“未接通”" in dump(dialog)
    assert editor.form.values()["text"] == "给{消费者}回话"
    assert rows(database, manager)["hf"].title == "约定回话"


def test_a_module_is_retired_and_taken_back(section, shell, database, manager):
    modules = section(ModuleList)
    modules.table.choose("hf")
    press(modules, "停用")
    assert rows(database, manager)["hf"].retired
    shell.undo()
    assert not rows(database, manager)["hf"].retired
    assert shell.said == ["已停用“约定回话”", "已撤销：已停用“约定回话”"]


def test_the_points_of_a_problem_are_changed(section, shell, database, manager):
    scripts = section(ScriptList)
    consumer, merchant = scripts.edits.values()
    assert "什么时候、在哪个柜台买的" in consumer.toPlainText()
    scripts.problems._chips["P01"].click()
    consumer.clear()
    write(consumer, "哪天买的\n要什么")
    assert "还没有保存" in dump(scripts)
    press(scripts, "保存")
    assert shell.said == ["通话提纲已保存"]
    with database.reading(manager) as work:
        assert call_scripts.read(work).for_call("P01", "consumer").points == ("哪天买的", "要什么")
    assert merchant.toPlainText()


def test_what_cannot_be_kept_is_not_left_behind_when_another_problem_is_wanted(section, database, manager):
    scripts = section(ScriptList)
    consumer = next(iter(scripts.edits.values()))
    write(consumer, "问" * 30)
    scripts.problems._chips["P02"].click()
    assert scripts.problems.values() == ("general",)
    assert "最多 24 字" in dump(scripts)
    consumer.set_value("改短了")
    scripts.problems._chips["P02"].click()
    assert "有没有人受伤" in consumer.toPlainText()
    with database.reading(manager) as work:
        assert call_scripts.read(work).for_call("", "consumer").points == ("改短了",)


def test_who_does_not_write_cases_is_not_shown_the_sections(qtbot, database, admin, wardrobe):
    desk = Desk(lambda: database, admin, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    page = SettingsPage(RecordingShell(desk, wardrobe))
    qtbot.addWidget(page)
    assert "常用语" not in dump(page)


@pytest.mark.parametrize("code", ["modules", "scripts"])
def test_nothing_is_clipped_where_there_is_least_room(shell, qtbot, code):
    page = SettingsPage(shell)
    qtbot.addWidget(page)
    page.open_section(code)
    settle(page, 972, 500)
    assert clipped(page) == []
    assert unnamed(page) == []


def test_a_module_half_written_comes_back(shell, qtbot, asked, database, manager):
    page = SettingsPage(shell)
    qtbot.addWidget(page)
    settle(page, 1000, 600)
    page.show_record("modules")
    press(page, "新增")
    write(asked.dialogs[-1].findChild(Editor).form.editor("text"), "请{消费者}")
    asked.dialogs[-1].reject()
    with database.reading(manager) as work:
        (kept,) = drafts.of(work, drafts.MODULE)
    page.show_record({"module": kept.subject})
    again = asked.dialogs[-1].findChild(Editor)
    assert again.form.values()["text"] == "请{消费者}"
    write(again.form.editor("code"), "qx")
    write(again.form.editor("title"), "请")
    asked.dialogs[-1].submit()
    with database.reading(manager) as work:
        assert drafts.of(work, drafts.MODULE) == ()


def test_points_half_written_come_back_at_their_problem_and_are_gone_once_kept(section, shell, database, manager):
    def kept():
        with database.reading(manager) as work:
            return {one.subject: one.content for one in drafts.of(work, drafts.SCRIPT)}

    scripts = section(ScriptList)
    scripts.problems._chips["P01"].click()
    consumer = next(iter(scripts.edits.values()))
    consumer.clear()
    write(consumer, "哪天买的 ")
    scripts._keeping.now()
    assert kept() == {"P01": {"consumer": "哪天买的 "}}
    again = section(ScriptList)
    again.problems._chips["P01"].click()
    assert next(iter(again.edits.values())).toPlainText() == "哪天买的 "
    assert "还没有保存" in dump(again)
    again.problems._chips["P02"].click()  # that keeps it
    assert kept() == {}
