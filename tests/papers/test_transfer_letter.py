from dataclasses import replace
from datetime import date

import pytest

from odr_desk.papers import checking, facts, pdf, reading_back
from odr_desk.papers.transfer_letter import Facts, Material, build, checks
from tests import stored_facts


@pytest.fixture
def letter(bicycle, mall):
    return Facts(
        number="锡八佰伴移〔2026〕001号",
        to="锡山区市场监管局东亭分局",
        sent_on=date(2026, 11, 6),
        original_number="FL-2026-0001",
        matter=bicycle,
        host=mall,
        work_done="两次组织协商，商户只同意更换电池，投诉人不接受",
        reason="双方意见相差较大，投诉人要求由市场监督管理部门处理",
        told_on=date(2026, 11, 6),
        contact="王敏",
        materials=(
            Material(name="投诉登记", pages=1),
            Material(name="调解笔录", copies=2, pages=3, note="原件"),
            Material(name="宣传页照片"),
        ),
    )


def test_the_words(letter, golden):
    golden(build(letter).as_text(), "test_transfer_letter")


def test_the_pdf_says_the_same(letter):
    made = pdf.render(build(letter))
    reading_back.compare(build(letter), made.data)
    assert made.pages == 1


def test_materials_are_counted(letter):
    assert "共 3 件 4 份，写明页数的 7 页。" in build(letter).as_text()
    assert "共 2 件 3 份，7 页。" in build(replace(letter, materials=letter.materials[:2])).as_text()
    uncounted = replace(letter, materials=(Material(name="照片"), Material(name="小票", copies=2)))
    assert "共 2 件 3 份。" in build(uncounted).as_text()
    assert "四、移送材料\n无。" in build(replace(letter, materials=())).as_text()


def test_a_long_list_of_materials_runs_over_pages(letter):
    many = replace(letter, materials=tuple(Material(name=f"第{n}份材料，附说明", pages=n) for n in range(1, 90)))
    made = pdf.render(build(many))
    assert made.pages > 2
    reading_back.compare(build(many), made.data)


def test_a_number_is_told_once(letter):
    assert "原渠道编号：FL-2026-0001" in build(letter).as_text()
    assert "原渠道编号" not in build(replace(letter, original_number="DEMO-ODR-0020")).as_text()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"to": ""}, [("must", "to")]),
        ({"reason": " "}, [("must", "reason")]),
        ({"materials": ()}, [("look", "materials")]),
        ({"told_on": None}, [("look", "told_on")]),
    ],
)
def test_what_is_looked_at(letter, changes, found):
    wrong = checking.problems(checks(replace(letter, **changes)))
    assert [(check.level.value, check.field) for check in wrong] == found


def test_what_is_not_known_is_left_out(letter):
    bare = replace(
        letter, told_on=None, matter=replace(letter.matter, uscc="", merchant_phone="", channel="", platform_number="")
    )
    said = build(bare).as_text()
    assert [
        label for label in ("统一社会信用代码", "商户电话", "来源", "平台编号", "告知投诉人") if label in said
    ] == []


def test_facts_come_back(letter):
    assert stored_facts.read(Facts, facts.as_json(letter)) == letter
