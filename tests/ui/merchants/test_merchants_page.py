import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import drafts, merchant_file, merchants
from odr_desk.services.merchant_list import Group
from odr_desk.ui.desk import Desk
from odr_desk.ui.merchants.page import MerchantsPage
from odr_desk.ui.widgets.buttons import Button
from tests import make
from tests.ui.conftest import AtOnce, RecordingShell
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed
from tests.ui.merchants.conftest import SIZES


def _listed(page):
    rows = page.directory.table.rows
    return [rows.row(at).name for at in range(rows.rowCount())]


def _said(page):
    return [problem for problem in (place.problem() for place in page.form.form._places.values()) if problem]


def _shown(page):
    """Return the words of the file, once what was just made for it is on the screen."""
    settle(page, page.width(), page.height())
    return dump(page.file)


def _why_empty(page):
    assert page.directory.empty.isVisible()
    return dump(page.directory.empty)


def _press(qtbot, page, words):
    (button,) = [b for b in page.findChildren(Button) if b.isVisible() and b.words() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _file(database, actor, number):
    with database.reading(actor) as work:
        return merchant_file.detail(work, number)


def test_the_list_and_the_first_file_stand_there(page):
    assert _listed(page) == ["吉祥馄饨", "金禧珠宝", "锦绣家纺"]
    assert page.directory.table.current().name == "吉祥馄饨"
    assert page.file.isVisible()
    assert "租约 10-31 已到期" in dump(page)


@pytest.mark.parametrize(("keys", "names"), [("jxz", ["金禧珠宝"]), ("408", ["锦绣家纺"]), ("馄饨", ["吉祥馄饨"])])
def test_three_keys_find_a_merchant(qtbot, page, keys, names):
    write(page.directory.search, keys)
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Return)
    assert _listed(page) == names


def test_enter_in_the_search_goes_into_the_list(qtbot, page):
    write(page.directory.search, "jxz")
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Return)
    assert page.directory.table.current().name == "金禧珠宝"
    assert "无锡金禧珠宝有限公司" in _shown(page)


def test_nothing_found_says_what_was_looked_for(qtbot, page):
    write(page.directory.search, "没这家")
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Return)
    assert "没有“没这家”" in _why_empty(page)


def test_groups_filter_and_count(page, database, manager):
    chips = {chip.text(): chip for chip in page.directory.chips.chips()}
    chips["租约"].click()
    assert _listed(page) == ["吉祥馄饨", "金禧珠宝"]
    chips["已撤场"].click()
    assert "没有撤场的商户" in _why_empty(page)
    page.show_record({"group": "present"})
    assert len(_listed(page)) == 3


def test_an_empty_house_teaches_the_next_step(qtbot, shell):
    page = MerchantsPage(shell)
    qtbot.addWidget(page)
    settle(page, 1366, 645)
    assert "还没有商户" in _why_empty(page)
    assert "先把商户建起来" in dump(page)
    _press(qtbot, page, "导入商户清单")
    assert shell.opened == [("imports", "tenants")]


def test_the_file_shows_what_looks_wrong_beside_it(page):
    page.open_file("M0001")
    assert "校验位不对" in _shown(page)
    assert "核对 1" in page.file._tabs.accessibleTabName(0)


