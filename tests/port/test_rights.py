"""Who may say which verb: the contract's paragraph on rights as a table, tried one by one."""

from pathlib import Path

import pytest
from conftest import PASSWORD
from make import make_case, make_merchant, make_picture

from odr_desk.port.session import Session
from odr_desk.port.verbs import BY_NAME
from odr_desk.rules.fields import fields_of
from odr_desk.rules.people import Role
from tests.port.conftest import Talker

DATA = Path(__file__).parents[1] / "data"
BUSINESS = {Role.MANAGER}
CASEWORK = BUSINESS | {Role.MEDIATOR}
INTAKE = CASEWORK | {Role.CLERK}
READING = INTAKE | {Role.AUDITOR}
SAFETY = {Role.MANAGER, Role.ADMIN}
SPAN = {"from": "2026-11-01", "to": "2026-11-30"}
ALLOWED = (
    ("case.create", {"channel": "CH06", "received_at": "2026-11-20"}, INTAKE),
    ("case.update", {"version": 1, "product": "手镯"}, INTAKE),
    ("case.find", {}, READING),
    ("search", {"text": "退货"}, READING),
    ("case.show", {}, READING),
    ("case.next_step", {"text": "等回话", "due": "2026-11-25"}, INTAKE),
    ("case.assign", {"handler": "clerk"}, INTAKE),
    ("case.tag", {"add": ["等鉴定"]}, INTAKE),
    ("tag.list", {}, READING),
    ("view.save", {"name": "门店", "filters": {"channel": "CH06"}}, READING),
    ("view.change", {"name": "门店", "to": "店"}, READING),
    ("view.list", {}, READING),
    ("view.delete", {"name": "店"}, READING),
    ("case.advance", {"to": "negotiating"}, INTAKE),
    ("case.advance", {"to": "withdrawn", "reason": "不要了"}, CASEWORK),
    ("case.precedents", {}, READING),
    ("case.observed", {}, CASEWORK | {Role.AUDITOR}),
    ("case.observe", {"kind": "quantity"}, CASEWORK),
    ("undo", {}, INTAKE),
    ("undo.list", {}, READING),
    ("case.delete", {"reason": "重复登记"}, BUSINESS),
    ("event.add", {"kind": "note", "party": "desk", "text": "记一笔"}, INTAKE),
    ("session.add", {"held_at": "2026-11-23", "mode": "A", "mediator": "刘洋"}, CASEWORK),
    ("case.pause", {"since": "2026-11-23", "reason": "送检"}, INTAKE),
    ("case.due", {"due": "2026-11-26", "reason": "消费者出差"}, INTAKE),
    ("case.due", {"due": "2026-12-31", "reason": "双方要等厂家"}, BUSINESS),
    ("calendar.save", {"year": 2027, "text": "元旦：1月1日（周五）放假。", "check": True}, {Role.ADMIN}),
    ("calendar.save", {"year": 2027, "text": "元旦：1月1日（周五）放假。"}, {Role.ADMIN}),
    ("points.save", {"points": [{"point": "是否足金"}]}, INTAKE),
    ("offer.add", {"by": "merchant", "amount": "1.00"}, CASEWORK),
    ("bottom_line.save", {"side": "merchant", "amount": "1.00"}, CASEWORK),
    ("bottom_line.show", {}, CASEWORK),
    ("appointment.add", {"starts_at": "2026-11-25T14:00:00+08:00", "mediator": "孙主任"}, INTAKE),
    ("appointment.list", {}, READING),
    ("agree", {"terms": [{"kind": "C14", "due": "2026-11-24"}]}, CASEWORK),
    ("fail", {"reason": "商户拒绝"}, CASEWORK),
    ("explain", {"at": "2026-11-20", "mode": "call", "text": "说明", "lawsuit": True}, INTAKE),
    ("transfer.in", {"from": "东亭分局", "on": "2026-11-20"}, INTAKE),
    ("transfer.return", {"reason": "not_ours", "text": "不在本场"}, CASEWORK),
    ("transfer.list", {}, READING),
    ("package.list", {}, READING),
    ("attach", {"label": "小票"}, INTAKE),
    ("attachment.update", {"label": "小票"}, INTAKE),
    ("attachment.blackout", {"boxes": [{"page": 1, "left": 0, "top": 0, "width": 9, "height": 9}]}, INTAKE),
    ("attachment.remove", {"reason": "传错了"}, INTAKE),
    ("attachment.restore", {}, INTAKE),
    ("attachment.export", {}, INTAKE),
    ("merchant.create", {"name": "新店", "counter": "B1-1"}, BUSINESS),
    ("merchant.update", {"licences": [{"id": 1, "kind": "营业执照"}]}, BUSINESS),
    ("licence.scan", {}, BUSINESS),
    ("licence.scan_save", {}, READING),
    ("licence.scan_remove", {}, BUSINESS),
    ("merchant.find", {"text": "jx"}, READING),
    ("merchant.show", {}, READING),
    ("import", {"profile": "tenants", "path": str(DATA / "tenants.xlsx")}, BUSINESS | {Role.CLERK}),
    ("import", {"profile": "tenants", "path": str(DATA / "tenants.xlsx"), "apply": True}, BUSINESS),
    ("import", {"profile": "platform", "path": str(DATA / "platform.xlsx")}, BUSINESS | {Role.CLERK}),
    ("import", {"profile": "platform", "path": str(DATA / "platform.xlsx"), "apply": True}, BUSINESS),
    ("export", {"form": "F01", "check": True, **SPAN}, READING),
    ("export", {"form": "F01", **SPAN}, BUSINESS),
    ("stats", SPAN, READING),
    ("dump", {}, READING),
    ("code.add", {"group": "claims", "code": "C91", "name": "上门取件"}, {Role.ADMIN}),
    (
        "code.rename",
        {"group": "trades", "old": "M01", "code": "M91", "name": "女装新", "category": "服装鞋帽类"},
        {Role.ADMIN},
    ),
    ("code.retire", {"group": "claims", "code": "C16"}, {Role.ADMIN}),
    ("user.create", {"user": "x1", "display_name": "新人", "role": "clerk", "password": "12345678"}, {Role.ADMIN}),
    ("user.disable", {"user": "auditor"}, {Role.ADMIN}),
    ("handover", {}, READING),
    ("module.list", {}, READING),
    ("module.save", {"code": "q1", "title": "试", "text": "试"}, INTAKE),
    ("module.retire", {"code": "wj"}, INTAKE),
    ("script.list", {}, READING),
    ("script.save", {"problem": "P01", "party": "consumer", "points": "一"}, INTAKE),
    ("user.list", {}, {Role.ADMIN}),
    ("user.update", {"user": "clerk", "display_name": "王敏", "role": "clerk"}, {Role.ADMIN}),
    ("user.enable", {"user": "auditor"}, {Role.ADMIN}),
    ("mall.change", {"phone": "0510-88000001"}, {Role.ADMIN}),
    ("backup.list", {}, SAFETY),
    ("backup.place", {}, SAFETY),
    ("report.basis", {"ended_by": "ended"}, BUSINESS),
    ("today", {}, READING),
    ("duty.list", {}, READING),
    ("agreement.list", {}, READING),
    ("advance.list", {}, READING),
    ("merchant.list", {}, READING),
    ("submission.list", {}, READING),
    ("import.list", {}, BUSINESS | {Role.CLERK}),
    ("merchant.note", {"name": "街角小店"}, INTAKE),
    ("merchant.retire", {}, BUSINESS),
    ("event.amend", {"event_no": 1, "text": "更正"}, INTAKE),
    ("case.reveal", {}, INTAKE),
    ("case.earlier", {"phone": "19900000023"}, READING),
    ("case.like", {"phone": "19900000023"}, READING),
    ("document.list", {}, READING),
    ("document.preview", {"kind": "registration_receipt"}, READING),
    ("document.issue", {"kind": "registration_receipt"}, INTAKE),
    ("agree.check", {"terms": [{"kind": "C14", "due": "2026-11-24"}]}, READING),
    ("backup", {}, SAFETY),
    ("verify", {}, SAFETY),
)


