"""Where pages end, seen in the finished PDF."""

from itertools import pairwise

import pytest

from odr_desk.papers import pdf, reading_back
from odr_desk.papers.content import (
    Clauses,
    Content,
    Gap,
    Heading,
    Note,
    Pair,
    Pairs,
    Para,
    Signatures,
    Signer,
    Table,
)
from odr_desk.papers.marks import Run, Sheet
from odr_desk.papers.setting import set_in_type
from odr_desk.rules.errors import Invalid

CLAUSE = "乙方于2026年12月4日前退还甲方货款人民币壹仟元整（¥1,000.00），原路退回。"
SIGNERS = Signatures(
    (
        Signer(party="甲方", name="王女士", fingerprint=True),
        Signer(party="乙方", name="云岚女装", seal="（盖章）"),
        Signer(party="见证方", name="示例商场", seal="（盖章）"),
    )
)


def pages_of(content):
    return ["".join(page.split()) for page in reading_back.text_of(pdf.render(content).data)]


def agreement(clauses, *more):
    items = tuple(f"{CLAUSE}第{n}项完。" for n in range(clauses))
    return Content("和解协议书", "A-1", (Heading("一、协议内容"), Clauses(items), SIGNERS, *more))


def advance(sign):
    return 0.5 if sign.isascii() else 1.0


def lines_of(content):
    """Return the text of each line of each page, by its height."""
    found = []
    for page in set_in_type(content, advance):
        lines = {}
        for top, slab in page.slabs:
            for mark in slab.marks:
                if isinstance(mark, Run):
                    lines.setdefault(round(top + mark.y, 2), []).append(mark)
        found.append(lines)
    return found


@pytest.mark.parametrize("pages", [1, 3])
def test_every_page_knows_its_number_and_how_many_there_are(pages):
    found = pages_of(agreement({1: 4, 3: 45}[pages]))
    assert len(found) == pages
    for number, page in enumerate(found, start=1):
        assert page.endswith(f"第{number}页共{pages}页")
        assert page.startswith("和解协议书编号：A-1")


@pytest.mark.parametrize("clauses", range(1, 48))
def test_signatures_stand_with_the_last_clause(clauses):
    pages = pages_of(agreement(clauses, Note("说明。" * 40)))
    (last,) = [page for page in pages if "签名：" in page]
    assert f"第{clauses - 1}项完。" in last
    assert "甲方：王女士" in last
    assert "乙方：云岚女装" in last
    assert "见证方：示例商场" in last
    assert "说明。" in last


@pytest.mark.parametrize("clauses", range(20, 34))
def test_no_page_ends_with_a_heading(clauses):
    items = tuple(Para(CLAUSE) for _ in range(clauses))
    pages = pages_of(Content("和解协议书", "A-1", (*items, Heading("七、其他事项"), Para(CLAUSE * 4))))
    (page,) = [page for page in pages if "七、其他事项" in page]
    assert not page.partition("第1页共")[0].endswith("七、其他事项")


def test_no_paragraph_leaves_a_single_line_behind():
    for before in range(24, 36):
        blocks = (*(Para("甲" * 30) for _ in range(before)), Para("乙" * 200), Para("丙"))
        for lines in lines_of(Content("和解协议书", "A-1", blocks)):
            alone = [line for line in lines.values() if set(line[0].text) == {"乙"}]
            assert len(alone) != 1


def test_a_nearly_full_page_is_set_closer_rather_than_overrun():
    (size,) = {
        run.size
        for lines in lines_of(agreement(10))
        for line in lines.values()
        for run in line
        if "第9项完" in run.text
    }
    assert len(lines_of(agreement(10))) == 1
    assert size < 12
    (roomy,) = {
        run.size for lines in lines_of(agreement(3)) for line in lines.values() for run in line if "第2项完" in run.text
    }
    assert roomy == 12


def test_nothing_is_set_outside_the_margins():
    name = "金禧珠宝（无锡）有限公司锡山八佰伴商业广场旗舰店分公司" * 3
    pairs = Pairs(
        (
            Pair("乙方（经营者）", name, strong=True),
            Pair("电话", "1"),
            Pair("地址", name),
            Pair("身份", Gap("没有", 90)),
        )
    )
    signers = Signatures(
        (Signer(party="乙方（经营者）", name=name, lines=("法定代表人或者经办人签名",), seal="（盖章）"),)
    )
    table = Table(("序号", "材料"), ((("9" * 40), name),), (1, 5), right=(0,))
    content = Content("和解协议书", "A-1", (pairs, Para("a" * 500), table, signers))
    for lines in lines_of(content):
        for y, runs in lines.items():
            assert Sheet.TOP - 40 < y < Sheet.HEIGHT - 30
            for run in runs:
                end = run.x + sum(map(advance, run.text)) * run.size + run.spacing * (len(run.text) - 1)
                assert run.x >= -1e-6
                assert end <= Sheet.MEASURE + run.size / 2 + 1e-6


