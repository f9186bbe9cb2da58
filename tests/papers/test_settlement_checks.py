from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking
from odr_desk.papers.checking import Level
from odr_desk.papers.settlement_agreement import Consumer, Merchant, Term
from odr_desk.papers.settlement_checks import checks
from odr_desk.rules import clauses


def found(facts):
    return {(check.level.value, check.field): check.text for check in checking.problems(checks(facts))}


@pytest.fixture
def term(agreement):
    def make(**changes):
        return agreement(terms=(replace(agreement().terms[0], **changes),))

    return make


def test_a_good_agreement_has_three_ticks(agreement):
    assert checking.problems(checks(agreement())) == ()
    assert [check.text for check in checks(agreement())] == [
        "金额合计相符，大小写一致",
        "履行日都在签订之后，都是工作日",
        "没有“人民调解”等字样",
    ]


def test_the_gravest_comes_first(agreement):
    facts = agreement(consumer=Consumer(), merchant=Merchant())
    levels = [check.level for check in checking.problems(checks(facts))]
    assert levels == sorted(levels, key=[Level.MUST, Level.LOOK].index)
    assert Level.MUST in levels


@pytest.mark.parametrize(
    ("changes", "level", "field"),
    [
        ({"name": ""}, "must", "consumer_name"),
        ({"is_minor": True}, "must", "guardian"),
        ({"agent": "张三"}, "look", "agent_letter"),
        ({"id_number": ""}, "look", "id_no"),
        ({"phone": " "}, "look", "consumer_phone"),
    ],
)
def test_the_consumer(agreement, changes, level, field):
    assert list(found(agreement(consumer=replace(agreement().consumer, **changes)))) == [(level, field)]


@pytest.mark.parametrize(
    "changes", [{"is_minor": True, "guardian": "王父"}, {"agent": "张三", "agent_authorised": True}]
)
def test_a_guardian_or_a_letter_is_enough(agreement, changes):
    assert found(agreement(consumer=replace(agreement().consumer, **changes))) == {}


@pytest.mark.parametrize(
    ("changes", "level", "field"),
    [
        ({"name": ""}, "must", "merchant_name"),
        ({"uscc": ""}, "look", "uscc"),
        ({"handler": ""}, "look", "merchant_handler"),
        ({"handler_authorised": False}, "look", "merchant_authority"),
    ],
)
def test_the_merchant(agreement, changes, level, field):
    assert list(found(agreement(merchant=replace(agreement().merchant, **changes)))) == [(level, field)]


def test_amounts_must_add_up(agreement):
    assert found(agreement(total_fen=129800)) == {("must", "terms"): "各项相加是 1,299.00 元，合计写的是 1,298.00 元"}
    assert ("must", "terms") in found(agreement(terms=(), total_fen=0))


def test_capitals_must_say_the_amount(term):
    wrong = "退还货款人民币壹仟贰佰玖拾捌元整（¥1,299.00），原路退回。"
    assert found(term(words=wrong)) == {("must", "terms[0].text"): "第 1 项的大写金额与 1,299.00 元不一致"}


def test_a_larger_amount_in_capitals_is_not_taken_for_the_amount(agreement):
    words = "退还人民币壹万零壹佰元整（¥100.00），原路退回。"
    facts = agreement(terms=(Term(code="C06", words=words, amount_fen=10000, method="原路退回"),), total_fen=10000)
    assert ("must", "terms[0].text") in found(facts)


def test_figures_are_wanted_beside_the_capitals(term):
    words = "退还货款人民币壹仟贰佰玖拾玖元整，原路退回。"
    assert found(term(words=words)) == {("look", "terms[0].text"): "第 1 项没有写小写金额 1,299.00 元"}


@pytest.mark.parametrize("fen", [1, 10, 50, 100, 12345, 1299_00, 10**7, 107000_53])
def test_the_desks_own_wording_always_passes(agreement, fen):
    words = clauses.wording(clauses.TermDraft(kind="C06", amount=fen, method="原路退回"))
    facts = agreement(terms=(Term(code="C06", words=words, amount_fen=fen, method="原路退回"),), total_fen=fen)
    assert found(facts) == {}


def test_days(term):
    assert list(found(term(due_on=date(2026, 11, 4)))) == [("must", "terms[0].due")]
    assert list(found(term(due_on=date(2026, 11, 7), due_is_working=False))) == [("look", "terms[0].due")]
    assert "还没有放假安排" in found(term(due_on=date(2027, 1, 4), due_is_working=None))["look", "terms[0].due"]
    assert found(term(due_on=None, due_is_working=None, at_once=True)) == {}


def test_a_clause_that_names_another_day_than_its_own(term):
    words = "乙方于12月5日前退还货款人民币壹仟贰佰玖拾玖元整（¥1,299.00），原路退回。"
    facts = term(words=words, due_on=date(2026, 12, 18))
    assert found(facts) == {("look", "terms[0].due"): "第 1 项的条文写了 2026年12月5日，期限是 2026年12月18日"}


def test_unclear_words(agreement):
    vague = Term(code="C14", words="乙方尽快向甲方道歉。")
    unpaid = Term(code="C06", words="乙方退还人民币壹元整（¥1.00）。", amount_fen=100)
    facts = agreement(terms=(vague, unpaid), total_fen=100)
    assert found(facts) == {
        ("look", "terms[0].text"): "第 1 项写了“尽快”",
        ("look", "terms[1].method"): "第 2 项没有写付款方式",
    }


@pytest.mark.parametrize(("named", "wanted"), [("赔偿", 1), ("增加赔偿", 0), ("补偿", 0)])
def test_a_punitive_part_is_named_on_purpose(agreement, named, wanted):
    words = f"乙方另行支付{named}人民币伍佰元整（¥500.00），现金。"
    facts = agreement(terms=(Term(code="C09", words=words, amount_fen=50000),), total_fen=50000)
    assert len(found(facts)) == wanted


def test_injuries_settled_once_for_all(agreement):
    words = "乙方赔偿甲方损失人民币伍佰元整（¥500.00），现金。"
    facts = agreement(terms=(Term(code="C08", words=words, amount_fen=50000),), total_fen=50000)
    assert list(found(facts)) == [("look", "reserved")]
    assert found(replace(facts, reserved="后续治疗费用另行协商")) == {}
    assert found(replace(facts, final=False)) == {}


def test_too_few_copies(agreement):
    assert list(found(agreement(copies=2))) == [("look", "copies")]


@pytest.mark.parametrize("word", ["人民调解", "司法确认", "调解书"])
def test_words_of_courts_and_regulators_are_refused_in_our_own_text(agreement, word):
    assert list(found(agreement(reserved=f"双方申请{word}。"))) == [("must", "reserved")]
    told = replace(agreement().dispute, consumer_view=f"甲方提出{word}")
    assert found(agreement(dispute=told)) == {}
