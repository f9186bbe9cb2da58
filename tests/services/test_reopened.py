"""A case taken out of the archive: its clock was answered before, and none begins anew (REFERENCE 1.5, 1.6)."""

from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant

from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.rules.period import Period
from odr_desk.services import case_file, cases, closing, merging, pausing, queue, views
from odr_desk.services.figures import stats
from odr_desk.services.queue import CaseFilter
from odr_desk.services.views import Mark
from odr_desk.store import verify

NOV = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def shop(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work).number


def registered(database, manager, shop, **changes):
    with database.writing(manager, "case.create") as work:
        return make_case(work, merchant_no=shop, **changes).number


@pytest.fixture
def reopened(database, manager, shop, clock):
    """A case that was withdrawn and archived in time, and taken up again after its due day."""
    number = registered(database, manager, shop, channel="CH06", received_at=datetime(2026, 11, 9, 2, tzinfo=UTC))
    with database.writing(manager, "case.close") as work:
        cases.advance(work, number, CaseState.WITHDRAWN, "消费者说算了")
        closing.close(work, number, {})
    clock.forward(days=7)
    with database.writing(manager, "case.reopen") as work:
        closing.reopen(work, number, "消费者又来了")
    return number


def seen(database, manager, number):
    with database.reading(manager) as work:
        return case_file.detail(work, number).row


def counts(database, manager):
    with database.reading(manager) as work:
        return views.counts(work, tuple(views.BY_CODE))


def problems(database, manager):
    with database.reading(manager) as work:
        return verify.look_over(work.session.connection(), database.folder, full=True).problems


def test_list_counters_page_and_figures_agree_that_it_is_not_late(database, manager, reopened):
    row = seen(database, manager, reopened)
    assert row.due_on == date(2026, 11, 23) and row.left < 0
    assert (row.mark, row.time_left, row.is_reopened) == (Mark.ACT, "重新打开", True)
    found = counts(database, manager)
    assert (found["late"], found["act"], found["open"], found["no_next_step"]) == (0, 1, 1, 1)
    with database.reading(manager) as work:
        assert queue.count(work, CaseFilter(overdue=True)) == 0
        due = next(one for one in stats.stats(work, NOV) if one.code == "on_time_rate")
        assert due.denominator == 0
    assert problems(database, manager) == ()


def test_it_can_be_forgotten_all_the_same(database, manager, reopened, clock):
    assert counts(database, manager)["forgotten"] == 0
    clock.forward(days=4)
    assert counts(database, manager)["forgotten"] == 1


def test_what_one_wants_to_be_reminded_of_is_the_desk_s_own_day(database, clerk, manager, reopened):
    with database.writing(clerk, "case.pause") as work:
        with pytest.raises(IllegalMove, match="不再计"):
            pausing.pause(work, reopened, PauseDraft(since=date(2026, 11, 30), reason="送检"))
        pausing.set_due(work, reopened, DueDraft(due=date(2026, 12, 4), reason="说好一周内答复"))
    row = seen(database, manager, reopened)
    assert row.manual_due_on == date(2026, 12, 4) and row.due_on == date(2026, 11, 23)


def test_a_result_again_is_no_delay_either(database, manager, reopened):
    with database.writing(manager, "case.advance") as work:
        cases.advance(work, reopened, CaseState.WITHDRAWN, "还是算了")
    assert seen(database, manager, reopened).mark is Mark.DONE
    with database.writing(manager, "case.close") as work:
        closing.close(work, reopened, {})
        assert cases.named(work, reopened).archived_on == date(2026, 11, 30)


@pytest.mark.parametrize("leads", [True, False])
def test_with_a_new_complaint_of_the_same_matter_its_clock_runs(database, manager, shop, reopened, leads, clock):
    new = registered(database, manager, shop, channel="CH06", received_at=clock.now)
    due = seen(database, manager, new).due_on
    pair = (new, reopened) if leads else (reopened, new)
    with database.writing(manager, "case.merge") as work:
        made = merging.merge(work, *pair)
    assert made.due_on == due and f"还在走的一件（{new}）" in made.said[0]
    row = seen(database, manager, pair[1])
    assert (row.due_on, row.is_reopened, row.mark) == (due, False, Mark.ACT)
    assert problems(database, manager) == ()
    clock.forward(days=30)
    assert seen(database, manager, pair[1]).mark is Mark.LATE
    with database.writing(manager, "case.split") as work:
        assert merging.split(work, pair[0]).kept == ()
    assert seen(database, manager, reopened).mark is Mark.ACT
    assert seen(database, manager, new).mark is Mark.LATE
