import pytest

from odr_desk.sheets import names
from odr_desk.sheets.names import Unit


@pytest.mark.parametrize(
    "heading",
    [
        "受理投诉（件）",
        "受理投诉(件)",
        "受理 投诉\n（件）",
        "＊受理投诉（件）",
        "受理投诉",
        "受理投诉：",
        "其中受理投诉(件)",
    ],
)
def test_a_heading_is_the_same_however_it_is_written(heading):
    assert names.bare(heading) == "受理投诉"


def test_a_bracket_that_is_no_unit_belongs_to_the_name():
    assert names.bare("企业(商场)名称") == "企业(商场)名称"
    assert names.bare("先行赔付金额(元)") != names.bare("先行赔付笔数")


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("挽回经济损失（万元）", Unit.TEN_THOUSAND),
        ("涉及金额(元)", Unit.YUAN),
        ("满意率（％）", Unit.PERCENT),
        ("受理投诉（件）", Unit.NONE),
        ("涉及金额", Unit.NONE),
    ],
)
def test_the_unit_of_a_heading(heading, unit):
    assert names.unit(heading) is unit


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：元、件", Unit.YUAN),
        ("金额单位：万元", Unit.TEN_THOUSAND),
        ("（单位：件）", Unit.NONE),
        ("填报单位：元旦商场", Unit.NONE),
    ],
)
def test_the_unit_of_a_whole_form(line, unit):
    assert names.general_unit(line) is unit


@pytest.mark.parametrize(
    "row",
    [
        "文化、娱乐、体育服务",
        "文化、娱乐、体育服务类",
        " 文化娱乐体育服务类",
        "3.文化、娱乐、体育服务类",
        "（三）文化娱乐体育服务",
        "其中：文化、娱乐、体育服务类",
    ],
)
def test_a_class_is_the_same_with_and_without_its_trimmings(row):
    assert names.label(row) == "文化娱乐体育服务"


def test_different_classes_stay_different():
    assert names.label("其他类") != names.label("合计")
    assert names.label("一般服务类") == "一般服务"


@pytest.mark.parametrize(
    ("text", "counter"), [("甲", True), ("1", True), ("(2)", True), ("栏次", True), ("食品类", False)]
)
def test_a_line_that_only_numbers_its_columns(text, counter):
    assert names.is_counter(text) is counter
