from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_desk.rules import calendar as days
from odr_desk.rules import deadlines
from odr_desk.rules.deadlines import Clock, DeadlineRule, Pause, Unit

VECTORS = (
    ("2026-02-13", "2026-03-02", "2026-03-05", "2026-04-14"),
    ("2026-04-30", "2026-05-13", "2026-05-18", "2026-06-29"),
    ("2026-09-07", "2026-09-16", "2026-09-20", "2026-11-06"),
    ("2026-09-24", "2026-10-12", "2026-10-15", "2026-11-23"),
    ("2026-11-02", "2026-11-11", "2026-11-16", "2027-01-01"),
    ("2026-11-23", "2026-12-02", "2026-12-07", "2027-01-22"),
)


def rule(length: int, unit: Unit) -> DeadlineRule:
    return DeadlineRule(
        code="T", name="试", clock=Clock.ODR_RESULT, length=length, unit=unit, basis="", valid_from=date(2000, 1, 1)
    )


@pytest.mark.parametrize(("received", "seven", "ten", "sixty"), VECTORS)
def test_the_published_vectors(calendar_2026, received, seven, ten, sixty):
    start = date.fromisoformat(received)
    found = [
        deadlines.count(rule(length, unit), calendar_2026, start).due.isoformat()
        for length, unit in ((7, Unit.WORKING), (10, Unit.WORKING), (60, Unit.NATURAL))
    ]
    assert found == [seven, ten, sixty]


def test_a_make_up_sunday_can_be_the_last_day(calendar_2026):
    deadline = deadlines.count(rule(10, Unit.WORKING), calendar_2026, date(2026, 9, 7))
    assert deadline.counted[-1].note == "国庆节调休上班"
    assert deadline.due.isoweekday() == 7


def test_a_count_that_leaves_the_known_years_is_an_estimate(calendar_2026):
    assert deadlines.count(rule(60, Unit.NATURAL), calendar_2026, date(2026, 11, 2)).estimated
    assert not deadlines.count(rule(10, Unit.WORKING), calendar_2026, date(2026, 11, 2)).estimated
    assert deadlines.count(rule(10, Unit.WORKING), calendar_2026, date(2025, 12, 30)).estimated
    assert not deadlines.count(rule(10, Unit.WORKING), calendar_2026, date(2025, 12, 31)).estimated, (
        "its first day is 2026"
    )


def test_a_last_day_on_a_holiday_rolls_as_a_note_only(calendar_2026):
    deadline = deadlines.count(rule(5, Unit.NATURAL), calendar_2026, date(2026, 9, 26))
    assert (deadline.due, deadline.rolled) == (date(2026, 10, 1), date(2026, 10, 8))


def test_testing_stops_the_clock_for_its_days(calendar_2026):
    pause = Pause(date(2026, 11, 24), date(2026, 11, 25), "送检")
    deadline = deadlines.count(rule(10, Unit.WORKING), calendar_2026, date(2026, 11, 23), (pause,))
    assert deadline.due == date(2026, 12, 9)
    assert [d.note for d in deadline.counted[:2]] == ["暂停：送检", "暂停：送检"]


def test_the_closest_rule_wins():
    def make(code, channels=(), district="", since=date(2000, 1, 1)):
        return DeadlineRule(
            code=code, name=code, clock=Clock.FIRST_ANSWER, length=5, unit=Unit.NATURAL, basis="",
            channels=channels, district=district, valid_from=since,
        )  # fmt: skip

    rules = (
        make("any"),
        make("js", district="32"),
        make("js-ch", ("CH01",), "32"),
        make("new", since=date(2027, 1, 1)),
    )
    pick = lambda channel, district, day: deadlines.choose(rules, Clock.FIRST_ANSWER, channel, district, day).code  # noqa: E731
    assert pick("CH01", "320205", date(2026, 1, 1)) == "js-ch"
    assert pick("CH06", "320205", date(2026, 1, 1)) == "js"
    assert pick("CH06", "440300", date(2026, 1, 1)) == "any"
    assert pick("CH06", "440300", date(2027, 1, 1)) == "new"
    with pytest.raises(LookupError):
        deadlines.choose(rules, Clock.ODR_RESULT, "CH01", "32", date(2026, 1, 1))


@pytest.mark.parametrize("year_day", [date(2026, 1, 1), date(2026, 2, 14), date(2026, 10, 10)])
def test_no_working_day_lies_between_a_day_and_itself(calendar_2026, year_day):
    assert days.working_between(calendar_2026, year_day, year_day) == 0


def test_days_left_and_days_over_are_mirror_images(calendar_2026):
    assert days.working_between(calendar_2026, date(2026, 12, 2), date(2026, 12, 7)) == 3
    assert days.working_between(calendar_2026, date(2026, 12, 7), date(2026, 12, 2)) == -3


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(0, 500))
def test_counting_by_weeks_agrees_with_counting_day_by_day(calendar_2026, start, length):
    until = start + days.ONE * length
    slowly = sum(calendar_2026.is_working(start + days.ONE * n) for n in range(1, length + 1))
    assert days.working_between(calendar_2026, start, until) == slowly
