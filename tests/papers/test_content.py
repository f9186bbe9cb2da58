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
    paragraphs,
    spoken,
)

CONTENT = Content(
    "登记回执",
    "A-1",
    (
        Pairs((Pair("投诉人", "王女士"), Pair("电话", Gap("未留电话")))),
        Heading("一、事项"),
        Para(("已收到材料", Gap("份数", 3), "份。\n第二段。")),
        Clauses(("退款。", ("于", Gap("日期"), "前付清。"))),
        Table(("序号", "材料"), (("1", "小票"), ("2", "照片")), (1, 4)),
        Signatures((Signer(party="经办人", name="王敏", seal="（盖章）", fingerprint=True),)),
        Note("说明。"),
    ),
)


def test_the_words_of_every_block():
    assert CONTENT.as_text() == (
        "登记回执\n编号：A-1\n投诉人：王女士\n电话：＿＿＿＿\n\n一、事项\n已收到材料＿＿＿＿份。\n第二段。\n"
        "1．退款。\n2．于＿＿＿＿前付清。\n序号　材料\n1　小票\n2　照片\n\n"
        "经办人：王敏\n指印\n签名：＿＿＿＿\n（盖章）\n"
        "日期：＿＿＿＿年＿＿＿＿月＿＿＿＿日\n\n说明。\n"
    )


def test_gaps_can_be_left_out():
    assert "＿" not in CONTENT.as_text(gap="")


def test_without_a_number_there_is_a_gap_for_it():
    assert Content("登记回执", "", ()).as_text() == "登记回执\n编号：＿＿＿＿\n"


def test_words_part_at_line_ends_and_keep_their_gaps():
    gap = Gap("日期")
    assert paragraphs(("甲\n\n乙", gap, "\r\n \n丙")) == (("甲",), ("乙", gap), ("丙",))
    assert paragraphs("") == ()
    assert paragraphs((gap,)) == ((gap,),)


def test_every_text_is_named_by_its_label_or_its_beginning():
    named = dict(CONTENT.texts())
    assert named["投诉人"] == "投诉人：王女士"
    assert named["标题"] == "登记回执"
    assert named["1．退款。…"] == "1．退款。"
    assert spoken(("于", Gap("日期")), "") == "于"