def test_complaints_of_a_merchant_open_in_the_queue(qtbot, page, shell, database, clerk):
    with database.writing(clerk, "case.create") as work:
        number = make.make_case(work, merchant_no="M0001").number
    page.open_file("M0001")
    page.file.show_tab("cases")
    table = page.file._complaints.table
    table.step(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert shell.opened == [("cases", number)]


class TestTheForm:
    def test_a_new_merchant_is_put_on_file(self, qtbot, page, database, manager, shell):
        _press(qtbot, page, "建档")
        form = page.form
        write(form.form.editor("name"), "新店有限公司")
        write(form.form.editor("counter"), "2F-202")
        write(form.form.editor("deposit"), "3万")
        form.form.editor("deposit").set_value("30,000")
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
        assert page.form is None
        assert _file(database, manager, "M0004").draft.deposit == 3_000_000
        assert shell.said == ["M0004 已存，有 2 处要核对"]
        assert page.file.isVisible()
        assert page.directory.table.current().number == "M0004"

    def test_what_cannot_be_saved_is_said_at_its_field_and_stays(self, qtbot, page, database, manager):
        _press(qtbot, page, "建档")
        write(page.form.form.editor("name"), "新店")
        write(page.form.form.editor("lease_end"), "二月三十")
        qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
        assert page.form.form.place("lease_end").problem().startswith("租约止应为日期")
        page.form.form.editor("lease_end").set_value("")
        qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
        assert page.form.form.place("counter").problem() == "请填写柜位号"
        assert page.form.form.editor("counter").hasFocus()
        assert page.form.form.editor("name").value() == "新店"
        assert page.form.save_button.isEnabled()

    def test_doubts_stand_beside_the_field_while_typing(self, qtbot, page):
        page.open_file("M0002")
        page.change()
        write(page.form.form.editor("uscc"), "91320205MA0000001R")
        assert "校验位不对" in page.form.form.place("uscc").doubt()
        page.form.form.editor("counter").set_value("")
        write(page.form.form.editor("counter"), "A馆1F-101")
        page.form.leave_for_now()
        page.form._on_pause()
        assert "M0001 金禧珠宝 在场" in page.form.form.place("counter").doubt()
        assert page.form.form.place("counter").problem() == ""

    def test_f2_changes_the_merchant_on_the_screen(self, page, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("nickname"), "老金店")
        page._save()
        assert _file(database, manager, "M0001").draft.nickname == "老金店"
        assert page.file.isVisible()
        assert "老金店" in _shown(page)

    def test_somebody_elses_change_is_shown_beside_ones_own(self, page, asked, shell, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("nickname"), "老金店")
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0001", 1, {"nickname": "金店", "deposit": "40000"})
        page._save()
        (dialog,) = asked.dialogs
        words = dump(dialog)
        assert f"对方的（{manager.name} 11-23 周一 10:00）" in words
        assert "老金店" in words and "金店" in words and "保证金" not in words
        dialog.submit()
        found = _file(database, manager, "M0001").draft
        assert (found.nickname, found.deposit) == ("老金店", 4_000_000)
        assert not dialog.isVisible() and page.form is None

    def test_what_two_people_changed_in_different_places_is_both_kept(self, page, asked, shell, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("nickname"), "老金店")
        page.form.leave_for_now()
        page.directory.table.choose("M0002")
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0001", 1, {"deposit": "40000"})
        page.directory.table.choose("M0001")  # the draft taken up must not bring back the deposit of before
        page.change()
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0001", 2, {"note": "换了店长"})
        page._save()
        found = _file(database, manager, "M0001").draft
        assert (found.nickname, found.deposit, found.note) == ("老金店", 4_000_000, "换了店长")
        assert asked.dialogs == [] and "改的其他内容已保留" in shell.said[-1]

    def test_what_was_typed_survives_leaving_the_form(self, page, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("note"), "收银主管李姐")
        page.directory.table.choose("M0002")
        assert page.form is None
        with database.reading(manager) as work:
            (kept,) = drafts.of(work, "merchant", "M0001")
        assert kept.content["note"] == "收银主管李姐"
        page.directory.table.choose("M0001")
        page.change()
        assert page.form.form.editor("note").value() == "收银主管李姐"
        page._save()
        with database.reading(manager) as work:
            assert drafts.of(work, "merchant") == ()

    def test_what_was_typed_is_on_disk_before_the_window_is_gone(self, page, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("note"), "收银主管李姐")
        page.hide()
        with database.reading(manager) as work:
            (kept,) = drafts.of(work, "merchant", "M0001")
        assert kept.content == {"note": "收银主管李姐"}
        assert not page.form._pause.isActive(), "nothing may be asked of a desk that has closed"

    def test_giving_up_can_be_taken_back(self, page, shell, database, manager):
        page.open_file("M0001")
        page.change()
        write(page.form.form.editor("note"), "收银主管李姐")
        page.form.give_up()
        assert page.form is None
        assert shell.said == ["没有保存，已放弃修改"]
        shell.undo()
        page.show_record(shell.opened[-1][1])
        assert page.form.form.editor("note").value() == "收银主管李姐"
        assert _file(database, manager, "M0001").draft.note == ""

    def test_leaving_an_untouched_form_says_nothing(self, page, shell):
        page.open_file("M0001")
        page.change()
        page.form.give_up()
        assert shell.said == []

    def test_every_field_has_its_place(self, page):
        from odr_desk.rules.fields import fields_of

        page.begin_new()
        assert set(page.form.form.values()) == {field.name for field in fields_of(MerchantDraft)}


class TestLeaving:
    def test_marking_as_gone_is_taken_back_with_the_strip(self, page, shell, database, manager):
        page.open_file("M0002")
        page._turn_presence()
        assert shell.said == ["锦绣家纺 已标为撤场"]
        assert _file(database, manager, "M0002").row.retired
        shell.undo()
        assert not _file(database, manager, "M0002").row.retired

    def test_with_open_cases_it_is_asked_for(self, page, database, manager, clerk, asked):
        with database.writing(clerk, "case.create") as work:
            make.make_case(work, merchant_no="M0002")
        page.open_file("M0002")
        asked.answers = [False]
        page._turn_presence()
        assert asked.titles == ["把 锦绣家纺 标为撤场？"]
        assert not _file(database, manager, "M0002").row.retired


class TestMerging:
    @pytest.fixture
    def noted(self, database, clerk, shops):
        with database.writing(clerk, "case.create") as work:
            number = merchants.note_provisional(work, "金喜珠宝店").number
            make.make_case(work, merchant_no=number)
            return number

    def test_a_mere_name_goes_into_a_file_and_comes_back(self, qtbot, noted, page, shell, asked, database, manager):
        page.open_file(noted)
        page._merge()
        (dialog,) = asked.dialogs
        assert "1 件投诉" in dump(dialog)
        assert not dialog.do.isEnabled()
        write(dialog._search, "jxz")
        qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
        assert dialog.do.words() == "并入 金禧珠宝"
        qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
        assert shell.said == ["金喜珠宝店 已并入 金禧珠宝，改了 1 件投诉"]
        assert shell.opened == [("merchants", "M0001")]
        assert _file(database, manager, "M0001").all_cases == 1
        shell.undo()
        assert _file(database, manager, noted).all_cases == 1

    def test_what_was_refused_is_said_in_the_dialog(self, qtbot, noted, page, asked, database, manager):
        page.open_file(noted)
        page._merge()
        (dialog,) = asked.dialogs
        write(dialog._search, "jxz")
        qtbot.keyClick(dialog._search, Qt.Key.Key_Return)
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, noted, None, {"counter": "9F-1"})
        dialog.submit()
        assert "已经建档，不能并入别家" in dump(dialog)
        assert dialog.isVisible()

    def test_only_a_mere_name_offers_it(self, noted, page):
        page.open_file("M0001")
        assert "并入已建档的商户" not in [act.text for act in page.file._acts(page._shown)]
        page.open_file(noted)
        assert "并入已建档的商户" in [act.text for act in page.file._acts(page._shown)]


