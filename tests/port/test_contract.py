"""The shapes that callers outside build on: every verb of the contract, its result's names, its refusals."""

import pytest
from conftest import PASSWORD
from make import make_merchant
from openpyxl import load_workbook

from odr_desk.port.verbs import BY_NAME

CONTRACT = (
    "setup", "login", "logout", "user.create", "user.disable", "user.password", "merchant.create", "merchant.update",
    "merchant.find", "merchant.show", "case.create", "case.update", "case.find", "case.show", "case.advance",
    "case.next_step", "event.add", "session.add", "agree", "agree.void", "duty.perform", "advance.request",
    "advance.approve", "advance.pay", "recovery.add", "fail", "feedback", "revisit", "document.issue", "attach",
    "export", "import", "import.undo", "stats", "deadline", "backup", "restore", "verify", "dump", "clock",
)  # fmt: skip
TERM = {"kind": "C04", "amount": "1000.00", "method": "银行转账", "due": "2026-11-24"}


@pytest.fixture
def shop(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work).number


@pytest.fixture
def case(desk_port, shop):
    return desk_port.get(
        "case.create", merchant_no=shop, channel="CH01", received_at="2026-11-23T09:00:00+08:00", product="吊坠",
        consumer={"name": "周雅琴", "phone": "19900000023"}, claims=[{"code": "C04", "amount": "3280.00"}],
        problem="P09", facts="要求退货。", platform_no="12315-1", key="k-1",
    )  # fmt: skip


@pytest.fixture
def number(case):
    return case["case_no"]


@pytest.fixture
def agreed(desk_port, number):
    return desk_port.get("agree", case_no=number, terms=[TERM])


def test_every_verb_of_the_contract_is_there():
    assert [verb for verb in CONTRACT if verb not in BY_NAME] == []


def test_login_and_logout(port):
    assert set(port.get("login", user="manager", password=PASSWORD)) == {"role", "must_change_password"}
    assert port.get("logout") == {}
    assert port.refused("login", user="manager", password="wrong")["code"] == "login"
    assert port.refused("case.find")["code"] == "login"


def test_a_mall_that_is_set_up_is_not_set_up_again(port):
    mall = {"name": "另一家", "short_name": "另"}
    again = port.refused("setup", mall=mall, user="other", display_name="他", password=PASSWORD)
    assert again["code"] == "state"


def test_merchants(desk_port, shop):
    made = desk_port.get("merchant.create", name="新店商行", counter="B1-9", promises={"no_reason_days": 7})
    assert set(made) == {"merchant_no", "warnings"}
    (row,) = desk_port.get("merchant.find", text="新店")["rows"]
    assert {"merchant_no", "name", "counter", "open_cases"} <= set(row)
    shown = desk_port.get("merchant.show", merchant_no=made["merchant_no"])
    assert {"merchant_no", "version", "open_cases", "deposit_ledger"} <= set(shown)
    assert desk_port.refused("merchant.show", merchant_no="M9999")["code"] == "not_found"


def test_a_case_answers_with_both_clocks_and_the_same_key_with_the_same_case(desk_port, case, shop):
    assert set(case) >= {"case_no", "deadlines", "duplicates"}
    assert [set(clock) >= {"clock", "due", "basis"} for clock in case["deadlines"]] == [True, True]
    again = desk_port.get("case.create", merchant_no=shop, channel="CH01", received_at="2026-11-23", key="k-1")
    assert again["case_no"] == case["case_no"]
    like = desk_port.get(
        "case.create", merchant_no=shop, channel="CH01", received_at="2026-11-23", consumer={"phone": "19900000023"}
    )
    assert {"kind", "case_no", "message"} <= set(like["duplicates"][0])


def test_a_case_is_found_shown_and_changed(desk_port, number):
    found = desk_port.get("case.find", filters={"overdue": False}, limit=1)
    assert set(found) >= {"total", "rows"}
    shown = desk_port.get("case.show", case_no=number)
    assert {
        "facts", "version", "state", "timeline", "deadlines", "agreements", "duties", "documents", "attachments",
    } <= set(shown)  # fmt: skip
    changed = desk_port.get("case.update", case_no=number, version=shown["version"], product="项链")
    assert set(changed) == {"version"}
    stale = desk_port.refused("case.update", case_no=number, version=shown["version"], product="手镯")
    assert stale["code"] == "conflict"
    assert "theirs" in stale["detail"]


