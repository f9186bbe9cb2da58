import pytest

from odr_desk.rules import masking


@pytest.mark.parametrize(
    ("bare", "masked"),
    [
        ("王小明", "王**"),
        ("王明", "王**"),
        ("李𬭚", "李**"),
        ("欧阳小明", "欧阳**"),
        ("周女士", "周女士"),
        ("周女士(示例)", "周女士(示例)"),
        ("买买提·吐尔逊江", "买**"),
        ("John Smith", "J**"),
        ("江某某", "江某某"),
        ("王**", "王**"),
        ("王", "王"),
        ("无锡市锡山区悦食童装商行", "无锡市锡山区悦食童装商行"),
        ("", ""),
    ],
)
def test_names(bare, masked):
    assert masking.name(bare) == masked
    assert masking.name(masked) == masked


@pytest.mark.parametrize(
    ("bare", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0510-88881234", "0510-****1234"),
        ("0510-88881234-12", "0510-****1234-12"),
        ("88881234", "****1234"),
        ("4008881234", "****1234"),
        ("12315", "12315"),
        ("138****5678", "138****5678"),
        ("", ""),
    ],
)
def test_telephones(bare, masked):
    assert masking.phone(bare) == masked
    assert masking.phone(masked) == masked


@pytest.mark.parametrize(
    ("mask", "bare", "masked"),
    [
        (masking.id_number, "320205199003070011", "320205********0011"),
        (masking.id_number, "320205900307001", "320205*****7001"),
        (masking.id_number, "E12345678", "E1*****78"),
        (masking.id_number, "1234", "****"),
        (masking.address, "江苏省无锡市锡山区东亭街道友谊路1号", "江苏省无锡市锡山区***"),
        (masking.address, "无锡市锡山区东亭街道友谊路1号", "无锡市锡山区***"),
        (masking.address, "锡山区东亭街道1号", "锡山区***"),
        (masking.address, "江苏省江阴市澄江街道", "江苏省江阴市***"),
        (masking.address, "友谊路1号", "***"),
        (masking.address, "", ""),
        (masking.bank_card, "6222 0212 3456 7890 123", "**** 0123"),
        (masking.bank_card, "", ""),
    ],
)
def test_other_numbers(mask, bare, masked):
    assert mask(bare) == masked
    assert mask(masked) == masked


def test_numbers_inside_a_sentence_are_found_and_masked():
    text = "王女士 138-1234-5678，证件320205199003070011，卡6222021234567890123，案值1299元，单号20261005。"
    hidden = masking.in_text(text)
    assert hidden == "王女士 138****5678，证件320205********0011，卡**** 0123，案值1299元，单号20261005。"
    assert masking.in_text(hidden) == hidden


def test_longer_numbers_are_not_taken_for_a_telephone():
    said = "平台编号13202050000020261001，代码91320205MA0000000M"
    assert masking.in_text(said) == said


def test_a_masked_telephone_tells_its_ends_and_nothing_else_does():
    assert masking.ends(" 138****5678 ") == ("138", "5678")
    assert masking.ends("0510-****0000-12") == ("0510-", "0000-12")
    assert [masking.ends(text) for text in ("13800005678", "王**", "****5678", "1380****5678")] == [None] * 4
