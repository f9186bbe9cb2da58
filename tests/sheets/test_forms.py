import io
import time
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from odr_desk.rules.errors import Invalid, Trouble, UnsafeFile
from odr_desk.sheets import FORMS, form_of, forms, ledger, reading
from odr_desk.sheets.form import Entry, Facts, Form, Kind, Line, Shape
from tests.sheets.filled import SLOTS, changed, complaints, f01, p01, p02, read, sheet_of

F01, P01, P02 = FORMS


@pytest.fixture(autouse=True)
def _in_this_process(request, monkeypatch):
    """Spare the tests the child process, save those that are about it."""
    if "foreign" not in request.node.name:
        monkeypatch.setattr(reading, "probe_template", lambda _path: None)


def remarks(filled):
    return {remark.place: remark.text for remark in filled.remarks}


def kept(sheet):
    """What a template says about itself and a filling must not change."""
    return {
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "widths": {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()},
        "freeze": sheet.freeze_panes,
        "titles": sheet.print_title_rows,
        "area": sheet.print_area,
        "setup": dict(sheet.page_setup),
        "margins": dict(sheet.page_margins),
        "lists": sorted((str(v.sqref), v.type, v.formula1) for v in sheet.data_validations.dataValidation),
        "formulas": {c.coordinate: c.value for row in sheet for c in row if c.data_type == "f"},
        "looks": {
            c.coordinate: (
                c.font.name,
                c.font.sz,
                c.font.b,
                c.fill.fgColor.rgb,
                c.border.left.style,
                c.alignment.horizontal,
            )
            for row in sheet
            for c in row
        },
    }


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        (F01, f01(complaints("食品类", 3, recovered=12_345_678))),
        (P01, p01(received=3, on_time_rate=1, settled_rate=2, days=3, content_rate=4)),
        (P02, p02(26)),
    ],
    ids=["F01", "P01", "P02"],
)
def test_all_that_is_the_regulators_stays(form, facts):
    before = kept(load_workbook(forms.built_in(form)).worksheets[0])
    assert kept(sheet_of(forms.fill(form, facts).content)) == before


def test_f01_counts_stand_in_the_rows_of_their_classes():
    filled = forms.fill(
        F01,
        f01(
            complaints("文化、娱乐、体育服务类", 1, 2, ended=2, settled=1, recovered=1_234_567),
            complaints("食品类", 0, 4, ended=4, settled=4, recovered=50),
        ),
    )
    sheet = sheet_of(filled.content)
    assert [cell.value for cell in sheet[11]][:8] == ["文化、娱乐、体育服务", 3, 2, 1, 1.2346, 1, 2, 0]
    assert [cell.value for cell in sheet[6]][:8] == ["食品类", 4, 4, 4, 0.0001, 0, 4, 0]
    assert [cell.value for cell in sheet[3]] == ["日用商品类", *[0] * 16]
    assert (sheet["E11"].number_format, sheet["B11"].number_format) == ("0.00", "0")
    assert sheet["B15"].value == "=SUM(B3:B14)"
    total = read(filled.content)[14]
    assert total[:8] == ["合计", 7, 6, 5, 1.2347, 1, 6, 0]
    assert sheet["A1"].value == "消费者投诉处理情况表（2026年11月1日至11月30日）"
    assert sheet["A16"].value == "填报单位（盖章）：八佰伴商场（示例）"
    assert sheet["N16"].value == "填报日期：2026年12月1日"
    assert filled.lines == 12
    assert filled.remarks == ()


def test_a_class_without_a_row_goes_under_the_rest_and_is_named():
    filled = forms.fill(F01, f01(complaints("交通工具类", 2, ended=1), complaints("其他类", 0, 1)))
    rows = read(filled.content)
    assert rows[13][:7] == ["其他类", 3, 1, 0, 0, 2, 1]
    assert rows[14][1] == 3
    assert remarks(filled) == {"交通工具类": "模板没有“交通工具类”一行，其受理 2 件等数字并入“其他类”"}


def test_a_class_with_nowhere_to_go_is_refused(tmp_path):
    template = changed("F01", tmp_path / "t.xlsx", lambda book: book.active.delete_rows(14))
    with pytest.raises(Invalid, match="没有“交通工具类”一行，也没有“其他类”"):
        forms.fill(F01, f01(complaints("交通工具类", 2)), template)