def test_steps_of_a_case(desk_port, number):
    assert desk_port.get("event.add", case_no=number, kind="call", party="consumer", text="说")["event_no"] == 2
    assert desk_port.get("case.advance", case_no=number, to="negotiating") == {"state": "negotiating"}
    refused = desk_port.refused("case.advance", case_no=number, to="registered")
    assert refused["code"] == "state"
    assert "settled" in refused["legal"]
    held = desk_port.get("session.add", case_no=number, held_at="2026-11-23", mode="A", mediator="刘洋")
    assert held == {"session_no": 1}
    assert desk_port.refused("case.next_step", case_no=number, text="催")["code"] == "invalid"


def test_money_without_quotes_is_refused_and_not_taken_for_fen(desk_port, number):
    for bare in (3280, 32.8):
        refused = desk_port.refused("agree", case_no=number, terms=[{"kind": "C04", "amount": bare}])
        assert (refused["code"], refused["field"]) == ("invalid", "terms[0].amount")
        assert '"1299.00"' in refused["message"]
    assert desk_port.refused("advance.request", case_no=number, amount=600, reason="商户拖延")["field"] == "amount"


def test_goods_given_back_may_be_said_as_true_and_people_as_names(desk_port, number):
    made = desk_port.get(
        "agree", case_no=number, terms=[TERM | {"goods_back": True}, {"kind": "C14", "goods_back": False}]
    )
    assert ["交还" in duty["text"] for duty in made["duties"]] == [True, False]
    held = {"case_no": number, "held_at": "2026-11-23", "mode": "A", "mediator": "刘洋"}
    desk_port.get("session.add", present=["周雅琴", {"name": "陈店长", "role": "商户"}], **held)
    assert [one["name"] for one in desk_port.get("case.show", case_no=number)["sessions"][0]["present"]] == [
        "周雅琴", "陈店长",
    ]  # fmt: skip
    assert desk_port.refused("session.add", offers=["退款"], **held)["field"] == "offers[0]"


def test_an_agreement_and_its_performance(desk_port, number, agreed, tmp_path):
    assert set(agreed) >= {"agreement_no", "total", "total_upper", "duties"}
    assert agreed["total_upper"] == "人民币壹仟元整"
    no = agreed["agreement_no"]
    assert desk_port.get("duty.perform", agreement_no=no, duty=1, amount="400.00", on="2026-11-23")["outstanding"] == (
        "600.00"
    )
    paper = desk_port.get("document.issue", kind="settlement_agreement", case_no=number, out=str(tmp_path / "a.pdf"))
    assert set(paper) >= {"document_no", "path", "sha256", "pages"}
    asked = desk_port.get("advance.request", case_no=number, amount="600.00", reason="商户拖延")
    assert set(asked) >= {"advance_no", "state"}
    words = {"case_no": number, "reason": "情况属实"}
    assert desk_port.refused("advance.approve", amount="500.00", **words)["field"] == "amount"
    assert desk_port.refused("advance.approve", amount="600.00", source="租金", **words)["field"] == "source"
    assert desk_port.get("advance.approve", amount="600.00", **words)["state"] == "approved"
    assert desk_port.get("advance.pay", case_no=number)["state"] == "paid"
    back = desk_port.get(
        "recovery.add", advance_no=asked["advance_no"], amount="100.00", on="2026-11-23", source="保证金"
    )
    assert back["remaining"] == "500.00"
    last = desk_port.get("recovery.add", advance_no=asked["advance_no"], amount="500.00", on="2026-11-23")
    assert last["remaining"] == "0.00"
    timeline = desk_port.get("case.show", case_no=number)["timeline"]
    assert any("追回 500.00 元（商户付款）" in entry["text"] for entry in timeline)


def test_figures_exports_and_safety(desk_port, number, tmp_path):
    span = {"from": "2026-11-01", "to": "2026-11-30"}
    made = desk_port.get("export", form="F01", out=str(tmp_path / "F01.xlsx"), **span)
    assert set(made) >= {"rows", "problems", "path", "sha256", "submission_no"}
    checked = desk_port.get("export", form="P01", check=True, **span)
    assert set(checked) >= {"rows", "problems", "path", "sha256", "submission_no"}
    assert all({"case_no", "field", "message"} <= set(problem) for problem in checked["problems"])
    assert desk_port.refused("export", form="X99", **span)["field"] == "form"
    assert desk_port.refused("export", **{"form": "F01", "to": "2026-11-30", "from": "十一月"})["field"] == "from"
    counted = desk_port.get("deadline", channel="CH01", received_at="2026-02-13")["deadlines"]
    assert {one["due"] for one in counted} == {"2026-02-18", "2026-03-05"}
    assert set(desk_port.get("verify")) >= {"counts", "problems"}
    assert set(desk_port.get("backup")) >= {"counts", "path"}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"{", "line"), (b"[]", "line"), (b"\xff\n", "line"), (b'{"verb": "fly"}', "verb"), (b'{"id": 1}', "verb"),
        (b'{"verb": "case.find", "filters": 3}', "filters"), (b'{"verb": "case.find", "limit": "x"}', "limit"),
        (b'{"verb": "case.find", "colour": "red"}', "colour"), (b'{"verb": "case.find", "sort": "-x"}', "sort"),
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_and_the_port_goes_on(desk_port, line, field):
    from odr_desk.port import server

    answer = server.answer_line(desk_port.session, line)
    assert (answer["ok"], answer["error"]["code"], answer["error"]["field"]) == (False, "invalid", field)
    assert desk_port.get("case.find")["total"] == 0


