"""Undo, the bin and merging, said over the port."""

import pytest
from conftest import PASSWORD
from make import make_case, make_merchant


@pytest.fixture
def pair(database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        walk_in = make_case(work, merchant_no=shop, channel="CH06").number
        platform = make_case(work, merchant_no=shop, platform_no="P-77", consumer_phone="19900000077").number
        return walk_in, platform


@pytest.fixture
def talk(port):
    port.get("login", user="manager", password=PASSWORD)
    return port


def test_the_last_step_is_undone_and_done_again(talk, pair):
    number = pair[0]
    talk.get("case.next_step", case_no=number, text="打电话", due="2026-11-25")
    (step,) = talk.get("undo.list")["steps"]
    assert (step["verb"], step["subject"]) == ("case.next_step", number)
    done = talk.get("undo")
    assert (done["undone"], done["subject"]) == ("设下一步", number)
    assert talk.get("case.show", case_no=number)["next_step"] == ""
    talk.get("undo", step=done["step"])
    assert talk.get("case.show", case_no=number)["next_step"] == "打电话"
    assert talk.refused("undo", step=10**9)["code"] == "not_found"


def test_a_step_that_was_built_on_is_refused_with_who_and_when(talk, pair, port):
    number = pair[0]
    talk.get("case.next_step", case_no=number, text="打电话", due="2026-11-25")
    step = talk.get("undo.list")["steps"][0]["step"]
    talk.get("login", user="mediator", password=PASSWORD)
    talk.get("case.next_step", case_no=number, text="约时间", due="2026-11-25")
    talk.get("login", user="manager", password=PASSWORD)
    error = talk.refused("undo", step=step)
    assert error["code"] == "conflict"
    assert error["detail"]["by"] == "刘洋"


def test_the_bin(talk, pair):
    number = pair[0]
    assert talk.refused("case.delete", case_no=number)["field"] == "reason"
    talk.get("case.delete", case_no=number, reason="重复登记")
    assert talk.refused("case.show", case_no=number)["code"] == "not_found"
    assert talk.get("case.find")["total"] == 1
    assert talk.get("case.restore", case_no=number)["clashes"] == []
    assert talk.get("case.find")["total"] == 2
    assert talk.refused("case.restore", case_no=number)["code"] == "not_found"


def test_merging_and_taking_apart(talk, pair):
    walk_in, platform = pair
    made = talk.get("case.merge", case_no=platform, into=walk_in)
    assert made["case_no"] == walk_in
    shown = talk.get("case.show", case_no=platform)
    assert shown["case_no"] == walk_in
    assert [one["number"] for one in shown["merged"]] == [platform]
    assert [row["case_no"] for row in talk.get("case.find", text="P-77")["rows"]] == [walk_in]
    assert talk.refused("case.merge", case_no=platform, into=walk_in)["code"] == "state"
    assert talk.get("case.split", case_no=platform)["leader_no"] == walk_in
    assert talk.get("case.show", case_no=platform)["case_no"] == platform


def test_an_entry_answers_to_the_number_of_the_case_it_was_written_in(talk, pair):
    walk_in, platform = pair
    call = {"kind": "call", "party": "consumer"}
    ours = talk.get("event.add", case_no=walk_in, text="来店的", **call)
    theirs = talk.get("event.add", case_no=platform, text="平台的", **call)
    assert ours == {"event_no": theirs["event_no"], "case_no": walk_in}  # both cases count from one
    talk.get("case.merge", case_no=platform, into=walk_in)
    talk.get("event.edit", **theirs, text="平台的，改过")
    talk.get("event.amend", **theirs, text="平台的，补一句")
    assert talk.get("event.add", case_no=platform, text="合并后的", **call)["case_no"] == walk_in
    told = {row["text"]: row["of"] for row in talk.get("case.show", case_no=walk_in)["timeline"]}
    assert told["来店的"] == "" and told["平台的，改过"] == told["平台的，补一句"] == platform
    talk.get("case.split", case_no=platform)
    texts = [row["text"] for row in talk.get("case.show", case_no=platform)["timeline"]]
    assert "平台的，补一句" in texts and "来店的" not in texts


def test_both_versions_come_back_with_a_conflict(talk, pair):
    number = pair[0]
    version = talk.get("case.show", case_no=number)["version"]
    talk.get("case.update", case_no=number, version=version, amount="1299.00")
    error = talk.refused("case.update", case_no=number, version=version, amount="88.00", brand="金禧")
    assert error["code"] == "conflict"
    detail = error["detail"]
    assert detail["mine"] == {"amount": "88.00", "brand": "金禧"}
    assert detail["theirs"] == {"amount": "1299.00", "brand": ""}
    assert (detail["by"], detail["version"]) == ("孙主任", version + 1)
    talk.get("case.update", case_no=number, version=detail["version"], **detail["mine"])


@pytest.mark.parametrize(
    ("verb", "arguments", "roles"),
    [
        ("case.restore", {}, {"manager"}),
        ("case.merge", {"into": "XSBBB-2026-0001"}, {"manager", "mediator", "clerk"}),
        ("case.split", {}, {"manager", "mediator", "clerk"}),
    ],
)
def test_who_may(port, pair, verb, arguments, roles):
    for role in ("manager", "mediator", "clerk", "auditor", "admin"):
        port.get("login", user=role, password=PASSWORD)
        error = port.refused(verb, case_no=pair[0], **arguments)
        assert (error["code"] == "denied") == (role not in roles), (role, error)
