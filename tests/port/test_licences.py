"""Licences over the port: the list with the merchant, the scan by a verb of its own."""

import pytest
from make import make_picture

pytestmark = pytest.mark.usefixtures("no_child")
FOOD = {"kind": "食品经营许可证", "number": "JY1", "expires": "2027-03-01"}


@pytest.fixture
def shop(desk_port) -> str:
    return desk_port.get("merchant.create", name="吉祥餐饮", counter="B1-033", licences=[FOOD])["merchant_no"]


def test_the_list_comes_back_as_it_was_given(desk_port, shop):
    assert desk_port.get("merchant.show", merchant_no=shop)["licences"] == [{"id": 1, **FOOD, "scan": None}]
    desk_port.get("merchant.update", merchant_no=shop, note="常来")
    desk_port.get("merchant.update", merchant_no=shop, licences=[{"id": 1, "kind": "食品经营许可证"}, "营业执照"])
    shown = desk_port.get("merchant.show", merchant_no=shop)["licences"]
    assert [(one["id"], one["kind"], one["expires"]) for one in shown] == [
        (1, "食品经营许可证", None),
        (2, "营业执照", None),
    ]
    desk_port.get("merchant.update", merchant_no=shop, licences=[])
    assert desk_port.get("merchant.show", merchant_no=shop)["licences"] == []


def test_a_wrong_entry_names_its_place(desk_port, shop):
    refused = desk_port.refused("merchant.update", merchant_no=shop, licences=[FOOD, {"kind": "x", "expires": "上周"}])
    assert refused["field"] == "licences[1].expires"


def test_a_scan_is_put_shown_saved_and_taken_off(desk_port, shop, tmp_path):
    picture = tmp_path / "许可证.jpg"
    picture.write_bytes(make_picture())
    put = desk_port.get("licence.scan", merchant_no=shop, licence_id=1, path=str(picture))
    assert (put["kind"], put["bytes"], put["pages"]) == ("jpeg", len(make_picture()), 1)
    assert desk_port.get("merchant.show", merchant_no=shop)["licences"][0]["scan"] == put
    saved = desk_port.get("licence.scan_save", merchant_no=shop, licence_id=1, out=str(tmp_path))
    assert saved["path"].endswith("吉祥餐饮 食品经营许可证 JY1.jpg")
    assert desk_port.get("licence.scan_remove", merchant_no=shop, licence_id=1) == {"sha256": put["sha256"]}
    assert (
        desk_port.refused("licence.scan_save", merchant_no=shop, licence_id=1, out=str(tmp_path))["code"] == "not_found"
    )


def test_what_is_no_picture_is_refused(desk_port, shop, tmp_path):
    file = tmp_path / "许可证.jpg"
    file.write_bytes(b"no picture")
    assert desk_port.refused("licence.scan", merchant_no=shop, licence_id=1, path=str(file))["code"] == "unsafe_file"


def test_two_who_change_the_list_see_both(desk_port, shop):
    version = desk_port.get("merchant.show", merchant_no=shop)["version"]
    theirs = [{"id": 1, **FOOD, "expires": "2028-03-01"}]
    now = desk_port.get("merchant.update", merchant_no=shop, version=version, licences=theirs)["version"]
    mine = [{"id": 1, **FOOD}, {"id": None, "kind": "营业执照", "number": "", "expires": None}]
    sent = {"merchant_no": shop, "note": "常来", "licences": mine}
    error = desk_port.refused("merchant.update", version=version, **sent)
    assert error["code"] == "conflict" and error["detail"]["version"] == now
    assert error["detail"]["mine"] == {"note": "常来", "licences": mine}
    assert error["detail"]["theirs"] == {"note": "", "licences": theirs}
    assert desk_port.get("merchant.show", merchant_no=shop)["licences"][0]["expires"] == "2028-03-01"
    desk_port.get("merchant.update", version=now, **sent | error["detail"]["theirs"])
    fields = desk_port.refused("merchant.update", merchant_no=shop, version=version, note="x")["detail"]["theirs"]
    assert fields == {"note": ""}
