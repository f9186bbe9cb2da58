from datetime import date

import pytest

from odr_desk.rules import identity


@pytest.mark.parametrize(
    "code",
    [
        "91320205MA0000000M",
        "91320205ma0000001q",
        "９１３２０２０５ＭＡ００００００２Ｕ",
        "9132 0205 MA00 0000 3Y",
        "",
    ],
)
def test_a_right_credit_code_passes(code):
    assert identity.uscc_problem(code) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91320205MA0000000X", "校验位不对"),
        ("91320205MA000000M", "17 位"),
        ("320205000001234", "旧注册号"),
        ("9132O205MA0000000M", "第 5 位不会是“O”，可能是 0"),
        ("91320205MA000000示M", "不会是“示”"),
    ],
)
def test_a_wrong_credit_code_is_explained(code, words):
    assert words in identity.uscc_problem(code)


def test_every_single_misread_digit_of_a_code_is_found():
    good = "91320205MA0000000M"
    for place in range(17):
        for letter in identity.USCC_LETTERS:
            if letter != good[place]:
                wrong = good[:place] + letter + good[place + 1 :]
                assert identity.uscc_problem(wrong), wrong


@pytest.mark.parametrize("number", ["11010519491231002X", "320205199003070011", "11010519491231002x", " ", ""])
def test_a_right_identity_number_passes(number):
    assert identity.id_card_problem(number) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("320205199003070012", "校验位不对"),
        ("320205199013070011", "出生日期"),
        ("320205199002300011", "出生日期"),
        ("320205900307001", "已停用"),
        ("3202051990030700", "18 位"),
        ("3202051990030700AX", "前 17 位是数字"),
        ("3202051990０３07001", "18 位"),
    ],
)
def test_a_wrong_identity_number_is_explained(number, words):
    assert words in identity.id_card_problem(number)


def test_nobody_is_born_after_today():
    assert "出生日期" in identity.id_card_problem("320205199003070011", date(1990, 3, 6))
    assert identity.id_card_problem("320205199003070011", date(1990, 3, 7)) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("19900001001", "19900001001"),
        ("199 0000 1001", "19900001001"),
        ("１９９-００００-１００１", "19900001001"),
        ("+86 199 0000 1001", "19900001001"),
        ("008619900001001", "19900001001"),
        ("8619900001001", "19900001001"),
        ("0510 8888 0000", "0510-88880000"),
        ("(0510)88880000", "0510-88880000"),
        ("010-88880000", "010-88880000"),
        ("0510-88880000-12", "0510-88880000-12"),
        ("0510-88880000转12", "0510-88880000-12"),
        ("88880000", "88880000"),
        ("400-800-8820", "4008008820"),
        ("12315", "12315"),
        ("+852 2345 6789", "+85223456789"),
        ("００８５２－２３４５－６７８９", "+85223456789"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("", ""),
    ],
)
def test_a_telephone_is_kept_in_one_form_and_found_plausible(typed, kept):
    assert identity.normal_phone(typed) == kept
    assert identity.normal_phone(kept) == kept
    assert identity.phone_problem(typed) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1990000100", "现为 10 位"),
        ("199000010012", "现为 12 位"),
        ("12900001001", "13 至 19 开头"),
        ("没有", "不像电话号码"),
        ("852 2345 6789", "境外号码以 + 和国家代码开头"),
        ("+86 1990000100", "不像电话号码"),
        ("+852", "不像电话号码"),
        ("19900001001/19900001002", "两个以上号码"),
    ],
)
def test_an_odd_telephone_is_doubted_and_kept_as_typed(typed, words):
    assert words in identity.phone_problem(typed)
