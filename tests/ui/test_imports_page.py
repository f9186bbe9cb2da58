import dataclasses
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import IllegalMove, UnsafeFile
from odr_desk.services import import_source, merchants
from odr_desk.ui.desk import Desk
from odr_desk.ui.imports.page import ImportsPage
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.words import Words
from tests.ui.conftest import AtOnce, RecordingShell
from tests.ui.looks import clipped, dump, settle, unnamed

SAMPLE = Path(__file__).parents[1] / "data" / "tenants.xlsx"
PLATFORM = SAMPLE.with_name("platform.xlsx")
SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]


@pytest.fixture(scope="session")
def sample():
    return import_source.load(SAMPLE, "tenants")


@pytest.fixture
def page(qtbot, shell):
    made = ImportsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    return made


@pytest.fixture
def previewed(page, sample, monkeypatch):
    """The preview of the sample; the child process that reads files is not started again each time."""
    monkeypatch.setattr(import_source, "load", lambda *_, **_named: sample)
    page.show_record({"profile": "tenants", "path": str(SAMPLE)})
    settle(page, 1366, 645)
    return page


@pytest.fixture(scope="session")
def complaints():
    return import_source.load(PLATFORM, "platform")


@pytest.fixture
def platform(page, complaints, monkeypatch):
    """The preview of the platform's export."""
    monkeypatch.setattr(import_source, "load", lambda *_, **_named: complaints)
    page.show_record({"profile": "platform", "path": str(PLATFORM)})
    settle(page, 1366, 645)
    return page


@pytest.fixture
def short(page, sample, monkeypatch):
    """The preview of the first six rows."""
    table = dataclasses.replace(sample.table, rows=sample.table.rows[:6], notes=())
    monkeypatch.setattr(import_source, "load", lambda *_, **_named: dataclasses.replace(sample, table=table))
    page.show_record({"profile": "tenants", "path": str(SAMPLE)})
    settle(page, 1366, 645)
    return page


def _on_file(database, actor):
    with database.reading(actor) as work:
        return work.session.scalar(select(func.count()).select_from(Merchant))


def _rows(page):
    rows = page.flow.preview.table.rows
    return [rows.row(at) for at in range(rows.rowCount())]


def test_the_start_says_what_is_wanted_and_what_was_done_before(page):
    words = dump(page)
    assert "把招商部的商户清单拖到这里" in words
    assert "以前的导入" in words
    assert not page.flow.start.undo_button.isVisible()


def test_a_file_is_chosen(page, asked):
    asked.paths = [SAMPLE]
    page.flow.start.choose_button.click()
    settle(page, 1366, 645)
    assert page.flow.do.words() == "导入 120 户"


def test_choosing_none_changes_nothing(page, asked):
    asked.paths = [None]
    page.flow.start.choose_button.click()
    assert page.flow.start.isVisible()


def test_a_file_is_dropped(page):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(SAMPLE))])
    event = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.flow.start.dropEvent(event)
    assert page.flow.do.words() == "导入 120 户"


def test_a_column_with_a_heading_of_its_own_is_matched_by_hand(page, asked, tmp_path):
    book = load_workbook(SAMPLE)
    book.active["B3"], book.active["H3"] = "档口", "机主"
    book.save(tmp_path / "a.xlsx")
    page.show_record({"profile": "tenants", "path": str(tmp_path / "a.xlsx")})
    assert not page.flow.do.isEnabled()
    page.flow.match.click()
    dialog = asked.dialogs[-1]
    choices = {choice.accessibleName(): choice for choice in dialog.findChildren(ChoiceEdit)}
    assert list(choices)[:3] == ["“档口”对应", "“机主”对应", "“楼层”对应"]
    choices["“档口”对应"].set_value("name")
    dialog.submit()
    assert "“档口”、“商户名称（营业执照）”都对应“商户名称”，只能留一列" in dump(dialog)
    choices["“档口”对应"].set_value("counter")
    choices["“机主”对应"].set_value("phone")
    settle(dialog, 440, 460)
    assert (clipped(dialog), unnamed(dialog)) == ([], [])
    dialog.submit()
    assert page.flow.do.words() == "导入 120 户"
    assert "这几列没有用到" not in dump(page)


