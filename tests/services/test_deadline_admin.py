from datetime import date

import pytest

from odr_desk.model.case import Case
from odr_desk.rules.deadlines import Unit
from odr_desk.rules.errors import IllegalMove, Invalid, NotAllowed
from odr_desk.services import deadline_admin
from odr_desk.services.deadline_admin import RuleDraft
from tests import make


def _rule(database, actor, code):
    with database.reading(actor) as work:
        return next(row for row in deadline_admin.rows(work) if row.code == code)


def _draft(**changes):
    values = {"length": 7, "unit": Unit.WORKING, "basis": "新规则第三条", "valid_from": date(2026, 11, 1)}
    return RuleDraft(**(values | changes))


def test_a_new_version_stands_beside_the_old_one_and_recounts_the_cases_it_is_for(database, admin, clerk):
    with database.writing(clerk, "case.create") as work:
        case = make.make_case(work)
        number = case.id
    old = _rule(database, admin, "D01")
    with database.writing(admin, "deadline.revise") as work:
        assert deadline_admin.revise(work, old.id, _draft()) == 1
    with database.reading(admin) as work:
        assert work.session.get_one(Case, number).due_on == date(2026, 12, 2)
        new, before = (row for row in deadline_admin.rows(work) if row.code == "D01")
    assert (new.length, new.in_force, new.until) == (7, True, None)
    assert (before.length, before.in_force, before.until) == (10, False, date(2026, 10, 31))


def test_a_version_for_later_leaves_earlier_cases_alone(database, admin, clerk):
    with database.writing(clerk, "case.create") as work:
        make.make_case(work)
    old = _rule(database, admin, "D01")
    with database.writing(admin, "deadline.revise") as work:
        assert deadline_admin.revise(work, old.id, _draft(valid_from=date(2027, 1, 1))) == 0


def test_a_version_must_begin_after_the_one_before(database, admin):
    rule = _rule(database, admin, "D10")
    with pytest.raises(Invalid, match="2020-07-31"), database.writing(admin, "deadline.revise") as work:
        deadline_admin.revise(work, rule.id, _draft(valid_from=date(2020, 7, 31)))


def test_what_is_missing_is_named(database, admin):
    rule = _rule(database, admin, "D10")
    with pytest.raises(Invalid) as caught, database.writing(admin, "deadline.revise") as work:
        deadline_admin.revise(work, rule.id, _draft(length=None, basis=""))
    assert [problem.text for problem in caught.value.problems] == ["请填写天数", "请填写依据"]


def test_a_manager_may_look_and_not_change(database, admin, manager):
    rule = _rule(database, manager, "D10")
    with pytest.raises(NotAllowed), database.writing(manager, "deadline.revise") as work:
        deadline_admin.revise(work, rule.id, _draft())


def test_a_version_that_has_not_begun_is_taken_back_and_one_that_has_is_not(database, admin, manager):
    old = _rule(database, admin, "D01")
    with database.writing(admin, "deadline.revise") as work:
        deadline_admin.revise(work, old.id, _draft(valid_from=date(2062, 1, 1)))
    with (
        pytest.raises(Invalid, match=r"2062-01-01.*还没有生效，写错了请先撤回"),
        database.writing(admin, "deadline.revise") as work,
    ):
        deadline_admin.revise(work, old.id, _draft(valid_from=date(2027, 1, 1)))
    wrong = _rule(database, admin, "D01")
    assert wrong.waits and not wrong.in_force
    with pytest.raises(NotAllowed), database.writing(manager, "deadline.withdraw") as work:
        deadline_admin.withdraw(work, wrong.id)
    with database.writing(admin, "deadline.withdraw", "年份写错") as work:
        deadline_admin.withdraw(work, wrong.id)
    assert _rule(database, admin, "D01") == old
    with pytest.raises(IllegalMove, match="已经生效"), database.writing(admin, "deadline.withdraw", "试") as work:
        deadline_admin.withdraw(work, old.id)
