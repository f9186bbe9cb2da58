from dataclasses import replace

import pytest

from odr_desk.papers import pdf, reading_back, settlement_agreement
from odr_desk.papers.settlement_agreement import Consumer, Dispute, Merchant, Term, build
from odr_desk.rules.words import REGULATORS_WORDS, REMEDIES


def words(facts):
    return build(facts).as_text()


def test_the_words(agreement, golden):
    golden(words(agreement()), "test_settlement_agreement")


def test_the_words_of_a_paper_that_is_still_empty(agreement, golden):
    empty = agreement(
        number="",
        signed_on=None,
        consumer=Consumer(is_minor=True, agent="张三"),
        merchant=Merchant(),
        dispute=Dispute(),
        terms=(),
        attachments=(),
        final=False,
        place="",
    )
    golden(words(empty), "test_settlement_agreement_empty")


def test_the_pdf_says_the_same(agreement):
    made = pdf.render(build(agreement()))
    reading_back.compare(build(agreement()), made.data)
    assert made.pages == 2


def test_sums_are_stated_when_there_is_more_than_one_amount(agreement):
    terms = (Term(code="C04", words="退款。", amount_fen=99800), Term(code="C09", words="补偿。", amount_fen=150000))
    assert "以上应付金额合计人民币贰仟肆佰玖拾捌元整（¥2,498.00）。" in words(agreement(terms=terms, total_fen=249800))
    assert "合计" not in words(agreement(terms=terms[:1], total_fen=99800))


@pytest.mark.parametrize("changes", [{"final": True}, {"final": False}])
def test_what_is_reserved_is_said(agreement, changes):
    said = words(agreement(reserved="后续治疗费用", **changes))
    assert "不在本协议了结范围之内，另行处理：后续治疗费用。" in said
    assert ("一次性了结" in said) == changes["final"]


def test_the_malls_copy_hides_the_document_number(agreement):
    assert "320205********0011" in words(agreement(masked=True))
    assert "320205199003070011" not in words(agreement(masked=True))
    assert "320205199003070011" in words(agreement())


def test_a_guardian_or_an_agent_signs_too(agreement):
    child = replace(agreement().consumer, is_minor=True, guardian="王父")
    helped = replace(agreement().consumer, agent="张三", agent_authorised=True)
    assert "监护人签名：" in words(agreement(consumer=child))
    assert "监护人：王父" in words(agreement(consumer=child))
    assert "代理人签名：" in words(agreement(consumer=helped))
    assert "代理人签名：" not in words(agreement())


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("advance_payment", "《江苏省消费者权益保护条例》第三十二条"),
        ("confidential", "依法投诉、举报、诉讼或者向有关部门提供情况的除外"),
        ("confirm_on_platform", "甲方在全国12315平台确认和解结果"),
    ],
)
def test_clauses_that_may_be_left_out(agreement, name, phrase):
    assert phrase in words(agreement(**{name: True}))
    assert phrase not in words(agreement(**{name: False}))


@pytest.mark.parametrize(
    ("copies", "phrase"),
    [(3, "一式三份，甲方、乙方、示例商场各执一份"), (12, "一式 12 份，甲方、乙方、示例商场至少各执一份")],
)
def test_copies(agreement, copies, phrase):
    assert phrase in words(agreement(copies=copies))


def test_the_consequences_of_being_late(agreement):
    assert "2．每逾期一日，按未付款项的万分之五支付违约金。" in words(
        agreement(late="每逾期一日，按未付款项的万分之五支付违约金")
    )


def test_the_remaining_remedies_are_named_and_nothing_else_is_promised(agreement):
    said = words(agreement())
    assert all(remedy in said for remedy in REMEDIES[1:])
    assert [word for word in REGULATORS_WORDS if word in said] == []


def test_brand_stands_beside_a_name_that_lacks_it(agreement):
    merchant = replace(agreement().merchant, name="无锡示例服饰有限公司", brand="云岚")
    assert "乙方（经营者）：无锡示例服饰有限公司（云岚）" in words(agreement(merchant=merchant))


def test_template_version():
    assert (settlement_agreement.CODE, settlement_agreement.VERSION) == ("settlement_agreement", 1)
