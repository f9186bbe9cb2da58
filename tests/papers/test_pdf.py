import hashlib
import re

import pytest

from odr_desk.papers import pages, pdf, reading_back, settlement_agreement
from odr_desk.papers.content import Content, Gap, Pair, Pairs, Para
from odr_desk.rules.errors import Invalid


def paper(*words, number="A-1"):
    return Content("和解协议书", number, tuple(Para(each) for each in words))


def text_of(content):
    return "".join("".join(reading_back.text_of(pdf.render(content).data)).split())


@pytest.mark.parametrize(
    "name",
    [
        "<b>王女士</b>",
        "<img src=/etc/passwd>",
        "&amp;",
        "&lt;",
        "<font size=1>",
        "</para>",
        "%s {0} \\n (a) [b]",
        "李𬭚",
        "㛃䶮",
    ],
)
def test_a_name_is_printed_as_it_was_entered(name):
    assert "".join(name.split()) in text_of(paper(f"甲方{name}同意"))


def test_the_same_content_gives_the_same_bytes(agreement):
    content = settlement_agreement.build(agreement())
    first, second = pdf.render(content), pdf.render(content)
    assert first.data == second.data
    assert first.sha256 == hashlib.sha256(first.data).hexdigest()


def test_another_process_gives_the_same_bytes(run_python):
    content = paper("甲方李𬭚", "乙方退还人民币壹仟元整（¥1,000.00）。")
    there = run_python(
        "from odr_desk.papers import pdf; from odr_desk.papers.content import Content, Para;"
        "print(pdf.render(Content('和解协议书', 'A-1', (Para('甲方李𬭚'),"
        " Para('乙方退还人民币壹仟元整（¥1,000.00）。')))).sha256)"
    )
    assert there.strip() == pdf.render(content).sha256


def test_a_different_content_gives_different_bytes():
    assert pdf.render(paper("甲")).data != pdf.render(paper("乙")).data


def test_only_the_embedded_font_is_named():
    names = set(re.findall(rb"/BaseFont /([^\s/]+)", pdf.render(paper("甲方")).data))
    assert {name.partition(b"+")[2] for name in names} == {b"NotoSerifSC-Regular"}


def test_more_than_one_subset_of_characters_reads_back():
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 900)))
    assert many in text_of(paper(many)).replace("第1页共2页和解协议书编号：A-1", "")


def test_a_character_the_font_lacks_stops_the_printing():
    content = Content("和解协议书", "A-1", (Pairs((Pair("甲方", "王𪚥"),)),))
    with pytest.raises(Invalid, match=r"“甲方”里的“𪚥”（U\+2A6A5）"):
        pdf.render(content)


GAPPED = Content(
    "和解协议书", "", (Pairs((Pair("甲方", Gap("身份未核对")),)), Para(("于", Gap("履行日期", 6), "前付清。")))
)


def colours(data):
    (page,) = pages.pictures(data, width=400)
    blue, green, red = page.data[0::4], page.data[1::4], page.data[2::4]
    return set(zip(red, green, blue, strict=True))


def test_gaps_are_amber_with_a_hint_in_a_draft_only():
    amber = (0xFF, 0xF0, 0xD6)
    draft, issued = pdf.render(GAPPED, draft=True).data, pdf.render(GAPPED).data
    assert amber in colours(draft)
    assert amber not in colours(issued)
    assert "身份未核对" in "".join(reading_back.text_of(draft))
    assert "身份未核对" not in "".join(reading_back.text_of(issued))


def test_a_draft_breaks_its_lines_where_the_issued_paper_does():
    long = tuple(part for _ in range(30) for part in ("甲方于", Gap("日期", 6), "前收到款项，"))
    content = Content("和解协议书", "A-1", (Para(long),))
    assert pdf.render(content).pages == pdf.render(content, draft=True).pages