def test_what_needs_a_look_comes_first(previewed):
    assert [shown.row for shown in _rows(previewed)] == [4, 8, 17, 37, 69, 92, 106, 111]
    words = dump(previewed)
    assert "8 行要核对，可以先导入，再在档案里改" in words
    assert "原文 199 0000 1001" in words  # the telephone of the row beside


def test_verdicts_filter_and_count(previewed):
    by_words = {chip.text(): chip for chip in previewed.flow.preview._chips.chips()}
    assert list(by_words) == ["要看", "全部", "新建", "表内重复", "不是数据"]
    by_words["表内重复"].click()
    assert [shown.row for shown in _rows(previewed)] == [124, 125, 126, 127]
    by_words["不是数据"].click()
    settle(previewed, 1366, 645)
    assert "以上共124户" in dump(previewed)
    assert not previewed.flow.preview.beside.tick.isVisible()
    by_words["全部"].click()
    assert len(_rows(previewed)) == 125


def test_importing_and_taking_it_back(short, shell, database, manager):
    short.flow.apply()
    assert _on_file(database, manager) == 6
    assert shell.said == ["已导入：新建 6 户（I2026-0001）"]
    assert shell.opened == [("merchants", None)]
    shell.undo()
    assert _on_file(database, manager) == 0
    assert shell.said[-1] == "导入 I2026-0001 已撤销"


def test_a_row_is_left_out(short, database, manager):
    short.flow.preview.beside.tick.click()
    assert short.flow.do.words() == "导入 5 户"
    short.flow.preview.beside.tick.click()
    assert short.flow.do.words() == "导入 6 户"
    short.flow.preview.beside.tick.click()
    short.flow.apply()
    assert _on_file(database, manager) == 5


def test_the_same_file_again_has_nothing_to_do_and_says_so(short):
    short.flow.apply()
    short.show_record({"profile": "tenants", "path": str(SAMPLE)})
    settle(short, 1366, 645)
    words = dump(short)
    assert "这个文件导入过（I2026-0001）" in words
    assert "没有要导入的行" in words
    assert not short.flow.do.isEnabled()


def test_the_register_undoes_a_batch_after_asking(short, asked, database, manager):
    short.flow.apply()
    short.show_record("tenants")
    table = short.flow.start._table
    table.step(1)
    assert short.flow.start.undo_button.isVisible()
    asked.answers = [False, True]
    short.flow.start.undo_button.click()
    assert _on_file(database, manager) == 6
    short.flow.start.undo_button.click()
    assert asked.titles == ["撤销导入 I2026-0001？"] * 2
    assert _on_file(database, manager) == 0
    assert table.rows.row(0).undone_by == "孙主任"
    assert not short.flow.start.undo_button.isVisible()


def test_undoing_what_was_used_is_refused_in_words(short, shell, database, manager):
    short.flow.apply()
    with database.writing(manager, "merchant.update") as work:
        merchants.update(work, "M0001", 1, {"nickname": "老店"})
    shell.undo()
    (refusal,) = shell.refused
    assert isinstance(refusal, IllegalMove)
    assert "M0001" in str(refusal)
    assert _on_file(database, manager) == 6


def test_a_file_that_is_no_table_leaves_the_page_as_it_was(page, shell, tmp_path):
    path = tmp_path / "假的.xlsx"
    path.write_bytes(b"PK not a workbook")
    page.show_record({"profile": "tenants", "path": str(path)})
    (refusal,) = shell.refused
    assert isinstance(refusal, UnsafeFile)
    assert "假的.xlsx" in str(refusal)
    assert page.flow.start.isVisible()
    assert shell.running == []
    shutil.copyfile(SAMPLE, path)
    shell.again()
    assert page.flow.do.words() == "导入 120 户"


