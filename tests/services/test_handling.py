"""Two people who give a case a next step, or somebody to handle it: the second is told, and nothing goes unseen."""

from datetime import date

import pytest
from make import make_case, make_merchant

from odr_desk.rules.errors import Conflict, Invalid
from odr_desk.services import bulk, case_file, cases, handling, queue, timeline, views

DAY, LATER = date(2026, 11, 25), date(2026, 12, 2)


@pytest.fixture
def numbers(database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        return [make_case(work, merchant_no=shop).number for _ in range(3)]


def set_step(database, actor, number, text, due=DAY, version=None):
    with database.writing(actor, "case.next_step") as work:
        return handling.set_next_step(work, number, text, due, version)


def shown(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def test_who_saw_an_earlier_next_step_is_told_both(database, clerk, mediator, numbers, clock):
    seen = shown(database, clerk, numbers[0]).version
    clock.forward(minutes=5)
    set_step(database, mediator, numbers[0], "等店长回话")
    with pytest.raises(Conflict, match=r"现为：等店长回话（2026-11-25）.*10:05 被刘洋改过") as refused:
        set_step(database, clerk, numbers[0], "打电话", LATER, seen)
    detail = refused.value.detail
    assert detail["mine"] == {"text": "打电话", "due": "2026-12-02"}
    assert detail["theirs"] == {"text": "等店长回话", "due": "2026-11-25"} and detail["by"] == "刘洋"
    set_step(database, clerk, numbers[0], "打电话", LATER, detail["version"])
    assert shown(database, clerk, numbers[0]).row.next_step == "打电话"


def test_what_else_was_changed_meanwhile_stands_in_nobody_s_way(database, clerk, mediator, numbers):
    seen = shown(database, clerk, numbers[0]).version
    with database.writing(mediator, "case.update") as work:
        cases.update(work, numbers[0], seen, {"consumer_name": "赵女士"})
    assert set_step(database, clerk, numbers[0], "打电话", version=seen) == seen + 2


def test_the_same_next_step_is_no_conflict_and_no_change(database, clerk, mediator, numbers):
    seen = shown(database, clerk, numbers[0]).version
    made = set_step(database, mediator, numbers[0], "打电话")
    assert set_step(database, clerk, numbers[0], "打电话", version=seen) == made


def test_a_version_still_to_come_does_not_overwrite(database, clerk, mediator, numbers):
    set_step(database, mediator, numbers[0], "等店长回话")
    with pytest.raises(Conflict):
        set_step(database, clerk, numbers[0], "打电话", version=99)


def test_an_earlier_next_step_stays_readable(database, clerk, mediator, numbers, clock):
    set_step(database, mediator, numbers[0], "等店长回话")
    assert [entry.kind for entry in shown(database, clerk, numbers[0]).timeline] == ["registered"]
    clock.forward(hours=1)
    set_step(database, clerk, numbers[0], "等店长回话", LATER)
    set_step(database, clerk, numbers[0], "", None)
    gone, moved, _ = shown(database, clerk, numbers[0]).timeline
    assert moved.kind == gone.kind == "next_step" and moved.system
    assert moved.text == (
        "下一步改为“等店长回话（2026-12-02）”；原为“等店长回话（2026-11-25）”，刘洋 2026-11-23 10:00 所定"
    )
    assert gone.text.startswith("取消下一步“等店长回话（2026-12-02）”，王敏 2026-11-23 11:00")


def test_two_who_assign_one_case(database, clerk, mediator, manager, numbers, clock):
    seen = shown(database, manager, numbers[0]).version
    clock.forward(minutes=5)
    with database.writing(mediator, "case.assign") as work:
        handling.assign(work, numbers[0], mediator.user_id)
    with pytest.raises(Conflict, match="现为刘洋") as refused, database.writing(manager, "case.assign") as work:
        handling.assign(work, numbers[0], clerk.user_id, seen)
    assert refused.value.detail["theirs"] == {"handler": mediator.user, "handler_name": "刘洋"}
    with database.writing(manager, "case.assign") as work:
        handling.assign(work, numbers[0], clerk.user_id, refused.value.detail["version"])
    assert shown(database, manager, numbers[0]).timeline[0].text == "分派给王敏，原由刘洋承办"


def test_of_many_the_overtaken_are_named_and_the_rest_is_done(database, clerk, mediator, numbers):
    seen = {number: shown(database, clerk, number).version for number in numbers}
    set_step(database, mediator, numbers[1], "等店长回话")
    with database.writing(mediator, "event.add") as work:
        timeline.system(work, cases.named(work, numbers[2]), timeline.EventKind.CHANGED, "旁的")
    deed = bulk.next_step("集中回访", LATER, seen)
    with pytest.raises(bulk.SomeRefuse, match="等店长回话"), database.writing(clerk, "case.next_step") as work:
        bulk.run(work, numbers, deed)
    with database.writing(clerk, "case.next_step") as work:
        found = bulk.run(work, numbers, deed, rest=True)
    assert found.done == (numbers[0], numbers[2]) and found.refused[0].code == "conflict"
    assert shown(database, clerk, numbers[1]).row.next_step == "等店长回话"
    assert [entry.kind for entry in shown(database, clerk, numbers[1]).timeline] == ["registered"]


def test_a_next_step_whose_day_has_passed_keeps_nobody_from_being_forgotten(database, clerk, numbers, clock):
    set_step(database, clerk, numbers[0], "等店长回话")
    set_step(database, clerk, numbers[1], "等检测", date(2027, 1, 4))
    clock.forward(days=7)
    with database.reading(clerk) as work:
        assert views.counts(work, ("forgotten",)) == {"forgotten": 2}
        found = queue.page(work, queue.CaseFilter(view="forgotten"), 0, 9)
    assert {row.number for row in found} == {numbers[0], numbers[2]}


def test_a_next_step_needs_a_day(database, clerk, numbers):
    with pytest.raises(Invalid):
        set_step(database, clerk, numbers[0], "等回话", None)
    set_step(database, clerk, numbers[0], "等回话")
