import dataclasses
from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import fields_of
from odr_desk.rules.narrowing import Narrowing, check_period, without
from odr_desk.services import cases, handling, narrowing, queue, tags, view_counts, views
from odr_desk.services.queue import CaseFilter

CODES = tuple(view.code for view in views.VIEWS)


@pytest.fixture
def numbers(database, manager):
    """Six cases of two shops; each filter below finds some of them and leaves others."""
    with database.writing(manager, "case.create") as work:
        gold, silk = make_merchant(work), make_merchant(work, brand="锦绣家纺")
        made = [
            make_case(
                work,
                merchant_no=(gold if n % 2 else silk).number,
                channel="CH06" if n < 3 else "CH01",
                problem="P12" if n == 0 else "P09",
                problem_note="包装" if n == 0 else "",
                category="日用商品类" if n == 4 else "首饰及文体用品类",
                received_at=datetime(2026, 11, 2 + 3 * n, 3, tzinfo=UTC),
            ).number
            for n in range(6)
        ]
        handling.assign(work, made[1], manager.user_id)
        cases.advance(work, made[2], CaseState.WITHDRAWN, "不要了")
        handling.set_next_step(work, made[3], "催店长", date(2026, 11, 24))
        tags.change(work, made[5], ["等鉴定"])
        return {"gold": gold.number, "made": made}


FILTERS = (
    ({"state": CaseState.ASSIGNED}, {1}),
    ({"result": Outcome.WITHDRAWN}, {2}),
    ({"channel": "CH06"}, {0, 1, 2}),
    ({"problem": "P12"}, {0}),
    ({"category": "日用商品类"}, {4}),
    ({"handler": "manager"}, {1}),
    ({"handler": "nobody"}, set()),
    ({"unassigned": True}, {0, 2, 3, 4, 5}),
    ({"tag": "等鉴定"}, {5}),
    ({"received_from": date(2026, 11, 11), "received_to": date(2026, 11, 14)}, {3, 4}),
    ({"due_before": date(2026, 11, 17)}, {0}),
    ({"overdue": True}, {0, 1}),
    ({"no_next_step": True}, {0, 1, 4, 5}),
    ({"channel": "CH06", "unassigned": True}, {0, 2}),
)


@pytest.mark.parametrize(("given", "expected"), FILTERS)
def test_each_field_narrows_and_the_counts_stay_true(database, manager, numbers, given, expected):
    wanted = CaseFilter(view="all", **given)
    with database.reading(manager) as work:
        found = {row.number for row in queue.page(work, wanted, 0, 50)}
        counted = view_counts.of(work, wanted, CODES)
        for code in CODES:
            assert counted[code] == queue.count(work, queue.seen_as(wanted, code)), code
        assert len(narrowing.chosen(work, wanted)) >= 1
    assert found == {numbers["made"][n] for n in expected}


def test_the_merchant_narrows(database, manager, numbers):
    wanted = CaseFilter(view="all", merchant_no=numbers["gold"])
    with database.reading(manager) as work:
        assert queue.count(work, wanted) == 3
        assert [one.words for one in narrowing.chosen(work, wanted)] == ["商户：金禧珠宝"]


def test_every_declared_field_has_a_condition():
    flags = {"overdue", "no_next_step"}  # views of their own
    assert {field.name for field in fields_of(Narrowing)} - flags <= set(queue._NARROWING)


def test_counts_under_words(database, manager, numbers):
    wanted = CaseFilter(view="all", text="吊坠")
    with database.reading(manager) as work:
        counted = view_counts.of(work, wanted, CODES)
        for code in CODES:
            assert counted[code] == queue.count(work, queue.seen_as(wanted, code)), code
    assert counted["all"] == 6


def test_what_narrows_is_said_in_words(database, manager, numbers):
    wanted = CaseFilter(
        view="all",
        channel="CH06",
        handler="manager",
        received_from=date(2026, 11, 1),
        received_to=date(2026, 11, 30),
        overdue=True,
        results=(Outcome.WITHDRAWN, Outcome.SETTLED),
        phone="19900000023",
        besides=1,
    )
    with database.reading(manager) as work:
        found = narrowing.chosen(work, wanted)
    words = [one.words for one in found]
    assert "收到：2026-11-01 至 2026-11-30" in words
    assert "逾期" in words
    assert any(text.startswith("电话：199****") for text in words)
    assert not narrowing.is_own(wanted)
    left = wanted
    for one in found:
        left = without(left, *one.names)
    assert left == CaseFilter(view="all")
    assert narrowing.is_own(left)


def test_choices_name_what_can_be_chosen(database, manager, numbers):
    with database.reading(manager) as work:
        offered = narrowing.choices(work)
    groups = {field.options for field in fields_of(Narrowing) if isinstance(field.options, str)}
    assert groups == set(offered)
    assert ("CH06", dict(offered["channels"])["CH06"]) in offered["channels"]
    assert offered["tags"] == (("等鉴定", "等鉴定（1）"),)
    assert "manager" in dict(offered["handlers"])


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(Invalid):
        check_period(Narrowing(received_from=date(2026, 11, 2), received_to=date(2026, 11, 1)))
    assert dataclasses.asdict(without(Narrowing(tag="x"), "tag")) == dataclasses.asdict(Narrowing())
