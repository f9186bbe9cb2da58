from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking, facts, pdf, reading_back
from odr_desk.papers.failure_notice import Facts, build, checks
from odr_desk.rules.words import REGULATORS_WORDS, REMEDIES, SETTLE
from tests import stored_facts


@pytest.fixture
def notice(bicycle, mall):
    return Facts(
        number="锡八佰伴告〔2026〕001号",
        matter=bicycle,
        host=mall,
        process=(
            "2026年10月27日，电话联系投诉人，核对购买和宣传情况",
            "2026年10月30日，双方到服务台协商，商户只同意更换电池",
            "2026年11月5日，第二次协商，双方意见没有变化",
        ),
        reason="商户认为续航与温度有关，只同意更换电池；投诉人不接受",
        handed_to="锡山区市场监管局东亭分局",
        handed_on=date(2026, 11, 6),
    )


def test_the_words(notice, golden):
    golden(build(notice).as_text(), "test_failure_notice")


def test_the_pdf_says_the_same(notice):
    reading_back.compare(build(notice), pdf.render(build(notice)).data)


def test_the_remaining_remedies_are_told_and_no_title_of_others_is_used(notice):
    said = build(notice).as_text()
    assert all((remedy in said) == (remedy != SETTLE) for remedy in REMEDIES)
    assert [word for word in REGULATORS_WORDS if word in said] == []


def test_a_hand_over_is_told_when_there_was_one(notice):
    assert "本件材料已于2026年11月6日移送锡山区市场监管局东亭分局。" in build(notice).as_text()
    assert "移送" not in build(replace(notice, handed_to="")).as_text()


def test_what_is_looked_at(notice):
    assert checking.problems(checks(notice)) == ()
    bare = replace(notice, process=(), reason="")
    assert [check.field for check in checking.problems(checks(bare))] == ["timeline", "reason"]
    foreign = replace(notice, reason="已终止调解")
    assert [check.level.value for check in checking.problems(checks(foreign))] == ["must"]


def test_an_empty_notice_shows_its_gaps(notice):
    bare = replace(notice, process=(), reason="", handed_on=None)
    shown = "".join("".join(reading_back.text_of(pdf.render(build(bare), draft=True).data)).split())
    assert "协商经过没有记录" in shown
    assert "原因没有记录" in shown
    assert "移送日期" in shown


def test_facts_come_back(notice):
    assert stored_facts.read(Facts, facts.as_json(notice)) == notice
