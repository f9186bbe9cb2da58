import pytest

from odr_desk.rules.case import Claim
from odr_desk.services.platform_words import Words, claims_of


@pytest.fixture
def words(database, clerk):
    with database.reading(clerk) as work:
        return Words(work)


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("质量", ("P01",), ()),
        ("P09", ("P09",), ()),
        (" 虚假 宣传", ("P11",), ()),
        ("三包", ("P05",), ()),
        ("售后服务、售后", ("P05",), ()),
        ("质量/售后", ("P01", "P05"), ()),
        ("态度", (), ("态度",)),
        ("", (), ()),
    ],
)
def test_what_a_complaint_is_about(words, text, codes, unknown):
    found = words.problem(text)
    assert (found.codes, found.unknown) == (codes, unknown)


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("赔偿损失、道歉", ("C08", "C14"), ()),
        ("要求退货", ("C04",), ()),
        ("换货；退货", ("C03", "C04"), ()),
        ("退一赔三", ("C09",), ()),
        ("退还预付款余额", ("C11",), ()),
        ("增加赔偿（三倍，不足五百按五百）", ("C09",), ()),  # one name, though a comma stands in it
        ("退款，给个说法", ("C06",), ("给个说法",)),
    ],
)
def test_what_is_asked_for(words, text, codes, unknown):
    found = words.demands(text)
    assert (found.codes, found.unknown) == (codes, unknown)
    assert claims_of(found) == tuple(Claim(code) for code in codes)
