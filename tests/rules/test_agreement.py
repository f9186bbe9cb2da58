"""What is refused before an agreement is concluded, and what is only remarked upon."""

from dataclasses import replace
from datetime import date

import pytest

from odr_desk.rules import agreement
from odr_desk.rules.agreement import AgreementDraft, Sums, check_agreement, with_defaults
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.errors import Invalid

TODAY = date(2026, 11, 23)
RECEIVED = date(2026, 11, 20)
REFUND = TermDraft(kind="C06", amount=129900, method="原路退回", due=date(2026, 12, 4))


def refused(*terms: TermDraft, **draft: object) -> dict[str, str]:
    """Return field and words of what is refused."""
    with pytest.raises(Invalid) as caught:
        check_agreement(AgreementDraft(**draft), terms, RECEIVED, TODAY)  # type: ignore[arg-type]
    return {problem.field: problem.text for problem in caught.value.problems}


def test_a_complete_agreement_passes() -> None:
    check_agreement(AgreementDraft(signed_on=TODAY), (REFUND,), RECEIVED, TODAY)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("amount", {"amount": None}),
        ("amount", {"amount": 0}),
        ("due", {"due": date(2026, 11, 22)}),
        ("due", {"at_once": True}),
        ("text", {"text": "退还1280元"}),
        ("text", {"text": "字" * 1001}),
        ("kind", {"kind": ""}),
        ("method", {"method": "转\u202e账"}),
    ],
)
def test_a_wrong_clause_is_named_with_its_field(field: str, changes: dict[str, object]) -> None:
    found = refused(REFUND, replace(REFUND, **changes))  # type: ignore[arg-type]
    assert list(found) == [f"terms[1].{field}"]
    assert found[f"terms[1].{field}"].startswith("第 2 项")


def test_a_free_clause_has_to_be_written_out() -> None:
    assert "terms[0].text" in refused(TermDraft(kind="C18"))
    check_agreement(AgreementDraft(), (TermDraft(kind="C18", text="乙方更正标价签"),), RECEIVED, TODAY)


def test_returned_goods_may_leave_the_refund_to_another_clause() -> None:
    check_agreement(AgreementDraft(), (TermDraft(kind="C04", goods_back="羽绒服"), REFUND), RECEIVED, TODAY)
    assert "terms[0].amount" in refused(TermDraft(kind="C04"), TermDraft(kind="C14"))


def test_days_and_count_have_limits() -> None:
    assert "signed_on" in refused(REFUND, signed_on=date(2026, 11, 24))
    assert "signed_on" in refused(REFUND, signed_on=date(2026, 11, 19))
    assert "terms" in refused()
    assert "terms" in refused(*[REFUND] * 31)
    assert "terms" in refused(replace(REFUND, amount=10**12), REFUND)
    assert "copies" in refused(REFUND, copies=2)


def test_sums_are_parted_by_what_the_money_counts_as() -> None:
    terms = (
        REFUND,
        TermDraft(kind="C08", amount=32650),
        TermDraft(kind="C18", amount=30000, text="补偿"),
        TermDraft(kind="C09", amount=150000),
        TermDraft(kind="C14"),
    )
    assert agreement.sums_of(terms) == Sums(342550, 129900, 62650, 150000)


def test_open_fields_are_taken_from_the_case() -> None:
    draft = with_defaults(AgreementDraft(agent="周强"), TODAY, agent="别人", guardian="周母")
    assert (draft.signed_on, draft.copies, draft.agent, draft.guardian) == (TODAY, 3, "周强", "周母")