def test_a_disk_that_fails_says_whether_it_is_saved(desk_port, shop, monkeypatch):
    from odr_desk.rules.errors import Trouble
    from odr_desk.services import merchants

    def fail(*_args, **_named):
        raise Trouble("磁盘已满，没有存上。", "请清理磁盘。", saved="false")

    monkeypatch.setattr(merchants, "register", fail)
    error = desk_port.refused("merchant.create", name="新店", counter="B1-1")
    assert (error["code"], error["saved"]) == ("storage", "false")


def test_what_screens_list_the_port_lists(desk_port, number, agreed):
    assert desk_port.get("duty.list")["rows"][0]["case_no"] == number
    assert desk_port.get("agreement.list")["rows"][0]["agreement_no"] == agreed["agreement_no"]
    shown = desk_port.get("agreement.show", agreement_no=agreed["agreement_no"])
    assert (shown["total"], len(shown["duties"])) == ("1000.00", 1)
    desk_port.get("duty.perform", agreement_no=agreed["agreement_no"], duty=1, amount="10.00", on="2026-11-23")
    entry = desk_port.get("agreement.show", agreement_no=agreed["agreement_no"])["entries"][0]
    taken = desk_port.get("duty.take_back", entry=entry["entry"], reason="记错")
    assert taken["outstanding"] == "1000.00"
    assert desk_port.get("merchant.list")["total"] == 1
    assert desk_port.get("merchant.list", group="all")["total"] == 1
    assert desk_port.refused("merchant.list", group="fish")["field"] == "group"
    assert desk_port.get("submission.list")["rows"] == []
    assert desk_port.get("import.list")["rows"] == []
    assert desk_port.get("advance.list")["rows"] == []
    today = desk_port.get("today")
    assert today["open"] == 1
    assert {"code", "title", "count", "note"} == set(today["counters"][0])
    assert desk_port.get("status")["person"]
    assert desk_port.get("draft.list")["rows"] == []
    assert desk_port.refused("draft.throw", draft=9)["code"] == "not_found"


def test_papers_are_looked_at_saved_and_made_void(desk_port, number, tmp_path):
    seen = desk_port.get("document.preview", kind="registration_receipt", case_no=number, out=str(tmp_path / "看.pdf"))
    assert seen["title"] == "消费投诉登记回执"
    assert (tmp_path / "看.pdf").read_bytes().startswith(b"%PDF")
    issued = desk_port.get("document.issue", kind="registration_receipt", case_no=number)["document_no"]
    (row,) = desk_port.get("document.list", case_no=number)["rows"]
    assert row["document_no"] == issued
    saved = desk_port.get("document.save", document_no=issued, out=str(tmp_path / "b.pdf"))
    assert saved["sha256"] == row["sha256"]
    desk_port.get("document.print", document_no=issued, copies=2)
    desk_port.get("document.archive", document_no=issued)
    desk_port.get("document.void", document_no=issued, reason="写错")
    assert desk_port.get("document.list", case_no=number)["rows"][0]["void"]
    assert desk_port.refused("document.void", document_no="无此号", reason="写错")["code"] == "not_found"


def test_a_paper_that_cannot_be_saved_is_not_issued_and_one_that_is_leaves_its_trace(desk_port, number, tmp_path):
    asked = {"kind": "registration_receipt", "case_no": number}
    assert desk_port.refused("document.issue", out=str(tmp_path / "没有" / "a.pdf"), **asked)["field"] == "out"
    assert desk_port.get("document.list", case_no=number)["rows"] == []
    issued = desk_port.get("document.issue", out=str(tmp_path / "a.pdf"), **asked)["document_no"]
    assert issued.endswith("001号")
    said = [entry["text"] for entry in desk_port.get("case.show", case_no=number)["timeline"]]
    assert f"消费投诉登记回执 {issued} 另存 PDF" in said