def filled(verb, arguments, number, shop, out, picture):
    """Return the arguments of a verb that are known only when it is tried."""
    known = {"case_no": number, "merchant_no": shop, "attachment_no": 1, "licence_id": 1}
    if verb == "export" and "check" not in arguments:
        known["out"] = str(out)
    if verb in ("attach", "licence.scan"):
        known["path"] = str(picture)
    if verb in ("attachment.export", "licence.scan_save"):
        known["out"] = str(picture.parent)
    takes = {field.name for field in fields_of(BY_NAME[verb].takes)}
    return {name: value for name, value in known.items() if name in takes and name not in arguments}


@pytest.fixture
def tried(once, no_child, tmp_path):
    """A data folder with a case for each verb, its merchant, the numbers of the cases, and a picture to attach."""
    picture = tmp_path / "小票.png"
    picture.write_bytes(make_picture(kind="PNG"))

    def prepare(database, manager):
        with database.writing(manager, "case.create") as work:
            shop = make_merchant(work).number
            numbers = [make_case(work, merchant_no=shop, channel="CH02").number for _ in ALLOWED]
        port = Talker(Session(database.folder, opened=database))
        port.get("login", user="manager", password=PASSWORD)
        for number, (verb, _arguments, _roles) in zip(numbers, ALLOWED, strict=True):
            if verb.startswith("attachment."):
                port.get("attach", case_no=number, path=str(picture))
        port.get("merchant.update", merchant_no=shop, licences=[{"kind": "营业执照"}])
        port.get("licence.scan", merchant_no=shop, licence_id=1, path=str(picture))
        return shop, numbers

    folder, (shop, numbers) = once("tried", prepare)
    return folder, shop, numbers, picture


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_contract_says(tried, copied, tmp_path, role):
    folder, shop, numbers, picture = tried
    port = Talker(Session(tmp_path, opened=copied(folder)))
    port.get("login", user=role.value, password=PASSWORD)
    for number, (verb, arguments, roles) in zip(numbers, ALLOWED, strict=True):
        given = dict(arguments) | filled(verb, arguments, number, shop, tmp_path / f"{role}.xlsx", picture)
        answer = port.ask(verb, **given)
        if role in roles:
            assert answer["ok"], (role, verb, answer)
        else:
            assert answer["error"]["code"] == "denied", (role, verb, answer)


