from datetime import UTC, date, datetime

import pytest

from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.pause import DueDraft
from odr_desk.rules.stations import Station
from odr_desk.services import cases, dashboard, handling, pausing, queue, submissions
from odr_desk.services.dashboard import DateKind
from odr_desk.services.queue import CaseFilter
from odr_desk.services.views import Mark
from tests import make


def _read(database, actor):
    with database.reading(actor) as work:
        return dashboard.read(work)


def _counter(found, code):
    return next(counter for counter in found.counters if counter.code == code)


def test_a_first_day_has_nothing_and_says_so(database, clerk):
    found = _read(database, clerk)
    assert not found.cases
    assert [counter.count for counter in found.counters] == [0] * len(dashboard.COUNTED)
    assert {counter.mark for counter in found.counters} == {Mark.DONE}
    assert _counter(found, "late").note == "没有超过期限的件"
    assert (found.first, found.dates, found.pending) == ((), (), None)


@pytest.fixture
def two(database, clerk):
    """A case from long ago and one of today."""
    with database.writing(clerk, "case.create") as work:
        old = make.make_case(work, received_at=datetime(2026, 10, 12, 1, 0, tzinfo=UTC)).number
        new = make.make_case(work).number
    return old, new


def test_each_counter_counts_what_its_view_holds_and_names_the_first(database, clerk, two):
    found = _read(database, clerk)
    with database.reading(clerk) as work:
        held = {code: queue.count(work, CaseFilter(view=code)) for code in dashboard.COUNTED}
    assert {counter.code: counter.count for counter in found.counters} == held
    late = _counter(found, "late")
    assert (late.count, late.mark, late.note) == (1, Mark.LATE, f"先办 {two[0][-4:]} 金禧珠宝")
    assert _counter(found, "no_next_step").count == 2


def test_the_late_case_stands_first_with_its_button(database, clerk, two):
    first, second = _read(database, clerk).first
    assert (first.row.number, second.row.number) == two
    assert first.left.startswith("逾期 ")
    assert second.left == "10 天"
    assert first.station is Station.ACCEPT


def test_what_was_promised_is_listed_missed_days_first(database, clerk, two):
    for number, words, day in ((two[0], "等检测报告", "2026-11-20"), (two[1], "致电店长", "2026-11-23")):
        with database.writing(clerk, "case.next_step") as work:
            handling.set_next_step(work, number, words, datetime.fromisoformat(day).date())
    dates = _read(database, clerk).dates
    assert [(one.what, one.is_past, one.tail) for one in dates] == [
        ("等检测报告", True, two[0][-4:]),
        ("致电店长", False, two[1][-4:]),
    ]
    assert _read(database, clerk).first[0].next_ == "11-20 周五 等检测报告"


def test_a_due_day_of_the_desk_s_own_stands_among_the_dates_until_there_is_a_result(database, manager, two):
    with database.writing(manager, "case.due") as work:
        pausing.set_due(work, two[1], DueDraft(due=date(2026, 11, 25), reason="消费者要出差"))
    (own,) = (one for one in _read(database, manager).dates if one.kind is DateKind.OWN_DUE)
    assert (own.day, own.what, own.tail) == (date(2026, 11, 25), "内部期限：消费者要出差", two[1][-4:])
    with database.writing(manager, "case.advance") as work:
        cases.advance(work, two[1], CaseState.WITHDRAWN, "不追究了")
    assert not [one for one in _read(database, manager).dates if one.kind is DateKind.OWN_DUE]


def test_a_month_that_is_over_waits_to_be_reported(database, clerk, two):
    found = _read(database, clerk)
    assert found.pending is not None
    with database.reading(clerk) as work:
        assert found.pending == submissions.pending(work)


def test_the_administrator_reads_no_complaints(database, admin):
    with pytest.raises(NotAllowed):
        _read(database, admin)


@pytest.mark.parametrize(("month", "year"), [(10, None), (11, 2027)])
def test_who_manages_is_reminded_of_next_years_holidays_from_november_on(database, manager, clerk, clock, month, year):
    clock.now = datetime(2026, month, 24, 2, 0, tzinfo=UTC)
    assert _read(database, manager).missing_year == year
    assert _read(database, clerk).missing_year is None
