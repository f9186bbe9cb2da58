from datetime import date

import pytest

from odr_desk.model.case import Case
from odr_desk.model.journal import Change, JournalEntry
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, NotAllowed
from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.services import case_file, cases, pausing, queue, undoing
from odr_desk.services.queue import CaseFilter
from odr_desk.store import verify
from tests import make

TESTED = PauseDraft(since=date(2026, 11, 23), reason="送国检中心鉴定成色")


@pytest.fixture
def number(database, clerk) -> str:
    """A case received on Monday 2026-11-23, due on 12-07."""
    with database.writing(clerk, "case.create") as work:
        return make.make_case(work).number


def _do(database, actor, verb, *given):
    with database.writing(actor, "case.pause") as work:
        return verb(work, *given)


def _detail(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def _findings(database):
    with database.connection() as connection:
        return verify.look_over(connection, database.folder, full=True).problems


def test_testing_stops_the_second_clock_and_leaves_the_first(database, clerk, clock, number):
    clock.forward(days=2)
    closed = PauseDraft(since=date(2026, 11, 24), until=date(2026, 11, 25), reason="送检")
    assert _do(database, clerk, pausing.pause, number, closed) == 1
    found = _detail(database, clerk, number)
    first, result = found.deadlines
    assert (first.due, result.due, found.row.due_on) == (date(2026, 11, 28), date(2026, 12, 9), date(2026, 12, 9))
    assert not found.row.is_paused
    assert found.timeline[0].text == "自 2026-11-24 起至 2026-11-25 止不计期限：送检"
    assert _findings(database) == ()


def test_while_it_stands_still_no_day_goes_by_and_the_case_waits(database, clerk, clock, number):
    _do(database, clerk, pausing.pause, number, TESTED)
    clock.forward(days=40)
    found = _detail(database, clerk, number)
    assert (found.row.time_left, found.row.mark.value, found.state) == (
        "暂停",
        "wait",
        CaseState.AWAITING_TESTING,
    )
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="late")) == 0
    assert _findings(database) == ()


def test_resuming_moves_the_due_day_by_the_days_of_the_test(database, clerk, clock, number):
    _do(database, clerk, pausing.pause, number, TESTED)
    clock.forward(days=7)
    due = _do(database, clerk, pausing.resume, number, date(2026, 11, 27))
    assert due == date(2026, 12, 11)  # the ten working days begin on Monday 11-30
    found = _detail(database, clerk, number)
    assert (found.row.due_on, found.state, found.row.paused_since) == (due, CaseState.NEGOTIATING, None)
    with pytest.raises(IllegalMove, match="没有暂停"):
        _do(database, clerk, pausing.resume, number)


def test_a_pause_noted_by_mistake_stays_on_record_and_counts_no_longer(database, clerk, number):
    _do(database, clerk, pausing.pause, number, TESTED)
    with pytest.raises(Invalid, match="为什么撤回"):
        _do(database, clerk, pausing.take_back, number, 1, " ")
    assert _do(database, clerk, pausing.take_back, number, 1, "记错了件") == date(2026, 12, 7)
    found = _detail(database, clerk, number)
    assert [(p.number, p.taken_back) for p in found.pauses] == [(1, "记错了件")]
    assert found.row.paused_since is None
    assert _do(database, clerk, pausing.pause, number, TESTED) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"since": date(2026, 11, 20)}, "早于收到投诉"),
        ({"since": date(2026, 11, 30)}, "还没有到"),
        ({"until": date(2026, 11, 22)}, "早于起始日"),
        ({"until": date(2026, 12, 22)}, "还没有到"),
        ({"since": None}, "请填写从哪天起不计"),
        ({"reason": ""}, "请填写原因"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(database, clerk, number, change, words):
    values = {"since": TESTED.since, "until": None, "reason": TESTED.reason} | change
    with pytest.raises(Invalid, match=words):
        _do(database, clerk, pausing.pause, number, PauseDraft(**values))


def test_two_pauses_do_not_overlap(database, clerk, number):
    _do(database, clerk, pausing.pause, number, TESTED)
    with pytest.raises(Invalid, match="和已记的暂停重叠：2026-11-23 起，还没有恢复"):
        _do(database, clerk, pausing.pause, number, TESTED)


def test_a_result_ends_the_pause(database, mediator, number):
    _do(database, mediator, pausing.pause, number, TESTED)
    _do(database, mediator, cases.advance, number, CaseState.WITHDRAWN, "消费者不要了")
    found = _detail(database, mediator, number)
    assert found.pauses[0].until == date(2026, 11, 23)
    assert found.row.paused_since is None


def test_a_day_of_ones_own_never_changes_the_laws(database, clerk, manager, number):
    _do(database, clerk, pausing.set_due, number, DueDraft(due=date(2026, 12, 1), reason="消费者要出差"))
    found = _detail(database, clerk, number)
    assert (found.manual_due_on, found.manual_due_reason) == (date(2026, 12, 1), "消费者要出差")
    assert (found.row.due_on, found.row.left, found.row.manual_left) == (date(2026, 12, 7), 10, 6)
    later = DueDraft(due=date(2026, 12, 10), reason="双方都要等厂家")
    with pytest.raises(NotAllowed):
        _do(database, clerk, pausing.set_due, number, later)
    _do(database, manager, pausing.set_due, number, later)
    assert _detail(database, clerk, number).row.due_on == date(2026, 12, 7)
    _do(database, clerk, pausing.set_due, number, DueDraft(due=None, reason="按法定办"))
    found = _detail(database, clerk, number)
    assert (found.manual_due_on, found.manual_due_reason) == (None, "")
    assert next(e.text[:10] for e in found.timeline if e.kind == "deadline") == "取消内部期限 202"


def test_the_day_of_ones_own_has_a_reason_and_lies_ahead(database, clerk, number):
    with pytest.raises(Invalid, match="请填写原因"):
        _do(database, clerk, pausing.set_due, number, DueDraft(due=date(2026, 12, 1)))
    with pytest.raises(Invalid, match="已经过去"):
        _do(database, clerk, pausing.set_due, number, DueDraft(due=date(2026, 11, 1), reason="x"))
    with pytest.raises(IllegalMove, match="没有内部期限"):
        _do(database, clerk, pausing.set_due, number, DueDraft(reason="x"))


def test_only_who_writes_cases_stops_the_clock(database, auditor, number):
    for verb, given in ((pausing.pause, TESTED), (pausing.set_due, DueDraft(due=date(2026, 12, 1), reason="x"))):
        with pytest.raises(NotAllowed):
            _do(database, auditor, verb, number, given)


def test_what_was_done_to_the_clock_is_in_the_journal(database, clerk, number):
    _do(database, clerk, pausing.set_due, number, DueDraft(due=date(2026, 12, 1), reason="消费者要出差"))
    with database.reading(clerk) as work:
        changed = work.session.query(Change.field, Change.old, Change.new).filter(Change.field == "manual_due_on").all()
        case = work.session.query(Case).one()
        seq = work.session.query(JournalEntry).filter(JournalEntry.object == f"cases:{case.id}").count()
    assert changed == [("manual_due_on", "", "2026-12-01")]
    assert seq >= 2


def test_stopping_the_clock_can_be_undone(database, clerk, clock, number):
    with database.writing(clerk, "case.pause") as work:
        pausing.pause(work, number, TESTED)
    with database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.recent(work)[0].id)
    found = _detail(database, clerk, number)
    assert (found.pauses, found.row.paused_since, found.state) == ((), None, CaseState.REGISTERED)
    assert _findings(database) == ()
