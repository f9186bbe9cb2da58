from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking, facts, pdf, reading_back
from odr_desk.papers.return_letter import Facts, build, checks
from tests import stored_facts


@pytest.fixture
def letter(bicycle, mall):
    return Facts(
        number="锡八佰伴退〔2026〕001号",
        to="锡山区市场监管局东亭分局",
        sent_on=date(2026, 11, 6),
        original_number="东市监转 18",
        came_on=date(2026, 11, 4),
        answer_by=date(2026, 11, 9),
        matter=bicycle,
        host=mall,
        cause="不是本场商户",
        reason="经核实，被投诉商户在隔壁商场经营，本商场没有这家商户",
        materials=("转办单", "投诉登记表"),
        contact="王敏",
    )


def test_the_words(letter, golden):
    golden(build(letter).as_text(), "test_return_letter")


def test_the_pdf_says_the_same(letter):
    made = pdf.render(build(letter))
    reading_back.compare(build(letter), made.data)
    assert made.pages == 1


def test_without_materials_it_says_so(letter):
    assert "三、退回材料\n无。" in build(replace(letter, materials=())).as_text()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"to": ""}, [("must", "to")]),
        ({"cause": ""}, [("must", "reason")]),
        ({"reason": ""}, [("must", "reason")]),
        ({"sent_on": date(2026, 11, 10)}, [("look", "sent_on")]),
        ({"answer_by": None}, []),
    ],
)
def test_what_is_looked_at(letter, changes, found):
    wrong = checking.problems(checks(replace(letter, **changes)))
    assert [(check.level.value, check.field) for check in wrong] == found


def test_facts_come_back(letter):
    assert stored_facts.read(Facts, facts.as_json(letter)) == letter