def test_nothing_is_set_over_something_else():
    label = "法定代表人或者负责人（经营者）"
    rows = (
        Pair("柜位", "A馆1F"),
        Pair(label, "李示例"),
        Pair(label * 3, "李示例" * 20),
        Pair("甲（乙）", "“丙”" * 40),
        Pair("空", ""),
    )
    for lines in lines_of(Content("和解协议书", "A-1", (Pairs(rows), Para("“（甲）”，《乙》。" * 30), SIGNERS))):
        for runs in lines.values():
            ordered = sorted(runs, key=lambda run: run.x)
            for run, following in pairwise(ordered):
                natural = (sum(map(advance, run.text)) - 0.5) * run.size + run.spacing * (len(run.text) - 1)
                assert following.x >= run.x + natural - 1e-6


def test_full_lines_end_at_the_edge():
    (page,) = lines_of(Content("和解协议书", "A-1", (Para("甲乙丙丁，戊己庚辛" * 20),)))
    body = [line for line in page.values() if "甲" in "".join(run.text for run in line)]
    for line in body[:-1]:
        last = line[-1]
        end = last.x + sum(map(advance, last.text)) * last.size + last.spacing * (len(last.text) - 1)
        assert end == pytest.approx(Sheet.MEASURE, abs=last.size / 2 + 0.01)


def test_cells_are_not_drawn_apart():
    (page,) = lines_of(Content("交接班单", "A-1", (Table(("进度", "下一步"), (("疑似恶意待核" * 2, "甲"),), (1, 5)),)))
    runs = [run for line in page.values() for run in line if "疑" in run.text or "核" in run.text]
    assert len(runs) > 1
    assert {run.spacing for run in runs} == {0.0}


def test_the_first_line_is_indented_by_two_characters():
    (page,) = lines_of(Content("和解协议书", "A-1", (Para("甲" * 60), Para("乙", indent=False))))
    starts = {line[0].text[0]: line[0].x for line in reversed(page.values()) if line[0].text[0] in "甲乙"}
    assert starts == {"甲": 24.0, "乙": 0.0}
    assert [line[0].x for line in page.values() if line[0].text[0] == "甲"] == [24.0, 0.0]


def test_short_pairs_share_a_line_and_long_ones_do_not():
    rows = (Pair("甲方", "王女士"), Pair("电话", "19900000001"), Pair("地址", "无锡" * 30), Pair("柜位", "A馆"))
    (page,) = lines_of(Content("和解协议书", "A-1", (Pairs(rows),)))
    texts = ["".join(run.text for run in line) for line in page.values()]
    assert "甲方：王女士电话：19900000001" in texts
    assert "柜位：A馆" in texts


@pytest.mark.parametrize("text", ["", " ", "\n", "\t", "甲\t乙\r\n丙\n\n", "　"])
def test_blank_and_parted_texts_are_set_anywhere(text):
    blocks = (
        Pairs((Pair("甲方", text), Pair("乙方", text, wide=True), Pair("很长的标签" * 9, text))),
        Heading(text),
        Para(text),
        Clauses((text, (text, Gap("日期"), text))),
        Table(("序号", "材料"), (("1", text),), (1, 5)),
        Signatures((Signer(party="甲方", name=text),)),
        Note(text),
    )
    content = Content("和解协议书", "A-1", blocks)
    made = pdf.render(content)
    assert made.pages == 1
    reading_back.compare(content, made.data)


def test_a_row_too_deep_for_a_page_is_refused():
    table = Table(("序号", "经过"), (("1", "经过" * 3000),), (1, 5))
    with pytest.raises(Invalid, match="第 1 行太长"):
        pdf.render(Content("台账", "A-1", (table,)))


def test_what_no_page_can_hold_together_is_parted():
    many = Signatures(tuple(Signer(party=f"第{n}方", name="某", seal="（盖章）") for n in range(20)))
    pages = pages_of(Content("和解协议书", "A-1", (Para(CLAUSE), many)))
    assert len(pages) > 1
    assert all(f"第{n}方：某" in "".join(pages) for n in range(20))
