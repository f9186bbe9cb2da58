from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from odr_desk.sheets import slots
from odr_desk.sheets.form import SLOTS, Form, Shape

WORDS = {"unit": "八佰伴", "period": "2026年11月", "filler": "王敏", "phone": "0510-1", "filled_on": date(2026, 12, 1)}
FORM = Form(code="X", title="表", shape=Shape.LEDGER, entries=())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("填报人：", "填报人：王敏"),
        ("填报人:", "填报人:王敏"),
        ("填 报 人：______", "填 报 人：王敏"),
        ("填报单位（盖章）：", "填报单位（盖章）：八佰伴"),
        ("填报单位(签章)：　　", "填报单位(签章)：八佰伴"),
        ("填报日期：    年  月  日", "填报日期：2026年12月1日"),
        ("填报日期：20  年  月  日", "填报日期：2026年12月1日"),
        ("填报日期：2026年11月30日", "填报日期：2026年11月30日"),
        (
            "填报人：     联系电话：      填报日期：  年 月 日",
            "填报人：王敏　　联系电话：0510-1　　填报日期：2026年12月1日",
        ),
        ("填报人：张三", "填报人：张三"),
        ("审核人：", "审核人："),
        ("单位：元、件", "单位：元、件"),
        ("首填报人：", "首填报人："),
    ],
)
def test_facts_stand_behind_their_labels(before, after):
    assert slots.filled_text(before, SLOTS, WORDS)[1] == after


def test_labels_are_known_also_when_there_is_no_fact_for_them():
    assert slots.labels_in("审核人：　　联系电话：", SLOTS) == ("checker", "phone")
    assert slots.labels_in("合计", SLOTS) == ()


def titled(title):
    sheet = Workbook().active
    sheet["A1"], sheet["A2"] = "附件1", title
    sheet["A2"].font = Font(sz=16)
    sheet.append(["名称", "数量"])
    return sheet


@pytest.mark.parametrize(
    ("title", "dated"),
    [
        ("消费者投诉处理情况表", "消费者投诉处理情况表（2026年11月）"),
        ("××商场XX年XX月消费纠纷月报表", "八佰伴商场2026年11月消费纠纷月报表"),
        ("____年__月台账", "2026年11月台账"),
        ("2026年11月台账", "2026年11月台账"),
    ],
)
def test_the_period_is_in_the_title_when_it_has_no_place_of_its_own(title, dated):
    sheet = titled(title)
    assert slots.fill(sheet, FORM, WORDS, range(3, 5), 3) == ()
    assert (sheet["A1"].value, sheet["A2"].value) == ("附件1", dated)


def test_the_title_stays_when_the_period_has_a_place():
    sheet = titled("台账")
    sheet["B1"] = "统计期间："
    assert slots.fill(sheet, FORM, WORDS, range(3, 5), 3) == ("period",)
    assert (sheet["A2"].value, sheet["B1"].value) == ("台账", "统计期间：2026年11月")


def test_nothing_is_put_where_there_is_no_title_or_no_period():
    sheet = titled("台账")
    slots.fill(sheet, FORM, {}, range(3, 5), 3)
    slots.fill(sheet, FORM, WORDS, range(1, 5), 1)
    assert sheet["A2"].value == "台账"
    empty = Workbook().active
    slots.fill(empty, FORM, WORDS, range(3, 5), 3)
    assert empty["A1"].value is None


def test_a_name_is_never_a_formula_and_the_table_is_left_alone():
    sheet = Workbook().active
    sheet["A1"], sheet["A2"] = "填报人：", "填报人："
    slots.fill(sheet, FORM, {"filler": "=1+1_x0041_\x00"}, range(2, 3), 2)
    assert sheet["A1"].value == "填报人：=1+1_x005F_x0041_"
    assert sheet["A1"].data_type == "s"
    assert sheet["A2"].value == "填报人："
