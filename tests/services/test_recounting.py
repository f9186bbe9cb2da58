from datetime import UTC, date, datetime

import pytest

from odr_desk.model.case import Case
from odr_desk.model.journal import Change, JournalEntry
from odr_desk.rules.deadlines import Unit
from odr_desk.rules.errors import DeskError
from odr_desk.rules.mall import Mall
from odr_desk.rules.pause import PauseDraft
from odr_desk.services import appointments, calendar_admin, deadline_admin, pausing, setup
from odr_desk.services.deadline_admin import RuleDraft
from odr_desk.store import settings, verify
from tests import make

NEXT_YEAR = "元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月9日（周六）上班。"


class _Stop(DeskError):
    """What a cancelled progress raises."""


@pytest.fixture
def over_new_year(database, clerk, clock):
    """Three cases whose ten working days run into January 2027, one of them paused meanwhile."""
    clock.now = datetime(2026, 12, 24, 2, 0, tzinfo=UTC)
    with database.writing(clerk, "case.create") as work:
        numbers = [make.make_case(work, received_at=clock.now).number for _ in range(3)]
    clock.forward(days=4)
    with database.writing(clerk, "case.pause") as work:
        pausing.pause(work, numbers[0], PauseDraft(since=date(2026, 12, 25), until=date(2026, 12, 28), reason="送检"))
    return numbers


def _due(database, actor):
    with database.reading(actor) as work:
        return {case.number: (case.due_on, case.due_estimated, case.version_id) for case in work.session.query(Case)}


def _sound(database):
    with database.connection() as connection:
        return verify.look_over(connection, database.folder, full=True).problems


def test_all_open_cases_move_in_one_step_with_one_link_and_keep_their_version(database, admin, manager, over_new_year):
    before = _due(database, manager)
    with database.reading(manager) as work:
        links, changes = work.session.query(JournalEntry).count(), work.session.query(Change).count()
    with database.writing(admin, "calendar.save") as work:
        saved = calendar_admin.save(work, 2027, NEXT_YEAR)
        touched = set(work.touched)
    after = _due(database, manager)
    assert saved.recounted == 3 and "cases" in touched
    assert all(after[number][0] > before[number][0] and not after[number][1] for number in over_new_year)
    assert [after[number][2] for number in over_new_year] == [before[number][2] for number in over_new_year]
    with database.reading(manager) as work:
        added = [entry.object for entry in work.session.query(JournalEntry).filter(JournalEntry.seq > links)]
        assert [name for name in added if not name.startswith("calendar_days")] == ["deed:clocks:recount"]
        assert work.session.query(Change).count() == changes
    assert _sound(database) == ()


def test_a_paused_case_keeps_its_days_when_the_calendar_changes(database, admin, manager, over_new_year):
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, NEXT_YEAR)
    after = _due(database, manager)
    paused, other, _ = (after[number][0] for number in over_new_year)
    assert paused > other


def test_a_rule_and_a_district_move_them_too(database, admin, manager, over_new_year):
    before = _due(database, manager)
    with database.writing(admin, "deadline.revise") as work:
        rule = next(row for row in deadline_admin.rows(work) if row.clock.value == "odr_result")
        draft = RuleDraft(length=5, unit=Unit.WORKING, valid_from=date(2026, 12, 24), basis="试点通知")
        assert deadline_admin.revise(work, rule.id, draft) == 3
    after = _due(database, manager)
    assert all(after[number][0] < before[number][0] for number in over_new_year)
    with database.writing(admin, "mall.change") as work:
        mall = settings.load(work, Mall)
        setup.change_profile(work, Mall(**{f: getattr(mall, f) for f in mall.__slots__} | {"district": "440300"}))
    assert _sound(database) == ()


def test_stopping_it_leaves_everything_as_it_was(database, admin, manager, over_new_year):
    before = _due(database, manager)

    def stop(_done: int, _total: int) -> None:
        raise _Stop

    with pytest.raises(_Stop), database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, NEXT_YEAR, stop)
    assert _due(database, manager) == before
    with database.reading(admin) as work:
        assert [year.year for year in calendar_admin.years(work)] == [2026]


@pytest.mark.parametrize(
    ("damage", "invariant", "words"),
    [
        ("UPDATE cases SET due_on = '2026-12-01'", "due", "的期限应为"),
        ("UPDATE cases SET paused_since = '2026-12-25'", "due", "暂停记录和“暂停”标记不一致"),
        ("UPDATE clock_pauses SET until = '2026-12-20'", "pauses", "止期早于起期"),
        ("UPDATE appointments SET state = 'held', session = 7", "held", "预约所属的调解记录不在了"),
    ],
)
def test_what_does_not_fit_is_found(database, manager, over_new_year, damage, invariant, words):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, over_new_year[0], appointments.proposed(work, over_new_year[0]))
    assert _sound(database) == ()
    with database.connection() as connection:
        connection.exec_driver_sql(damage)
        connection.commit()
    assert any(found.invariant == invariant and words in found.message for found in _sound(database))
