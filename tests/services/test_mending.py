from datetime import date

import pytest

from odr_desk.model.case import Case
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import Conflict, Invalid, NotAllowed
from odr_desk.services import feedback, mending, timeline
from tests.make import make_case


@pytest.fixture
def settled(database, manager) -> str:
    with database.writing(manager, "test") as work:
        case = make_case(work, consumer_name="王小明")
        case.state, case.result, case.ended_on = CaseState.SETTLED, Outcome.SETTLED, date(2026, 11, 23)
        case.refund, case.compensation = 429_900, 100
        return case.number


def mend(database, actor, number, field, value, version=None):
    with database.writing(actor, "case.update") as work:
        now = mending.look(work, number).version if version is None else version
        return mending.mend(work, number, now, field, value)


def seen(database, actor, number):
    with database.reading(actor) as work:
        return mending.look(work, number)


def test_the_panel_shows_what_the_missing_amount_follows_from(database, manager, settled):
    found = seen(database, manager, settled)
    assert (found.consumer, found.refund, found.paid) == ("王**", 429_900, 430_000)
    assert found.values["recovered"] is None


def test_a_recovered_loss_is_set_and_noted(database, manager, settled):
    before = seen(database, manager, settled).version
    after = mend(database, manager, settled, "recovered", 430_000)
    assert after == before + 1 == seen(database, manager, settled).version
    assert seen(database, manager, settled).values["recovered"] == 430_000
    with database.reading(manager) as work:
        case = work.session.get_one(Case, seen(database, manager, settled).case_id)
        assert timeline.rows(work, case.id)[0].text == "挽回经济损失：未填 → 4,300.00"


def test_a_field_of_the_draft_goes_the_usual_way(database, manager, settled):
    mend(database, manager, settled, "problem", "P12")
    mend(database, manager, settled, "problem_note", "标签字号")
    values = seen(database, manager, settled).values
    assert (values["problem"], values["problem_note"]) == ("P12", "标签字号")
    with pytest.raises(Invalid):
        mend(database, manager, settled, "problem", "P99")


def test_the_day_of_ending_lies_between_receipt_and_today(database, manager, settled):
    for wrong in (date(2026, 11, 22), date(2026, 11, 24), None):
        with pytest.raises(Invalid) as refused:
            mend(database, manager, settled, "ended_on", wrong)
        assert refused.value.problems[0].field == "ended_on"
    mend(database, manager, settled, "ended_on", date(2026, 11, 23))
    assert seen(database, manager, settled).ended_on == date(2026, 11, 23)


def test_a_case_that_has_not_ended_gets_no_day_of_ending_here(database, manager):
    with database.writing(manager, "test") as work:
        number = make_case(work).number
    with pytest.raises(Invalid, match="还没有办结"):
        mend(database, manager, number, "ended_on", date(2026, 11, 23))


@pytest.mark.parametrize("wrong", [None, -1, True, "12", 10**13])
def test_a_recovered_loss_is_an_amount(database, manager, settled, wrong):
    with pytest.raises(Invalid, match="没有挽回的填 0"):
        mend(database, manager, settled, "recovered", wrong)


def test_the_day_of_feedback_is_noted_with_the_texts_of_the_platform(database, manager, settled):
    with pytest.raises(Invalid) as refused:
        mend(database, manager, settled, "fed_back_on", date(2026, 11, 22))
    assert refused.value.problems[0].field == "fed_back_on"
    with pytest.raises(Invalid, match="请填写反馈平台的日期"):
        mend(database, manager, settled, "fed_back_on", None)
    mend(database, manager, settled, "fed_back_on", date(2026, 11, 23))
    assert seen(database, manager, settled).values["fed_back_on"] == date(2026, 11, 23)
    with database.reading(manager) as work:
        assert [sent.sent_on for sent in feedback.sent(work, settled)] == [date(2026, 11, 23)]


def test_other_fields_are_not_mended_here(database, manager, settled):
    with pytest.raises(Invalid, match="请打开投诉件修改"):
        mend(database, manager, settled, "number", "X")


def test_somebody_was_faster(database, manager, settled):
    with pytest.raises(Conflict):
        mend(database, manager, settled, "recovered", 1, version=0)


def test_who_does_not_report_does_not_set_the_sums(database, clerk, settled):
    with pytest.raises(NotAllowed):
        mend(database, clerk, settled, "recovered", 1)