def test_a_clerk_looks_but_does_not_import(qtbot, database, clerk, wardrobe):
    door = Desk(lambda: database, clerk, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    page = ImportsPage(RecordingShell(door, wardrobe))
    qtbot.addWidget(page)
    page.show_record({"profile": "tenants", "path": str(SAMPLE)})
    settle(page, 1366, 645)
    assert "导入请主管来做" in dump(page)
    assert not page.flow.do.isVisible()
    page.flow.apply()
    assert _on_file(database, clerk) == 0
    door.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped_or_without_a_name(previewed, size):
    settle(previewed, *size)
    assert (clipped(previewed), unnamed(previewed)) == ([], [])
    previewed.show_record("tenants")
    settle(previewed, *size)
    assert (clipped(previewed), unnamed(previewed)) == ([], [])


def test_going_back_opens_the_page_it_came_from(previewed, shell):
    (back,) = [button for button in previewed.findChildren(Button) if button.words() == "返回" and button.isVisible()]
    back.click()
    assert shell.opened == [("merchants", None)]


def test_the_other_kind_is_chosen_at_the_start(page):
    page.flow.kinds.button("platform").click()
    settle(page, 1366, 645)
    assert "把12315平台导出的投诉表拖到这里" in dump(page)
    assert page.flow.kinds.value() == "platform"
    page.flow.kinds.button("tenants").click()
    settle(page, 1366, 645)
    assert "把招商部的商户清单拖到这里" in dump(page)


def test_complaints_are_shown_row_by_row(platform):
    words = dump(platform)
    assert "54 家不在商户名录，导入时先记名字" in words
    assert "34 行要核对，可以先导入，再在投诉件里改" in words
    assert "末尾几位已经丢失" in words
    assert "原文 约500元" in words
    assert platform.flow.do.words() == "导入 60 件"
    assert not platform.flow.kinds.isVisible()


def test_long_words_are_shown_whole(platform):
    {chip.text(): chip for chip in platform.flow.preview._chips.chips()}["全部"].click()
    platform.flow.preview.table.choose(15)
    settle(platform, 1024, 488)
    (said,) = [
        words
        for words in platform.flow.preview.beside.findChildren(Words)
        if words.text() == "标价签写原价2980，<b>结账</b>3980"
    ]
    assert said.wordWrap()
    assert clipped(platform) == []


def test_complaints_become_cases_and_go_again(platform, shell, database, manager):
    platform.flow.apply()
    assert shell.said == ["已导入：新建 60 件（I2026-0001）"]
    assert shell.opened == [("cases", None)]
    with database.reading(manager) as work:
        assert work.session.scalar(select(func.count()).select_from(Case)) == 60
    platform.show_record({"profile": "platform", "path": str(PLATFORM)})
    assert "再导一次，只会登记还没有的。" in dump(platform)
    shell.undo()
    with database.reading(manager) as work:
        assert work.session.scalar(select(func.count()).where(Case.deleted_at.is_(None))) == 0


@pytest.mark.parametrize("size", SIZES)
def test_no_complaint_is_clipped(platform, size):
    settle(platform, *size)
    assert (clipped(platform), unnamed(platform)) == ([], [])
    platform.show_record("platform")
    settle(platform, *size)
    assert (clipped(platform), unnamed(platform)) == ([], [])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("没有.xlsx", None, "找不到文件"),
        ("文字.xlsx", "一段文字", "不是"),
        ("别的表.csv", "品名,数量\n苹果,3\n", "请核对是否选错了文件"),
        ("没有数据.csv", "登记时间,被投诉企业\n", "只有表头"),
    ],
)
def test_what_cannot_be_read_is_said_and_another_file_can_be_chosen(page, shell, tmp_path, name, content, words):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    page.show_record({"profile": "platform", "path": str(path)})
    (refusal,) = shell.refused
    assert words in str(refusal)
    assert name in str(refusal)
    assert page.flow.start.isVisible()
    assert page.flow.start.choose_button.isEnabled()
    assert shell.running == []


def test_an_import_that_is_stopped_can_be_begun_again(platform, shell, database, manager, monkeypatch):
    run = shell.run

    def stopped(text, **options):
        running = run(text, **options)
        running.progress.cancel()
        return running

    monkeypatch.setattr(shell, "run", stopped)
    platform.flow.apply()
    (refusal,) = shell.refused
    assert "已取消，没有作任何改动" in str(refusal)
    monkeypatch.setattr(shell, "run", run)
    with database.reading(manager) as work:
        assert work.session.scalar(select(func.count()).select_from(Case)) == 0
    assert platform.flow.do.isEnabled()
    assert shell.running == []
