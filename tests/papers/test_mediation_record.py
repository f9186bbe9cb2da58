from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking, facts, pdf, reading_back
from odr_desk.papers.mediation_record import Facts, Person, Statement, build, checks
from tests import stored_facts


@pytest.fixture
def record(bicycle, mall):
    return Facts(
        number="XSBBB-2026-0020-1",
        matter=bicycle,
        host=mall,
        held_on=date(2026, 10, 30),
        begins="14:00",
        ends="15:10",
        mode="现场",
        place="一楼服务台",
        recorder="赵六",
        present=(
            Person(name="邓先生", side="消费者", role="本人"),
            Person(name="周经理", side="商户", role="展位负责人"),
        ),
        informed=True,
        statements=(
            Statement(speaker="消费者", words="宣传页写续航100公里，实际45公里，要求退货"),
            Statement(speaker="商户", words="宣传页注明理论续航，受温度影响，愿意免费更换电池。"),
        ),
        opinion="建议退货退款，双方各让一步",
        outcome="未能达成一致，约定11月5日再次协商",
    )


def test_the_words(record, golden):
    golden(build(record).as_text(), "test_mediation_record")


def test_the_pdf_says_the_same(record):
    made = pdf.render(build(record))
    reading_back.compare(build(record), made.data)
    assert made.pages == 1


def test_a_long_statement_runs_over_pages_and_stays_whole(record):
    long = replace(record, statements=(Statement(speaker="消费者", words="续航只有45公里。" * 400),))
    made = pdf.render(build(long))
    assert made.pages >= 3
    reading_back.compare(build(long), made.data)


def test_nobody_is_said_to_have_been_told_who_was_not(record):
    assert "已经听清" in build(record).as_text()
    assert "已经听清" not in build(replace(record, informed=False)).as_text()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"held_on": None}, [("must", "held_at")]),
        ({"present": ()}, [("must", "present")]),
        ({"informed": False}, [("look", "informed")]),
        ({"statements": ()}, [("look", "statements")]),
        ({"outcome": "申请司法确认"}, [("must", "outcome")]),
    ],
)
def test_what_is_looked_at(record, changes, found):
    wrong = checking.problems(checks(replace(record, **changes)))
    assert [(check.level.value, check.field) for check in wrong] == found


def test_a_form_to_be_written_by_hand(record):
    blank = Facts(matter=record.matter, host=record.host)
    made = pdf.render(build(blank))
    reading_back.compare(build(blank), made.data)
    assert "消费者：＿＿＿＿" in build(blank).as_text()


def test_facts_come_back(record):
    assert stored_facts.read(Facts, facts.as_json(record)) == record