def test_columns_may_stand_in_another_order_and_the_heading_in_another_row(tmp_path):
    def change(book):
        sheet = book.active
        sheet.insert_rows(2, 2)
        for row in range(4, 18):
            sheet.cell(row, 6).value, sheet.cell(row, 9).value = sheet.cell(row, 9).value, sheet.cell(row, 6).value
        for column in range(2, 18):
            letter = sheet.cell(17, column).column_letter
            sheet.cell(17, column).value = f"=SUM({letter}5:{letter}16)"
        sheet["B4"] = " 受理\n投诉 (件)"
        sheet["E4"] = "挽回经济损失（元）"

    template = changed("F01", tmp_path / "t.xlsx", change)
    filled = forms.fill(F01, f01(complaints("食品类", 1, 0, 0, 5, recovered=1_234_567)), template)
    row = read(filled.content)[7]
    assert row[:9] == ["食品类", 6, 0, 0, 12345.67, 5, 0, 0, 1]
    assert read(filled.content)[16][:6] == ["合计", 6, 0, 0, 12345.67, 5]


def test_unknown_rows_and_headings_are_told_and_filled_with_nothing(tmp_path):
    def change(book):
        book.active["A4"] = "宠物服务类"
        book.active["C2"] = "转办（件）"

    template = changed("F01", tmp_path / "t.xlsx", change)
    filled = forms.fill(F01, f01(complaints("家用电子电器类", 1, ended=1)), template)
    assert set(remarks(filled)) == {"转办（件）", "宠物服务类", "家用电子电器类", "已处理（件）"}
    rows = read(filled.content)
    assert rows[3][:4] == ["宠物服务类", 0, "", 0]
    assert rows[13][1] == 1


def drop(book, *columns):
    sheet = book.active
    for column in columns:
        sheet.delete_cols(column)
    for column in range(2, sheet.max_column + 1):
        letter = sheet.cell(15, column).column_letter
        sheet.cell(15, column).value = f"=SUM({letter}3:{letter}14)"


def test_a_problem_without_a_column_goes_under_the_rest_so_that_the_columns_add_up(tmp_path):
    template = changed("F01", tmp_path / "t.xlsx", lambda book: drop(book, 13))
    filled = forms.fill(F01, f01(complaints("食品类", 0, 0, 0, 0, 0, 0, 0, 2)), template)
    row = read(filled.content)[5]
    assert row[1] == sum(row[5:16]) == 2
    assert row[15] == 2
    assert "并入“其他（件）”" in remarks(filled)["商标（件）"]

    template = changed("F01", tmp_path / "u.xlsx", lambda book: drop(book, 17, 13))
    with pytest.raises(Invalid, match="没有“商标（件）”一栏，也没有“其他（件）”"):
        forms.fill(F01, f01(complaints("食品类", 0, 0, 0, 0, 0, 0, 0, 2)), template)


def test_numbers_that_do_not_add_up_are_refused_by_class():
    line = complaints("食品类", 3)
    with pytest.raises(Invalid, match="“食品类”的受理数是 4，各问题合计是 3") as caught:
        forms.fill(F01, Facts([type(line)({**line.values, "accepted": 4}, "食品类")], SLOTS))
    assert caught.value.problems[0].field == "accepted"


def test_a_sum_of_the_template_that_leaves_out_a_row_is_refused(tmp_path):
    def change(book):
        book.active["B15"] = "=SUM(B3:B13)"

    with pytest.raises(Invalid, match="模板 B15 的公式算出 0，应为 2"):
        forms.fill(F01, f01(complaints("其他类", 2)), changed("F01", tmp_path / "t.xlsx", change))


def test_totals_without_a_formula_are_written_and_formulas_we_cannot_read_stay(tmp_path):
    def change(book):
        sheet = book.active
        sheet["B15"] = None
        sheet["E15"] = None
        sheet["C15"] = "=SUMPRODUCT(C3:C14)"

    filled = forms.fill(
        F01,
        f01(complaints("食品类", 2, ended=1, recovered=10_000_000)),
        changed("F01", tmp_path / "t.xlsx", change),
    )
    sheet = sheet_of(filled.content)
    assert (sheet["B15"].value, sheet["E15"].value, sheet["C15"].value) == (2, 10, "=SUMPRODUCT(C3:C14)")
    assert remarks(filled)["C15"] == "模板 C15 的合计公式无法代为核对，应为 1；请打开成品看一眼"


