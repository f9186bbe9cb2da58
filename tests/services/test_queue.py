from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant
from sqlalchemy import func, select, text

from odr_desk.model.case import Case
from odr_desk.rules.case import CaseState
from odr_desk.rules.stations import Station
from odr_desk.services import case_file, cases, handling, queue, views
from odr_desk.services.queue import CaseFilter
from odr_desk.services.views import Mark


def several(database, actor, count=7):
    with database.writing(actor, "case.create") as work:
        shop = make_merchant(work).number
        return [
            make_case(
                work, merchant_no=shop, received_at=datetime(2026, 11, day + 1, 3, 0, tzinfo=UTC), consumer_phone=""
            ).number
            for day in range(count)
        ]


def test_pages_from_either_end_agree(database, clerk):
    several(database, clerk)
    wanted = CaseFilter()
    with database.reading(clerk) as work:
        total = queue.count(work, wanted)
        whole = queue.page(work, wanted, 0, 100)
        for offset in range(total):
            assert queue.page(work, wanted, offset, 3, total) == whole[offset : offset + 3]
    assert [row.due_on for row in whole] == sorted(row.due_on for row in whole)


def test_what_waits_for_nothing_stands_behind_what_is_due(database, mediator):
    with database.writing(mediator, "case.create") as work:
        shop = make_merchant(work).number
        first, second, third = (
            make_case(
                work, merchant_no=shop, channel="CH05", received_at=datetime(2026, 11, day, 3, 0, tzinfo=UTC),
                consumer_phone="",
            ).number
            for day in (16, 18, 20)
        )  # fmt: skip
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, first, CaseState.WITHDRAWN, "不再要求")
    with database.reading(mediator) as work:
        found = queue.page(work, CaseFilter(), 0, 10)
        assert [row.number for row in found] == [second, third, first]
        assert queue.page(work, CaseFilter(), 2, 1, 3) == found[2:]
        assert [row.number for row in queue.page(work, CaseFilter(view="all"), 0, 10)] == [first, second, third]


def test_counts_are_those_of_the_lists(database, mediator):
    numbers = several(database, mediator, 20)
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, numbers[0], CaseState.AWAITING_MERCHANT)
        cases.advance(work, numbers[15], CaseState.AWAITING_TESTING)
        cases.advance(work, numbers[1], CaseState.WITHDRAWN, "不再要求")
        handling.set_next_step(work, numbers[2], "催店长", date(2026, 11, 24))
    codes = tuple(view.code for view in views.VIEWS)
    with database.reading(mediator) as work:
        counted = views.counts(work, codes)
        for code in codes:
            assert counted[code] == queue.count(work, CaseFilter(view=code)), code
        by_mark = [counted[mark.value] for mark in Mark]
    assert sum(by_mark) == counted["open"] == 20
    assert counted["wait"] == 1
    assert counted["late"] > 0


def test_an_ended_case_of_the_platform_waits_for_feedback(database, mediator):
    (number,) = several(database, mediator, 1)
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, number, CaseState.WITHDRAWN, "不再要求")
    with database.reading(mediator) as work:
        assert case_file.detail(work, number).station is Station.FEED_BACK
        assert [row.number for row in queue.page(work, CaseFilter(view="unanswered"), 0, 10)] == [number]


def test_the_detail_has_all_that_the_page_shows(database, clerk):
    (number,) = several(database, clerk, 1)
    with database.reading(clerk) as work:
        found = case_file.detail(work, number)
    assert found.station is Station.ACCEPT
    assert CaseState.NEGOTIATING in found.legal
    assert found.merchant.name == "金禧珠宝"
    assert len(found.timeline) == 1
    assert found.row.tail == "0001"


def test_a_window_is_the_same_however_it_is_come_by(database, clerk, monkeypatch):
    several(database, clerk, 9)
    for few in (0, 4, 100):
        monkeypatch.setattr(queue, "FEW", few)
        for wanted in (
            CaseFilter(view="all", channel="CH01", sort="received", descending=True),
            CaseFilter(view="all", problem="P09", sort="amount"),
            CaseFilter(view="archived", channel="CH01"),
        ):
            with database.reading(clerk) as work:
                total, rows = queue.window(work, wanted, 2, 3)
                assert total == queue.count(work, wanted)
                assert rows == queue.page(work, wanted, 2, 3)


def test_the_first_rows_of_many_come_before_their_number(database, clerk, monkeypatch):
    several(database, clerk, 9)
    wanted = CaseFilter(view="all", channel="CH01", sort="received")
    with database.reading(clerk) as work:
        whole = queue.page(work, wanted, 0, 20)
        assert queue.first(work, wanted, 3) == (len(whole), whole[:3])
        monkeypatch.setattr(queue, "FEW", 0)
        assert queue.first(work, wanted, 3) == (None, whole[:3])
        assert queue.first(work, CaseFilter(view="all", sort="received"), 3) == (None, whole[:3])
        assert queue.first(work, CaseFilter(channel="CH01"), 3)[0] is not None


@pytest.mark.parametrize(
    ("state", "way"),
    [(CaseState.CLOSED, "SCAN cases USING COVERING INDEX"), (CaseState.REGISTERED, "SEARCH cases USING")],
)
def test_a_list_of_all_cases_is_narrowed_without_a_look_at_each(database, clerk, state, way):
    wanted = CaseFilter(view="all", channel="CH01", state=state, handler="clerk")
    with database.reading(clerk) as work:
        counted = select(func.count()).select_from(Case).where(queue.condition(work, wanted))
        words = counted.compile(work.session.connection(), compile_kwargs={"literal_binds": True})
        plan = work.session.execute(text(f"EXPLAIN QUERY PLAN {words}"))
        assert any(way in row[-1] for row in plan)
