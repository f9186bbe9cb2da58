"""What is refused names what can be done instead, in the words of the thing that was asked for."""

import pytest

from tests.conftest import PASSWORD
from tests.port.test_day import TERMS

EVENT = {"party": "merchant", "text": "店长同意退"}


@pytest.fixture
def number(desk_port) -> str:
    """A case at the counter against a shop of its own."""
    shop = desk_port.get("merchant.create", name="云岚女装店", counter="A馆2F-202", deposit="5000.00")["merchant_no"]
    sent = {"merchant_no": shop, "channel": "CH06", "received_at": "2026-11-23", "facts": "标价不清，要求退货"}
    return desk_port.get("case.create", **sent)["case_no"]


def test_an_entry_is_offered_the_kinds_that_people_write(desk_port, number):
    refused = desk_port.refused("event.add", case_no=number, kind="fax", **EVENT)
    assert refused["message"].endswith("call 电话、visit 到店、wechat 微信、letter 书面、meeting 三方调解、note 记事")
    assert desk_port.refused("event.add", case_no=number, kind="registered", **EVENT)["field"] == "kind"


@pytest.mark.parametrize(("verb", "field"), [("offer.add", "by"), ("bottom_line.save", "side")])
def test_an_offer_comes_from_one_of_the_two_sides(desk_port, number, verb, field):
    for who in ("platform", "nobody"):
        refused = desk_port.refused(verb, case_no=number, amount="100.00", **{field: who})
        assert refused["field"] == field and refused["message"].endswith("可选：consumer 消费者、merchant 商户")


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"exhibits": "99"}, "exhibits", "没有材料 99，这件还没有材料"),
        ({"state": "agreed"}, "agreed", "选了“已一致”，请写明一致意见"),
    ],
)
def test_a_point_says_only_what_there_is(desk_port, number, row, field, words):
    refused = desk_port.refused("points.save", case_no=number, points=[{"point": "退货"}, {"point": "赔偿", **row}])
    assert refused["field"] == f"points[1].{field}" and refused["message"].endswith(f"第 2 点：{words}")


def test_a_piece_of_evidence_may_be_named_also_when_it_was_taken_out(desk_port, number, photo):
    piece = desk_port.get("attach", case_no=number, path=str(photo))["attachment_no"]
    row = {"point": "退货", "exhibits": str(piece)}
    (kept,) = desk_port.get("points.save", case_no=number, points=[row])["points"]
    desk_port.get("attachment.remove", case_no=number, attachment_no=piece, reason="传错了")
    desk_port.get("points.save", case_no=number, points=[{**kept, "merchant_says": "不认"}])
    assert "现有 1" in desk_port.refused("points.save", case_no=number, points=[{**row, "exhibits": "7"}])["message"]


@pytest.fixture
def photo(tmp_path):
    from tests.make import make_picture

    path = tmp_path / "小票.jpg"
    path.write_bytes(make_picture())
    return path


def test_a_finished_duty_cannot_be_waived_and_it_says_so(desk_port, number):
    made = desk_port.get("agree", case_no=number, terms=TERMS)["agreement_no"]
    duty = desk_port.get("agreement.show", agreement_no=made)["duties"][0]
    amount = {"amount": duty["outstanding"], "on": "2026-11-23"}
    desk_port.get("duty.perform", agreement_no=made, duty=1, **amount)
    refused = desk_port.refused("duty.waive", agreement_no=made, duty=1, reason="不要了")
    assert refused["message"] == "第 1 项已履行，不能再改为不再要求"
    assert desk_port.refused("duty.perform", agreement_no=made, duty=1, **amount)["message"].endswith("不能再登记履行")


def test_a_holiday_that_ends_before_it_begins(port):
    port.get("login", user="admin", password=PASSWORD)
    ranges = [{"name": "春节", "kind": "off", "first": "2027-02-12", "last": "2027-02-10"}]
    wrong = port.get("calendar.save", year=2027, ranges=ranges, check=True)["wrong"]
    assert any("止日早于起日" in words for words in wrong) and not any("-1 天" in words for words in wrong)


def test_an_amount_that_is_none_is_named_with_its_clause(desk_port, number):
    terms = [{"kind": "C06", "amount": "100.00"}, {"kind": "C08", "amount": "abc"}]
    refused = desk_port.refused("agree", case_no=number, terms=terms)
    assert refused["field"] == "terms[1].amount" and refused["message"].startswith("第 2 项：金额")


def test_who_may_not_read_cases_is_not_told_which_merchants_there_are(port):
    port.get("login", user="admin", password=PASSWORD)
    assert port.refused("case.like", merchant_no="M9999")["code"] == "denied"


@pytest.mark.parametrize(
    ("source", "taken"),
    [("", True), ("商户保证金", True), ("扣保证金", True), ("商场垫付", False), ("商场自有资金", False)],
)
def test_where_an_advance_comes_from_moves_the_deposit_or_not(desk_port, number, source, taken):
    asked = {"case_no": number, "amount": "100.00", "reason": "三次电话未果", "source": source}
    wrong = desk_port.refused("advance.request", **{**asked, "source": "押金"})
    assert wrong["field"] == "source" and "“商户保证金”或“商场垫付”" in wrong["message"]
    desk_port.get("advance.request", **asked)
    desk_port.get("advance.approve", case_no=number)
    desk_port.get("advance.pay", case_no=number)
    merchant = desk_port.get("case.show", case_no=number)["merchant_no"]
    (line,) = desk_port.get("merchant.show", merchant_no=merchant)["deposit_ledger"]["lines"]
    assert (line["change"] != "0.00") is taken
