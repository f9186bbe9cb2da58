"""交接班: the rows on screen, whose they are, the sheet."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from odr_desk.papers import reading_back
from odr_desk.rules.errors import Trouble
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import handling, timeline
from odr_desk.ui.dashboard.handover import HandoverPage
from odr_desk.ui.dashboard.page import DashboardPage
from tests.make import make_case
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def number(database, manager):
    with database.writing(manager, "case.create") as work:
        case = make_case(work)
        timeline.add(
            work, case, EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长承诺明天退差价")
        )  # fmt: skip
        handling.assign(work, case.number, work.actor.user_id)
        handling.set_next_step(work, case.number, "等店长回话", date(2026, 11, 24))
        return case.number


@pytest.fixture
def page(shell, qtbot):
    made = HandoverPage(shell)
    qtbot.addWidget(made)
    settle(made, 1300, 650)
    return made


def test_the_four_lists_stand_there(number, page):
    said = dump(page)
    assert "在办 1 件，没有急的" in said
    assert [page.open_.table.rows.rowCount(), page.promised.table.rows.rowCount()] == [1, 1]
    assert [page.calls.table.rows.rowCount(), page.moved.table.rows.rowCount()] == [1, 1]


def test_a_quiet_desk_is_told_so(page):
    said = dump(page)
    for words in ("没有要接着办的件", "没有写到日子的承诺", "没有约好的联系", "今天还没有变动"):
        assert words in said


def test_a_row_opens_its_case(number, page, shell, qtbot):
    for part in (page.open_, page.promised, page.calls, page.moved):
        part.table.setCurrentIndex(part.table.rows.index(0, 1))
        qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert shell.opened == [("cases", number)] * 4


def test_one_persons_cases(number, page):
    page.person.set_value("clerk")
    page.person.changed.emit()
    assert "没有要接着办的件" in dump(page)
    page.person.set_value("manager")
    page.person.changed.emit()
    assert page.person.value() == "manager", "who was chosen stays chosen"
    assert page.open_.table.rows.rowCount() == 1


def test_a_change_elsewhere_is_seen(number, page, desk):
    desk.write(
        page, lambda work: handling.set_next_step(work, number, "改约", date(2026, 12, 24)), verb="case.next_step"
    )
    assert "没有约好的联系" in dump(page)


def test_the_sheet_is_saved_where_it_is_wanted(number, page, shell, asked, tmp_path):
    asked.paths = [tmp_path / "交接", None]
    page.save_sheet()
    words = "".join(reading_back.text_of((tmp_path / "交接.pdf").read_bytes()))
    assert "交接班单" in words
    assert shell.said == ["已存为 交接.pdf"]
    page.save_sheet()
    assert len(shell.said) == 1


def test_the_sheet_is_printed(number, page, shell, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "print.pdf"))
    page.new_printer = lambda _words: printer
    page.print_sheet()
    assert shell.said == ["交接班单已送打印机"]
    assert (tmp_path / "print.pdf").stat().st_size > 1000


def test_without_a_printer_it_is_said_what_has_become_of_the_sheet(number, page, shell):
    def none(words):
        raise Trouble(f"{words}：这台电脑没有打印机。", "另存 PDF")

    page.new_printer = none
    page.print_sheet()
    assert str(shell.refused[0]).startswith("交接班单没有打印")
    assert shell.again is not None


@pytest.mark.parametrize("size", [(972, 500), (1300, 650)])
def test_nothing_is_clipped_and_everything_is_named(number, page, size):
    settle(page, *size)
    assert clipped(page) == []
    assert unnamed(page) == []


def test_today_leads_there(shell, qtbot):
    made = DashboardPage(shell)
    qtbot.addWidget(made)
    settle(made, 972, 500)
    next(act for act in made.acts() if act.text == "交接班").slot()
    assert shell.opened == [("handover", None)]
    assert clipped(made) == []
