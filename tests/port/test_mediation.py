"""Clocks, points, offers and appointments through the port."""

import pytest
from conftest import PASSWORD
from make import make_merchant

from odr_desk.services import deadline_admin


@pytest.fixture
def number(desk_port, database, manager):
    with database.writing(manager, "merchant.create") as work:
        shop = make_merchant(work).number
    return desk_port.get(
        "case.create", merchant_no=shop, channel="CH01", received_at="2026-11-23T09:00:00+08:00", product="吊坠",
        claims=[{"code": "C04", "amount": "3280.00"}],
    )["case_no"]  # fmt: skip


def test_a_clock_stands_still_and_runs_again(desk_port, number, clock):
    assert desk_port.get("case.pause", case_no=number, since="2026-11-23", reason="送检")["pause_no"] == 1
    shown = desk_port.get("case.show", case_no=number)
    assert (shown["paused_since"], shown["pauses"][0]["until"]) == ("2026-11-23", None)
    clock.forward(days=3)
    assert desk_port.get("case.resume", case_no=number, on="2026-11-25")["due"] == "2026-12-09"
    assert desk_port.get("case.pause.void", case_no=number, pause_no=1, reason="没有送检")["due"] == "2026-12-07"
    error = desk_port.refused("case.resume", case_no=number)
    assert (error["code"], error["legal"]) == ("state", ["case.pause"])


def test_a_day_of_ones_own_stands_beside_the_laws(desk_port, number):
    done = desk_port.get("case.due", case_no=number, due="2026-12-01", reason="消费者出差")
    late = {"case_no": number, "due": "2026-12-02", "reason": "等厂家", "version": done["version"] - 1}
    error = desk_port.refused("case.due", **late)
    assert error["code"] == "conflict" and error["detail"]["theirs"] == {"due": "2026-12-01", "reason": "消费者出差"}
    shown = desk_port.get("case.show", case_no=number)
    assert (shown["manual_due"], shown["manual_due_reason"]) == ("2026-12-01", "消费者出差")
    assert shown["deadlines"][1]["due"] == "2026-12-07"
    assert desk_port.refused("case.due", case_no=number, due="2026-12-01")["field"] == "reason"


def test_a_year_is_looked_over_before_it_is_entered(port):
    port.get("login", user="admin", password=PASSWORD)
    text = "元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月4日（周一）上班。"
    seen = port.get("calendar.save", year=2027, text=text, check=True)
    assert seen["wrong"] == ["元旦：1月4日本来就是工作日，不是调休上班的日子"]
    assert port.refused("calendar.save", year=2027, text=text)["field"] == "text"
    ranges = [{"name": "元旦", "kind": "off", "first": "2027-01-01", "last": "2027-01-03"}]
    done = port.get("calendar.save", year=2027, ranges=ranges)
    assert ([day["day"] for day in done["days"]], done["recounted"]) == (["2027-01-01", "2027-01-02", "2027-01-03"], 0)
    assert "没有写到春节" in done["odd"][0]
    twice = [*ranges, {"name": "春节", "kind": "off", "first": "2027-01-03"}]
    assert "写了两次" in port.refused("calendar.save", year=2027, ranges=twice)["message"]
    assert "不在 2026 年" in port.refused("calendar.save", year=2026, ranges=ranges)["message"]
    assert port.refused("calendar.save", year=2027)["field"] == "text"


def test_a_rule_gets_a_new_version(port, database, admin):
    port.get("login", user="admin", password=PASSWORD)
    new = {"length": 8, "unit": "working", "valid_from": "2026-12-01", "basis": "试点"}
    assert port.refused("deadline.revise", rule="NONE", **new)["code"] == "not_found"
    with database.reading(admin) as work:
        code = next(row.code for row in deadline_admin.rows(work))
    assert port.get("deadline.revise", rule=code, **new)["recounted"] == 0
    assert port.refused("deadline.revise", rule=code, **new)["field"] == "valid_from"
    one = {"rule": code, "reason": "写错"}
    assert port.refused("deadline.withdraw", valid_from="2026-12-02", **one)["code"] == "not_found"
    port.get("deadline.withdraw", valid_from="2026-12-01", **one)
    assert port.get("deadline.revise", rule=code, **new)["recounted"] == 0


