import pytest
from openpyxl import Workbook

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import FORMS, forms
from odr_desk.sheets.form import Entry, Facts, Form, Kind, Line, Shape
from tests.sheets.filled import SLOTS, changed, complaints, f01, read, remarks, sheet_of

F01, P01, P02 = FORMS
pytestmark = pytest.mark.usefixtures("in_this_process")


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
    template = changed("F01", tmp_path / "v.xlsx", lambda book: drop(book, 17))
    with pytest.raises(Invalid, match="模板没有“其他（件）”一栏，数字无处可填"):
        forms.fill(F01, f01(complaints("食品类", *[0] * 11, 2)), template)


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