@pytest.mark.parametrize("verb", ["event.add", "event.edit", "advance.approve", "case.show", "case.close"])
def test_who_may_not_read_cases_is_not_told_which_numbers_there_are(port, verb):
    port.get("login", user="admin", password=PASSWORD)
    given = {"event.add": {"kind": "note", "party": "desk", "text": "记"}, "event.edit": {"event_no": 1, "text": "记"}}
    assert port.refused(verb, case_no="XSBBB-2026-9999", **given.get(verb, {}))["code"] == "denied"


def test_nobody_may_do_anything_before_logging_in(port):
    assert port.refused("case.find")["code"] == "login"


def test_a_given_password_must_be_changed_first(port):
    port.get("login", user="admin", password=PASSWORD)
    port.get("user.create", user="new", display_name="新人", role="manager", password="given-12345")
    port.get("logout")
    assert port.get("login", user="new", password="given-12345")["must_change_password"]
    assert port.refused("case.find")["code"] == "login"
    assert port.refused("user.password", password="given-12345")["field"] == "password"
    port.get("user.password", password="my-own-12345")
    assert port.get("case.find")["total"] == 0


def test_a_refused_login_does_not_tell_which_names_there_are(port):
    def said(user, password=PASSWORD[::-1]):
        return [port.refused("login", user=user, password=password)["message"] for _ in range(6)]

    assert said("clerk") == said("nobody") == said("王敏")
    assert said("clerk", PASSWORD) == said("nobody", PASSWORD)  # locked by now
    port.get("login", user="admin", password=PASSWORD)
    port.get("user.disable", user="manager")
    port.get("logout")
    assert said("manager") == said("nobody")
    port.get("login", user="admin", password=PASSWORD)
    port.get("user.disable", user="mediator")
    port.get("logout")
    assert "已停用" in port.refused("login", user="mediator", password=PASSWORD)["message"]


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(port, clock):
    for _ in range(5):
        assert port.refused("login", user="clerk", password="wrong")["code"] == "login"
    assert "锁" in port.refused("login", user="clerk", password=PASSWORD)["message"]
    clock.forward(minutes=16)
    port.get("login", user="clerk", password=PASSWORD)
