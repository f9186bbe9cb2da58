"""The checks on cases as they are on record."""

from datetime import date, datetime

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.completeness import Weight
from odr_desk.rules.moments import CHINA
from odr_desk.rules.period import Period
from odr_desk.services.figures import completeness
from tests.make import make_case, make_merchant

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def look(database, actor, period=NOVEMBER):
    with database.reading(actor) as work:
        cases = completeness.facts(work, period)
        return cases, completeness.findings(work, period, cases)


def test_the_worked_cases_of_november_are_complete(demo, manager):
    cases, found = look(demo, manager)
    assert len(cases) == 6  # five received, one ended that came in October
    assert found == ()


def test_gaps_come_before_oddities_and_only_counted_cases_are_looked_at(database, manager):
    with database.writing(manager, "test") as work:
        shop = make_merchant(work).number
        odd = make_case(work, merchant_no=shop, platform_no="")
        gap = make_case(work, merchant_no=shop, platform_no="DEMO-2", problem="", consumer_phone="")
        out = make_case(work, problem="")
        out.state, out.result = CaseState.NOT_OURS, Outcome.NOT_OURS
        numbers = odd.number, gap.number
    _, found = look(database, manager)
    assert [(one.case_no, one.field, one.level) for one in found] == [
        (numbers[1], "problem", Weight.MUST),
        (numbers[0], "platform_no", Weight.LOOK),
    ]


def test_a_like_case_of_the_month_before_is_found(database, manager):
    with database.writing(manager, "test") as work:
        shop = make_merchant(work).number
        first = make_case(
            work, merchant_no=shop, platform_no="A", received_at=datetime(2026, 10, 25, 9, tzinfo=CHINA)
        ).number
        make_case(work, merchant_no=shop, platform_no="B", received_at=datetime(2026, 11, 3, 9, tzinfo=CHINA))
    _, [one] = look(database, manager)
    assert one.said == f"与 {first} 同一电话、同一商户，相隔 9 天"


def test_an_amount_is_unusual_against_the_year_before(database, manager):
    with database.writing(manager, "test") as work:
        for month in range(5, 10):
            make_case(work, platform_no=f"A{month}", amount=100_00, received_at=datetime(2026, month, 2, tzinfo=CHINA))
        make_case(work, platform_no="B", amount=900_00)
    _, [one] = look(database, manager)
    assert one.said == "¥900.00，是同类中位数的 9 倍"
