from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from odr_desk.rules.deadlines import Unit
from odr_desk.rules.people import Role
from odr_desk.services import code_admin, deadline_admin, entry, people, safekeeping, setup
from odr_desk.services.deadline_admin import RuleDraft
from odr_desk.ui.admin.deadline_rules import COLUMNS
from odr_desk.ui.admin.page import ENTRIES, SettingsPage
from odr_desk.ui.desk import NOBODY, Desk
from odr_desk.ui.form import Form
from odr_desk.ui.theme import Density, Mode
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.new_password import NewPassword
from tests.conftest import PASSWORD
from tests.ui.conftest import AtOnce, RecordingShell
from tests.ui.hands import give_reason
from tests.ui.looks import clipped, dump, settle, unnamed

SIZES = [(1366, 671), (1280, 623), (1024, 514), (1920, 983)]
NOTICE = "元旦：1月1日（周五）至3日（周日）放假，共3天。"


@pytest.fixture
def who(admin):
    """Most of this page is for the administrator."""
    return admin


@pytest.fixture
def page(qtbot, shell):
    made = SettingsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 671)
    return made


def _click(holder, words):
    button = next(b for b in holder.findChildren(Button) if b.isVisible() and b.words() == words)
    button.click()
    QApplication.processEvents()


def _open(page, code):
    page.show_record(code)
    QApplication.processEvents()
    return page._sections[code]


def _cell(section, heading):
    """Return what the first row says under a heading."""
    at = [column.heading for column in COLUMNS].index(heading)
    return section.table.rows.index(0, at).data()


def _sections(page):
    return list(page._buttons)


