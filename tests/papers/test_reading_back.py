import dataclasses

import pytest

from odr_desk.papers import paging, pdf, reading_back, settlement_agreement
from odr_desk.papers.content import Clauses, Content, Gap, Note, Pair, Pairs, Para, Signatures, Signer, Table
from odr_desk.rules.errors import Trouble


def test_an_agreement_says_what_its_content_says(agreement):
    content = settlement_agreement.build(agreement())
    reading_back.compare(content, pdf.render(content).data)


def clauses(*items):
    return Content("和解协议书", "A-1", (Clauses(items), Note("说明。")))


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        (clauses("退还1,299.00元。"), clauses("退还1,298.00元。")),
        (clauses("退款。", "道歉。"), clauses("退款。")),
        (clauses("退款。"), clauses("退款。", "道歉。")),
        (clauses("退款。"), dataclasses.replace(clauses("退款。"), title="和解协议")),
        (clauses("退款。"), dataclasses.replace(clauses("退款。"), number="A-2")),
        (clauses(*["退款。"] * 60), dataclasses.replace(clauses(*["退款。"] * 60), number="A-2")),
    ],
)
def test_any_difference_is_told(expected, printed):
    with pytest.raises(Trouble) as trouble:
        reading_back.compare(expected, pdf.render(printed).data)
    assert "文书没有出具" in trouble.value.what
    assert trouble.value.saved == "false"


def test_the_difference_is_shown_with_its_surroundings():
    with pytest.raises(Trouble, match=r"应为“.*1．退还1,299.00元。说明.*读出“.*1．退还1,298.00元。"):
        reading_back.compare(clauses("退还1,299.00元。"), pdf.render(clauses("退还1,298.00元。")).data)


def test_headings_repeated_on_a_new_page_are_no_difference():
    table = Table(("序号", "材料"), tuple((str(n), "购物小票") for n in range(90)), (1, 5))
    content = Content("卷内目录", "A-1", (table, Signatures((Signer(party="立卷人", name="王敏"),))))
    made = pdf.render(content)
    assert made.pages == 3
    assert "序号材料" in "".join(reading_back.text_of(made.data)[1].split())
    reading_back.compare(content, made.data)


@pytest.mark.parametrize("words", ["ﬁnal oﬀer ﬄ", "a-" * 200, "甲 乙　丙  丁", "¥" * 60, "——" * 40])
def test_what_a_reader_of_pdf_sees_otherwise_is_no_difference(words):
    content = Content("和解协议书", "A-1", (Para((words, Gap("日期"), "止")),))
    reading_back.compare(content, pdf.render(content).data)


def test_a_damaged_file_is_told_in_words():
    with pytest.raises(Trouble, match="打不开"):
        reading_back.text_of(b"%PDF-1.4 nothing")


@pytest.mark.parametrize(
    "block",
    [
        Pairs((Pair("甲方", "第一行\n第二行"), Pair("乙方", "短"))),
        Pairs((Pair("甲方\n消费者", "王女士"), Pair("", "短"))),
        Signatures((Signer(party="见证方", name="示例商场" * 12, lines=()),)),
        Signatures(
            (Signer(party="经办人", name="某", lines=("法定代表人或者其委托代理人当面签名",), fingerprint=True),)
        ),
        Table(("", ""), tuple(("甲", "乙" * 30) for _ in range(60)), (1, 2)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_odd_blocks_are_set_in_reading_order(block):
    content = Content("和解协议书", "A-1", (block, Para("完。")))
    reading_back.compare(content, pdf.render(content).data)


def test_a_clause_missing_at_the_end_is_told():
    expected, printed = (Content("和解协议书", "A-1", (Clauses(("退款。", "道歉。")[:count]),)) for count in (2, 1))
    with pytest.raises(Trouble, match="应为“2．道歉。”，读出“”"):
        reading_back.compare(expected, pdf.render(printed).data)


def test_a_wrong_count_of_pages_is_told(monkeypatch):
    monkeypatch.setattr(paging, "foot_of", lambda page, pages: "第 1 页　共 9 页")
    printed = pdf.render(clauses("退款。")).data
    monkeypatch.undo()
    with pytest.raises(Trouble, match="第 1 页与内容不一致"):
        reading_back.compare(clauses("退款。"), printed)
