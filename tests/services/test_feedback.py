"""Feeding results back, ending without a settlement, calling back."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import select

from odr_desk.model.case import Feedback
from odr_desk.model.handing import Transfer
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.ending import FailDraft, FailReason, Kept, RevisitDraft, Satisfaction, fail_reason
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, NotAllowed
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.feedback import LIMIT, FeedbackTexts
from odr_desk.rules.pause import PauseDraft
from odr_desk.rules.session import SessionDraft
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import cases, failing, feedback, pausing, revisits, sessions, timeline, transfers
from tests.make import make_case
from tests.settled import case_of, conclude

TODAY = date(2026, 11, 23)


@pytest.fixture
def settled(database, mediator):
    """The number of a settled case with a call and a note of the desk to itself on its timeline."""
    agreed = conclude(database, mediator)
    with database.writing(mediator, "event.add") as work:
        case = case_of(work, agreed.agreement_no)
        timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长同意退货"))
        timeline.add(work, case, EventDraft(kind=EventKind.NOTE, party=Party.DESK, text="底线是全退"))
        number = timeline.add(work, case, EventDraft(kind=EventKind.VISIT, party=Party.CONSUMER, text="来店看货"))
        timeline.amend(work, case, number, "来店看货并试穿")
        return case.number


def test_the_texts_tell_contacts_and_leave_notes_out(database, mediator, settled):
    with database.reading(mediator) as work:
        texts = feedback.standing(work, settled).texts
    assert "11月23日致电商户：店长同意退货。" in texts.process_text
    assert "来店看货并试穿" in texts.process_text and "底线" not in texts.process_text
    assert texts.mode_text == "电话、现场"
    assert "1．乙方退还甲方货款人民币壹仟贰佰玖拾玖元整" in texts.result_text
    assert "当日办结，未超过2026年12月7日的期限" in texts.time_text


def test_days_of_testing_are_told_apart_from_those_it_took(database, mediator, clock):
    with database.writing(mediator, "case.create") as work:
        case_no = make_case(work).number
    clock.forward(days=17)  # Thursday 2026-12-10
    with database.writing(mediator, "case.pause") as work:
        draft = PauseDraft(since=date(2026, 11, 23), until=date(2026, 11, 27), reason="送国检中心鉴定成色")
        pausing.pause(work, case_no, draft)
        cases.advance(work, case_no, CaseState.WITHDRAWN, "消费者接受鉴定结论")
        said = feedback.standing(work, case_no).texts.time_text
    assert "用时13个工作日（其中鉴定、检测4个工作日不计入期限），未超过2026年12月11日的期限。" in said


def test_a_sitting_by_video_is_no_telephone_call(database, mediator, clock):
    with database.writing(mediator, "session.add") as work:
        case_no = make_case(work).number
        held = SessionDraft(held_at=work.now, mode="E", mediator="刘洋", outcome="商户同意换货")
        sessions.add(work, case_no, held)
        cases.advance(work, case_no, CaseState.SETTLED, "换货")
        texts = feedback.standing(work, case_no).texts
    assert texts.mode_text == "视频、三方调解"
    assert texts.process_text == "11月23日三方调解：第 1 次调解（视频），调解员刘洋。商户同意换货。"


def test_what_both_sides_said_at_a_sitting_is_told_unless_its_entry_was_rewritten(database, mediator):
    with database.writing(mediator, "session.add") as work:
        case = make_case(work)
        views = {"consumer_position": "坚持退货。", "merchant_position": "只同意修理"}
        held = SessionDraft(held_at=work.now, mode="A", mediator="刘洋", outcome="未达成一致", **views)
        sessions.add(work, case.number, held)
        cases.advance(work, case.number, CaseState.FAILED, "商户拒绝")
        said = feedback.standing(work, case.number).texts.process_text
        assert said == "11月23日三方调解：第 1 次调解，调解员刘洋。消费者：坚持退货。商户：只同意修理。未达成一致。"
        entry = next(row for row in timeline.rows(work, case.id) if row.text.startswith("第 1 次调解"))
        timeline.amend(work, case, entry.number, "双方没有谈拢")
        assert feedback.standing(work, case.number).texts.process_text == "11月23日三方调解：双方没有谈拢。"


def test_what_was_sent_is_kept_as_sent(database, mediator, settled):
    with database.writing(mediator, "feedback") as work:
        texts = feedback.send(work, settled, TODAY)
        case = cases.named(work, settled)
        assert case.fed_back_on == TODAY and not feedback.is_due(case)
    with database.writing(mediator, "feedback") as work:
        own = FeedbackTexts(time_text="一", process_text="二", mode_text="三", result_text="四")
        feedback.send(work, settled, TODAY, own)
    with database.reading(mediator) as work:
        assert [entry.texts for entry in feedback.sent(work, settled)] == [own, texts]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24)])
def test_the_day_of_feedback_lies_between_receipt_and_today(database, mediator, settled, day):
    with pytest.raises(Invalid) as refused, database.writing(mediator, "feedback") as work:
        feedback.send(work, settled, day)
    assert refused.value.problems[0].field == "sent_on"


def test_texts_too_long_for_the_platform_are_refused(database, mediator, settled):
    long = FeedbackTexts(time_text="一", process_text="字" * (LIMIT + 1), mode_text="三", result_text="")
    with pytest.raises(Invalid) as refused, database.writing(mediator, "feedback") as work:
        feedback.send(work, settled, TODAY, long)
    assert [p.field for p in refused.value.problems] == ["process_text", "result_text"]
    with database.reading(mediator) as work:
        assert work.session.scalars(select(Feedback)).all() == []


def test_without_a_result_there_is_nothing_to_feed_back(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with pytest.raises(IllegalMove, match="还没有结果"), database.reading(mediator) as work:
        feedback.standing(work, number)


def test_a_clerk_does_not_feed_back_nor_end_cases(database, clerk, settled):
    with pytest.raises(NotAllowed), database.writing(clerk, "feedback") as work:
        feedback.send(work, settled, TODAY)
    with pytest.raises(NotAllowed), database.writing(clerk, "fail") as work:
        failing.fail(work, settled, FailDraft(reason=FailReason.OTHER))


def test_a_case_fails_with_a_reason_and_is_handed_over(database, mediator):
    with database.writing(mediator, "fail") as work:
        number = make_case(work).number
        draft = FailDraft(reason=FailReason.TOO_FAR_APART, text="商户只同意换电池")
        state = failing.fail(work, number, draft, TransferDraft(materials="投诉登记表\n\n宣传页照片 2 张"))
        assert state is CaseState.FAILED
    with database.reading(mediator) as work:
        case = cases.named(work, number)
        assert (case.result, case.result_note) == (Outcome.FAILED, "双方差距过大：商户只同意换电池")
        (row,) = transfers.of_case(work, number)
        assert (row.body, row.materials) == ("锡山区市场监管局东亭分局", ("投诉登记表", "宣传页照片 2 张"))
        assert (row.on, case.transferred_on) == (TODAY, TODAY)
        assert "消费者还可以请求消费者协会" in feedback.standing(work, number).texts.result_text


def test_a_failure_without_hand_over_has_none(database, mediator):
    with database.writing(mediator, "fail") as work:
        number = make_case(work).number
        failing.fail(work, number, FailDraft(reason=FailReason.NO_ANSWER))
        assert transfers.of_case(work, number) == ()
        assert cases.named(work, number).result_note == "商户逾期不答复"
        assert [paper.kind for paper in failing.hand_out(work, number)] == ["failure_notice"]


def test_a_failure_needs_a_reason(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with pytest.raises(Invalid), database.writing(mediator, "fail") as work:
        failing.fail(work, number, FailDraft(text="不知道"))
    with database.reading(mediator) as work:
        assert work.session.scalars(select(Transfer)).all() == []


def test_reasons_are_known_by_code_and_word() -> None:
    assert fail_reason("no_answer") is fail_reason("商户逾期不答复") is FailReason.NO_ANSWER
    assert fail_reason("说不清") is None


def test_a_call_back_is_noted_with_its_three_answers(database, clerk, settled):
    draft = RevisitDraft(
        on=TODAY, mode="电话", satisfaction=Satisfaction.FAIRLY, performed=Kept.YES, text="希望店员态度好些"
    )
    with database.writing(clerk, "revisit") as work:
        revisits.record(work, settled, draft)
        case = cases.named(work, settled)
        assert (case.revisited_on, case.satisfaction) == (TODAY, "基本满意")
        (row,) = revisits.rows(work, settled)
        assert (row.performed, row.text, row.by) == ("yes", "希望店员态度好些", "王敏")
        assert timeline.rows(work, case.id)[0].text.startswith("电话回访（2026-11-23）：基本满意，已经履行")


def test_a_call_nobody_took_leaves_the_case_to_be_called(database, clerk, settled):
    with database.writing(clerk, "revisit") as work:
        revisits.record(work, settled, RevisitDraft(on=TODAY, mode="电话", satisfaction=Satisfaction.NO_ANSWER))
        assert cases.named(work, settled).revisited_on is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": None}, "on"),
        ({"satisfaction": None}, "satisfaction"),
        ({"on": date(2026, 11, 24)}, "on"),
        ({"mode": ""}, "mode"),
    ],
)
def test_a_call_back_that_cannot_be_is_refused(database, clerk, settled, changes, field):
    values = {"on": TODAY, "mode": "电话", "satisfaction": Satisfaction.SATISFIED} | changes
    with pytest.raises(Invalid) as refused, database.writing(clerk, "revisit") as work:
        revisits.record(work, settled, RevisitDraft(**values))
    assert [p.field for p in refused.value.problems] == [field]


def test_an_open_case_is_not_called_back(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with pytest.raises(IllegalMove), database.writing(mediator, "revisit") as work:
        revisits.record(work, number, RevisitDraft(on=TODAY, mode="电话", satisfaction=Satisfaction.SATISFIED))


def test_texts_entered_one_by_one_wait_until_all_of_them_are(database, mediator, settled):
    with database.writing(mediator, "feedback") as work:
        found = feedback.standing(work, settled)
        own = dataclasses.replace(found.texts, process_text="改过的经过")
        assert not feedback.enter(work, settled, own, {"time_text": TODAY, "mode_text": TODAY})
        assert feedback.is_due(cases.named(work, settled))
        assert feedback.sent(work, settled) == ()
    with database.writing(mediator, "feedback") as work:
        found = feedback.standing(work, settled)
        assert found.texts.process_text == "改过的经过"
        assert found.entered == {"time_text": TODAY, "mode_text": TODAY}
        assert not feedback.enter(work, settled, found.texts, {"time_text": TODAY})
        assert feedback.standing(work, settled).entered == {"time_text": TODAY}
        assert feedback.enter(work, settled, found.texts, dict.fromkeys(feedback.PARTS, TODAY))
        assert cases.named(work, settled).fed_back_on == TODAY
    with database.reading(mediator) as work:
        (one,) = feedback.sent(work, settled)
        assert one.texts.process_text == "改过的经过"
        assert feedback.standing(work, settled).entered == {}, "a second feedback begins anew"


def test_only_the_four_texts_can_be_entered(database, mediator, settled):
    with pytest.raises(Invalid, match="没有“other”这一项"), database.writing(mediator, "feedback") as work:
        feedback.enter(work, settled, feedback.standing(work, settled).texts, {"other": TODAY})


def test_what_two_people_enter_stands_side_by_side(database, mediator, manager, settled):
    with database.reading(mediator) as work:
        base = feedback.standing(work, settled)
    theirs = dataclasses.replace(base.texts, mode_text="电话")
    with database.writing(manager, "feedback") as work:
        feedback.enter(work, settled, theirs, {"time_text": TODAY}, base)
    mine = dataclasses.replace(base.texts, result_text="已和解")
    with database.writing(mediator, "feedback") as work:
        feedback.enter(work, settled, mine, {"mode_text": TODAY}, base)
        found = feedback.standing(work, settled)
    assert (found.texts.mode_text, found.texts.result_text) == ("电话", "已和解")
    assert found.entered == {"time_text": TODAY, "mode_text": TODAY}
    other = dataclasses.replace(base.texts, mode_text="现场")
    with pytest.raises(Conflict) as refused, database.writing(manager, "feedback") as work:
        feedback.enter(work, settled, other, {}, base)
    detail = refused.value.detail
    assert (detail["mine"], detail["theirs"], detail["by"]) == (
        {"mode_text": "现场"},
        {"mode_text": "电话"},
        mediator.name,
    )


def test_a_result_that_somebody_else_has_fed_back_is_not_fed_back_again(database, mediator, manager, settled):
    with database.reading(mediator) as work:
        base = feedback.standing(work, settled)
    with database.writing(manager, "feedback") as work:
        feedback.send(work, settled, TODAY)
    with pytest.raises(Conflict, match=manager.name), database.writing(mediator, "feedback") as work:
        feedback.enter(work, settled, base.texts, dict.fromkeys(feedback.PARTS, TODAY), base)