def test_each_role_sees_its_sections(qtbot, database, manager, clerk, admin, wardrobe):
    seen = {}
    for actor in (manager, clerk, admin):
        desk = Desk(lambda: database, actor, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
        made = SettingsPage(RecordingShell(desk, wardrobe))
        qtbot.addWidget(made)
        seen[actor.role] = _sections(made)
        made.open_section("accounts")
        desk.close()
    assert seen[Role.CLERK] == ["me", "look", "modules", "scripts"]
    assert seen[Role.MANAGER] == ["me", "look", "modules", "scripts", "backup", "check"]
    assert seen[Role.ADMIN] == [entry.code for entry in ENTRIES if entry.code not in ("modules", "scripts")]


def test_an_account_is_opened_with_a_password_to_be_changed(page, shell, asked, database):
    section = _open(page, "accounts")
    _click(section, "新建账号")
    dialog = asked.dialogs[-1]
    _click(dialog, "建账号")
    for words in ("请填写登录名", "请填写姓名", "请填写角色", "密码至少 8 个字符"):
        assert words in dump(dialog)
    _fill_account(dialog, "clerk", "重名")
    _click(dialog, "建账号")
    assert "已经有人用" in dump(dialog)
    _fill_account(dialog, "xin", "新人")
    _click(dialog, "建账号")
    assert shell.said == ["已给 新人 建账号 xin"]
    assert "等本人改密码" in [_state(section, number) for number in range(section.table.rows.rowCount())]
    assert entry.come_in(database, "xin", "given-one").must_change_password


def _fill_account(dialog, user, name):
    form, password = dialog.findChild(Form), dialog.findChild(NewPassword)
    form.set_values({"user": user, "display_name": name, "role": Role.CLERK})
    password.first.setText("given-one")
    password.second.setText("given-one")


def _state(section, number):
    return section.table.rows.columns[3].value(section.table.rows.row(number))


def test_a_password_is_given_anew_and_an_account_closed(page, shell, asked, database):
    section = _open(page, "accounts")
    section.table.choose("clerk")
    _click(section, "重设密码")
    password = asked.dialogs[-1].findChild(NewPassword)
    password.first.setText("given-two")
    password.second.setText("given-two")
    _click(asked.dialogs[-1], "重设密码")
    assert entry.come_in(database, "clerk", "given-two").must_change_password
    section.table.choose("clerk")
    asked.answers = [False, True]
    _click(section, "停用")
    assert shell.said == ["已给 王敏 重设密码"]
    _click(section, "停用")
    assert shell.said[-1] == "已停用 王敏 的账号"
    assert asked.titles[-1] == "停用 王敏 的账号？"


def test_a_closed_account_is_opened_again(page, shell, asked, database):
    section = _open(page, "accounts")
    section.table.choose("clerk")
    asked.answers = [True, True]
    _click(section, "停用")
    section.table.choose("clerk")
    assert not section._change.isEnabled()
    _click(section, "启用")
    assert shell.said[-1] == "已启用 王敏 的账号"
    assert entry.come_in(database, "clerk", PASSWORD).actor.role is Role.CLERK


def test_name_and_role_of_an_account_are_changed(page, shell, asked, database):
    section = _open(page, "accounts")
    section.table.choose("clerk")
    _click(section, "改姓名、角色")
    dialog = asked.dialogs[-1]
    form = dialog.findChild(Form)
    form.set_values({"display_name": "", "role": Role.MEDIATOR})
    _click(dialog, "保存")
    assert "请填写姓名" in dump(dialog)
    form.set_values({"display_name": "王小敏"})
    _click(dialog, "保存")
    assert shell.said[-1] == "已改 clerk"
    come_in = entry.come_in(database, "clerk", PASSWORD).actor
    assert (come_in.name, come_in.role) == ("王小敏", Role.MEDIATOR)
    section.table.choose("admin")
    _click(section, "改姓名、角色")
    asked.dialogs[-1].findChild(Form).set_values({"role": Role.CLERK})
    _click(asked.dialogs[-1], "保存")
    assert "不能改自己的角色" in dump(asked.dialogs[-1])


def test_the_own_account_is_not_closed_here(page):
    section = _open(page, "accounts")
    section.table.choose("admin")
    assert not section._close.isEnabled()
    assert "自己的密码在“我的账号”里改" in dump(section)


def test_the_own_password_is_changed(page, shell, asked, database):
    section = _open(page, "me")
    _click(section, "改密码")
    password = asked.dialogs[-1].findChild(NewPassword)
    for typed, words in ((PASSWORD, "不能和原来的一样"), ("short", "密码至少")):
        password.first.setText(typed)
        password.second.setText(typed)
        _click(asked.dialogs[-1], "改密码")
        assert words in dump(asked.dialogs[-1])
    password.first.setText("another-one")
    password.second.setText("another-one")
    _click(asked.dialogs[-1], "改密码")
    assert shell.said == ["密码已改，下次登录用新密码"]
    assert people.log_in(database, "admin", "another-one").actor.user == "admin"


def test_one_leaves_so_that_somebody_else_can_log_in(page, desk):
    _click(_open(page, "me"), "换人登录")
    assert desk.actor is NOBODY


def test_the_look_changes_at_once(page, shell):
    section = _open(page, "look")
    section.mode.set_value(Mode.DARK)
    section.density.set_value(Density.LARGE)
    section.mode.changed.emit()
    assert shell.layouts["look"] == {"mode": "dark", "density": "large"}


def test_the_mall_is_changed_and_what_is_wrong_is_said(page, shell, database, admin):
    section = _open(page, "mall")
    assert not section.save.isEnabled()
    section.form.set_values({"phone": "0510-1", "name": ""})
    section.form.changed.emit()
    _click(section, "保存")
    assert "请填写商场名称" in dump(section)
    section.form.set_values({"name": "新名称"})
    _click(section, "保存")
    assert shell.said == ["商场资料已保存"]
    with database.reading(admin) as work:
        mall = setup.profile(work)
    assert (mall.name, mall.phone, mall.case_prefix) == ("新名称", "0510-1", "XSBBB")


def test_what_is_being_changed_is_not_read_over(page, desk):
    section = _open(page, "mall")
    section.form.set_values({"phone": "0510-1"})
    section.form.changed.emit()
    desk.changed.emit(frozenset({"settings"}))
    assert section.form.values()["phone"] == "0510-1"
    _click(section, "还原")
    assert section.form.values()["phone"] == "0510-88000000"


def test_next_year_is_entered_from_the_notice(page, shell, asked):
    section = _open(page, "calendar")
    assert "2027 年的放假安排还没有录入" in dump(section)
    _click(section, "录入")
    dialog = asked.dialogs[-1]
    assert not dialog.do.isEnabled()
    dialog.text.setPlainText(NOTICE.replace("周五", "周四"))
    QApplication.processEvents()
    assert "通知写的是周四" in dump(dialog)
    assert not dialog.do.isEnabled()
    dialog.text.setPlainText(NOTICE)
    QApplication.processEvents()
    assert "元旦：01-01 周五 至 01-03 周日 放假 3 天" in dump(dialog)
    _click(dialog, "保存日历")
    assert shell.said == ["2027 年日历已保存，在办投诉的期限没有变化"]
    assert "放假 3 天，调休上班 0 天" in dump(section)
    assert not section.reminder.isVisible()


def test_a_year_that_is_none_is_refused(page, asked):
    section = _open(page, "calendar")
    _click(section, "录入一年")
    dialog = asked.dialogs[-1]
    dialog.text.setPlainText(NOTICE)
    dialog.year_edit.set_value("27")
    dialog.read()
    QApplication.processEvents()
    assert "请填写四位数的年份" in dump(dialog)
    assert not dialog.do.isEnabled()


def test_a_rule_gets_a_new_version(page, shell, asked):
    section = _open(page, "deadlines")
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    before = section.table.rows.rowCount()
    _click(section, "换新规则")
    dialog = asked.dialogs[-1]
    _click(dialog, "换新规则")
    assert "请填写从哪天起" in dump(dialog)
    dialog.findChild(Form).set_values({"valid_from": "2027-01-01", "length": 3})
    _click(dialog, "换新规则")
    assert shell.said == ["新规则已保存，在办投诉的期限没有变化"]
    assert section.table.rows.rowCount() == before + 1


def test_a_rule_that_has_not_begun_is_taken_back(page, shell, asked, database, admin):
    with database.writing(admin, "deadline.revise") as work:
        draft = RuleDraft(length=3, unit=Unit.WORKING, valid_from=date(2027, 1, 1), basis="试点")
        deadline_admin.revise(work, deadline_admin.rows(work)[0].id, draft)
    section = _open(page, "deadlines")
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    assert _cell(section, "止") == "待生效" and section._revise.isHidden()
    _click(section, "撤回")
    give_reason(asked.dialogs[-1], "写错了")
    assert shell.said == ["还没有生效的规则已撤回"]
    assert _cell(section, "止") == "现行"


def test_a_code_is_retired_where_it_may_be(page, shell, database, admin):
    section = _open(page, "codes")
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    _click(section, "停用")
    with database.reading(admin) as work:
        assert code_admin.rows(work, "channels")[0].retired
    assert shell.said[0].startswith("已停用")
    section.groups.chosen.emit("problems")
    assert not section._toggle.isEnabled()
    assert "报表按这组代码统计" in dump(section)


def test_a_code_is_added_and_renamed_in_a_form(page, shell, asked, database, admin):
    section = _open(page, "codes")
    section.groups.chosen.emit("presets")
    _click(section, "新增")
    dialog = asked.dialogs[-1]
    form = dialog.findChild(Form)
    assert form.values()["code"] == "Z07"
    _click(dialog, "新增")
    assert "请填写名称" in dump(dialog)
    form.set_values({"name": "改衣不合身", "short": "改衣", "problem": "P05", "claims": "C01 C99", "asks": "票在不在"})
    _click(dialog, "新增")
    assert "没有“C99”" in dump(dialog) and dialog.isVisible()
    form.set_values({"claims": "C01"})
    _click(dialog, "新增")
    assert shell.said == ["已新增“改衣”"]
    assert section.table.rows.row(section.table.rows.rowCount() - 1).name == "改衣不合身"
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    _click(section, "改名")
    dialog = asked.dialogs[-1]
    assert dialog.findChild(Form).values()["asks"].count("\n") == 2
    dialog.findChild(Form).set_values({"name": "食品过期"})
    _click(dialog, "改名")
    with database.reading(admin) as work:
        rows = {row.code: row for row in code_admin.rows(work, "presets")}
    assert rows["Z01"].retired and rows["Z08"].name == "食品过期"
    assert unnamed(dialog) == []


def test_a_backup_is_made_and_gone_back_to(page, shell, asked, desk, tmp_path):
    section = _open(page, "backup")
    assert "还没有备份" in dump(section)
    _click(section, "立即备份")
    assert shell.said[0].startswith("已备份 0 件投诉件到 ")
    assert "只在本机" in dump(section)
    away = tmp_path / "usb"
    away.mkdir()
    asked.paths = [away, away]
    _click(section, "备份到别处")
    assert list(away.iterdir())
    _click(section, "选择第二处")
    assert f"第二处：{away}" in dump(section)
    section.table.setCurrentIndex(section.table.rows.index(0, 0))
    asked.answers = [True]
    _click(section, "恢复这份备份")
    assert desk.actor is NOBODY
    assert shell.running == []


def test_a_second_place_inside_the_data_is_refused(page, shell, asked, database):
    asked.paths = [database.folder]
    _click(_open(page, "backup"), "选择第二处")
    assert "第二处备份不能放在数据文件夹里面" in str(shell.refused[0])


def test_the_data_are_checked(page, monkeypatch):
    section = _open(page, "check")
    _click(section, "开始检查")
    assert "没有发现问题" in dump(section)
    bad = safekeeping.Findings((safekeeping.Problem("structure", "XSBBB-2026-0001", "编号重复"),), ("structure",), ())
    monkeypatch.setattr(safekeeping, "verify_data", lambda _work, **_: bad)
    _click(section, "开始检查")
    assert "发现 1 处问题" in dump(section)
    assert section.run.isEnabled()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_everything_has_a_name(page, size):
    for code in _sections(page):
        section = _open(page, code)
        settle(page, *size)
        assert clipped(section) == [], code
        assert unnamed(page) == [], code
