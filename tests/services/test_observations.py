from datetime import UTC, datetime

import pytest
from make import make_case, make_merchant

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.observed import Observed
from odr_desk.services import observations, queue, timeline


@pytest.fixture
def number(database, clerk):
    with database.writing(clerk, "case.create") as work:
        return make_case(work, consumer_phone="19900000077").number


def seen(database, actor, number):
    with database.reading(actor) as work:
        facts = observations.of_case(work, number).facts
    assert tuple(one.kind for one in facts) == tuple(Observed)
    return {one.kind: (one.noted_by, one.noted_at) for one in facts if one.is_seen}


def note(database, actor, number, kind, is_seen=True):
    with database.writing(actor, "observed.note") as work:
        observations.note(work, number, kind, seen=is_seen)


def test_a_fact_is_noted_once_with_who_and_when_and_can_be_taken_back(database, mediator, clock, number):
    note(database, mediator, number, Observed.QUANTITY)
    first = clock.now
    clock.forward(hours=1)
    note(database, mediator, number, Observed.QUANTITY)
    note(database, mediator, number, Observed.NO_PURCHASE)
    assert seen(database, mediator, number) == {
        Observed.QUANTITY: (mediator.name, first),
        Observed.NO_PURCHASE: (mediator.name, clock.now),
    }
    note(database, mediator, number, Observed.QUANTITY, is_seen=False)
    assert set(seen(database, mediator, number)) == {Observed.NO_PURCHASE}


def test_the_timeline_that_others_read_says_nothing_of_it(database, mediator, number):
    with database.reading(mediator) as work:
        before = timeline.rows(work, observations.cases.named(work, number).id)
    note(database, mediator, number, Observed.SERIES)
    with database.reading(mediator) as work:
        assert timeline.rows(work, observations.cases.named(work, number).id) == before


def test_who_may_see_it_and_who_may_note_it(database, clerk, auditor, number):
    with pytest.raises(NotAllowed):
        seen(database, clerk, number)
    with pytest.raises(NotAllowed):
        note(database, clerk, number, Observed.SERIES)
    assert seen(database, auditor, number) == {}
    with pytest.raises(NotAllowed):
        note(database, auditor, number, Observed.SERIES)


def test_cases_of_one_telephone_are_counted_and_can_be_opened(database, mediator, number):
    old = datetime(2025, 10, 1, 3, 0, tzinfo=UTC)
    with database.writing(mediator, "case.create") as work:
        shop = make_merchant(work).number
        same = [make_case(work, merchant_no=shop, consumer_phone="19900000077") for _ in range(2)]
        same[0].state, same[0].result = CaseState.SETTLED, Outcome.SETTLED
        make_case(work, merchant_no=shop, consumer_phone="19900000077", received_at=old, late_entry=True)
        make_case(work, merchant_no=shop, consumer_phone="19900000078")
        numbers = {number, *(case.number for case in same)}
    with database.reading(mediator) as work:
        repeats = observations.of_case(work, number).repeats
        assert {row.number for row in queue.page(work, repeats.those, 0, 50)} == numbers
    assert (repeats.cases, repeats.merchants) == (3, 2)
    assert repeats.results == ((Outcome.SETTLED, 1), (None, 2))


def test_who_came_once_is_not_counted(database, mediator, number):
    with database.writing(mediator, "case.create") as work:
        unknown = [make_case(work, consumer_phone="").number for _ in range(2)]
    with database.reading(mediator) as work:
        assert [observations.of_case(work, one).repeats for one in (number, *unknown)] == [None, None, None]
