import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_desk.papers.line_breaking import CLOSING, GAP, OPENING, break_lines, joints, squeezed

HAN = st.text("永和九年岁在癸丑暮春之初会于山阴之兰亭修禊事也群贤毕至少长咸集", min_size=1, max_size=12)
CLOSED = st.sampled_from([*"，。、；：？！…", "。”", "）。", "》，", "……", "——", "！”", "”，"])
QUOTED = st.tuples(st.sampled_from(["“”", "（）", "《》", "「」", "“‘’”"]), HAN).map(
    lambda pair: pair[0][: len(pair[0]) // 2] + pair[1] + pair[0][len(pair[0]) // 2 :]
)
FIGURES = st.sampled_from(
    [
        "2026年12月4日",
        "¥1,299.00",
        "3,280.00元",
        "12315",
        "〔2026〕001号",
        "第39条",
        "XSBBB-2026-0001",
        "98.50%",
        "IMEI",
    ]
)
WITH_FIGURES = st.tuples(FIGURES, HAN).map("".join)  # two without a word between would be one number
PARAGRAPH = st.lists(
    st.one_of(HAN, QUOTED, st.tuples(HAN, CLOSED).map("".join), WITH_FIGURES), min_size=1, max_size=40
).map("".join)


def width_of(sign):
    return 0.5 if ord(sign) < 0x2E80 and sign not in "“”‘’…—" else 1.0


def lines_of(text, first, rest):
    widths = squeezed(text, [width_of(sign) for sign in text])
    return [text[line.start : line.end] for line in break_lines(text, widths, first, rest)]


@given(PARAGRAPH, st.integers(10, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, measure):
    lines = lines_of(text, measure - 2, measure)
    assert "".join(lines) == text
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line[-1] in OPENING] == []


@given(PARAGRAPH, st.integers(12, 40))
def test_nothing_sticks_out_but_half_a_mark(text, measure):
    widths = squeezed(text, [width_of(sign) for sign in text])
    for line in break_lines(text, widths, measure - 2, measure):
        allowed = measure - 2 if line.start == 0 else measure
        assert line.filled <= allowed + 1e-6
        assert sum(widths[line.start : line.end]) <= allowed + 0.5 + 1e-6


def test_a_number_in_a_list_stays_with_what_it_counts():
    lines = lines_of("附件：12．发票；13．附件材料", 10, 10)
    assert lines == ["附件：12．发票；", "13．附件材料"]


@given(PARAGRAPH, st.integers(20, 40))
def test_numbers_and_words_stay_whole(text, measure):
    ends = set()
    place = 0
    for line in lines_of(text, measure - 2, measure):
        place += len(line)
        ends.add(place)
    for whole in re.finditer(r"\d+[年月日]|¥[\d,.]+|[\d,.]+元|〔\d+〕\d+号|第\d+条|[!-~]+", text):
        assert not ends & set(range(whole.start() + 1, whole.end())), text


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("甲乙丙丁，戊", 4, ["甲乙丙", "丁，戊"]),
        ("甲乙丙，丁", 3.5, ["甲乙丙，", "丁"]),  # the empty half of the comma hangs over
        ("甲乙丙（丁）", 4, ["甲乙丙", "（丁）"]),
        ("永永永永永永永永永永于2026年12月4日付清", 12, ["永永永永永永永永永永于", "2026年12月4日付清"]),
        ("永永永永永永永永永永于2026年12月4日付清", 17, ["永永永永永永永永永永于2026年12月", "4日付清"]),
        ("甲乙 丙丁", 2.2, ["甲乙", "丙丁"]),
        ("甲abcdefghij", 3, ["甲abcd", "efghij"]),
        ("甲乙丙——丁", 4, ["甲乙", "丙——丁"]),
        ("3 个工作日", 2, ["3 个", "工作", "日"]),
    ],
)
def test_cases(text, measure, lines):
    assert lines_of(text, measure, measure) == lines


def test_a_run_of_marks_wider_than_the_line_is_cut_all_the_same():
    assert "".join(lines_of("！" * 50, 8, 8)) == "！" * 50


def test_a_gap_is_one_character():
    text = f"于{GAP}前"
    widths = [1.0, 6.0, 1.0]
    assert [(line.start, line.end) for line in break_lines(text, widths, 7, 7)] == [(0, 2), (2, 3)]


def test_neighbouring_marks_share_their_empty_halves():
    assert squeezed("（“甲”）。乙", [1.0] * 7) == [0.5, 1.0, 1.0, 0.5, 0.5, 1.0, 1.0]


def test_nothing_to_set():
    assert list(break_lines("", [], 10, 10)) == []
    assert joints("甲")[0] == 0
