from datetime import date

from settled import REFUND, case_of, conclude

from odr_desk.rules.case import Performance
from odr_desk.rules.people import PROGRAM
from odr_desk.services import daily
from odr_desk.store import settings


def week_began(database):
    with database.reading(PROGRAM) as work:
        return settings.read(work, daily.LAST_FULL_LOOK)


def is_due(database):
    with database.reading(PROGRAM) as work:
        return daily.full_look_due(work)


def test_the_turn_of_the_day_marks_what_is_overdue(database, mediator, clock):
    agreed = conclude(database, mediator, REFUND)
    assert "cases" not in daily.turn_day(database)
    clock.forward(days=12)
    assert "cases" in daily.turn_day(database)
    with database.reading(PROGRAM) as work:
        assert case_of(work, agreed.agreement_no).performance is Performance.OVERDUE
    assert daily.turn_day(database) == frozenset()


def test_the_first_week_begins_with_the_first_day(database, clock):
    assert not is_due(database)
    daily.turn_day(database)
    assert week_began(database) == date(2026, 11, 23).isoformat()
    clock.forward(days=6)
    daily.turn_day(database)
    assert week_began(database) == date(2026, 11, 23).isoformat()
    assert not is_due(database)
    clock.forward(days=1)
    assert is_due(database)


def test_a_full_look_begins_a_new_week(database, clock):
    daily.turn_day(database)
    clock.forward(days=8)
    daily.note_full_look(database)
    assert week_began(database) == date(2026, 12, 1).isoformat()
    assert not is_due(database)
