"""F01 against numbers counted by hand from the worked cases."""

from datetime import date, datetime, timedelta

import pytest

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.moments import CHINA
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services.figures import monthly_f01, report
from odr_desk.services.figures.monthly_f01 import PROBLEMS
from tests.make import make_case

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def count(database, actor, period=NOVEMBER, basis=EndedBy.ENDED):
    with database.reading(actor) as work:
        return monthly_f01.rows(work, period, basis)


def shown(row):
    problems = {problem: n for problem, n in zip(PROBLEMS, row.problems, strict=True) if n}
    return row.accepted, row.ended, row.settled, row.recovered, problems


def test_november_column_by_column(demo, manager):
    found = {row.category: shown(row) for row in count(demo, manager)}
    assert found == {
        "服装鞋帽类": (2, 2, 2, 379_700, {"P01": 1, "P11": 1}),  # 0001, 0011
        "食品类": (1, 1, 1, 101_280, {"P02": 1}),  # 0005
        "生活、社会服务类": (2, 1, 1, 136_800, {"P05": 1, "P09": 1}),  # 0016; 0017 is open
        "交通工具类": (0, 1, 0, 0, {}),  # 0020 came in October
    }
    assert shown(monthly_f01.total(count(demo, manager))) == (
        5, 5, 4, 617_780, {"P01": 1, "P02": 1, "P05": 1, "P09": 1, "P11": 1},
    )  # fmt: skip


def test_from_the_26th_to_the_25th(demo, manager):
    rows = count(demo, manager, Period(date(2026, 10, 26), date(2026, 11, 25)))
    assert shown(monthly_f01.total(rows)) == (
        7, 7, 5, 1_047_680, {"P01": 2, "P02": 1, "P05": 1, "P09": 1, "P11": 2},
    )  # fmt: skip
    assert {row.category: row.accepted for row in rows} == {
        "交通工具类": 1, "家用电子电器类": 1, "服装鞋帽类": 2, "烟、酒和饮料类": 0, "生活、社会服务类": 2, "食品类": 1,
    }  # fmt: skip


def test_by_receipt_what_came_in_october_and_ended_later_stays_in_october(demo, manager):
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    by_ending = monthly_f01.total(count(demo, manager, october))
    by_receipt = monthly_f01.total(count(demo, manager, october, EndedBy.RECEIVED))
    assert (by_ending.accepted, by_receipt.accepted) == (7, 7)
    # in October ended 0002 0006 0009 0012 0015 0018 0019; of October's own 0018 is not one, 0020 is
    assert (by_ending.ended, by_ending.settled, by_ending.recovered) == (7, 5, 519_100)
    assert (by_receipt.ended, by_receipt.settled, by_receipt.recovered) == (7, 4, 469_100)


def test_the_twelve_problems_always_add_up(demo, manager):
    with demo.writing(manager, "test") as work:
        make_case(work, problem="", received_at=datetime(2026, 11, 20, 9, tzinfo=CHINA))
    rows = count(demo, manager)
    assert all(sum(row.problems) == row.accepted for row in rows)
    assert monthly_f01.total(rows).problems[-1] == 1  # the one without a problem counts as 其他


@pytest.mark.parametrize("how", ["not_ours", "binned", "merged"])
def test_what_does_not_count_is_left_out(database, manager, how):
    with database.writing(manager, "test") as work:
        kept = make_case(work)
        out = make_case(work)
        if how == "not_ours":
            out.state, out.result, out.ended_on = CaseState.NOT_OURS, Outcome.NOT_OURS, date(2026, 11, 23)
        elif how == "binned":
            out.deleted_at = work.now
        else:
            out.merged_into_id = kept.id
    assert shown(monthly_f01.total(count(database, manager))) == (1, 0, 0, 0, {"P09": 1})


def test_the_edge_of_a_period_is_midnight_in_china(database, manager, clock):
    clock.now += timedelta(days=10)
    with database.writing(manager, "test") as work:
        make_case(work, received_at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=CHINA))
        make_case(work, received_at=datetime(2026, 11, 1, 0, 0, tzinfo=CHINA))
        make_case(work, received_at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=CHINA))
        make_case(work, received_at=datetime(2026, 12, 1, 0, 0, tzinfo=CHINA))
    assert monthly_f01.total(count(database, manager)).accepted == 2


def test_an_empty_month_is_all_zeros(database, manager):
    assert count(database, manager) == ()
    assert shown(monthly_f01.total(())) == (0, 0, 0, 0, {})


def collected(database, actor, period=NOVEMBER):
    with database.reading(actor) as work:
        return monthly_f01.collect(work, report.circumstances(work, period))


def test_the_form_gets_a_line_for_every_class_the_desk_knows(demo, manager):
    found = collected(demo, manager)
    lines = {line.label: line for line in found.facts.lines}
    assert len(lines) == len(found.facts.lines) == 25
    assert lines["服装鞋帽类"].group == "商品类"
    assert lines["生活、社会服务类"].group == "服务类"
    assert lines["其他类"].group == ""
    assert lines["服装鞋帽类"].values["recovered"] == 379_700
    assert not any(lines["保险服务类"].values.values())
    assert [(one.label, one.value) for one in found.sums] == [
        ("受理（件）", "5"),
        ("已处理（件）", "5"),
        ("调解成功（件）", "4"),
        ("挽回经济损失（元）", "6,177.80"),
    ]


def test_a_case_without_a_class_and_one_of_a_class_of_long_ago_are_not_lost(demo, manager):
    with demo.writing(manager, "test") as work:
        make_case(work, category="", received_at=datetime(2026, 11, 20, 9, tzinfo=CHINA))
        old = make_case(work, received_at=datetime(2026, 11, 20, 9, tzinfo=CHINA))
        old.category = "旧类"
    lines = {line.label: line.values["accepted"] for line in collected(demo, manager).facts.lines}
    assert (lines["其他类"], lines["旧类"]) == (1, 1)
    assert sum(lines.values()) == 7