def test_a_clerk_reads_and_complains_but_does_not_write(qtbot, database, clerk, shops, wardrobe):
    door = Desk(lambda: database, clerk, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    shell = RecordingShell(door, wardrobe)
    page = MerchantsPage(shell)
    qtbot.addWidget(page)
    settle(page, 1366, 645)
    assert not page.directory.new.isVisible()
    page.open_file("M0001")
    page.change()
    assert page.form is None
    _press(qtbot, page, "登记投诉")
    assert shell.opened == [("cases", {"new": ("M0001", "金禧珠宝 A馆1F-101", 1)})]
    door.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_without_a_name(page, size):
    settle(page, *size)
    for look in ("file", "cases", "deposit"):
        page.file.show_tab(look)
        QApplication.processEvents()
        assert (clipped(page), unnamed(page)) == ([], [])
    page.file.show_tab("file")
    page.change()
    settle(page, *size)
    assert (clipped(page), unnamed(page)) == ([], [])


def test_a_dragged_width_is_kept_for_this_size(page, shell):
    page._split.moveSplitter(460, 1)
    assert shell.layouts["merchants.split"] == {"1200": page.directory.width()}
    settle(page, 1920, 957)
    settle(page, 1366, 645)
    assert page.directory.width() == shell.layouts["merchants.split"]["1200"]


def test_the_group_asked_for_from_elsewhere(page):
    page.show_record({"group": Group.LEASE.value})
    assert page.directory.chips.values() == ("lease",)
    page.show_record({"text": "jxz"})
    page.directory.search._say()
    assert _listed(page) == ["金禧珠宝"]


def test_a_file_half_changed_is_open_again_when_it_is_gone_on_with(page, database, manager):
    page.open_file("M0001")
    page.change()
    write(page.form.form.editor("contact"), "新")
    typed = page.form.form.values()["contact"]
    page.open_file("M0002")
    page._close_form()
    page.show_record({"change": "M0001"})
    assert page.form.form.values()["contact"] == typed
    page.form.form.editor("contact").setText("陈莉")
    page.form.form.editor("contact").changed.emit()
    page.form.leave_for_now()
    with database.reading(manager) as work:
        assert drafts.of(work, drafts.MERCHANT) == ()
