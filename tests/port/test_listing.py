import pytest
from conftest import PASSWORD
from make import make_case, make_merchant


@pytest.fixture
def numbers(database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        return [make_case(work, merchant_no=shop, channel="CH06" if n else "CH01").number for n in range(4)]


def found(port, **filters):
    return {row["case_no"] for row in port.get("case.find", filters=filters)["rows"]}


def test_every_filter_of_the_screen_is_one_of_the_port(desk_port, numbers):
    desk_port.get("case.assign", case_no=numbers[1], handler="clerk")
    desk_port.get("case.tag", case_no=numbers[2], add=["等鉴定"])
    assert found(desk_port, handler="clerk") == {numbers[1]}
    assert found(desk_port, tag="等鉴定") == {numbers[2]}
    assert found(desk_port, channel="CH06", unassigned=True) == {numbers[2], numbers[3]}
    assert found(desk_port, problem="P12") == set()
    assert found(desk_port, state="assigned", received_to="2026-11-30") == {numbers[1]}
    assert desk_port.get("case.find", view="archived")["total"] == 0
    assert desk_port.refused("case.find", view="sideways")["field"] == "view"
    late = {"received_from": "2026-11-30", "received_to": "2026-11-01"}
    assert desk_port.refused("case.find", filters=late)["field"] == "received_to"
    assert desk_port.refused("case.find", filters={"colour": "red"})["field"] == "colour"


def test_one_step_on_many_cases_is_all_or_what_is_left(desk_port, database, manager, numbers):
    desk_port.get("case.advance", case_no=numbers[0], to="withdrawn", reason="不要了")
    asked = {"case_nos": [*numbers, "XSBBB-2026-0999"], "text": "催店长", "due": "2026-11-25"}
    error = desk_port.refused("case.next_step", **asked)
    assert error["code"] == "conflict"
    assert [one["case_no"] for one in error["detail"]["refused"]] == ["XSBBB-2026-0999"]
    assert desk_port.get("case.show", case_no=numbers[1])["next_step"] == ""
    answer = desk_port.get("case.next_step", **asked, rest=True)
    assert (answer["done"], [one["code"] for one in answer["refused"]]) == (numbers, ["not_found"])
    assert desk_port.get("case.show", case_no=numbers[1])["next_step"] == "催店长"


def test_a_single_case_refuses_in_its_own_words(desk_port, numbers):
    assert desk_port.refused("case.next_step", case_no="XSBBB-2026-0999", text="催")["code"] == "not_found"
    assert desk_port.refused("case.next_step", text="催")["field"] == "case_no"
    assert desk_port.refused("case.assign", case_no=numbers[0], handler="nobody")["field"] == "handler"
    assert desk_port.refused("case.assign", case_no=numbers[0], handler="auditor")["field"] == "handler"
    assert desk_port.refused("case.tag", case_no=numbers[0])["field"] == "add"
    assert desk_port.refused("case.tag", case_no=numbers[0], add=["一，二"])["field"] == "tag"


def test_what_has_one_line_on_screen_gets_no_second_one_here(desk_port, numbers):
    desk_port.get("case.next_step", case_no=numbers[0], text="催\n店长", due="2026-11-25")
    assert desk_port.get("case.show", case_no=numbers[0])["next_step"] == "催 店长"
    desk_port.get("view.save", name="我\n的", view="open")
    assert [row["name"] for row in desk_port.get("view.list")["rows"]] == ["我 的"]


def test_a_next_step_on_a_day_that_has_passed_is_taken_and_said(desk_port, numbers):
    sent = {"case_no": numbers[0], "text": "催店长"}
    assert "2026-11-20 已经过去" in desk_port.get("case.next_step", **sent, due="2026-11-20")["said"]
    assert desk_port.get("case.show", case_no=numbers[0])["next_step_on"] == "2026-11-20"
    assert desk_port.get("case.next_step", **sent, due="2026-11-23")["said"] == ""


def test_tags_in_use_are_listed(desk_port, numbers):
    desk_port.get("case.tag", case_nos=numbers, add=["群体", "等鉴定"])
    desk_port.get("case.tag", case_nos=numbers[:3], remove=["群体"])
    assert desk_port.get("tag.list")["rows"] == [{"tag": "等鉴定", "cases": 4}, {"tag": "群体", "cases": 1}]


def test_own_views_are_kept_listed_changed_and_deleted(desk_port, numbers):
    desk_port.get("view.save", name="门店", view="open", filters={"channel": "CH06"})
    desk_port.get("view.save", name="全部吊坠", text="吊坠")
    rows = desk_port.get("view.list")["rows"]
    assert rows[0] == {"name": "门店", "count": 3, "view": "open", "text": "", "filters": {"channel": "CH06"}}
    assert (rows[1]["view"], rows[1]["count"]) == ("all", 4)
    desk_port.get("view.change", name="全部吊坠", to="吊坠", by=-1)
    assert [row["name"] for row in desk_port.get("view.list")["rows"]] == ["吊坠", "门店"]
    desk_port.get("view.delete", name="门店")
    assert desk_port.refused("view.delete", name="门店")["code"] == "not_found"
    assert desk_port.refused("view.save", name="某", filters={"state": "sideways"})["field"] == "state"


def test_the_second_of_two_is_told_what_the_first_has_set(desk_port, port, numbers):
    rows = {row["case_no"]: row["version"] for row in desk_port.get("case.find")["rows"]}
    seen = [{"case_no": number, "version": rows[number]} for number in numbers]
    port.get("login", user="clerk", password=PASSWORD)
    port.get("case.next_step", case_no=numbers[0], text="等店长", due="2026-11-25", version=rows[numbers[0]])
    port.get("case.assign", case_no=numbers[1], handler="clerk")
    port.get("login", user="manager", password=PASSWORD)
    mine = {"text": "催店长", "due": "2026-11-26"}
    error = port.refused("case.next_step", case_no=numbers[0], version=rows[numbers[0]], **mine)
    assert (error["code"], error["detail"]["by"]) == ("conflict", "王敏")
    assert error["detail"]["mine"] == mine and error["detail"]["theirs"] == {"text": "等店长", "due": "2026-11-25"}
    (refused,) = port.refused("case.next_step", case_nos=numbers, versions=seen, **mine)["detail"]["refused"]
    assert refused["case_no"] == numbers[0] and refused["detail"]["theirs"]["text"] == "等店长"
    answer = port.get("case.assign", case_nos=numbers, versions=seen, handler="mediator", rest=True)
    assert [one["case_no"] for one in answer["refused"]] == [numbers[1]]
    assert answer["refused"][0]["detail"]["theirs"] == {"handler": "clerk", "handler_name": "王敏"}
    now = port.get("case.next_step", case_no=numbers[0], version=error["detail"]["version"], **mine)["version"]
    assert port.get("case.show", case_no=numbers[0])["version"] == now
    assert port.refused("case.next_step", case_nos=numbers, version=1, **mine)["field"] == "version"
