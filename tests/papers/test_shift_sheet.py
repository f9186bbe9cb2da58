import pytest

from odr_desk.papers import SHEETS, making, pdf, reading_back
from odr_desk.papers.shift_sheet import Call, Facts, Moved, Open, Promised, build


@pytest.fixture
def sheet():
    return Facts(
        host="一楼售后服务台",
        whom="全部在办的件",
        at="2026年11月23日 17:30",
        by="王敏",
        counted="在办 2 件，其中逾期 1 件。",
        left_out="另有 3 件不急的没有列出。",
        opened=(
            Open(
                number="0003",
                parties="吴女士 ↔ 锦绣家纺",
                left="逾期 6 天",
                state="协商中",
                next_step="",
                handler="未分派",
            ),
            Open(
                number="0001", parties="周女士 ↔ 金禧珠宝", left="8 天", state="协商中",
                next_step="11-24 周二 等店长回话", handler="王敏",
            ),
        ),
        promised=(Promised(number="0001", until="11-25 周三", words="陈店长承诺周三前退差价", noted_by="王敏"),),
        calls=(
            Call(
                day="11-24 周二",
                handler="王敏",
                whom="周女士 199****0023；金禧珠宝 陈莉",
                what="等店长回话",
                number="0001",
            ),
        ),
        moved=(Moved(number="0001", parties="周女士 ↔ 金禧珠宝", what="电话 陈店长承诺周三前退差价", by="王敏"),),
    )  # fmt: skip


def test_the_words(sheet, golden):
    golden(build(sheet).as_text(), "test_shift_sheet")


def test_the_pdf_says_the_same_and_has_the_time_where_papers_have_a_number(sheet):
    (paper,) = SHEETS
    made = making.make(paper, sheet)
    words = "".join("".join(reading_back.text_of(made.pdf.data)).split())
    assert "2026年11月23日17:30" in words
    assert "编号：" not in words
    assert "出具时编号" not in words


def test_what_is_not_there_is_said(sheet):
    empty = Facts(
        host="服务台", whom="全部在办的件", at="2026年11月23日 17:30", by="王敏", counted="在办 0 件，没有急的。"
    )
    assert build(empty).as_text().count("没有。") == 4
    assert pdf.render(build(empty)).pages == 1


def test_the_head_of_a_second_page_has_the_time_too(sheet):
    many = tuple(Open(number=f"{n:04}", parties="周女士 ↔ 金禧珠宝", left="8 天", state="协商中") for n in range(60))
    content = build(Facts(host="服务台", whom="全部", at="2026年11月23日 17:30", by="王敏", counted="", opened=many))
    made = pdf.render(content)
    assert made.pages > 1
    reading_back.compare(content, made.data)
    assert "2026年11月23日" in reading_back.text_of(made.data)[1]
