"""P01 against numbers counted by hand from the worked cases."""

from datetime import date, datetime
from decimal import Decimal

from odr_desk.rules.moments import CHINA
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services.figures import odr_month_p01, report
from odr_desk.services.figures.odr_month_p01 import OdrMonth
from tests.make import make_case

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def row(database, actor, period, basis=EndedBy.ENDED):
    with database.reading(actor) as work:
        return odr_month_p01.row(work, period, basis)


def test_september_with_one_late_and_one_advance_payment(demo, manager):
    assert row(demo, manager, SEPTEMBER) == OdrMonth(
        received=3,  # 0003 0007 0014
        direct=1,
        diverted=2,
        ended=3,
        on_time=2,  # 0014 ended two days after its day
        settled=3,
        handed_over=0,
        overdue=1,
        days=4 + 6 + 12,
        amount=398_000 + 365_000 + 1_280_000,
        recovered=62_000 + 73_000 + 533_333,
        revisited=3,
        content=3,
        advances=1,
        advanced=73_000,
    )


def test_november_counts_what_ended_although_it_came_in_october(demo, manager):
    assert row(demo, manager, NOVEMBER) == OdrMonth(
        received=2,  # 0001 0011
        direct=2,
        diverted=0,
        ended=3,  # and 0020
        on_time=3,
        settled=2,
        handed_over=1,
        overdue=0,
        days=2 + 4 + 9,
        amount=129_900 + 99_800,
        recovered=129_900 + 249_800,
        revisited=3,
        content=2,
        advances=0,
        advanced=0,
    )


def test_by_receipt_the_october_case_stays_in_october(demo, manager):
    november = row(demo, manager, NOVEMBER, EndedBy.RECEIVED)
    assert (november.ended, november.on_time, november.settled, november.days) == (2, 2, 2, 6)
    october = row(demo, manager, OCTOBER, EndedBy.RECEIVED)
    assert (october.received, october.ended, october.settled, october.days) == (2, 2, 0, 6 + 9)


def test_the_day_of_a_platform_case_is_a_day_in_china(database, manager):
    with database.writing(manager, "test") as work:
        make_case(work, channel="CH02", received_at=datetime(2026, 9, 30, 23, 59, tzinfo=CHINA))
        make_case(work, channel="CH02", received_at=datetime(2026, 10, 1, 0, 1, tzinfo=CHINA))
        make_case(work, channel="CH06", received_at=datetime(2026, 9, 30, 12, 0, tzinfo=CHINA))
    assert row(database, manager, SEPTEMBER).diverted == 1
    assert row(database, manager, SEPTEMBER).received == 1


def test_an_empty_month_has_nothing_to_divide(database, manager):
    empty = row(database, manager, NOVEMBER)
    assert {getattr(empty, name) for name in OdrMonth.__slots__} == {0}


def collected(database, actor, period):
    with database.reading(actor) as work:
        return odr_month_p01.collect(work, report.circumstances(work, period))


def test_rates_divide_the_figures_beside_them(demo, manager):
    [line] = collected(demo, manager, SEPTEMBER).facts.lines
    assert line.values["on_time_rate"] == Decimal("66.67")
    assert line.values["settled_rate"] == Decimal("100.00")
    assert line.values["days"] == Decimal("7.33")
    assert line.values["name"] == "无锡示例八佰伴商贸有限公司"


def test_where_nothing_ended_there_is_no_rate_to_write(demo, manager):
    [line] = collected(demo, manager, Period(date(2026, 6, 1), date(2026, 6, 30))).facts.lines
    assert {line.values[name] for name in ("on_time_rate", "settled_rate", "days", "content_rate")} == {None}
    assert line.values["received"] == 0


def test_the_three_most_frequent_are_named(demo, manager):
    autumn = Period(date(2026, 8, 1), date(2026, 11, 30))
    [line] = collected(demo, manager, autumn).facts.lines
    assert line.values["top_merchants"].startswith("示例·云岚女装（2 件）、")
    assert line.values["top_problems"] == "合同（2 件）、虚假宣传（2 件）、质量（1 件）"


def test_what_stands_outside_the_row(demo, manager):
    slots = collected(demo, manager, NOVEMBER).facts.slots
    assert slots == {
        "unit": "无锡示例八佰伴商贸有限公司",
        "period": "2026-11-01 至 2026-11-30",
        "filler": "王敏",
        "checker": "孙主任",
        "phone": "0510-88000000",
        "filled_on": date(2026, 11, 23),
    }
