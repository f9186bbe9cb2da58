"""The month before it is sent."""

from datetime import date, datetime

import pytest

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.completeness import Weight
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.rules.moments import CHINA
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import mending, monthly
from tests.make import make_case, make_merchant

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ALL = ("F01", "P01", "P02")


def look(database, actor, codes=ALL, period=NOVEMBER):
    with database.reading(actor) as work:
        return monthly.look_through(work, period, codes)


@pytest.fixture
def gappy(database, manager) -> list[str]:
    """Three cases: a walk-in without problem, a settled one without its amount, a platform case without number."""
    with database.writing(manager, "test") as work:
        shop = make_merchant(work).number
        made = [
            make_case(work, merchant_no=shop, channel="CH06", problem="", consumer_phone="19900000001"),
            make_case(work, merchant_no=shop, channel="CH06", consumer_phone="19900000002"),
            make_case(work, merchant_no=shop, channel="CH01", platform_no="", consumer_phone="19900000003"),
        ]
        made[1].state, made[1].result = CaseState.SETTLED, Outcome.SETTLED
        made[1].ended_on, made[1].refund = date(2026, 11, 23), 429_900
        return [case.number for case in made]


def test_the_forms_that_can_be_made():
    assert [(one.code, one.title) for one in monthly.choices()] == [
        ("F01", "消费者投诉处理情况表"),
        ("P01", "ODR企业消费纠纷处理情况月报表"),
        ("P02", "消费纠纷和解（调解）台账"),
    ]


def test_what_is_found_is_said_once_for_all_the_forms(database, manager, gappy):
    month = look(database, manager)
    assert [(one.case_no, one.field, one.level) for one in month.findings] == [
        (gappy[0], "problem", Weight.MUST),
        (gappy[1], "recovered", Weight.MUST),
        (gappy[2], "platform_no", Weight.LOOK),
    ]
    assert (month.must, month.troubled, month.cases) == (2, 3, 3)
    assert month.would_recover == 429_900
    assert [form.rows for form in month.forms] == [1, 1, 3]


def test_a_form_on_platform_cases_is_held_up_by_those_only(database, manager, gappy):
    month = look(database, manager, ("P01",))
    assert [one.case_no for one in month.findings] == [gappy[2]]
    assert month.cases == 1
    with database.reading(manager) as work:
        assert [one.case_no for one in monthly.check(work, "F01", NOVEMBER)] == gappy


def test_mending_takes_a_finding_away(database, manager, gappy):
    with database.writing(manager, "case.update") as work:
        mending.mend(work, gappy[1], mending.look(work, gappy[1]).version, "recovered", 429_900)
    month = look(database, manager)
    assert gappy[1] not in {one.case_no for one in month.findings}
    assert next(one.value for one in month.forms[0].sums if one.key == "recovered") == "4,299.00"
    assert month.would_recover == 0


def test_an_oddity_that_was_looked_at_is_not_shown_again(database, manager, gappy):
    oddity = look(database, manager).findings[-1]
    with database.writing(manager, "case.update") as work:
        monthly.note_seen(work, oddity)
    assert oddity not in look(database, manager).findings
    # a new oddity of the same case is another matter
    with database.writing(manager, "test") as work:
        make_case(
            work,
            merchant_no=mending_shop(work, gappy[2]),
            channel="CH01",
            platform_no="N",
            consumer_phone="19900000003",
        )
    assert [one.topic.label for one in look(database, manager).findings if one.level is Weight.LOOK] == ["可能重复"]


def mending_shop(work, number: str) -> str:
    from odr_desk.services import cases

    return cases.draft_of(work, cases.named(work, number)).merchant_no


def test_what_must_be_mended_cannot_be_waved_through(database, manager, gappy):
    with database.writing(manager, "case.update") as work, pytest.raises(Invalid, match="必须改"):
        monthly.note_seen(work, look(database, manager).findings[0])


def test_sums_are_proved_two_ways(demo, manager):
    month = look(demo, manager)
    assert all(proof.holds for form in month.forms for proof in form.proofs)
    assert [proof.text for proof in month.forms[0].proofs] == [
        "十二个问题栏合计 5，受理 5",
        "调解成功 4，不多于已处理 5",
    ]


def test_how_ended_is_reckoned_is_chosen_and_said_in_the_note(demo, manager, clerk):
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    before = look(demo, manager, ("F01",), october).forms[0]
    assert "按办结日期统计" in before.note
    assert "2026-10-01 至 2026-10-31（含首尾两日），截至 2026-11-23" in before.note
    with demo.writing(clerk, "settings") as work, pytest.raises(NotAllowed):
        monthly.choose_basis(work, EndedBy.RECEIVED)
    with demo.writing(manager, "settings") as work:
        monthly.choose_basis(work, EndedBy.RECEIVED)
    after = look(demo, manager, ("F01",), october).forms[0]
    assert "按受理日期统计" in after.note
    settled = [next(one.value for one in form.sums if one.key == "settled") for form in (before, after)]
    assert settled == ["5", "4"]
    with demo.reading(manager) as work:
        assert monthly.basis(work) is EndedBy.RECEIVED


def test_an_unknown_form_is_refused_with_what_there_is(database, manager):
    with pytest.raises(Invalid, match="F01 消费者投诉处理情况表") as refused:
        look(database, manager, ("F99",))
    assert refused.value.problems[0].field == "form"


def test_an_empty_month_has_forms_of_zeros(database, manager):
    month = look(database, manager)
    assert (month.cases, month.findings, [form.rows for form in month.forms]) == (0, (), [0, 1, 0])


def test_a_case_of_another_month_is_no_business_of_this_one(database, manager):
    with database.writing(manager, "test") as work:
        make_case(work, problem="", received_at=datetime(2026, 10, 20, 9, tzinfo=CHINA))
    assert look(database, manager).findings == ()


def test_whoever_may_not_read_cases_counts_nothing(database, admin):
    with pytest.raises(NotAllowed):
        look(database, admin)
