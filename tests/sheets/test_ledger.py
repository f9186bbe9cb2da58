import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import FORMS, forms, ledger
from tests.sheets.filled import changed, p01, p02, read, remarks, sheet_of

F01, P01, P02 = FORMS
pytestmark = pytest.mark.usefixtures("in_this_process")


def test_p01_has_one_row_with_rates_as_98_50():
    facts = p01(
        received=123,
        ended=118,
        on_time_rate="98.50",
        settled_rate="—",
        days="3.267",
        amount=123_456_789,
        content_rate=None,
    )
    filled = forms.fill(P01, facts)
    sheet = sheet_of(filled.content)
    row = [cell.value for cell in sheet[5]]
    assert row == [
        "八佰伴商场（示例）",
        "91320205MA0000000M",
        123,
        0,
        0,
        118,
        0,
        98.5,
        0,
        "—",
        0,
        3.27,
        1234567.89,
        0,
        0,
        "—",
    ]
    assert [sheet[cell].number_format for cell in ("C5", "H5", "L5", "M5")] == ["0", "0.00", "0.00", "0.00"]
    assert sheet["I2"].value == "统计期间：2026年11月1日至11月30日"
    assert sheet["A1"].value == "ODR企业消费纠纷处理情况月报表"
    assert sheet["G6"].value == "审核人：赵主管"
    assert filled.remarks == ()


def test_a_rate_without_per_cent_in_its_heading_is_a_share(tmp_path):
    def change(book):
        book.active["H4"] = "按时办结率"

    filled = forms.fill(P01, p01(on_time_rate="98.50"), changed("P01", tmp_path / "t.xlsx", change))
    sheet = sheet_of(filled.content)
    assert (sheet["H5"].value, sheet["H5"].number_format) == (0.985, "0.00%")


def test_one_row_forms_take_one_line():
    with pytest.raises(TypeError):
        forms.fill(P01, p02(2))


def test_a_given_fact_without_a_column_is_told_of_another_template(tmp_path):
    assert forms.fill(P01, p01(overdue=2)).remarks == ()
    template = changed("P01", tmp_path / "t.xlsx", lambda book: None)
    assert "没有“超期数(件)”一栏" in remarks(forms.fill(P01, p01(overdue=2), template))["超期数(件)"]


def test_p02_has_as_many_rows_as_there_are_cases():
    filled = forms.fill(P02, p02(40))
    sheet = sheet_of(filled.content)
    first, last = [cell.value for cell in sheet[5]], [cell.value for cell in sheet[44]]
    assert first[:8] == [
        1,
        "锡八调〔2026〕0001",
        "13202050000020260001",
        first[3],
        None,
        "王**",
        "199****0001",
        "示例·李𬭚珠宝",
    ]
    assert first[3].date() == date(2026, 11, 3)
    assert (last[0], last[11], last[14], last[15]) == (40, 1299.4, 1, 0)
    assert sheet.max_row == 44
    assert filled.lines == 40
    for column in range(1, 24):
        model, added = sheet.cell(5, column), sheet.cell(44, column)
        assert (added.font.name, added.border.left.style, added.number_format, added.alignment.wrap_text) == (
            model.font.name,
            model.border.left.style,
            model.number_format,
            model.alignment.wrap_text,
        )
    assert sheet["D44"].number_format == "yyyy-mm-dd"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "M5:M2000"
    assert load_workbook(io.BytesIO(filled.content)).sheetnames == ["台账", "填表说明"]


def test_an_empty_ledger_keeps_its_prepared_rows():
    filled = forms.fill(P02, p02(0))
    assert filled.lines == 0
    assert sheet_of(filled.content)["A5"].value is None


def test_hostile_words_stay_words_in_prepared_and_added_rows():
    hostile = "=1+1_x0041_ <b>&\"' 李𬭚👨‍👩‍👧\n第二行"
    filled = forms.fill(P02, p02(30, remarks=hostile, handler="#N/A", result="和解成功\x00"))
    sheet = sheet_of(filled.content)
    rows = read(filled.content)
    for row in (5, 34):
        assert rows[row - 1][22] == hostile
        assert sheet.cell(row, 23).data_type == "s"
        assert sheet.cell(row, 23).quotePrefix
        assert rows[row - 1][21] == "#N/A"
        assert rows[row - 1][12] == "和解成功"
        assert sheet.cell(row, 23).alignment.wrap_text
    assert sheet.row_dimensions[34].height > 30


def test_a_text_too_long_for_a_cell_is_refused_by_its_column():
    with pytest.raises(Invalid, match="“备注”一栏") as caught:
        forms.fill(P02, p02(1, remarks="字" * 40_000))
    assert caught.value.problems[0].field == "备注"


def test_words_a_list_does_not_know_are_told():
    filled = forms.fill(P02, p02(3, result="疑似恶意待核"))
    assert remarks(filled) == {"处理结果": "“处理结果”的“疑似恶意待核”不在模板允许的选项里，共 3 处"}


