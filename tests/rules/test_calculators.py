"""The worked examples of legal_rules.csv, the edges of every term, and what must hold for any amount."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_desk import paths
from odr_desk.rules import calculators, statutes
from odr_desk.rules.calendar import DayKind, SpecialDay, make
from odr_desk.rules.errors import Invalid
from odr_desk.rules.parsing import parse
from odr_desk.rules.reckoning import Figure

OFF = (SpecialDay(date(2026, 10, day), DayKind.OFF, "国庆节") for day in range(1, 8))
NATIONAL = make((*OFF, SpecialDay(date(2026, 10, 10), DayKind.WORK, "国庆节")))
MOST = 10**12
AMOUNTS = st.integers(0, MOST)


def reckon(rule, **values):
    calculator = calculators.BY_RULE[rule]
    return calculator.work_out(parse(calculator.takes, values), NATIONAL)


def figures(rule, **values):
    return [figure.value for figure in reckon(rule, **values).figures]


def refused(rule, **values):
    with pytest.raises(Invalid) as caught:
        reckon(rule, **values)
    return {problem.field for problem in caught.value.problems}


def test_every_rule_that_the_table_says_computes_has_a_calculator():
    with paths.resource("reference", "legal_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["rule_id"]: row for row in csv.DictReader(file)}
    assert {rule for rule, row in rows.items() if row["calculator"].startswith("Y")} == set(calculators.BY_RULE)
    for rule in calculators.BY_RULE:
        assert statutes.versions(rows[rule]["article"]), rule


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("R_REFUND", {"price": "1280", "paid_price": "998", "proven": True}, [998_00]),
        ("R_REFUND", {"price": "1280", "paid_price": "998"}, [1280_00]),
        ("R_X3", {"price": "100"}, [600_00, 500_00]),
        ("R_X3", {"price": "1280"}, [5120_00, 3840_00]),
        ("R_X3", {"price": "1280", "loss": "80"}, [5200_00, 3840_00]),
        ("R_X10", {"price": "12.80"}, [1012_80, 1000_00]),
        ("R_X10", {"price": "168"}, [1848_00, 1680_00]),
        ("R_X10", {"price": "168", "loss": "1000"}, [3168_00, 3000_00]),
        ("R_PREPAID_RUNAWAY", {"balance": "750"}, [3000_00, 2250_00]),
        ("R_PREPAID_MERCHANT_FAULT", {"paid": "1000", "gift": "200", "used": "300"}, [750_00]),
        ("R_PREPAID_MERCHANT_FAULT", {"paid": "1000", "used": "400"}, [600_00]),
        ("R_PREPAID_JS", {"paid": "1000"}, [1000_00]),
        ("R_PREPAID_CONSUMER_FAULT", {"paid": "1000", "used": "500"}, [500_00]),
        ("R_PREPAID_CONSUMER_FAULT", {"paid": "1000", "used": "1100"}, [0]),
        ("R_PREPAID_UNLIMITED", {"paid": "3650", "total_days": "365", "left_days": "73"}, [730_00]),
        (
            "R_PREPAID_CONSUMER_FAULT",
            {"paid": "1000", "used": "500", "rate": "1.5", "days": "365"},
            [507_50, 500_00, 7_50],
        ),
        ("R_3BAO_DEPR", {"price": "4000", "used_days": "40", "rate": "0.5"}, [3200_00, 800_00]),
        ("R_3BAO_DEPR", {"price": "4000", "used_days": "40", "repair_days": "10", "rate": "0.5%"}, [3400_00, 600_00]),
        ("R_3BAO_DEPR", {"price": "4000", "used_days": "900", "rate": "0.5"}, [0, 4000_00]),
        ("R_DEPOSIT", {"deposit": "1000", "subject": "10000", "breach": "taker"}, [2000_00]),
        ("R_DEPOSIT", {"deposit": "3000", "subject": "10000", "breach": "taker"}, [5000_00]),
        ("R_DEPOSIT", {"deposit": "3000", "subject": "10000", "breach": "giver"}, [1000_00]),
        ("R_DEPOSIT", {"deposit": "3000", "subject": "10000", "breach": "none"}, [3000_00]),
        ("R_SHORT", {"unit_price": "33.80", "sold": "1.5", "found": "1.32"}, [6_08]),
        ("R_LOSS", {"medical": "320.50", "transport": "24", "income": "600"}, [944_50]),
    ],
)
def test_amounts(rule, values, expected):
    assert figures(rule, **values) == expected


def test_the_formula_is_told_with_its_numbers():
    assert reckon("R_X3", price="1280").steps == (
        "3 × 1,280.00 = 3,840.00，不低于 500.00",
        "退款 1,280.00 + 增加赔偿 3,840.00 = 5,120.00",
    )
    assert reckon("R_X3", price="100").steps[0] == "3 × 100.00 = 300.00，不足 500.00，按 500.00"
    assert reckon("R_PREPAID_MERCHANT_FAULT", paid="1000", gift="200", used="300").steps == (
        "实付占比 1,000.00 ÷ 1,200.00",
        "已用 300.00 × 1,000.00 ÷ 1,200.00 = 250.00",
        "1,000.00 − 250.00 = 750.00",
    )
    assert reckon("R_PREPAID_UNLIMITED", paid="100", total_days="3", left_days="1").steps == (
        "100.00 × 1 ÷ 3 = 33.33（四舍五入）",
    )


@pytest.mark.parametrize(
    ("rule", "first", "then", "length"),
    [
        ("R_RETURN7", "received_on", "asked_on", 7),
        ("R_3BAO_7", "sold_on", "asked_on", 7),
        ("R_3BAO_15", "sold_on", "asked_on", 15),
        ("R_PREPAID_7", "paid_on", "asked_on", 7),
        ("R_PREPAID_15_JS", "paid_on", "asked_on", 15),
    ],
)
def test_a_term_ends_with_its_last_day(rule, first, then, length):
    start = date(2026, 11, 9)  # a Monday: seven and fifteen days later is worked too
    extra = {"principal": 1} if "PREPAID" in rule else {}
    at_end = reckon(rule, **{first: start, then: start + timedelta(length)}, **extra)
    late = reckon(rule, **{first: start, then: start + timedelta(length + 1)}, **extra)
    assert (at_end.stands, late.stands) == (True, False)
    assert late.figures == ()
    assert refused(rule, **{first: start, then: start - timedelta(1)}, **extra) == {then}


def test_a_last_day_off_moves_on_to_the_next_working_day():
    found = reckon("R_RETURN7", received_on="2026-09-26", asked_on="2026-10-08")
    assert found.stands
    assert Figure("最后一日", date(2026, 10, 8)) in found.figures
    assert "2026-10-03 国庆节放假，顺延至 2026-10-08" in found.steps[0]


def test_a_year_without_its_holidays_is_called_an_estimate():
    assert "暂估" in reckon("R_RETURN7", received_on="2027-03-01", asked_on="2027-03-02").steps[0]
    assert "暂估" not in reckon("R_RETURN7", received_on="2026-03-02", asked_on="2026-03-03").steps[0]


def test_other_dates():
    assert figures(
        "R_NOREASON_REMOTE", received_on="2026-11-09", asked_on="2026-11-10", back_on="2026-11-16", intact=True
    )[2] == date(2026, 11, 23)
    assert not reckon("R_NOREASON_REMOTE", received_on="2026-11-09", asked_on="2026-11-10").stands
    assert figures("R_NOREASON_STORE", bought_on="2026-11-02", asked_on="2026-11-17", days="15", in_scope=True)[0]
    assert not reckon(
        "R_NOREASON_STORE", bought_on="2026-11-02", asked_on="2026-11-18", days="15", in_scope=True
    ).stands
    assert figures("R_REPAIR", handed_in_on="2026-10-19", as_of="2026-11-18") == ["等待修好", date(2026, 11, 18)]
    assert figures("R_REPAIR", handed_in_on="2026-10-19", as_of="2026-11-19")[0] == "退货或更换"
    assert figures("R_BURDEN6M", received_on="2025-08-31", found_on="2026-03-02") == ["商户举证", date(2026, 3, 2)]
    assert not reckon("R_BURDEN6M", received_on="2025-08-31", found_on="2026-03-03").stands
    assert figures("R_REPLACE", replaced_on="2025-11-20", months="12", repair_days="6") == [date(2026, 11, 26)]
    assert figures("R_3BAO_PERIOD", sold_on="2025-11-20", months="12") == [date(2026, 11, 20)]


def test_repairs():
    assert not reckon("R_3BAO_2REPAIR", repairs="1").stands
    assert figures("R_3BAO_2REPAIR", repairs="2") == ["按发票价退款"]
    assert figures("R_3BAO_2REPAIR", repairs="2", in_stock=True) == ["换同型号"]
    assert figures("R_3BAO_2REPAIR", repairs="2", in_stock=True, wants_money=True) == ["退款，扣折旧费"]


def test_seven_days_do_not_help_who_had_the_same_before():
    days = {"paid_on": "2026-11-09", "asked_on": "2026-11-10"}
    assert figures("R_PREPAID_7", principal="2000", **days) == [2000_00]
    assert not reckon("R_PREPAID_7", principal="2000", had_before=True, **days).stands
    assert figures("R_PREPAID_15_JS", principal="2000", cost="150", **days) == [1850_00]


@pytest.mark.parametrize(
    ("rule", "values", "fields"),
    [
        ("R_X3", {}, {"price"}),
        ("R_X3", {"price": "abc"}, {"price"}),
        ("R_X3", {"price": "1", "gift": "1"}, {"gift"}),
        ("R_REFUND", {"price": "1280", "proven": True}, {"paid_price"}),
        ("R_LOSS", {}, {"medical"}),
        ("R_SHORT", {"unit_price": "1", "sold": "1", "found": "1.1"}, {"found"}),
        ("R_SHORT", {"unit_price": "1", "sold": "1.23456", "found": "1"}, {"sold"}),
        ("R_DEPOSIT", {"deposit": "1", "subject": "1"}, {"breach"}),
        ("R_PREPAID_MERCHANT_FAULT", {"paid": "1000", "gift": "200", "used": "1200.01"}, {"used"}),
        ("R_PREPAID_CONSUMER_FAULT", {"paid": "1000", "rate": "1.5"}, {"days"}),
        ("R_PREPAID_CONSUMER_FAULT", {"paid": "1000", "days": "3"}, {"rate"}),
        ("R_PREPAID_UNLIMITED", {"paid": "1", "total_days": "3", "left_days": "4"}, {"left_days"}),
        ("R_3BAO_DEPR", {"price": "1", "used_days": "3", "rate": "-1"}, {"rate"}),
    ],
)
def test_what_does_not_fit_is_refused_by_field(rule, values, fields):
    assert refused(rule, **values) == fields


@given(AMOUNTS, st.one_of(st.none(), AMOUNTS))
def test_floors_hold(price, loss):
    total, extra = figures("R_X3", price=price, loss=loss)
    assert extra == max(3 * price, 500_00)
    assert total == price + extra + (loss or 0)
    total, extra = figures("R_X10", price=price, loss=loss)
    assert extra >= 1000_00 and extra >= 10 * price and extra >= 3 * (loss or 0)
    assert total == price + extra


@given(AMOUNTS, AMOUNTS, st.fractions(0, 1))
def test_what_is_left_of_a_card_lies_between_nothing_and_what_was_paid(paid, gift, part):
    used = min(int((paid + gift) * part), MOST)  # a field holds no more
    (back,) = figures("R_PREPAID_MERCHANT_FAULT", paid=paid, gift=gift, used=used)
    assert 0 <= back <= paid
    assert abs((paid - back) * (paid + gift) - used * paid) <= (paid + gift)
    (left,) = figures("R_PREPAID_CONSUMER_FAULT", paid=paid, used=used)
    assert left == max(paid - used, 0)


@given(AMOUNTS, st.integers(1, 36_500), st.data())
def test_the_days_of_a_card_share_its_price(paid, total, data):
    left = data.draw(st.integers(0, total))
    (back,) = figures("R_PREPAID_UNLIMITED", paid=paid, total_days=total, left_days=left)
    (rest,) = figures("R_PREPAID_UNLIMITED", paid=paid, total_days=total, left_days=total - left)
    assert 0 <= back <= paid
    assert abs(back + rest - paid) <= 1


@given(AMOUNTS, st.integers(0, 36_500), st.integers(0, 36_500), st.integers(0, 1_000_000))
def test_wear_never_takes_more_than_the_price(price, used, repairs, rate):
    text = f"{rate // 10_000}.{rate % 10_000:04}"
    back, fee = figures("R_3BAO_DEPR", price=price, used_days=used, repair_days=repairs, rate=text)
    assert back + fee == price
    assert back >= 0 and fee >= 0


@given(AMOUNTS, AMOUNTS)
def test_a_deposit_beyond_a_fifth_is_no_deposit(deposit, subject):
    taker, giver, none = (
        figures("R_DEPOSIT", deposit=deposit, subject=subject, breach=breach)[0]
        for breach in ("taker", "giver", "none")
    )
    assert 0 <= giver <= none == deposit <= taker
    assert taker - deposit == deposit - giver == min(deposit, subject // 5)
