"""One case from the counter to the regulator's workbook, through the port."""

import pytest
from make import make_merchant

TERMS = [
    {"kind": "C04", "amount": "2000.00", "method": "原路退回", "due": "2026-11-24", "goods_back": "吊坠一件"},
    {"kind": "C08", "amount": "300.50", "method": "银行转账", "due": "2026-11-24"},
]


@pytest.fixture
def number(desk_port, database, manager):
    with database.writing(manager, "merchant.create") as work:
        shop = make_merchant(work).number
    made = desk_port.get(
        "case.create", merchant_no=shop, channel="CH01", received_at="2026-11-23T09:00:00+08:00", product="吊坠",
        consumer={"name": "周雅琴", "phone": "19900000023"}, category="首饰及文体用品类", problem="P09",
        facts="标价不清，要求退货。", amount="3280.00", claims=[{"code": "C04", "amount": "3280.00"}],
    )  # fmt: skip
    return made["case_no"]


def test_from_complaint_to_archive(desk_port, number, clock, tmp_path):
    desk_port.get("event.add", case_no=number, kind="call", party="consumer", text="愿意听商户方案")
    desk_port.get("event.add", case_no=number, kind="meeting", party="both", text="双方同意退货")
    agreed = desk_port.get("agree", case_no=number, terms=TERMS, final=True)
    assert (agreed["total"], agreed["total_upper"]) == ("2300.50", "人民币贰仟叁佰元零伍角")
    paper = desk_port.get("document.issue", kind="settlement_agreement", case_no=number, out=str(tmp_path / "a.pdf"))
    again = desk_port.get("document.issue", kind="settlement_agreement", case_no=number)
    assert paper["sha256"] == again["sha256"]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    error = desk_port.refused("case.close", case_no=number)
    assert error["code"] == "state"
    no = agreed["agreement_no"]
    paid = desk_port.get("duty.perform", agreement_no=no, duty=1, amount="500.00", on="2026-11-23")
    assert paid["outstanding"] == "1500.00"
    over = desk_port.refused("duty.perform", agreement_no=no, duty=1, amount="1500.01", on="2026-11-23")
    assert (over["code"], over["field"]) == ("invalid", "amount")
    desk_port.get("duty.perform", agreement_no=no, duty=1, amount="1500.00", on="2026-11-23")
    desk_port.get("duty.perform", agreement_no=no, duty=2, amount="300.50", on="2026-11-23", proof="回单 88")
    texts = desk_port.get("feedback", case_no=number, sent_on="2026-11-23")
    assert set(texts) == {"处理时间", "协商过程", "协商方式", "协商结果"}
    clock.forward(days=3)
    desk_port.get("revisit", case_no=number, on="2026-11-26", mode="电话", satisfaction="满意")
    waivers = [
        {"item": item["item"], "reason": "已另存纸件"} for item in desk_port.get("case.gate", case_no=number)["open"]
    ]
    desk_port.get("case.close", case_no=number, waivers=waivers)
    found = desk_port.get("case.show", case_no=number)
    assert (found["state"], found["result"], found["recovered"]) == ("closed", "O1", "2300.50")
    span = {"from": "2026-11-01", "to": "2026-11-30"}
    for form, rows in (("F01", None), ("P01", 1), ("P02", 1)):
        made = desk_port.get("export", form=form, out=str(tmp_path / f"{form}.xlsx"), **span)
        assert rows is None or made["rows"] == rows
        assert (tmp_path / f"{form}.xlsx").exists()
    figures = desk_port.get("stats", **span)
    assert all(
        {"name", "value", "numerator", "denominator", "definition"} == set(figure) for figure in figures.values()
    )
    assert desk_port.get("verify", full=True)["problems"] == []


def test_a_failed_case_is_handed_over(desk_port, number):
    state = desk_port.get(
        "fail", case_no=number, reason="merchant_refuses", text="商户坚持不退",
        transfer={"to": "东亭分局", "materials": ["小票", "照片"]},
    )["state"]  # fmt: skip
    assert state == "failed"


def test_a_void_agreement_keeps_its_number(desk_port, number):
    first = desk_port.get("agree", case_no=number, terms=TERMS)["agreement_no"]
    assert desk_port.refused("agree", case_no=number, terms=TERMS)["code"] == "state"
    assert desk_port.get("agree.void", agreement_no=first, reason="金额写错") == {"paid": "0.00"}
    second = desk_port.get("agree", case_no=number, terms=TERMS)["agreement_no"]
    assert (first, second) == ("锡八佰伴和〔2026〕001号", "锡八佰伴和〔2026〕002号")


def test_what_was_paid_is_told_before_an_agreement_is_made_void(desk_port, number):
    made = desk_port.get("agree", case_no=number, terms=TERMS)["agreement_no"]
    desk_port.get("duty.perform", agreement_no=made, duty=1, amount="10.00", on="2026-11-23")
    assert desk_port.get("agree.void", agreement_no=made, check=True) == {"paid": "10.00"}
    assert desk_port.get("agreement.show", agreement_no=made)["paid"] == "10.00"
    assert desk_port.refused("agree.void", agreement_no=made)["field"] == "reason"
    assert desk_port.get("agree.void", agreement_no=made, reason="重谈") == {"paid": "10.00"}
    assert desk_port.get("case.show", case_no=number)["recovered"] == "10.00"
    assert desk_port.refused("agree.void", agreement_no=made, check=True)["code"] == "state"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "abc"}, "terms[0].amount"),
        ({"due": "2026-13-01"}, "terms[0].due"),
        ({"kind": "C99"}, "terms[0].kind"),
    ],
)
def test_a_wrong_term_is_named(desk_port, number, change, field):
    error = desk_port.refused("agree", case_no=number, terms=[TERMS[0] | change])
    assert (error["code"], error["field"]) == ("invalid", field)
