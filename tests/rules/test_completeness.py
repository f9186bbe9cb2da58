import dataclasses
from datetime import date

import pytest

from odr_desk.rules import completeness
from odr_desk.rules.case import Outcome
from odr_desk.rules.completeness import CaseFacts, Weight

GOOD = CaseFacts(
    case_no="XSBBB-2026-0107",
    merchant="讯达手机",
    merchant_id=1,
    channel="CH01",
    platform_no="DEMO-ODR-0107",
    phone="19900000009",
    received_on=date(2026, 11, 3),
    due_on=date(2026, 11, 17),
    category="家用电子电器类",
    problem="P01",
    problem_note="",
    amount=429_900,
    result=Outcome.SETTLED,
    ended_on=date(2026, 11, 5),
    fed_back_on=date(2026, 11, 5),
    refund=429_900,
    paid=429_900,
    recovered=429_900,
)


def found(**changes: object) -> list[tuple[str, Weight, str]]:
    case = dataclasses.replace(GOOD, **changes)
    return [(one.field, one.level, one.message) for one in completeness.examine([case])]


def test_a_complete_case_is_not_mentioned():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "field", "level", "words"),
    [
        ({"problem": ""}, "problem", Weight.MUST, "投诉问题：没有选"),
        ({"problem": "P12"}, "problem_note", Weight.MUST, "选了“其他”，没有说明"),
        ({"category": ""}, "category", Weight.MUST, "计入“其他类”"),
        ({"amount": None}, "amount", Weight.MUST, "涉及金额：空着"),
        ({"recovered": None}, "recovered", Weight.MUST, "空着，退款和赔偿共 ¥4,299.00"),
        ({"recovered": None, "paid": 0}, "recovered", Weight.MUST, "没有挽回的填 0"),
        ({"ended_on": date(2026, 11, 2)}, "ended_on", Weight.MUST, "2026-11-02，早于收到日期 2026-11-03"),
        ({"result": None}, "result", Weight.MUST, "没有处理结果"),
        ({"fed_back_on": None}, "fed_back_on", Weight.MUST, "和解成功，没有反馈平台的日期"),
        ({"fed_back_on": date(2026, 11, 1)}, "fed_back_on", Weight.LOOK, "早于收到日期"),
        ({"platform_no": " "}, "platform_no", Weight.LOOK, "没有平台编号"),
        ({"recovered": 129_900}, "recovered", Weight.LOOK, "¥1,299.00，退款和赔偿共 ¥4,299.00"),
    ],
)
def test_each_gap_is_named_with_field_and_weight(changes, field, level, words):
    [(name, weight, message)] = found(**changes)
    assert (name, weight) == (field, level)
    assert words in message


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_on": None, "result": None, "fed_back_on": None, "recovered": None, "amount": None},
        {"channel": "CH06", "platform_no": "", "fed_back_on": None},
        {"problem": "P12", "problem_note": "标签字号"},
        {"result": Outcome.FAILED, "recovered": None, "refund": 0, "paid": 0},
        {"amount": 0, "recovered": 0, "refund": 0, "paid": 0},
    ],
)
def test_what_need_not_be_there_is_not_asked_for(changes):
    assert found(**changes) == []


def later(number: str, **changes: object) -> CaseFacts:
    return dataclasses.replace(GOOD, case_no=number, platform_no="", **changes)


def test_the_later_of_two_like_cases_is_named():
    second = later("XSBBB-2026-0108", received_on=date(2026, 11, 23))
    [one] = completeness.repeated([second, GOOD])
    assert one.case_no == "XSBBB-2026-0108"
    assert one.said == "与 XSBBB-2026-0107 同一电话、同一商户，相隔 20 天"
    assert one.level is Weight.LOOK


def test_a_like_case_shortly_before_the_period_counts_too():
    [one] = completeness.repeated([later("Y", received_on=GOOD.received_on)], [GOOD])
    assert one.case_no == "Y"
    assert one.said.endswith("同一天")
    assert list(completeness.repeated([], [GOOD, later("Y")])) == []


@pytest.mark.parametrize(
    "changes", [{"received_on": date(2026, 12, 4)}, {"merchant_id": 2}, {"phone": ""}, {"phone": "19900000010"}]
)
def test_far_apart_or_of_others_is_not_alike(changes):
    assert list(completeness.repeated([GOOD, later("Y", **changes)])) == []


def test_cases_without_a_telephone_are_not_taken_for_one_person():
    silent = dataclasses.replace(GOOD, phone="", platform_no="")
    assert list(completeness.repeated([silent, later("Y", phone="")])) == []


def test_the_same_platform_number_is_named_whoever_it_is():
    other = dataclasses.replace(GOOD, case_no="Y", phone="19900000077", merchant_id=9)
    [one] = completeness.repeated([GOOD, other])
    assert one.said == "与 XSBBB-2026-0107 平台编号相同"


def test_nine_times_the_usual_amount_is_unusual_and_less_is_not():
    usual = {"教育培训服务类": 140_000}
    dear = later("Y", category="教育培训服务类", amount=1_280_000)
    [one] = completeness.unusual([dear], usual)
    assert one.said == "¥12,800.00，是同类中位数的 9 倍"
    assert list(completeness.unusual([later("Y", category="教育培训服务类", amount=1_259_999)], usual)) == []
    assert list(completeness.unusual([later("Y", category="食品类", amount=1_280_000)], usual)) == []


def test_a_class_needs_enough_amounts_to_have_a_usual_one():
    known = [("食品类", fen) for fen in (100, 200, 300, 400)]
    assert completeness.medians(known) == {}
    assert completeness.medians([*known, ("食品类", 90_000)]) == {"食品类": 300}


def test_a_class_without_a_row_of_its_own_is_named():
    bike = later("Y", category="交通工具类")
    [one] = completeness.without_row([GOOD, bike, later("Z", category="")], {"交通工具类"}, "其他类")
    assert (one.case_no, one.said) == ("Y", "表里没有“交通工具类”一行，计入“其他类”")
