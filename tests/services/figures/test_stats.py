"""The figures against numbers counted by hand from the worked cases."""

from datetime import date

import pytest

from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.period import Period
from odr_desk.services.figures import shares, stats
from odr_desk.services.figures.counting import Quantity
from tests.make import make_case

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
EXPECTED = {
    "received": ("5", 5, None),
    "odr_received": ("2", 2, None),
    "ended": ("5", 5, None),
    "settled": ("4", 4, None),
    "on_time_rate": ("100.00", 8, 8),  # due in November: 0001 0005 0006 0009 0011 0016 0019 0020
    "odr_on_time_rate": ("100.00", 4, 4),
    "settlement_rate": ("80.00", 4, 5),
    "odr_settlement_rate": ("100.00", 2, 2),
    "mediation_rate": ("80.00", 4, 5),
    "closing_rate": ("80.00", 4, 5),
    "solution_rate": ("80.00", 4, 5),
    "paid_share": ("108.83", 617_780, 567_680),
    "content_rate": ("80.00", 4, 5),
    "activity": ("100.00", 1, 1),
    "growth_on_year": ("—", 5, 0),
    "growth_on_stretch": ("-28.57", -2, 7),
    "average_days": ("2.00", 2 + 0 + 4 + 4, 5),
    "amount": ("2392.80", 239_280, None),
    "recovered": ("6177.80", 617_780, None),
    "advances": ("0", 0, None),
    "advanced": ("0.00", 0, None),
}


def measure(database, actor, period=NOVEMBER):
    with database.reading(actor) as work:
        return {figure.code: figure for figure in stats.stats(work, period)}


def test_november_figure_by_figure(demo, auditor):
    found = measure(demo, auditor)
    assert {code: (one.value, one.numerator, one.denominator) for code, one in found.items()} == EXPECTED
    assert all(one.definition and one.name for one in found.values())


def test_the_port_gets_counts_as_numbers_and_amounts_in_yuan(demo, manager):
    found = measure(demo, manager)
    assert found["paid_share"].parts == ("6177.80", "5676.80")
    assert found["recovered"].parts == ("6177.80", None)
    assert found["content_rate"].parts == (4, 5)


def test_september_has_a_late_case_and_an_advance_payment(demo, manager):
    found = measure(demo, manager, Period(date(2026, 9, 1), date(2026, 9, 30)))
    assert (found["odr_on_time_rate"].value, found["odr_on_time_rate"].denominator) == ("66.67", 3)
    assert (found["advances"].value, found["advanced"].value) == ("1", "730.00")


def test_a_withdrawal_that_was_performed_is_solved_but_not_settled(demo, manager):
    found = measure(demo, manager, Period(date(2026, 10, 16), date(2026, 10, 16)))
    assert (found["solution_rate"].value, found["mediation_rate"].value) == ("100.00", "0.00")


def test_a_case_is_not_late_before_its_day_has_passed(database, manager, clock):
    with database.writing(manager, "test") as work:
        make_case(work)  # due 12-07
    clock.forward(days=14)
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    assert measure(database, manager, december)["on_time_rate"].value == "—"
    clock.forward(days=1)
    assert measure(database, manager, december)["on_time_rate"].value == "0.00"


def test_the_cases_behind_a_figure_are_as_many_as_it_says(demo, manager):
    from sqlalchemy import func, select

    from odr_desk.model.case import Case

    with demo.reading(manager) as work:
        figures = {figure.code: figure for figure in stats.stats(work, NOVEMBER)}
        for one in stats.indicators(date(2026, 11, 23)):
            if isinstance(one.top, Quantity) and one.top.column is None:
                behind = select(func.count(Case.id)).where(stats.behind(one.top, NOVEMBER))
                assert work.session.execute(behind).scalar_one() == figures[one.code].numerator, one.code


def test_whoever_may_not_read_cases_sees_no_figures(database, admin):
    with pytest.raises(NotAllowed):
        measure(database, admin)


@pytest.mark.parametrize(
    ("top", "bottom", "shown"), [(1, 3, "33.33"), (197, 200, "98.50"), (1, 0, "—"), (0, 4, "0.00"), (5, 8, "62.50")]
)
def test_shares_are_rounded_half_up_and_a_dash_where_nothing_is_divided(top, bottom, shown):
    assert shares.percent(top, bottom) == shown


def test_averages_and_ten_thousands():
    assert shares.average(22, 3) == "7.33"
    assert shares.average(0, 0) == "—"
    assert str(shares.ten_thousands(101_280)) == "0.1013"
    assert str(shares.ten_thousands(50)) == "0.0001"
