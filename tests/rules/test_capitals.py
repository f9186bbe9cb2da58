import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_desk.rules.capitals import LIMIT_FEN, rmb_capitals

VECTORS = Path(__file__).parents[1] / "data" / "rmb_uppercase_tests.csv"
DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def vectors():
    with VECTORS.open(encoding="utf-8", newline="") as source:
        return [(row["amount"], row["expected"]) for row in csv.DictReader(source)]


def read_aloud(words):
    """Return the fen that somebody reading the capitals understands."""
    total = group = digit = fen = 0
    for sign in words.removeprefix("人民币").rstrip("整"):
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in PLACES:
            group, digit = group + digit * PLACES[sign], 0
        elif sign in "亿万元":
            scale = {"亿": 10**8, "万": 10**4, "元": 1}[sign]
            total, group, digit = total + (group + digit) * scale, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign], 0
    return total * 100 + fen


def test_there_are_vectors():
    assert len(vectors()) == 31


@pytest.mark.parametrize(("amount", "expected"), vectors())
def test_vector(amount, expected):
    yuan, _, rest = amount.partition(".")
    assert rmb_capitals(int(yuan) * 100 + int(rest.ljust(2, "0") or 0)) == expected


@given(st.integers(0, LIMIT_FEN - 1))
def test_the_words_say_the_amount(fen):
    words = rmb_capitals(fen)
    assert read_aloud(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize("fen", [-1, LIMIT_FEN])
def test_no_words_beyond_the_limits(fen):
    with pytest.raises(ValueError, match="no capitals"):
        rmb_capitals(fen)


def test_the_largest_amount():
    assert rmb_capitals(LIMIT_FEN - 1) == ("人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")
