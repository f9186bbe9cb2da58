from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from odr_desk.rules import cells
from odr_desk.rules.money import LARGEST_FEN


@pytest.mark.parametrize(
    "raw",
    [
        "2024.07.21",
        "2024-07-21",
        "2024/7/21",
        "2024年7月21日",
        "2024年07月21号",
        "２０２４．０７．２１",
        "2024-07-21 15:30",
        "20240721",
        20240721,
        20240721.0,
        45494,
        45494.0,
        45494.9,
        date(2024, 7, 21),
        datetime.fromisoformat("2024-07-21T23:59:59"),
    ],
)
def test_a_day_in_every_way_it_is_written(raw):
    assert cells.day(raw) == cells.Reading(date(2024, 7, 21))


@pytest.mark.parametrize("raw", [None, "", " ", "-", "—", "/", "无", "不详", "n/a", "#N/A"])
@pytest.mark.parametrize("read", [cells.day, cells.moment, cells.fen, cells.phone, cells.code, cells.uscc])
def test_nothing_is_nothing_without_a_remark(read, raw):
    assert read(raw) == cells.Reading(None)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("2024年7月", "不是完整的日期"),
        ("24.7.21", "不是完整的日期"),
        ("7/21/2024", "不是完整的日期"),
        ("2024-02-30", "没有这一天"),
        ("2024-07-21 25:00", "没有这一天或这一刻"),
        ("1900-01-01", "2000 年至 2099 年"),
        (date(1987, 1, 1), "2000 年至 2099 年"),
        (5000, "不是完整的日期"),
        (float("inf"), "不是完整的日期"),
        ("长期", "没有确定的日期"),
    ],
)
def test_an_unclear_day_is_reported_and_not_guessed(raw, words):
    found = cells.day(raw)
    assert found.value is None
    assert words in found.remark


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("2026/10/05 06:00", datetime(2026, 10, 4, 22, 0, tzinfo=UTC)),
        ("2026-11-05 22:00:00", datetime(2026, 11, 5, 14, 0, tzinfo=UTC)),
        ("2026年11月5日 22时5分", datetime(2026, 11, 5, 14, 5, tzinfo=UTC)),
        (datetime.fromisoformat("2026-10-29T05:00"), datetime(2026, 10, 28, 21, 0, tzinfo=UTC)),
        (46300.25, datetime(2026, 10, 4, 22, 0, tzinfo=UTC)),
        ("2026-10-05", datetime(2026, 10, 4, 16, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_is_china_time(raw, instant):
    assert cells.moment(raw) == cells.Reading(instant)


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("10,000", 1_000_000),
        ("1,299.00", 129_900),
        ("３００００", 3_000_000),
        ("￥880", 88_000),
        ("¥ 880.5元", 88_050),
        ("人民币880元整", 88_000),
        (5000, 500_000),
        (5000.0, 500_000),
        (572.53, 57_253),
        (8544.28, 854_428),
        ("0", 0),
    ],
)
def test_clear_amounts(raw, fen):
    assert cells.fen(raw) == cells.Reading(fen)


@pytest.mark.parametrize(
    ("raw", "fen", "words"),
    [
        ("约500元", 50_000, "“约500元”按 500.00 元录入"),
        ("500元左右", 50_000, "请核对"),
        ("1.5万元", 1_500_000, "按 15,000.00 元录入"),
        ("12.345", 1_235, "四舍五入"),
        ("500-800", None, "不是一个明确的金额"),
        ("1,29", None, "不是一个明确的金额"),
        ("伍仟元", None, "不是一个明确的金额"),
        (-5, None, "负数"),
        (float("nan"), None, "无效"),
        (1e12, None, "太大"),
        (True, None, "不是金额"),
        (date(2024, 7, 21), None, "不是金额"),
    ],
)
def test_other_amounts_carry_a_remark(raw, fen, words):
    found = cells.fen(raw)
    assert found.value == fen
    assert words in found.remark


@pytest.mark.parametrize("raw", [19900001002.0, 19900001002, "199 0000 1002", "１９９００００１００２"])
def test_a_telephone_that_became_a_number(raw):
    assert cells.phone(raw) == cells.Reading("19900001002")


def test_of_two_telephones_the_first_is_taken_and_the_other_named():
    found = cells.phone("19900001001/0510-88880000")
    assert found.value == "19900001001"
    assert "0510-88880000" in found.remark


def test_a_doubtful_telephone_is_kept():
    found = cells.phone("1990000100")
    assert found.value == "1990000100"
    assert "11 位" in found.remark


@pytest.mark.parametrize("raw", [1.320205000002026e19, "1.3202E+19", 913202050000000000.0])
@pytest.mark.parametrize("read", [cells.code, cells.uscc])
def test_lost_digits_are_reported_never_invented(read, raw):
    found = read(raw)
    assert found.value is None
    assert "已经丢失" in found.remark


def test_a_long_number_that_stayed_text_is_kept():
    assert cells.code(" 1320205000002026 1001 ") == cells.Reading("13202050000020261001")
    assert cells.code(2026001.0) == cells.Reading("2026001")


def test_a_credit_code_with_a_wrong_check_letter_is_kept_and_doubted():
    assert cells.uscc("９1320205ma0000000m") == cells.Reading("91320205MA0000000M")
    found = cells.uscc("91320205MA0000001R")
    assert found.value == "91320205MA0000001R"
    assert "校验位" in found.remark


def test_words_lose_what_nobody_sees_and_keep_what_everybody_sees():
    assert cells.text(" 李𬭚\u202e\x00\x07，\r\n=1+1 👨‍👩‍👧 ").value == "李𬭚，\n=1+1 👨‍👩‍👧"
    assert cells.text(True).value == "是"
    assert cells.text(12.5).value == "12.5"
    assert cells.text("　").value is None


@pytest.mark.parametrize(("raw", "number"), [("7天", 7), (7.0, 7), ("７", 7), ("7.5", None), ("七", None)])
def test_counts(raw, number):
    found = cells.count(raw)
    assert found.value == number
    assert bool(found.remark) == (number is None)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()))
@example(".")
@example("/.")
def test_no_cell_is_too_strange(raw):
    day, amount, number = cells.day(raw).value, cells.fen(raw).value, cells.count(raw).value
    assert day is None or 2000 <= day.year <= 2099
    assert amount is None or 0 <= amount <= LARGEST_FEN
    assert number is None or number >= 0
    for read in (cells.text, cells.code, cells.phone, cells.uscc):
        assert read(raw).value != ""
