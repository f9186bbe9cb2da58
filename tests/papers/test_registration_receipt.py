from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking, facts, pdf, reading_back
from odr_desk.papers.checking import Level
from odr_desk.papers.matter import Host, Matter
from odr_desk.papers.registration_receipt import Facts, build, checks
from odr_desk.rules.words import REMEDIES
from tests import stored_facts


@pytest.fixture
def receipt(bicycle, mall):
    return Facts(
        number="XSBBB-2026-0020",
        matter=bicycle,
        host=mall,
        first_asked_by="李四",
        handler="王敏",
        registered_on=date(2026, 10, 26),
        answer_due=date(2026, 10, 31),
        answer_basis="《江苏省消费者权益保护条例》第二十三条",
        result_due=date(2026, 11, 9),
        materials=("购物小票复印件", "宣传页照片两张"),
    )


def test_the_words(receipt, golden):
    golden(build(receipt).as_text(), "test_registration_receipt")


def test_it_prints_on_one_page_and_says_the_same(receipt):
    made = pdf.render(build(receipt))
    reading_back.compare(build(receipt), made.data)
    assert made.pages == 1


def test_all_five_remedies_and_the_use_of_personal_data_are_told(receipt):
    said = build(receipt).as_text()
    assert all(remedy in said for remedy in REMEDIES)
    assert "保存 3 年，期满删除" in said


def test_no_date_for_the_result_is_promised_where_there_is_none(receipt):
    assert "协商结果于2026年11月9日前告知您" in build(receipt).as_text()
    assert "协商结果于" not in build(replace(receipt, result_due=None)).as_text()


def test_an_empty_receipt_has_gaps_and_is_refused(receipt):
    empty = Facts(matter=Matter(), host=Host())
    assert pdf.render(build(empty), draft=True).pages >= 1
    assert {(check.level.value, check.field) for check in checks(empty)} == {
        ("must", "consumer_name"),
        ("look", "consumer_phone"),
        ("must", "merchant_no"),
        ("look", "claims"),
        ("look", "received_at"),
    }


def test_a_paper_slip_written_down_after_its_answer_was_due_still_gets_a_receipt(receipt):
    late = replace(receipt, answer_due=date(2026, 10, 20))
    (found,) = checking.problems(checks(late))
    assert (found.level, found.text) == (Level.LOOK, "登记时首次答复期限 2026年10月20日 已过")
    said = build(late).as_text()
    assert "首次答复的期限为2026年10月20日" in said
    assert "最迟于" not in said
    assert checking.problems(checks(receipt)) == ()


def test_facts_come_back(receipt):
    assert stored_facts.read(Facts, facts.as_json(receipt)) == receipt
