import pytest

from odr_desk.rules.finding import Named, fit, words_of

JINXI = Named(
    name="金禧珠宝",
    other_names=("老金店", "无锡市锡山区金禧珠宝商行"),
    counter="A馆1F-101",
    keys="jxzb ljd jxzbsh",
    sound="jin xi zhu bao\nlao jin dian",
    codes=("M0012", "91320205MA0000001R"),
)


def _fit(text, named=JINXI):
    return fit(words_of(text), named)


@pytest.mark.parametrize(
    "text",
    [
        "金禧", "珠宝", "金禧珠宝商行", "老金店", "无锡市", "jx", "JXZ", "zb", "ljd", "jxzbs", "101", "1F-101",
        "1f101", "A馆1F-101", "a馆", "ｊｘ", "１０１", "jinxi", "jinxizhubao", "zhubao", "laojin", "M0012",
        "m0012", "91320205MA0000001R", "00001R", "jx 101", "珠宝 1f", "  金禧  ",
    ],
)  # fmt: skip
def test_found(text):
    assert _fit(text) is not None


@pytest.mark.parametrize(
    "text", ["", "   ", "xj", "银楼", "102", "2F-101", "M001", "jinx2", "ji", "inxi", "baolao", "jx 102", "01R"]
)
def test_not_found(text):
    assert _fit(text) is None


def test_every_word_must_be_found():
    assert _fit("jx 银楼") is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("101", "1F"),  # the last part of a counter, before any part of it
        ("jxz", "xzb"),  # initials from their beginning, before inside them
        ("金禧", "珠宝"),
        ("金禧", "老金店"),  # the name over the door, before other names
        ("老金店", "金店"),
        ("jx", "金禧"),
        ("xzb", "jinxi"),  # whole pinyin last
    ],
)
def test_what_comes_first(better, worse):
    assert _fit(better).rank < _fit(worse).rank


def test_what_to_highlight():
    assert _fit("xz").initials_span == (1, 3)
    assert _fit("xz").initials == "jxzb"
    assert _fit("jd").initials == "ljd"
    assert _fit("珠宝").name_span == (2, 4)
    both = _fit("金禧 101")
    assert (both.name_span, both.counter_span) == ((0, 2), (5, 8))


def test_the_counter_without_its_dash_is_highlighted_with_it():
    assert _fit("1f101").counter_span == (2, 8)


def test_digits_alone_never_run_across_a_dash():
    named = Named(name="甲", other_names=(), counter="B1-101", keys="j", sound="jia")
    assert _fit("110", named) is None
    assert _fit("b1101", named) is not None
