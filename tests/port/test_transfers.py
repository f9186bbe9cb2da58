"""Ends without settlement, transfers both ways and hand-over packages, through the port."""

import hashlib
from pathlib import Path

import pytest
from make import make_merchant

ROUTES = {"mediation": True, "complaint": True, "arbitration": True, "lawsuit": True}


@pytest.fixture
def number(desk_port, database, manager):
    with database.writing(manager, "merchant.create") as work:
        shop = make_merchant(work).number
    made = desk_port.get(
        "case.create", merchant_no=shop, channel="CH02", received_at="2026-11-23T09:00:00+08:00", product="吊坠",
        consumer={"name": "周雅琴", "phone": "19900000023"}, problem="P09", facts="要求退货。", platform_no="FL-7",
    )  # fmt: skip
    return made["case_no"]


def test_a_failed_case_leaves_with_letter_package_and_receipt(desk_port, number, tmp_path):
    ended = desk_port.get(
        "fail", case_no=number, reason="merchant_refuses", text="商户坚持不退",
        transfer={"to": "东亭分局", "materials": ["小票", "照片"], "out": str(tmp_path)},
    )  # fmt: skip
    assert ended["state"] == "failed"
    assert [paper["kind"] for paper in ended["documents"]] == ["failure_notice", "transfer_letter"]
    for file in ended["package"]["files"]:
        found = Path(ended["package"]["path"]) / file["name"]
        assert hashlib.sha256(found.read_bytes()).hexdigest() == file["sha256"]
    left = desk_port.get(
        "explain", case_no=number, at="2026-11-23T09:30:00+08:00", mode="call", text="商户不退", **ROUTES
    )
    assert left == {"missing": []}
    desk_port.get("transfer.acknowledge", case_no=number, transfer=1, on="2026-11-23", receiver="张科", number="受 77")
    (row,) = desk_port.get("transfer.list", case_no=number)["rows"]
    assert (row["direction"], row["body"], row["materials"]) == ("out", "东亭分局", ["小票", "照片"])
    assert (row["acknowledged_on"], row["acknowledged_no"]) == ("2026-11-23", "受 77")
    (package,) = desk_port.get("package.list", case_no=number)["rows"]
    assert (package["state"], package["files"]) == ("there", ended["package"]["files"])
    shown = desk_port.get("case.show", case_no=number)
    assert [len(shown[name]) for name in ("explanations", "transfers", "packages")] == [1, 1, 1]
    assert desk_port.get("verify", full=True)["problems"] == []


def test_a_package_that_cannot_be_written_leaves_the_hand_over_as_it_is(desk_port, number, tmp_path):
    ended = desk_port.get(
        "fail", case_no=number, reason="merchant_refuses", transfer={"to": "东亭分局", "out": str(tmp_path / "missing")}
    )
    assert (ended["state"], ended["package"]) == ("failed", None)
    assert "没有文件夹" in ended["package_message"]
    made = desk_port.get("package", case_no=number)
    assert Path(made["path"]).parent.name == "移送材料"


def test_a_case_that_came_goes_back(desk_port, number):
    came = desk_port.get(
        "transfer.in", case_no=number, **{"from": "东亭分局"}, on="2026-11-23", original_no="转 18",
        answer_by="2026-11-26", materials=["转办单"],
    )  # fmt: skip
    assert came == {"transfer": 1}
    gone = desk_port.get("transfer.return", case_no=number, reason="not_ours", text="该店在隔壁商场")
    assert (gone["transfer"], gone["body"], gone["original_no"]) == (2, "东亭分局", "转 18")
    assert gone["answer_by"] == "2026-11-26"
    assert desk_port.get("case.show", case_no=number)["state"] == "not_ours"
    paper = desk_port.get("document.issue", kind="return_letter", case_no=number)
    assert paper["document_no"] == "锡八佰伴退〔2026〕001号"
    rows = desk_port.get("transfer.list", direction="back")["rows"]
    assert [row["case_no"] for row in rows] == [number]


@pytest.mark.parametrize(
    ("verb", "arguments", "code", "field"),
    [
        ("explain", {"at": "2026-11-23", "mode": "call", "text": "说了"}, "invalid", "mediation"),
        ("explain", {"at": "2026-11-23", "mode": "fax", "text": "说了"}, "invalid", "mode"),
        ("transfer.in", {"from": "", "on": "2026-11-23"}, "invalid", "from"),
        ("transfer.in", {"from": "东亭分局", "on": "2026-11-24"}, "invalid", "on"),
        ("transfer.return", {"reason": "no_settlement", "text": "商户不退"}, "state", None),
        ("transfer.out", {}, "state", None),
        ("package", {}, "state", None),
        ("transfer.acknowledge", {"transfer": 3, "on": "2026-11-23"}, "not_found", None),
    ],
)
def test_what_does_not_go_is_named(desk_port, number, verb, arguments, code, field):
    error = desk_port.refused(verb, case_no=number, **arguments)
    assert (error["code"], error.get("field")) == (code, field)