def test_entries_and_what_is_masked(desk_port, number, tmp_path, clock):
    first = desk_port.get("event.add", case_no=number, kind="note", party="desk", text="记一笔")["event_no"]
    desk_port.get("event.edit", case_no=number, event_no=first, text="记两笔")
    clock.forward(minutes=11)
    assert desk_port.refused("event.edit", case_no=number, event_no=first, text="三")["code"] == "state"
    assert desk_port.get("event.amend", case_no=number, event_no=first, text="三")["event_no"] == first + 1
    assert desk_port.get("case.reveal", case_no=number)["value"] == "19900000023"
    assert desk_port.refused("case.reveal", case_no=number, field="facts")["field"] == "field"
    (earlier,) = desk_port.get("case.earlier", phone="19900000023")["rows"]
    assert earlier["case_no"] == number


def test_a_list_is_written_out_as_it_is_found(desk_port, shop, number, tmp_path):
    out = tmp_path / "件.xlsx"
    asked = {"merchant_no": shop, "channel": "CH07", "received_at": "2026-11-20T09:00:00+08:00"}
    other = desk_port.get("case.create", **asked, product="=1+1 的赠品", amount="12.80", problem="P09")["case_no"]
    assert desk_port.get("case.export", out=str(out), sort="-received") == {"rows": 2, "path": str(out)}
    heading, first, second = load_workbook(out).active.iter_rows(values_only=True)
    row = dict(zip(heading, second, strict=True))
    assert (first[0], row["编号"]) == (number, other)
    assert (row["来源"], row["金额（元）"], row["事由"]) == ("来电", 12.8, "=1+1 的赠品")
    assert desk_port.get("case.export", out=str(out), filters={"channel": "CH07"})["rows"] == 1
    assert desk_port.get("case.export", out=str(out), case_nos=[number])["rows"] == 1
    assert desk_port.refused("case.export", out=str(out), view="nowhere")["field"] == "view"


def test_what_may_be_the_same_is_told_before_it_is_registered(desk_port, number, shop):
    found = desk_port.get("case.like", merchant_no=shop, phone="19900000023")["duplicates"]
    assert [one["case_no"] for one in found] == [number]


def test_a_gap_of_the_report_is_mended(desk_port, number):
    version = desk_port.get("case.show", case_no=number)["version"]
    done = desk_port.get("case.mend", case_no=number, version=version, field="recovered", value="12.50")
    assert done["version"] == version + 1
    assert desk_port.get("case.show", case_no=number)["recovered"] == "12.50"
    wrong = desk_port.refused("case.mend", case_no=number, version=version + 1, field="recovered", value="多")
    assert wrong["field"] == "recovered"


def test_shops_by_name_are_merged_and_parted(desk_port, shop):
    noted = desk_port.get("merchant.note", name="街角小店")["merchant_no"]
    made = desk_port.get("case.create", merchant_no=noted, channel="CH06", received_at="2026-11-20")["case_no"]
    assert desk_port.get("merchant.merge", merchant_no=noted, into=shop) == {"cases": [made]}
    desk_port.get("merchant.part", merchant_no=noted, cases=[made])
    assert desk_port.get("case.show", case_no=made)["merchant_no"] == noted
    assert desk_port.get("merchant.retire", merchant_no=shop) == {"retired": True}
    assert desk_port.get("merchant.retire", merchant_no=shop, back=True) == {"retired": False}


def test_the_administrator_looks_after_the_house(port, tmp_path):
    port.get("login", user="admin", password=PASSWORD)
    before = port.get("mall.show")
    assert port.get("mall.change", phone="0510-12345678") == {**before, "phone": "0510-12345678"}
    assert port.get("backup.place", path=str(tmp_path))["path"] == str(tmp_path)
    assert port.get("backup.list")["second_place"] == str(tmp_path)


def test_accounts_are_changed_closed_and_opened_again(port):
    port.get("login", user="admin", password=PASSWORD)
    port.get("user.update", user="clerk", display_name="王小敏", role="mediator")
    (row,) = [row for row in port.get("user.list")["rows"] if row["user"] == "clerk"]
    assert (row["display_name"], row["role"]) == ("王小敏", "mediator")
    assert port.refused("user.update", user="admin", display_name="林工", role="clerk")["field"] == "role"
    port.get("user.disable", user="clerk")
    port.get("user.enable", user="clerk")
    assert port.refused("user.enable", user="clerk")["code"] == "state"
    port.get("login", user="clerk", password=PASSWORD)


def test_the_report_basis_is_chosen(desk_port):
    assert desk_port.get("report.basis", ended_by="received") == {"ended_by": "received"}
