"""The port turns the day as the window does: nothing stays as it was because nobody opened the window."""

import pytest
from conftest import PASSWORD
from make import make_case, make_merchant

from odr_desk.rules.errors import Trouble
from odr_desk.services import daily

REFUND = {"kind": "C06", "amount": "100.00", "method": "转账", "due": "2026-11-25"}


@pytest.fixture
def numbers(database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        return [make_case(work, merchant_no=shop, channel="CH06").number for _ in range(2)]


def test_a_payment_becomes_overdue_and_the_bin_is_emptied(desk_port, numbers, clock):
    agreed, deleted = numbers
    desk_port.get("agree", case_no=agreed, terms=[REFUND])
    desk_port.get("case.delete", case_no=deleted, reason="登记了两次")
    assert desk_port.get("case.find", view="bin")["total"] == 1
    clock.forward(days=29)
    assert desk_port.get("case.show", case_no=agreed)["performance"] == "F4"
    assert desk_port.get("case.find", filters={"overdue": True})["rows"][0]["case_no"] == agreed
    desk_port.get("case.restore", case_no=deleted)
    desk_port.get("undo")
    clock.forward(days=2)
    assert desk_port.get("case.find", view="bin")["total"] == 0
    assert "已作废" in desk_port.refused("case.restore", case_no=deleted)["message"]
    assert desk_port.get("verify", full=True)["problems"] == []


def test_it_turns_once_a_day_for_who_is_logged_in(port, numbers, clock, monkeypatch):
    turned = []
    monkeypatch.setattr(daily, "turn_day", lambda _database: turned.append(clock.now))
    port.refused("case.find")
    assert turned == []
    port.get("login", user="manager", password=PASSWORD)
    for _ in range(3):
        port.get("case.find")
    assert len(turned) == 1
    clock.forward(days=1)
    port.get("case.find")
    assert len(turned) == 2


def test_a_full_disk_keeps_nobody_from_reading(desk_port, numbers, monkeypatch, caplog):
    def fail(_database):
        raise Trouble("磁盘满了。", "请清理。")

    monkeypatch.setattr(daily, "turn_day", fail)
    with caplog.at_level("ERROR"):
        assert desk_port.get("case.find")["total"] == 2
