"""A complaint copied off the platform: as a page of labels, as a line of a list."""

from odr_desk.rules import moments
from odr_desk.sheets.platform_page import row_of

PAGE = """投诉详情
登记编号：13202050000020261001
登记时间：2026-11-20 09:12:33
投诉人：周雅琴	联系电话：199 0000 0023
被投诉企业
金禧珠宝
涉及金额（元）：3,280.00
投诉问题：质量
事实描述：11月19日买的金项链断了。
店长说：人为损坏，不退。
投诉请求：退货、赔偿损失
状态：待处理
"""


def test_labels_are_read_with_what_stands_beside_or_below_them():
    found = row_of(PAGE).values
    assert found["platform_no"] == "13202050000020261001"
    assert moments.show_moment(found["received_at"]) == "11-20 周五 09:12"
    assert (found["consumer_name"], found["consumer_phone"]) == ("周雅琴", "19900000023")
    assert (found["merchant"], found["amount"]) == ("金禧珠宝", 328_000)
    assert found["facts"] == "11月19日买的金项链断了。\n店长说：人为损坏，不退。"
    assert found["claims"] == "退货、赔偿损失"


def test_a_line_of_a_list_is_read_by_its_headings():
    heads = "登记编号\t登记时间\t投诉人\t联系电话\t被投诉企业\t没听过的一列"
    found = row_of(f"{heads}\n13202050000020261001\t2026/10/05 06:00\t廖女士\t19900002000\t木子男装\t别的").values
    assert (found["platform_no"], found["merchant"]) == ("13202050000020261001", "木子男装")


def test_other_text_is_no_complaint():
    assert row_of("") is None
    assert row_of("电话：19900000023\n她很急") is None
    assert row_of("<b>登记编号</b>\n" * 500) is None
    assert row_of(PAGE + "长" * 50_000) is None
