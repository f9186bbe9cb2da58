import pytest
from make import make_merchant


@pytest.fixture
def shop(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work).number


def create(port, shop, **changes):
    return {"merchant_no": shop, "channel": "CH01", "received_at": "2026-11-02T09:00:00+08:00"} | changes


def test_a_case_with_nested_consumer_and_claims(desk_port, shop):
    made = desk_port.get(
        "case.create",
        **create(desk_port, shop, consumer={"name": "王女士", "phone": "19900000001", "agree_publish": True}),
        amount="1299.00", claims=[{"code": "C04", "amount": "1299.00"}],
    )  # fmt: skip
    assert made["case_no"] == "XSBBB-2026-0001"
    assert [d["due"] for d in made["deadlines"]] == ["2026-11-07", "2026-11-16"]
    found = desk_port.get("case.show", case_no=made["case_no"])
    assert (found["consumer_name"], found["amount"], found["agree_publish"]) == ("王女士", "1299.00", True)
    assert found["claims"] == [{"code": "C04", "amount": "1299.00"}]
    assert found["version"] == 1


def test_demands_that_were_dropped_are_taken_away_by_an_empty_list(desk_port, shop):
    sent = {"merchant_no": shop, "channel": "CH06", "received_at": "2026-11-20", "claims": [{"code": "C04"}]}
    number = desk_port.get("case.create", **sent)["case_no"]
    version = desk_port.get("case.update", case_no=number, version=1, product="手镯")["version"]
    assert desk_port.get("case.show", case_no=number)["claims"] == [{"code": "C04", "amount": None}]
    desk_port.get("case.update", case_no=number, version=version, claims=[])
    assert desk_port.get("case.show", case_no=number)["claims"] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consumer": {"phone": "1380000567"}}, "consumer_phone"),
        ({"consumer": "王女士"}, "consumer"),
        ({"amount": "一千"}, "amount"),
        ({"amount": 12.5}, "amount"),
        ({"claims": [{"code": "C99"}]}, "claims[0].code"),
        ({"claims": {"code": "C04"}}, "claims"),
        ({"merchant_no": "M9999"}, "merchant_no"),
        ({"received_at": "昨天"}, "received_at"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_argument_is_named(desk_port, shop, changes, field):
    error = desk_port.refused("case.create", **create(desk_port, shop, **changes))
    assert (error["code"], error["field"]) == ("invalid", field)


def test_illegal_moves_name_the_legal_ones(desk_port, shop):
    number = desk_port.get("case.create", **create(desk_port, shop))["case_no"]
    error = desk_port.refused("case.advance", case_no=number, to="closed")
    assert error["code"] == "state"
    assert "negotiating" in error["legal"]


def test_a_stale_version_is_a_conflict_with_both_sides(desk_port, shop):
    number = desk_port.get("case.create", **create(desk_port, shop, product="吊坠"))["case_no"]
    desk_port.get("case.update", case_no=number, version=1, product="手镯")
    error = desk_port.refused("case.update", case_no=number, version=1, product="戒指")
    detail = error["detail"]
    assert (error["code"], detail["mine"], detail["theirs"]) == ("conflict", {"product": "戒指"}, {"product": "手镯"})


def test_the_key_makes_a_repeated_request_harmless(desk_port, shop):
    one = desk_port.get("case.create", **create(desk_port, shop, key="k1"))
    two = desk_port.get("case.create", **create(desk_port, shop, key="k1"))
    assert one["case_no"] == two["case_no"]


def test_a_case_out_of_the_archive_is_not_overdue(desk_port, shop):
    number = desk_port.get("case.create", **create(desk_port, shop, channel="CH06"))["case_no"]
    assert desk_port.get("case.find", filters={"overdue": True})["total"] == 1
    desk_port.get("case.advance", case_no=number, to="withdrawn", reason="说算了")
    gate = [
        {"item": item["item"], "reason": "消费者撤回"} for item in desk_port.get("case.gate", case_no=number)["open"]
    ]
    desk_port.get("case.close", case_no=number, waivers=gate)
    desk_port.get("case.reopen", case_no=number, reason="又来了")
    found = desk_port.get("case.show", case_no=number)
    assert (found["state"], found["mark"], found["reopened"]) == ("negotiating", "act", True)
    assert desk_port.get("case.find", filters={"overdue": True})["total"] == 0
    assert desk_port.get("case.find")["rows"][0]["left"] is None
    refused = desk_port.refused("case.pause", case_no=number, since="2026-11-23", reason="送检")
    assert (refused["code"], refused["legal"]) == ("state", ["case.due"])
