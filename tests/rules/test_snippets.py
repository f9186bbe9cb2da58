import pytest

from odr_desk.rules import snippets


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("退货，不退", "退", ((0, 1), (4, 5))),
        ("退货退货", "退货", ((0, 4),)),
        ("ＡＢＣ-１２款", "abc", ((0, 3),)),
        ("ＡＢＣ-１２款", "12", ((4, 6),)),
        ("三方看货，周六来", "三方，周六", ((0, 2), (5, 7))),
        ("三方看货", "三方，周日", ()),
        ("㎏数不对", "数不", ((1, 3),)),
        ("㎏数不对", "kg", ((0, 1),)),
        ("退货", "，", ()),
    ],
)
def test_where_a_word_stands(text, word, found):
    assert snippets.spans(text, word) == found


@pytest.mark.parametrize(
    ("code", "word", "found"),
    [("XS-2026-0123", "0123", ((8, 12),)), ("XS-2026-0123", "2026-0123", ((3, 12),)), ("XS-2026-0123", "2026", ())],
)
def test_a_code_is_known_by_its_end(code, word, found):
    assert snippets.tail_span(code, word) == found


def test_a_long_text_is_cut_around_the_first_hit():
    text = "前" * 100 + "退货" + "后" * 100
    piece, found = snippets.cut(text, snippets.spans(text, "退货"), 40)
    assert piece == "…" + "前" * 14 + "退货" + "后" * 24 + "…"
    assert [piece[start:end] for start, end in found] == ["退货"]


def test_a_short_text_stays_whole_on_one_line():
    assert snippets.cut("来了\n退货", ((3, 5),), 40) == ("来了 退货", ((3, 5),))