def test_points_are_saved_with_what_was_seen_of_them(desk_port, number):
    (begun,) = desk_port.get("case.show", case_no=number)["points"]
    assert (begun["id"], begun["claim"]) == (None, "C04")
    row = {name: value for name, value in begun.items() if value is not None} | {"consumer_says": "标价不清"}
    (kept,) = desk_port.get("points.save", case_no=number, points=[row])["points"]
    assert (kept["version"], kept["consumer_says"]) == (1, "标价不清")
    newer = desk_port.get("points.save", case_no=number, points=[{**kept, "state": "agreed", "agreed": "退一半"}])[
        "points"
    ]
    assert newer[0]["version"] == 2
    stale = desk_port.refused("points.save", case_no=number, points=[{**kept, "merchant_says": "不对"}])
    assert stale["code"] == "conflict" and stale["detail"]["theirs"][str(kept["id"])]["state"] == "agreed"
    assert stale["detail"]["by"] in stale["message"]
    gone = desk_port.get("points.save", case_no=number, removed=[{"id": kept["id"], "version": 2}])
    assert gone["points"] == []


def test_offers_are_answered_and_bottom_lines_stay_in_confidence(desk_port, number):
    assert desk_port.get("offer.add", case_no=number, by="merchant", amount="100.00", text="补差")["offer_no"] == 1
    desk_port.get("offer.answer", case_no=number, offer_no=1, answer="declined", note="太少")
    (shown,) = desk_port.get("case.show", case_no=number)["offers"]
    assert (shown["amount"], shown["answer"], shown["answer_note"]) == ("100.00", "declined", "太少")
    desk_port.get("bottom_line.save", case_no=number, side="merchant", amount="71717.17", text="金丝雀")
    (line,) = desk_port.get("bottom_line.show", case_no=number)["lines"]
    assert (line["side"], line["amount"], line["text"]) == ("merchant", "71717.17", "金丝雀")
    mine = {"case_no": number, "side": "merchant", "amount": "300.00"}
    late = desk_port.refused("bottom_line.save", **mine, seen={"amount": "200.00"})
    assert late["code"] == "conflict" and late["detail"]["by"] in late["message"] and "金丝雀" not in str(late)
    for verb, given in (("case.show", {"case_no": number}), ("dump", {}), ("case.find", {"text": "金丝雀"})):
        said = str(desk_port.get(verb, **given))
        assert "金丝雀" not in said and "71717" not in said
    desk_port.get("bottom_line.save", **mine, seen={"amount": "71717.17", "text": "金丝雀"})
    assert desk_port.get("bottom_line.show", case_no=number)["lines"][0]["amount"] == "300.00"


def test_a_sitting_is_corrected(desk_port, number):
    sat = {"held_at": "2026-11-23T09:30:00+08:00", "mode": "A", "mediator": "刘洋", "outcome": "再谈"}
    made = desk_port.get("session.add", case_no=number, **sat)
    wrong = {"case_no": number, **made}
    assert desk_port.get("session.change", **wrong, outcome="谈成了", present=[{"name": "周女士"}]) == {
        "changed": ["结果", "参加人"]
    }
    (shown,) = desk_port.get("case.show", case_no=number)["sessions"]
    assert (shown["outcome"], shown["mediator"], shown["present"]) == (
        "谈成了",
        "刘洋",
        [{"name": "周女士", "role": ""}],
    )
    late = desk_port.refused("session.change", **wrong, outcome="谈崩了", seen={"outcome": "再谈"})
    assert (late["code"], late["detail"]["theirs"]) == ("conflict", {"outcome": "谈成了"})
    assert desk_port.get("session.change", **wrong, outcome="谈崩了", seen={"outcome": "谈成了"})["changed"] == ["结果"]
    assert desk_port.refused("session.change", **wrong, mode="Z")["field"] == "mode"
    assert desk_port.refused("session.change", case_no=number, outcome="x")["field"] == "session_no"
    assert desk_port.refused("session.change", case_no=number, session_no=9, outcome="x")["code"] == "not_found"


def test_an_appointment_is_made_moved_held_and_cancelled(desk_port, number, clock):
    at = {"starts_at": "2026-11-24T14:00:00+08:00", "mediator": "孙主任", "place": "服务台"}
    assert desk_port.get("appointment.add", case_no=number, **at)["appointment_no"] == 1
    assert desk_port.refused("appointment.add", case_no=number, **at)["field"] == "despite"
    moved = {**at, "starts_at": "2026-11-24T15:00:00+08:00"}
    desk_port.get("appointment.move", case_no=number, appointment_no=1, reason="堵车", **moved)
    (row,) = desk_port.get("appointment.list", first="2026-11-24", last="2026-11-24")["rows"]
    assert (row["starts_at"], row["reason"], row["minutes"]) == ("2026-11-24T15:00:00+08:00", "堵车", 60)
    clock.forward(days=2)
    desk_port.get(
        "session.add", case_no=number, held_at=moved["starts_at"], mode="A", mediator="孙主任", appointment_no=1
    )
    assert desk_port.get("appointment.list", case_no=number)["rows"][0]["state"] == "held"
    cancelled = desk_port.refused("appointment.cancel", case_no=number, appointment_no=1, reason="不来了")
    assert cancelled["code"] == "state"
