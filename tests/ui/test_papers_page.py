"""文书 as a person uses it: look, check, print, save, put on file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication

from odr_desk.model.document import Document
from odr_desk.rules.errors import Trouble
from odr_desk.services import agreements, issued_papers
from odr_desk.ui.actions import bind
from odr_desk.ui.papers.file_list import FileRow
from odr_desk.ui.papers.page import PapersPage
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.words import Words
from tests.make import make_case
from tests.settled import case_of, conclude
from tests.ui.hands import give_reason
from tests.ui.looks import clipped, settle, unnamed

SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]


@pytest.fixture
def number(database, manager) -> str:
    return conclude(database, manager).agreement_no


@pytest.fixture
def page(qtbot, shell, number):
    made = PapersPage(shell)
    qtbot.addWidget(made)
    made.show_record({"agreement": number})
    settle(made, 1366, 645)
    return made


def click(page, words):
    QApplication.processEvents()
    shown = [button for button in page.findChildren(QAbstractButton) if button.isVisibleTo(page)]
    next(button for button in shown if words in (button.text(), button.accessibleName())).click()


def said(page) -> list[str]:
    QApplication.processEvents()
    return [words.text() for words in page.findChildren(Words) if words.isVisibleTo(page)]


def documents(database, manager) -> list[Document]:
    with database.reading(manager) as work:
        return list(work.session.query(Document).all())


def to_file(path: Path):
    """A printer that writes a PDF."""

    def made() -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return printer

    return made


def test_the_true_sheet_is_shown_before_it_is_issued(page, database, manager):
    assert page.preview.view.count() >= 1
    assert page.findChild(Badge).text() == "待打印"
    assert "身份号码没有填写" in said(page)
    assert documents(database, manager) == []


def test_printing_issues_the_paper_and_leaves_its_trace(page, shell, database, manager, tmp_path, number):
    page.delivery.new_printer = to_file(tmp_path / "printed.pdf")
    page.header.copies.set_value("2")
    click(page, "打印")
    assert shell.said[-1] == "已送打印机，2 份"
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000
    (paper,) = documents(database, manager)
    assert paper.number == number
    assert page.findChild(Badge).text() == "已出具"
    assert any(text.startswith("校验码 ") for text in said(page))


def test_f7_prints_and_a_missing_printer_is_told_with_what_is_saved(page, qtbot, shell, database, manager):
    def none() -> QPrinter:
        raise Trouble("文书已存好，没有打印：这台电脑没有打印机。", "请接好打印机再打印。", saved="true")

    page.delivery.new_printer = none
    bind(page, page.acts())
    qtbot.keyClick(page, Qt.Key.Key_F7)
    banner = page.findChild(Banner)
    assert banner is not None and "没有打印" in banner.words.text()
    assert len(documents(database, manager)) == 1
    assert shell.said == []
    click(page, "重试")
    assert "没有打印" in page.findChild(Banner).words.text()


def test_a_count_of_copies_that_is_none_stops_the_printing(page, shell, database, manager):
    for copies in ("0", "21", "三", ""):
        page.header.copies.set_value(copies)
        page.print_paper()
        assert "份数应是" in str(shell.refused.pop()), copies
    assert documents(database, manager) == []


def test_a_copy_is_saved_under_the_chosen_name(page, shell, asked, tmp_path, database, manager):
    asked.paths = [tmp_path / "协议"]
    click(page, "另存 PDF")
    assert shell.said[-1] == "已存为 协议.pdf"
    with database.reading(manager) as work:
        assert (tmp_path / "协议.pdf").read_bytes() == issued_papers.read(work, documents(database, manager)[0].id).pdf


def test_saving_may_be_thought_better_of(page, shell, asked):
    asked.paths = [None]
    page.save_pdf()
    assert shell.said == []


def test_a_signed_paper_is_put_on_file(page, shell, asked, tmp_path):
    asked.paths = [tmp_path / "a.pdf"]
    page.save_pdf()
    click(page, "归档")
    assert shell.said[-1].endswith("已归档")
    assert page.findChild(Badge).text() == "已归档"


def test_what_cannot_be_printed_is_named_on_the_page(qtbot, shell, database, manager):
    with database.writing(manager, "case.create") as work:
        case_no = make_case(work, consumer_name="周\U0001f600女士").number
    number = conclude(database, manager, case_no=case_no).agreement_no
    page = PapersPage(shell)
    qtbot.addWidget(page)
    page.show_record({"agreement": number})
    settle(page, 1366, 645)
    assert "甲方姓名" in page.findChild(Banner).words.text()
    assert page.preview.view.count() == 0


def test_a_void_agreement_is_shown_and_not_printed(page, database, manager, number, shell):
    with database.writing(manager, "agree.void") as work:
        agreements.void(work, number, "写错")
    page.show_record({"agreement": number})
    assert page.findChild(Badge).text() == "作废"
    assert not page.header.print.isVisibleTo(page)
    page.print_paper()
    assert documents(database, manager) == [] and shell.refused == []


def test_the_receipt_of_a_case_is_reached_from_its_file(page, database, manager):
    row = next(row for row in page.findChildren(FileRow) if row.text() == "登记回执")
    row.click()
    assert page.preview.view.count() == 1
    assert "登记回执" in said(page)
    current = [row.text() for row in page.findChildren(FileRow) if row.isChecked()]
    assert current == ["登记回执"]


def test_a_paper_about_a_case_is_void_and_made_again(page, shell, asked, database, manager, tmp_path, number):
    with database.reading(manager) as work:
        case_no = case_of(work, number).number
    page.show_record({"case": case_no, "kind": "registration_receipt"})
    asked.paths = [tmp_path / "a.pdf"]
    page.save_pdf()
    click(page, "作废重出…")
    give_reason(asked.dialogs[-1], "电话写错")
    assert shell.said[-1] == "锡八佰伴登〔2026〕001号 已作废"
    assert page.findChild(Badge).text() == "待打印"


def test_links_lead_to_case_and_merchant(page, shell, database, manager, number):
    with database.reading(manager) as work:
        case_no = case_of(work, number).number
    page.beside.asked.emit("id_no")
    page.beside.asked.emit("uscc")
    page.header.left.emit()
    assert shell.opened[0] == ("cases", case_no) and shell.opened[2] == ("cases", case_no)
    assert shell.opened[1][0] == "merchants"


def test_pages_are_walked_by_keys_and_fitted(page, qtbot):
    page.preview.set_fit("page")
    assert page.preview.view.fit() == "page"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_End)
    assert f"第 {page.preview.view.count()} 页" in page.preview.view.accessibleName()


def test_nothing_is_cut_at_any_size(page):
    for size in SIZES:
        settle(page, *size)
        assert clipped(page) == []
        assert unnamed(page) == []
