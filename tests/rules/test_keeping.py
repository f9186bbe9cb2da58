from datetime import date, timedelta

import pytest

from odr_desk.rules.keeping import BY_THE_CLOCK, Why, expires_on, kept, stays

TODAY = date(2026, 11, 23)  # a Monday
EVERY_DAY = [TODAY - timedelta(days=n) for n in range(1200)]


def test_every_day_of_two_weeks_is_kept():
    assert {TODAY - timedelta(days=n) for n in range(14)} <= kept(EVERY_DAY, TODAY)


def test_then_the_last_day_of_each_week_for_eight_weeks():
    found = kept(EVERY_DAY, TODAY)
    between = {day for day in found if TODAY - timedelta(days=7 * 9) < day <= TODAY - timedelta(days=14)}
    sundays = {day for day in between if day.weekday() == 6}
    assert len(sundays) == 6
    assert all(day in sundays or (day + timedelta(days=1)).day == 1 for day in between)


def test_then_the_last_day_of_each_month_for_two_years():
    old = sorted(day for day in kept(EVERY_DAY, TODAY) if day < date(2026, 9, 1))
    assert old[0] == date(2024, 11, 30)
    assert [day for day in old if (day + timedelta(days=1)).day != 1] == []
    assert len(old) == 22


def test_a_desk_that_is_closed_for_long_keeps_its_last_backups():
    made = [date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 19)]
    assert kept(made, TODAY) == {date(2026, 1, 19)}


def test_nothing_made_nothing_kept():
    assert kept([], TODAY) == frozenset()


@pytest.mark.parametrize("why", list(Why))
def test_deliberate_backups_stay_two_weeks_and_todays_in_any_case(why):
    assert stays(why, TODAY, TODAY)
    assert stays(why, TODAY - timedelta(days=1), TODAY) is (why not in BY_THE_CLOCK)
    assert not stays(why, TODAY - timedelta(days=14), TODAY)


@pytest.mark.parametrize(
    ("made", "gone"),
    [
        (date(2026, 11, 23), date(2028, 12, 1)),
        (date(2026, 12, 31), date(2029, 1, 1)),
        (date(2026, 1, 1), date(2028, 2, 1)),
    ],
)
def test_the_day_by_which_a_backup_is_gone(made, gone):
    assert expires_on(made) == gone
    assert made not in kept([made, *(gone + timedelta(days=n) for n in range(-800, 1))], gone)
    assert made in kept([made], gone - timedelta(days=1))


def test_every_occasion_has_its_word():
    assert len({why.label for why in Why}) == len(Why)
