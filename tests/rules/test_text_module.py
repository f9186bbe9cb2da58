from datetime import date

import pytest

from odr_desk.rules import calendar
from odr_desk.rules.calendar import DayKind, SpecialDay
from odr_desk.rules.errors import Invalid
from odr_desk.rules.text_module import FIELDS, GAP, ModuleDraft, check_module, fill, typed_code

FULL_WIDTH = {at: at + 0xFEE0 for at in range(0x21, 0x7F)}  # as an input method set to full width writes
TODAY = date(2026, 11, 27)  # a Friday
CALENDAR = calendar.make((SpecialDay(date(2026, 11, 30), DayKind.OFF, "示例节"),))


def filled(text, **values):
    return fill(text, values, TODAY, CALENDAR)


def test_fields_are_filled_and_what_is_not_known_is_left_as_a_gap():
    assert filled("请{消费者}把{商品}带来", 消费者="周女士") == f"请周女士把{GAP}带来"


def test_a_field_may_be_written_as_an_input_method_does():
    assert filled("｛消费者｝{ 日期＋3 }", 消费者="周女士") == "周女士11月30日（周一）"
    check_module(ModuleDraft(code="a", title="宽", text="｛消费者｝{工作日＋3}"))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("今天", "11月27日（周五）"),
        ("日期+3", "11月30日（周一）"),
        ("工作日+1", "12月1日（周二）"),
        ("日期+0", "11月27日（周五）"),
    ],
)
def test_days_are_reckoned_from_today(field, said):
    assert filled("{" + field + "}前") == f"{said}前"


def test_a_value_with_braces_is_not_read_again():
    assert filled("{消费者}", 消费者="{商户}") == "{商户}"


@pytest.mark.parametrize(
    ("before", "code"),
    [("他说/hf", "hf"), ("／HF", "hf"), ("、wj2", "wj2"), ("/", ""), ("/hf ", ""), ("http", ""), ("1/中", "")],
)
def test_the_code_before_the_cursor_is_known_by_its_stroke(before, code):
    assert typed_code(before) == code
    assert typed_code(before.translate(FULL_WIDTH)) == code


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"code": "回复"}, "code", "字母和数字"),
        ({"code": ""}, "code", "请填写短码"),
        ({"text": "给{老板}打电话"}, "text", "没有“{老板}”这个字段"),
        ({"text": "请{消费者回电"}, "text", "单个的 { 或 }"),
        ({"text": "请{{消费者}}回电"}, "text", "单个的 { 或 }"),
        ({"kinds": "call fax"}, "kinds", "没有“fax”"),
    ],
)
def test_a_module_that_could_not_be_used_is_refused(changes, field, said):
    draft = ModuleDraft(**{"code": "hf", "title": "回话", "text": "{消费者}明天回话", **changes})
    with pytest.raises(Invalid) as refused:
        check_module(draft)
    assert refused.value.problems[0].field == field
    assert said in refused.value.problems[0].text


def test_every_field_that_is_offered_may_be_used():
    check_module(ModuleDraft(code="a", title="全部", text="".join(f"{{{name}}}" for name in FIELDS)))
