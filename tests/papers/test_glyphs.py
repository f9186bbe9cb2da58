import pytest

from odr_desk.papers import glyphs
from odr_desk.rules.errors import Invalid


def test_everyday_characters_are_there():
    text = "甲方（消费者）：李𬭚、㛃䶮，付款¥1,299.00元〔2026〕①☆℃—…“”‘’《》ABCabc,.;:!?@#%&<>\t\r\n"
    assert glyphs.missing_glyphs(text) == ()


def test_a_missing_character_is_named_once():
    assert glyphs.missing_glyphs("王𪚥𪚥😀") == ("𪚥", "😀")


@pytest.mark.parametrize(
    "sign",
    ["\u202e", "\u200b", "\ufeff", "\x07", "\x00", "\u2028", "\xad", "\ue000", "\ufffc", "\u0301", "\U000e0100"],
    ids=ascii,
)
def test_what_cannot_be_seen_is_not_printed(sign):
    assert glyphs.missing_glyphs(f"甲{sign}乙") == (sign,)


def test_the_complaint_names_field_character_code_and_what_to_do():
    with pytest.raises(Invalid) as refused:
        glyphs.check_texts(
            [("consumer_name", "消费者姓名", "王𪚥"), ("facts", "事实", "甲\u202e乙"), ("place", "地点", "一楼")]
        )
    first, second = refused.value.problems
    assert (first.field, second.field) == ("consumer_name", "facts")
    assert "“消费者姓名”里的“𪚥”（U+2A6A5）字库没有" in first.text
    assert "请改用" in first.text
    assert "“事实”里有看不见的控制字符（U+202E）" in second.text
    assert "\u202e" not in second.text


def test_a_lone_accent_is_named():
    with pytest.raises(Invalid, match=r"“姓名”里有单独的组合符号（U\+0301）"):
        glyphs.check_texts([("name", "姓名", "e\u0301")])


def test_a_text_without_what_is_missing_marks_what_can_be_seen():
    assert glyphs.without_missing("𠮷店\u202e长👍e\u0301\n回") == "□店长□e\n回"


def test_asking_needs_no_pdf_library(run_python):
    loaded = run_python(
        "from odr_desk.papers import glyphs, PAPERS; import sys; glyphs.missing_glyphs('王');"
        "print(sorted({'reportlab', 'pypdfium2'} & set(sys.modules)))"
    )
    assert loaded.strip() == "[]"
