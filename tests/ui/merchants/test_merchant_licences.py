"""The licences of a merchant on screen: written with the keyboard, safe with two people, each with its scan."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from odr_desk.rules.licence import LicenceDraft
from odr_desk.services import drafts, merchant_file, merchants
from odr_desk.ui.widgets.buttons import Button
from tests import make
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed
from tests.ui.merchants.conftest import SIZES


def file_of(database, actor, number):
    with database.reading(actor) as work:
        return merchant_file.detail(work, number)


def shown(page):
    """Return the words of the file, once what was just made for it is on the screen."""
    settle(page, page.width(), page.height())
    return dump(page.file)


class TestLicences:
    @pytest.fixture
    def held(self, database, manager, shops):
        food = LicenceDraft(kind="食品经营许可证", number="JY1", expires=date(2026, 11, 1))
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0003", None, {}, (food, LicenceDraft(kind="营业执照")))

    def _licences(self, database, manager):
        return [(one.draft.kind, one.draft.number) for one in file_of(database, manager, "M0003").licences]

    def test_the_file_lists_them_and_says_which_has_run_out(self, held, page):
        page.open_file("M0003")
        said = shown(page)
        assert "食品经营许可证 JY1" in said and "已于 2026-11-01 到期" in said and "营业执照" in said
        page.open_file("M0002")
        assert "没有登记证照" in shown(page)

    def test_they_are_written_with_the_keyboard(self, qtbot, held, page, database, manager):
        page.open_file("M0003")
        page._add_licence()
        settle(page, 1366, 645)
        made = page.form.licences.rows[-1]
        assert page.window().focusWidget() is made.kind
        write(made.kind, "卫生许可证")
        qtbot.keyClick(made.kind, Qt.Key.Key_Tab)
        write(made.number, "锡卫1")
        qtbot.keyClick(made.number, Qt.Key.Key_Tab)
        write(made.expires, "2027-5-1")
        page.form.licences.rows[0]._gone.click()
        page._save()
        assert self._licences(database, manager) == [("营业执照", ""), ("卫生许可证", "锡卫1")]
        assert page.form is None

    def test_what_cannot_be_saved_is_said_at_its_line(self, held, page):
        page.open_file("M0003")
        page._add_licence()
        page._add_licence()
        write(page.form.licences.rows[-1].number, "锡卫1")
        page._save()
        settle(page, 1366, 645)
        assert "第 3 张证照：请填写证照种类" in dump(page.form.licences.rows[-1])
        write(page.form.licences.rows[-1].expires, "上周")
        page._save()
        settle(page, 1366, 645)
        assert "有效期至" in dump(page.form.licences.rows[-1])

    def test_half_written_they_wait_in_the_draft(self, held, page, database, manager):
        page.open_file("M0003")
        page.change()
        write(page.form.licences.rows[1].number, "9132")
        page.directory.table.choose("M0002")
        with database.reading(manager) as work:
            (kept,) = drafts.of(work, "merchant", "M0003")
        assert set(kept.content) == {"licences"}
        page.directory.table.choose("M0003")
        page.change()
        assert page.form.licences.rows[1].values()["number"] == "9132"
        page._save()
        assert self._licences(database, manager) == [("食品经营许可证", "JY1"), ("营业执照", "9132")]

    def test_a_draft_from_when_there_was_one_licence_comes_back_as_the_first(self, held, page, database, manager):
        with database.writing(manager, "draft.keep") as work:
            drafts.keep_for(work, drafts.MERCHANT, "M0003", {"licence_no": "9132", "contact": "陈莉"})
        page.open_file("M0003")
        page.change()
        first, second = page.form.licences.values()
        assert (first["number"], second["kind"]) == ("9132", "营业执照")
        page._save()
        assert self._licences(database, manager) == [("食品经营许可证", "9132"), ("营业执照", "")]

    def test_what_is_typed_before_the_draft_has_been_read_comes_beside_it(self, held, page, request, database, manager):
        with database.writing(manager, "draft.keep") as work:
            drafts.keep_for(work, drafts.MERCHANT, "M0003", {"contact": "陈莉"})
        page.open_file("M0003")
        later = request.getfixturevalue("later")
        page.change()
        write(page.form.form.editor("after_hours"), "1350000")
        later.work()
        values = page.form.form.values()
        assert (values["contact"], values["after_hours"]) == ("陈莉", "1350000")

    def test_what_somebody_else_changed_meanwhile_stays(self, held, page, shell, database, manager):
        page.open_file("M0003")
        page.change()
        write(page.form.licences.rows[1].number, "9132")
        first, second = (one.draft for one in file_of(database, manager, "M0003").licences)
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0003", None, {}, (replace(first, number="JY2"), second))
        page._save()
        assert self._licences(database, manager) == [("食品经营许可证", "JY2"), ("营业执照", "9132")]

    def test_of_a_licence_that_both_changed_both_are_listed_first(self, held, page, database, manager):
        page.open_file("M0003")
        page.change()
        write(page.form.licences.rows[0].number, "1")
        first, second = (one.draft for one in file_of(database, manager, "M0003").licences)
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0003", None, {}, (replace(first, number="JY2"), second))
        page._save()
        assert "两份都列出了" in dump(page.form)
        assert [entry.values()["number"] for entry in page.form.licences.rows] == ["1JY1", "JY2", ""]
        page._save()
        assert len(self._licences(database, manager)) == 3

    @pytest.mark.parametrize("size", SIZES)
    def test_the_form_and_the_file_fit(self, held, page, size):
        page.open_file("M0003")
        settle(page, *size)
        assert (clipped(page), unnamed(page)) == ([], [])
        page.change()
        settle(page, *size)
        assert (clipped(page), unnamed(page)) == ([], [])


@pytest.mark.usefixtures("no_child")
class TestScans:
    @pytest.fixture
    def held(self, database, manager, shops):
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0003", None, {}, (LicenceDraft(kind="食品经营许可证", number="JY1"),))

    @pytest.fixture
    def scanned(self, held, page, shell, asked, tmp_path):
        picture = tmp_path / "许可证.jpg"
        picture.write_bytes(make.make_picture())
        page.open_file("M0003")
        asked.paths = [picture]
        _press_named(page, "放入食品经营许可证的扫描件")
        assert (shell.said, shell.refused, shell.running) == (["食品经营许可证的扫描件已放入"], [], [])
        return picture

    def test_it_is_put_and_looked_at_in_the_place_of_the_file(self, qtbot, scanned, page):
        settle(page, 1366, 645)
        _press_named(page, "查看食品经营许可证的扫描件")
        settle(page, 1366, 645)
        assert page.reader.isVisible() and not page.file.isVisible()
        assert "食品经营许可证 JY1　吉祥馄饨" in dump(page.reader)
        assert (clipped(page), unnamed(page)) == ([], [])
        page.refresh()
        assert page.reader.isVisible(), "reading anew must not take the page away from who reads"
        page.reader.leave()
        assert page.file.isVisible()

    def test_taken_off_the_strip_puts_it_back(self, scanned, page, shell, database, manager):
        before = file_of(database, manager, "M0003").licences[0]
        page.scans.remove(before)
        assert file_of(database, manager, "M0003").licences[0].scan is None
        shell.undo()
        assert file_of(database, manager, "M0003").licences[0] == before

    def test_a_file_dropped_on_a_licence_takes_the_place_of_its_scan(
        self, scanned, page, shell, database, manager, tmp_path
    ):
        before = file_of(database, manager, "M0003").licences[0]
        other = tmp_path / "新证.png"
        other.write_bytes(make.make_picture("blue", kind="PNG"))
        settle(page, 1366, 645)
        (line,) = page.file.particulars._lines.lines
        drag(line, other)
        now = file_of(database, manager, "M0003").licences[0]
        assert now.scan.name == "新证.png" and shell.said[-1] == "食品经营许可证的扫描件已换"
        shell.undo()
        assert file_of(database, manager, "M0003").licences[0] == before
        drag(line, other, scanned)
        assert "这里有 2 份，没有放入" in str(shell.refused[-1])

    def test_what_is_copied_is_pasted_to_the_licence_that_is_meant(self, held, page, shell, qtbot, database, manager):
        page.open_file("M0003")
        settle(page, 1366, 645)
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        QApplication.clipboard().setImage(image)
        page._paste()  # the only one without a scan
        first = file_of(database, manager, "M0003").licences[0]
        assert (first.scan.name, first.scan.kind.value) == ("粘贴的图片.png", "png")
        with database.writing(manager, "merchant.update") as work:
            merchants.update(
                work, "M0003", None, {}, (first.draft, LicenceDraft(kind="烟草证"), LicenceDraft(kind="卫生证"))
            )
        page.refresh()
        with qtbot.waitActive(page.window()):
            settle(page, 1366, 645)
        page._paste()
        assert "先按 Tab 走到要放的那张证照" in str(shell.refused[-1])
        (button,) = [
            b for b in page.findChildren(Button) if b.isVisible() and b.accessibleName() == "放入卫生证的扫描件"
        ]
        button.setFocus()
        page._paste()
        scans = {one.draft.kind: one.scan is not None for one in file_of(database, manager, "M0003").licences}
        assert scans == {"食品经营许可证": True, "烟草证": False, "卫生证": True}
        QApplication.clipboard().clear()
        page._paste()
        assert "剪贴板里没有图片或文件" in str(shell.refused[-1])
        page.change()
        page._paste()
        assert len(shell.refused) == 2, "the form has fields of its own to paste into"

    def test_it_is_saved_into_a_folder(self, scanned, page, shell, asked, database, manager, tmp_path):
        asked.paths = [tmp_path]
        page.scans.save(file_of(database, manager, "M0003").licences[0])
        (saved,) = tmp_path.glob("吉祥馄饨 *.jpg")
        assert saved.read_bytes() == scanned.read_bytes()
        assert str(saved) in shell.said[-1]

    def test_what_is_no_picture_is_refused_and_leaves_nothing(self, held, page, shell, asked, database, tmp_path):
        file = tmp_path / "许可证.jpg"
        file.write_bytes(b"no picture")
        page.open_file("M0003")
        asked.paths = [file]
        _press_named(page, "放入食品经营许可证的扫描件")
        assert len(shell.refused) == 1
        assert [path for path in (database.folder / "attachments").rglob("*") if path.is_file()] == []


def drag(line, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), *how)
    line.dragEnterEvent(enter)
    assert enter.isAccepted()
    line.dropEvent(QDropEvent(QPointF(9, 9), *how))
    assert line.property("ground") == ""


def _press_named(page, name):
    settle(page, page.width(), page.height())
    (button,) = [b for b in page.findChildren(Button) if b.isVisible() and b.accessibleName() == name]
    button.click()