def with_footer(book):
    """A ledger as offices make it: totals and signatures below five prepared rows, everything set up."""
    sheet = book.active
    sheet.delete_rows(10, 21)
    sheet["A10"], sheet["L10"], sheet["O10"] = "合计", "=SUM(L5:L9)", None
    sheet["A12"] = "填报人：　　　　审核人："
    sheet.merge_cells("A12:F12")
    sheet.row_dimensions[12].height = 30
    sheet.print_area = "A1:W12"
    sheet.auto_filter.ref = "A4:W9"


def test_what_stands_below_a_ledger_goes_down_with_it(tmp_path):
    filled = forms.fill(P02, p02(12), changed("P02", tmp_path / "t.xlsx", with_footer))
    sheet = sheet_of(filled.content)
    assert [sheet.cell(row, 1).value for row in (16, 17, 18, 19)] == [
        12,
        "合计",
        None,
        "填报人：王敏　　审核人：赵主管",
    ]
    assert sheet["L17"].value == "=SUM(L5:L16)"
    rows = read(filled.content)
    assert rows[16][11] == pytest.approx(sum(1299 + number / 100 for number in range(1, 13)))
    assert rows[16][14] == 12
    assert "A19:F19" in map(str, sheet.merged_cells.ranges)
    assert sheet.row_dimensions[19].height == 30
    assert sheet.print_area == "'台账'!$A$1:$W$19"
    assert sheet.auto_filter.ref == "A4:W16"


def test_fewer_cases_than_prepared_rows_move_nothing(tmp_path):
    sheet = sheet_of(forms.fill(P02, p02(2), changed("P02", tmp_path / "t.xlsx", with_footer)).content)
    assert [sheet.cell(row, 1).value for row in (6, 7, 10, 12)] == [2, None, "合计", "填报人：王敏　　审核人：赵主管"]
    assert sheet["L10"].value == "=SUM(L5:L9)"


def test_formulas_in_the_rows_are_kept_and_continued(tmp_path):
    def change(book):
        for row in range(5, 31):
            book.active[f"Q{row}"] = f"=O{row}+P{row}"

    filled = forms.fill(P02, p02(30), changed("P02", tmp_path / "t.xlsx", change))
    sheet = sheet_of(filled.content)
    assert (sheet["Q5"].value, sheet["Q34"].value) == ("=O5+P5", "=O34+P34")
    assert read(filled.content)[4][16] == 1


def test_a_prepared_row_dressed_in_its_own_way_keeps_its_dress(tmp_path):
    def change(book):
        for column in range(1, 24):
            book.active.cell(6, column).fill = PatternFill("solid", fgColor="FFFF00")

    filled = forms.fill(P02, p02(27, remarks="消费者要求另行说明"), changed("P02", tmp_path / "t.xlsx", change))
    sheet = sheet_of(filled.content)
    assert [sheet.cell(row, 2).fill.fgColor.rgb for row in (5, 6, 31)] == ["00000000", "00FFFF00", "00000000"]
    assert [sheet.cell(row, 23).alignment.wrap_text for row in (5, 6, 31)] == [True] * 3
    assert sheet["D6"].number_format == "yyyy-mm-dd"


def test_rows_beyond_the_prepared_ones_keep_their_height(tmp_path):
    def change(book):
        book.active.row_dimensions[5].height = 28

    sheet = sheet_of(forms.fill(P02, p02(30), changed("P02", tmp_path / "t.xlsx", change)).content)
    assert [sheet.row_dimensions[row].height for row in (5, 34)] == [pytest.approx(30, abs=2)] * 2


def test_a_ledger_that_no_sheet_can_hold_is_refused(monkeypatch):
    monkeypatch.setattr(ledger, "LAST_SHEET_ROW", 100)
    with pytest.raises(Invalid, match="一张表放不下"):
        forms.fill(P02, p02(100))


def test_rows_that_number_themselves_and_a_line_of_column_numbers_are_understood(tmp_path):
    def change(book):
        sheet = book.active
        for column in range(1, 24):
            sheet.cell(5, column).value = "甲" if column == 1 else str(column)
        for row in range(6, 31):
            sheet.cell(row, 1).value = row - 5

    sheet = sheet_of(forms.fill(P02, p02(2), changed("P02", tmp_path / "t.xlsx", change)).content)
    assert [sheet.cell(row, 2).value for row in (5, 6, 7, 8)] == ["2", "锡八调〔2026〕0001", "锡八调〔2026〕0002", None]


def test_a_cell_hidden_in_a_merged_block_is_named(tmp_path):
    template = changed("P02", tmp_path / "t.xlsx", lambda book: book.active.merge_cells("B6:C6"))
    with pytest.raises(Invalid, match="模板的 C6 在合并单元格里"):
        forms.fill(P02, p02(2), template)


def test_two_storeys_of_headings_and_headings_merged_downwards(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "先行赔付", None, "挽回损失"])
    sheet.append([None, "笔数", "金额(元)", None])
    for block in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(block)
    sheet["A1"] = "接收数"
    book.save(tmp_path / "t.xlsx")
    filled = forms.fill(P01, p01(received=7, advances=2, advanced=30_000, recovered=5_000), tmp_path / "t.xlsx")
    assert read(filled.content)[2] == [7, 2, 300, 50]
