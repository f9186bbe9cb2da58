from datetime import date, timedelta

import pytest

from odr_desk.rules.errors import Invalid
from odr_desk.rules.merchant import Expiry, MerchantDraft, check_merchant, expiry, expiry_remark

TODAY = date(2026, 11, 23)
GOOD = {"name": "金禧珠宝商行", "counter": "1F-101", "uscc": "91320205MA0000000M", "phone": "13800005678"}


def test_a_good_file_raises_no_word():
    assert check_merchant(MerchantDraft(**GOOD)) == ()


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"uscc": "91320205MA0000000N"}, "uscc", "校验位"),
        ({"uscc": ""}, "uscc", "没有填"),
        ({"phone": "1380000567"}, "phone", "11 位"),
        ({"phone": ""}, "phone", "没有填"),
    ],
)
def test_code_and_phone_only_warn(changes, field, word):
    (warning,) = check_merchant(MerchantDraft(**(GOOD | changes)))
    assert warning.field == field
    assert word in warning.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"counter": ""}, "counter"),
        ({"note": "长" * 1001}, "note"),
        ({"no_reason_days": 366}, "no_reason_days"),
        ({"lease_start": date(2026, 2, 1), "lease_end": date(2026, 1, 31)}, "lease_end"),
    ],
)
def test_what_is_refused_names_its_field(changes, field):
    with pytest.raises(Invalid) as caught:
        check_merchant(MerchantDraft(**(GOOD | changes)))
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize(
    ("last_day", "found"),
    [
        (None, Expiry.NONE),
        (TODAY - timedelta(days=1), Expiry.OVER),
        (TODAY, Expiry.SOON),
        (TODAY + timedelta(days=60), Expiry.SOON),
        (TODAY + timedelta(days=61), Expiry.FAR),
    ],
)
def test_how_near_a_last_day_is(last_day, found):
    assert expiry(last_day, TODAY) is found


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        (None, ""),
        (date(2027, 6, 1), ""),
        (date(2026, 12, 31), "租约 12-31 到期"),
        (date(2027, 1, 5), "租约 2027-01-05 到期"),
        (date(2026, 10, 31), "租约 10-31 已到期"),
    ],
)
def test_what_is_said_about_a_lease(last_day, words):
    assert expiry_remark("租约", last_day, TODAY) == words
