import io
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import Invalid, Trouble
from odr_desk.rules.labels import Word
from odr_desk.sheets import table


class State(Word):
    OPEN = "open", "协商中"


@dataclass(frozen=True, slots=True)
class Line:
    name: object = None
    amount: object = None
    day: object = None
    count: object = None


COLUMNS: tuple[Column[Line], ...] = (
    Column("消费者", lambda row: row.name, width=20),
    Column("金额（元）", lambda row: row.amount, show=money.show, align="right"),
    Column("日期", lambda row: row.day),
    Column("件数", lambda row: row.count, align="right"),
)
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    "http://example.org",
    "00123",
    "_x0041_",
    "李𬭚 👨‍👩‍👧",
    "第一行\n第二行",
    "<b>&amp;",
    "  前后有空格  ",
    "#N/A",
    "91320205MA0000000M",
    "13202050000020261001",
    "FALSE",
)


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


def test_numbers_days_and_words_are_what_they_are():
    when = datetime(2026, 11, 23, 1, 30, 15, 999, tzinfo=UTC)
    rows = [
        Line("王女士", 129_900, date(2026, 11, 3), 3),
        Line(State.OPEN, 0, when, Decimal("98.5")),
        Line(True, None, None, 13202050000020261001),
    ]
    sheet = sheet_of(table.write("投诉件", COLUMNS, rows))
    assert [[cell.value for cell in row] for row in sheet] == [
        ["消费者", "金额（元）", "日期", "件数"],
        ["王女士", 1299, datetime.fromisoformat("2026-11-03"), 3],
        ["协商中", 0, datetime.fromisoformat("2026-11-23T09:30:15"), 98.5],
        ["是", None, None, "13202050000020261001"],
    ]
    assert [cell.number_format for cell in sheet[2]] == ["General", "#,##0.00", "yyyy-mm-dd", "General"]
    assert sheet["C3"].number_format == "yyyy-mm-dd hh:mm"


def test_hostile_text_stays_text():
    content = table.write("名单", COLUMNS[:1], [Line(text) for text in HOSTILE])
    cells = [row[0] for row in sheet_of(content).iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4
    assert not cells[4].quotePrefix
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[1:]] == list(HOSTILE)


def test_what_nobody_sees_is_removed():
    sheet = sheet_of(table.write("名单", COLUMNS[:1], [Line("a\x00b\x0bc\u202ed\ud800e\uffff\r\nf\x85")]))
    assert sheet["A2"].value == "abcde\nf"


@pytest.mark.parametrize(("text", "units"), [("字" * 32_767, 32_767), ("𬭚" * 16_383, 16_383)])
def test_the_longest_text_goes_in_whole(text, units):
    read = CalamineWorkbook.from_filelike(io.BytesIO(table.write("名单", COLUMNS[:1], [Line(text)])))
    assert len(read.get_sheet_by_index(0).to_python()[1][0]) == units


@pytest.mark.parametrize("text", ["字" * 32_768, "𬭚" * 16_384])
def test_a_longer_text_is_refused_by_the_name_of_its_column(text, tmp_path):
    with pytest.raises(Invalid, match="“消费者”一栏") as caught:
        table.prepare(tmp_path / "a.xlsx", "名单", COLUMNS, [Line(text)]).put()
    assert caught.value.problems[0].field == "消费者"
    assert list(tmp_path.iterdir()) == []


def test_the_sheet_is_ready_to_filter_and_to_print():
    sheet = sheet_of(table.write("投诉件", COLUMNS, [Line("甲"), Line("乙")], note="统计口径：登记日期"))
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("投诉件", "A2", "A1:D3")
    assert sheet["A5"].value == "统计口径：登记日期"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "投诉件" in sheet.oddHeader.center.text
    assert sheet.column_dimensions["A"].width == pytest.approx(22, abs=1)
    assert sheet["A1"].font.b
    assert sheet["B2"].alignment.horizontal == "right"


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b:c*?[d]\\", "a b c   d"), ("'" * 3, "表"), ("", "表"), ("History", "表"), ("字" * 40, "字" * 31)],
)
def test_any_title_makes_a_sheet_name(title, name):
    assert sheet_of(table.write(title, COLUMNS, [])).title == name


def test_an_empty_list_has_its_headings():
    sheet = sheet_of(table.write("投诉件", COLUMNS, []))
    assert [cell.value for cell in sheet[1]] == ["消费者", "金额（元）", "日期", "件数"]
    assert sheet.max_row == 1


def test_progress_is_told_and_can_stop_the_export(tmp_path):
    told = []
    table.write("投诉件", COLUMNS, [Line("甲")] * 1_200, progress=told.append)
    assert told == [500, 1_000, 1_200]

    def stop(_rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        table.prepare(tmp_path / "a.xlsx", "投诉件", COLUMNS, [Line("甲")] * 600, progress=stop).put()
    assert list(tmp_path.iterdir()) == []


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    with pytest.raises(Invalid, match="分几次导出"):
        table.write("投诉件", COLUMNS, [Line("甲")] * 4)


def test_a_file_that_gives_back_something_else_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "_read_back", lambda file, rows: iter([["消费者"]]))
    with pytest.raises(Trouble, match="不一致，没有保存"):
        table.prepare(tmp_path / "a.xlsx", "投诉件", COLUMNS, [Line("甲")]).put()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_opened_again_is_not_kept(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK broken")
    with pytest.raises(Trouble, match="打不开"):
        list(table._read_back(tmp_path / "a.xlsx", 1))


def test_a_full_disk_while_packing_is_said_in_words(tmp_path, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(Trouble, match="磁盘已满"):
        table.prepare(tmp_path / "a.xlsx", "投诉件", COLUMNS, [Line("甲")]).put()
    assert list(tmp_path.iterdir()) == []


def test_a_thousand_rows_are_quick():
    begun = time.perf_counter()
    table.write("投诉件", COLUMNS, (Line(f"消费者{n}", n, date(2026, 11, 3), n) for n in range(1_000)))
    assert time.perf_counter() - begun < 2
