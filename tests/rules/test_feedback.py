"""The four texts for the platform."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.events import EventKind, Party
from odr_desk.rules.feedback import LIMIT, FeedbackFacts, Talk, compose
from odr_desk.rules.parsing import check

RECEIVED = date(2026, 11, 3)
FACTS = FeedbackFacts(
    received_on=RECEIVED,
    first_contact_on=RECEIVED,
    ended_on=date(2026, 11, 5),
    working_days=2,
    due_on=date(2026, 11, 17),
    talks=(
        Talk(date(2026, 11, 4), EventKind.MEETING, Party.BOTH, "三方看货，柜方同意退货。"),
        Talk(RECEIVED, EventKind.CALL, Party.CONSUMER, "了解情况，回电 13812345678"),
    ),
    modes=("现场",),
    outcome=Outcome.SETTLED,
    note="签订和解协议",
    agreement_no="锡八佰伴和〔2026〕001号",
    signed_on=date(2026, 11, 5),
    clauses=("乙方退还甲方货款。",),
    refund=129900,
    performance=Performance.AT_ONCE,
)


def test_a_settled_case_tells_time_course_way_and_result() -> None:
    texts = compose(FACTS)
    assert texts.time_text == (
        "2026年11月3日收到投诉，当日首次联系消费者，2026年11月5日办结，用时2个工作日，未超过2026年11月17日的期限。"
    )
    assert texts.process_text == (
        "11月3日致电消费者：了解情况，回电 138****5678。11月4日三方调解：三方看货，柜方同意退货。"
        "11月5日双方签订和解协议。"
    )
    assert texts.mode_text == "现场、三方调解、电话"
    assert texts.result_text == (
        "和解成功。消费者（甲方）与商户（乙方）签订和解协议（锡八佰伴和〔2026〕001号）：1．乙方退还甲方货款。"
        "退款1,299.00元，共挽回经济损失1,299.00元。履行情况：即时履行。"
    )


def test_a_failed_case_names_the_ways_that_are_left() -> None:
    failed = replace(FACTS, outcome=Outcome.FAILED, note="双方差距过大", agreement_no="", signed_on=None, clauses=())
    said = compose(failed).result_text
    assert said.startswith("和解不成。双方差距过大。消费者还可以请求消费者协会")
    assert "已告知消费者可以请求消费者协会" in compose(replace(failed, explained=True)).result_text
    assert "向人民法院提起诉讼" in said and "退款" not in said


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.UNREACHABLE, Outcome.NOT_OURS])
def test_other_ends_say_how_it_came(outcome: Outcome) -> None:
    assert compose(replace(FACTS, outcome=outcome, note="消费者来电")).result_text == f"{outcome.label}。消费者来电。"


def test_a_late_case_says_so() -> None:
    late = replace(FACTS, ended_on=date(2026, 11, 18), working_days=11)
    assert "用时11个工作日，已超过2026年11月17日的期限。" in compose(late).time_text


def test_a_case_awaiting_a_decision_has_no_end_yet() -> None:
    waiting = replace(FACTS, outcome=Outcome.SUSPECTED, ended_on=None, note="固定票据")
    assert compose(waiting).time_text == "2026年11月3日收到投诉，当日首次联系消费者。"


def test_nothing_written_down_is_said_and_not_made_up() -> None:
    bare = compose(replace(FACTS, talks=(), modes=(), signed_on=None, first_contact_on=None, note=""))
    assert bare.process_text == "登记后没有另行记录协商经过。"
    assert bare.mode_text == "没有记录"
    assert "首次联系" not in bare.time_text


def test_without_a_contact_the_course_is_what_was_said_of_the_end() -> None:
    alone = replace(FACTS, outcome=Outcome.UNREACHABLE, talks=(), signed_on=None, note="三次电话无人接听")
    assert compose(alone).process_text == "三次电话无人接听。"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ended_on": RECEIVED, "working_days": 0}, "当日首次联系消费者，当日办结，未超过"),
        ({"ended_on": date(2026, 11, 8), "working_days": 0}, "2026年11月8日办结，用时不足1个工作日，"),
        (
            {"ended_on": date(2026, 11, 30), "working_days": 19, "paused_days": 12, "due_on": date(2026, 12, 3)},
            "用时19个工作日（其中鉴定、检测12个工作日不计入期限），未超过2026年12月3日的期限。",
        ),
    ],
)
def test_tells_how_long_it_took(changes: dict[str, object], said: str) -> None:
    assert said in compose(replace(FACTS, **changes)).time_text


@pytest.mark.parametrize("count", [3, 20, 60, 400])
def test_a_long_course_is_shortened_entry_by_entry_until_it_fits(count: int) -> None:
    talks = tuple(
        Talk(RECEIVED + timedelta(days=n % 20), EventKind.CALL, Party.MERCHANT, "店长说要请示总部，" * 60)
        for n in range(count)
    )
    texts = compose(replace(FACTS, talks=talks))
    assert len(texts.process_text) <= LIMIT
    assert "11月3日致电商户" in texts.process_text
    check(texts)


def test_many_clauses_give_way_to_the_sums() -> None:
    texts = compose(replace(FACTS, clauses=("乙方退还甲方货款，" * 20,) * 10, note="双方差距过大" * 300))
    assert texts.result_text.endswith("退款1,299.00元，共挽回经济损失1,299.00元。履行情况：即时履行。")
    assert len(compose(replace(FACTS, outcome=Outcome.FAILED, note="差距过大" * 300)).result_text) == LIMIT
