import dataclasses
from datetime import date

import pytest
from conftest import MALL
from make import make_case
from sqlalchemy import select

from odr_desk.model.agreement import Agreement
from odr_desk.rules.case import Claim
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.rules.events import EventKind
from odr_desk.services import calculating, cases, timeline
from odr_desk.store import settings


def _made(database, actor, claims=(), **changes):
    with database.writing(actor, "case.create") as work:
        return make_case(work, claims, **changes).number


def _sheet(database, actor, number):
    with database.reading(actor) as work:
        return calculating.sheet(work, number)


def test_the_laws_speak_their_own_words(database, manager):
    with database.reading(manager) as work:
        law = calculating.book(work).law("R_X3")
    assert law.name == "退一赔三"
    assert law.article.startswith("消保法55(1)")
    assert law.versions[0] == "消费者权益保护法（2013年修正）"
    assert law.conditions == ("经营者有欺诈行为",)
    assert len(law.exceptions) == 2


def test_rules_of_jiangsu_are_offered_only_there(database, manager):
    with database.reading(manager) as work:
        here = {law.rule for law in calculating.book(work).laws}
    with database.writing(manager, "setup") as work:
        settings.save(work, dataclasses.replace(MALL, district="330100"))
    with database.reading(manager) as work:
        there = {law.rule for law in calculating.book(work).laws}
    assert here - there == {"R_PREPAID_15_JS", "R_PREPAID_JS", "R_PREPAID_RUNAWAY", "R_REPAIR"}


def test_what_is_claimed_is_suggested_first_and_known_inputs_are_there(database, manager):
    number = _made(database, manager, (Claim("C09"), Claim("C06")), purchase_date=date(2026, 11, 20), problem="P05")
    sheet = _sheet(database, manager, number)
    assert sheet.suggested[:3] == ("R_X3", "R_REFUND", "R_REPAIR")
    assert sheet.known["price"] == 328_000
    assert sheet.known["sold_on"] == date(2026, 11, 20)
    assert sheet.known["asked_on"] == date(2026, 11, 23)


def test_fifteen_days_come_first_for_a_prepaid_card(database, manager):
    number = _made(database, manager, (), is_prepaid=True, problem="P04")
    sheet = _sheet(database, manager, number)
    assert sheet.suggested[:2] == ("R_PREPAID_15_JS", "R_PREPAID_7")
    asked = {"principal": 1, "paid_on": "2026-11-20", "asked_on": "2026-11-23"}
    early = calculating.work_out(sheet.book, "R_PREPAID_7", asked)
    late = calculating.work_out(sheet.book, "R_PREPAID_7", asked | {"paid_on": "2026-11-02"})
    assert "十五日" in early.reckoning.remarks[0]
    moved_on = asked | {"paid_on": "2026-10-31", "asked_on": "2026-11-16"}  # the fifteenth day is a Sunday
    assert calculating.work_out(sheet.book, "R_PREPAID_15_JS", moved_on).reckoning.stands
    assert "十五日" in calculating.work_out(sheet.book, "R_PREPAID_7", moved_on).reckoning.remarks[0]
    assert late.reckoning.remarks == ()


def test_food_and_what_is_bought_from_afar(database, manager):
    assert "R_X10" in _sheet(database, manager, _made(database, manager, (), category="食品类")).suggested
    assert "R_NOREASON_REMOTE" in _sheet(database, manager, _made(database, manager, (), is_online=True)).suggested


def test_a_note_in_the_case_names_rule_article_text_and_conditions(database, manager):
    number = _made(database, manager)
    with database.writing(manager, "event.add") as work:
        calculating.note(work, number, "R_X3", {"price": 128_000}, ("经营者有欺诈行为",))
    with database.reading(manager) as work:
        entry = timeline.rows(work, cases.named(work, number).id)[0]
        assert work.session.scalars(select(Agreement)).all() == []
    assert entry.kind == EventKind.NOTE.value
    assert entry.text.splitlines()[:2] == [
        "主张参考：退一赔三，合计 5,120.00 元，其中增加赔偿 3,840.00 元",
        "3 × 1,280.00 = 3,840.00，不低于 500.00",
    ]
    for word in ("依据：消保法55(1)", "文本：消费者权益保护法（2013年修正）", "条件已核对：经营者有欺诈行为"):
        assert word in entry.text


def test_what_is_not_ticked_is_noted_as_open(database, manager):
    with database.reading(manager) as work:
        found = calculating.work_out(calculating.book(work), "R_X3", {"price": 100})
    said = calculating.words(found, ())
    assert "条件未核对：经营者有欺诈行为" in said
    assert "条件已核对" not in said


def test_a_rule_that_does_not_hold_is_noted_as_such(database, manager):
    with database.reading(manager) as work:
        found = calculating.work_out(
            calculating.book(work), "R_RETURN7", {"received_on": "2026-11-02", "asked_on": "2026-11-23"}
        )
    assert calculating.words(found, ()).startswith("主张参考：质量不符七日退货，不适用")


def test_an_unknown_rule_and_an_auditor_are_refused(database, manager, auditor):
    number = _made(database, manager)
    with database.reading(auditor) as work:
        sheet = calculating.sheet(work, number)
    with pytest.raises(Invalid, match="可选"):
        calculating.work_out(sheet.book, "R_SAFETY", {})
    with pytest.raises(NotAllowed), database.writing(auditor, "event.add") as work:
        calculating.note(work, number, "R_X3", {"price": 1})