def test_groups_are_subtotals_where_their_classes_are_printed(tmp_path):
    def change(book):
        sheet = book.active
        sheet["A3"], sheet["A10"] = "商品类", "服务类"
        for column in range(2, 18):
            letter = sheet.cell(15, column).column_letter
            sheet.cell(15, column).value = f"={letter}3+{letter}10+{letter}14"

    template = changed("F01", tmp_path / "t.xlsx", change)
    facts = f01(
        complaints("食品类", 1, group="商品类"),
        complaints("服装鞋帽类", 2, group="商品类"),
        complaints("交通工具类", 4, group="商品类"),
        complaints("教育培训服务类", 8, group="服务类"),
        complaints("其他类", 16),
    )
    rows = read(forms.fill(F01, facts, template).content)
    assert [rows[row][1] for row in (2, 4, 5, 9, 11, 13, 14)] == [3, 2, 1, 8, 8, 20, 31]


def test_groups_take_their_classes_where_those_are_not_printed(tmp_path):
    def change(book):
        sheet = book.active
        sheet["A3"] = "一、商品类"
        sheet.delete_rows(4, 10)
        for column in range(2, 18):
            letter = sheet.cell(5, column).column_letter
            sheet.cell(5, column).value = f"=SUM({letter}3:{letter}4)"

    template = changed("F01", tmp_path / "t.xlsx", change)
    facts = f01(complaints("食品类", 1, group="商品类"), complaints("交通工具类", 4, group="商品类"))
    filled = forms.fill(F01, facts, template)
    assert [row[1] for row in read(filled.content)[2:5]] == [5, 0, 5]
    assert filled.remarks == ()


def test_a_template_without_rows_is_refused(tmp_path):
    template = changed("F01", tmp_path / "t.xlsx", lambda book: book.active.delete_rows(3, 13))
    with pytest.raises(Invalid, match="没有类别行"):
        forms.fill(F01, f01(), template)


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


