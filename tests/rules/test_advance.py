"""What may be paid in the merchant's stead, and what taken back."""

from datetime import date

import pytest

from odr_desk.rules.advance import AdvanceDraft, RecoveryDraft, check_advance, check_recovery
from odr_desk.rules.errors import Invalid

PAID = date(2026, 11, 20)
TODAY = date(2026, 11, 23)
CLAIMED = "三次电话、一次函，商户失联"


@pytest.mark.parametrize(
    ("changes", "owed", "field"),
    [
        ({"reason": ""}, None, "reason"),
        ({"reason": "  "}, None, "reason"),
        ({"amount": None}, None, "amount"),
        ({"amount": 0}, None, "amount"),
        ({"amount": 73001}, 73000, "amount"),
        ({"source": "字" * 21}, None, "source"),
    ],
)
def test_what_may_not_be_asked_for(changes: dict[str, object], owed: int | None, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_advance(AdvanceDraft(**({"amount": 73000, "reason": CLAIMED} | changes)), owed)  # type: ignore[arg-type]
    assert [problem.field for problem in caught.value.problems] == [field]


def test_all_that_is_owed_may_be_asked_for() -> None:
    check_advance(AdvanceDraft(amount=73000, reason=CLAIMED), 73000)
    check_advance(AdvanceDraft(amount=73000, reason=CLAIMED), None)


@pytest.mark.parametrize(
    ("amount", "on", "fields"),
    [
        (50001, TODAY, ["amount"]),
        (0, TODAY, ["amount"]),
        (100, date(2026, 11, 24), ["on"]),
        (100, date(2026, 11, 19), ["on"]),
        (50001, date(2026, 11, 19), ["amount", "on"]),
    ],
)
def test_a_recovery_fits_the_rest_and_the_days(amount: int, on: date, fields: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        check_recovery(RecoveryDraft(amount=amount, on=on, source="扣划保证金"), 50000, PAID, TODAY)
    assert [problem.field for problem in caught.value.problems] == fields


def test_the_whole_rest_may_be_taken_back() -> None:
    check_recovery(RecoveryDraft(amount=50000, on=PAID, source="扣划保证金"), 50000, PAID, TODAY)