def test_a_matrix_need_not_add_up_nor_have_a_rest(tmp_path):
    form = Form(
        code="F06",
        title="登记信息涉及金额统计表",
        shape=Shape.MATRIX,
        entries=(Entry("label", "消费类型", Kind.LABEL), Entry("amount", "涉及金额（元）", Kind.MONEY)),
    )
    book = Workbook()
    for row in (["消费类型", "涉及金额（元）"], ["食品类"], [None], ["合计", "=SUM(B2:B3)"], ["注：按登记日期统计"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    facts = Facts([Line({"amount": 123_456_789_012}, "食品类"), Line({"amount": 0}, "汽车类")])
    filled = forms.fill(form, facts, tmp_path / "t.xlsx")
    assert [row[1] for row in read(filled.content)] == ["涉及金额（元）", 1234567890.12, "", 1234567890.12, ""]
    assert sheet_of(filled.content).column_dimensions["B"].width > 12
    with pytest.raises(Invalid, match="没有“汽车类”一行，也没有“其他类”"):
        forms.fill(form, Facts([Line({"amount": 1}, "汽车类")]), tmp_path / "t.xlsx")


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


def test_a_person_may_say_what_a_heading_means(tmp_path):
    def change(book):
        book.active["H4"] = "商家"
        book.active["I4"] = "无关"

    template = changed("P02", tmp_path / "t.xlsx", change)
    found = forms.recognise(template, P02)
    assert found.unmapped == ("商家", "无关")
    filled = forms.fill(P02, p02(1), template, {"商家": "merchant"})
    assert sheet_of(filled.content)["H5"].value == "示例·李𬭚珠宝"
    assert set(remarks(filled)) == {"无关"}


def test_recognise_tells_what_a_template_is():
    for form in FORMS:
        found = forms.recognise(forms.built_in(form))
        assert found.form is form
        assert found.unmapped == ()
        assert found.remarks == ()
    found = forms.recognise(forms.built_in(F01))
    assert (found.sheet, found.heading_row) == ("情况表", 2)
    assert found.rows[0] == "日用商品类"
    assert set(found.slots) == {"unit", "filler", "phone", "filled_on"}
    assert "超期数(件)" in forms.recognise(forms.built_in(P01)).missing


def test_a_template_of_another_kind_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["天气", "温度"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(Invalid, match="找不到“消费者投诉处理情况表”的表头"):
        forms.fill(F01, f01(), tmp_path / "t.xlsx")
    with pytest.raises(Invalid, match="现有报表：F01 消费者投诉处理情况表、P01"):
        forms.recognise(tmp_path / "t.xlsx")


def with_parts(source, path, **parts):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return path


def test_what_filling_would_lose_is_told_before(tmp_path):
    template = with_parts(
        forms.built_in(F01),
        tmp_path / "t.xlsx",
        **{
            "xl__drawings__drawing9.xml": "<xdr:wsDr><xdr:sp></xdr:sp></xdr:wsDr>",
            "xl__ctrlProps__ctrlProp1.xml": "<x/>",
            "xl__worksheets__sheet9.xml": "<x14:sparklineGroups/><x14:dataValidation/>",
        },
    )
    told = {remark.place for remark in forms.recognise(template).remarks}
    assert told == {"窗体控件（复选框、按钮）", "文本框或图形", "迷你图", "引用其他工作表的下拉列表"}
    assert told <= {remark.place for remark in forms.fill(F01, f01(), template).remarks}


def test_a_template_with_macros_is_refused(tmp_path):
    template = with_parts(forms.built_in(F01), tmp_path / "t.xlsx", **{"xl__vbaProject.bin": "x"})
    with pytest.raises(UnsafeFile, match="有宏"):
        forms.recognise(template)


def test_a_foreign_template_is_opened_in_the_child_first(tmp_path):
    with pytest.raises(Invalid, match="找不到文件"):
        forms.recognise(tmp_path / "没有.xlsx")
    (tmp_path / "t.xlsx").write_bytes(forms.built_in(F01).read_bytes()[:3000])
    with pytest.raises(UnsafeFile, match="已损坏"):
        forms.fill(F01, f01(), tmp_path / "t.xlsx")


def test_a_form_is_saved_whole_or_not_at_all(tmp_path, monkeypatch):
    saved = forms.save(tmp_path / "F01.xlsx", F01, f01(complaints("食品类", 1)))
    assert (saved.lines, saved.remarks) == (12, ())
    assert saved.written.size == (tmp_path / "F01.xlsx").stat().st_size
    assert read((tmp_path / "F01.xlsx").read_bytes())[14][1] == 1
    monkeypatch.setattr(forms.totals, "with_results", lambda part, _results: part.replace(b"<v>1</v>", b"<v>2</v>"))
    with pytest.raises(Trouble, match="第 6 行第 2 列读回后不一致"):
        forms.save(tmp_path / "x.xlsx", F01, f01(complaints("食品类", 1)))
    assert [path.name for path in tmp_path.iterdir()] == ["F01.xlsx"]


def test_a_disk_that_spoils_the_file_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(
        forms.hashlib, "sha256", lambda content, real=forms.hashlib.sha256: real(content + b"x"[: len(content) % 7])
    )
    original = forms.writing.finish
    monkeypatch.setattr(
        forms.writing, "finish", lambda path, content, check: original(path, content + b"spoilt", check)
    )
    with pytest.raises(Trouble, match="读回后不一致"):
        forms.save(tmp_path / "x.xlsx", F01, f01())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_form_has_its_template_and_finds_all_of_it(form):
    assert form_of(form.code) is form
    keys = [entry.key for entry in form.entries]
    assert len(keys) == len(set(keys))
    if form.adding:
        assert {form.adding.total, form.adding.rest, *form.adding.parts} <= set(keys)
        assert all(form.entry(key).kind is Kind.COUNT for key in form.adding.parts)


def test_filling_is_quick():
    forms.fill(F01, f01())
    begun = time.perf_counter()
    forms.fill(F01, f01(complaints("食品类", 10_000)))
    assert time.perf_counter() - begun < 0.5
