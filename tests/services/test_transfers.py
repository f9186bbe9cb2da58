"""Cases that come, go and are given back; what the consumer is told of a failure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from odr_desk.papers import reading_back
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.rules.explaining import ExplainDraft, Route, Told
from odr_desk.rules.transfer import (
    Direction,
    ReceiptDraft,
    ReturnDraft,
    ReturnReason,
    TransferDraft,
    TransferInDraft,
)
from odr_desk.services import (
    cases,
    closing,
    dossier,
    explaining,
    failing,
    feedback,
    issuing,
    transfer_list,
    transfers,
    undoing,
)
from odr_desk.services.transfer_list import MoveFilter
from odr_desk.store import verify
from tests.make import make_case

TODAY = date(2026, 11, 23)
OFFICE = "锡山区市场监管局东亭分局"
BACK = ReturnDraft(reason=ReturnReason.NOT_OURS, text="该店在隔壁商场")


@pytest.fixture
def diverted(database, clerk):
    with database.writing(clerk, "case.create") as work:
        return make_case(work, channel="CH02", platform_no="FL-7").number


@pytest.fixture
def failed(database, mediator, diverted):
    with database.writing(mediator, "fail") as work:
        failing.fail(work, diverted, FailDraft(reason=FailReason.MERCHANT_REFUSES, text="坚持不退"))
    return diverted


def told(**changes):
    values = {"at": datetime(2026, 11, 23, 1, 30, tzinfo=UTC), "mode": Told.CALL, "text": "商户坚持不退"}
    return ExplainDraft(**(values | {"mediation": True, "complaint": True} | changes))


def test_what_the_consumer_was_told_is_kept_and_the_rest_stays_open(database, clerk, mediator, failed):
    with database.writing(clerk, "explain") as work:
        assert explaining.explain(work, failed, told()) == (Route.ARBITRATION, Route.LAWSUIT)
        assert "消费者还可以" in feedback.standing(work, failed).texts.result_text
    with database.reading(mediator) as work:
        (item,) = [item for item in closing.gate(work, failed) if item.code == "explanation"]
        assert (item.owed, "仲裁" in item.text, "消费者协会" in item.text) == (True, True, False)
    with database.writing(clerk, "explain") as work:
        draft = told(mode=Told.WECHAT, by="王敏", arbitration=True, lawsuit=True)
        assert explaining.explain(work, failed, draft) == ()
    with database.reading(mediator) as work:
        assert "explanation" not in [item.code for item in closing.gate(work, failed)]
        assert "已告知消费者可以" in feedback.standing(work, failed).texts.result_text
        last, first = explaining.of_case(work, failed)
        assert (last.mode, last.by, first.by, first.routes) == (
            Told.WECHAT,
            "王敏",
            clerk.name,
            (Route.MEDIATION, Route.COMPLAINT),
        )
        assert "微信联系消费者" in feedback.standing(work, failed).texts.process_text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mediation": False, "complaint": False}, "mediation"),
        ({"text": ""}, "text"),
        ({"mode": None}, "mode"),
        ({"at": datetime(2026, 11, 24, tzinfo=UTC)}, "at"),
    ],
)
def test_an_explanation_is_whole_or_not_noted(database, clerk, failed, changes, field):
    with pytest.raises(Invalid) as wrong, database.writing(clerk, "explain") as work:
        explaining.explain(work, failed, told(**changes))
    assert wrong.value.problems[0].field == field


def test_a_case_that_came_is_answered_by_the_day_on_the_slip(database, clerk, diverted):
    with database.writing(clerk, "transfer.in") as work:
        case = cases.named(work, diverted)
        assert transfers.return_by(work, case) == case.first_due_on
        draft = TransferInDraft(
            body=OFFICE,
            on=TODAY,
            original_no="东市监转 18",
            answer_by=date(2026, 11, 26),
            materials="转办单\n投诉登记表",
        )
        assert transfers.take_in(work, diverted, draft) == 1
        work.session.flush()
        assert transfers.return_by(work, case) == date(2026, 11, 26)
        assert (case.manual_due_on, case.manual_due_reason) == (date(2026, 11, 26), "转办单写明的答复期限")
        assert case.due_on == date(2026, 12, 7)
    with database.reading(clerk) as work:
        (row,) = transfers.of_case(work, diverted)
    assert (row.direction, row.body, row.original_no) == (Direction.IN, OFFICE, "东市监转 18")
    assert row.due_on == date(2026, 11, 26)
    assert (row.materials, row.is_waiting) == (("转办单", "投诉登记表"), False)


@pytest.mark.parametrize(("own", "slip", "kept"), [(24, 26, 24), (27, 26, 26), (None, 30, 30)])
def test_the_earlier_of_slip_and_own_due_day_is_kept_to(database, clerk, diverted, own, slip, kept):
    with database.writing(clerk, "transfer.in") as work:
        case = cases.named(work, diverted)
        case.manual_due_on = own and date(2026, 11, own)
        transfers.take_in(work, diverted, TransferInDraft(body=OFFICE, on=TODAY, answer_by=date(2026, 11, slip)))
        assert case.manual_due_on == date(2026, 11, kept)


def test_a_slip_later_than_the_law_moves_nothing(database, clerk, diverted):
    with database.writing(clerk, "transfer.in") as work:
        transfers.take_in(work, diverted, TransferInDraft(body=OFFICE, on=TODAY, answer_by=date(2026, 12, 31)))
        assert cases.named(work, diverted).manual_due_on is None


def test_the_answer_is_not_due_before_the_case_came(database, clerk, diverted):
    draft = TransferInDraft(body=OFFICE, on=TODAY, answer_by=TODAY - timedelta(days=1))
    with pytest.raises(Invalid, match="答复期限"), database.writing(clerk, "transfer.in") as work:
        transfers.take_in(work, diverted, draft)


def test_a_case_of_another_mall_goes_back_with_its_result_and_a_letter(database, mediator, diverted):
    with database.reading(mediator) as work:
        assert "return" not in [item.code for item in closing.gate(work, diverted)]
    with database.writing(mediator, "transfer.return") as work:
        transfers.take_in(work, diverted, TransferInDraft(body=OFFICE, on=TODAY, original_no="东市监转 18"))
        assert transfers.give_back(work, diverted, BACK) == 2
        case = cases.named(work, diverted)
        assert (case.state, case.result) == (CaseState.NOT_OURS, Outcome.NOT_OURS)
    with database.writing(mediator, "document.issue") as work:
        issued = issuing.issue(work, "return_letter", diverted)
    assert issued.document_no == "锡八佰伴退〔2026〕001号"
    said = "".join("".join(reading_back.text_of(issued.pdf)).split())
    for words in (OFFICE, "东市监转18", "不是本场商户。该店在隔壁商场。", "2026年11月28日"):
        assert words in said
    with database.reading(mediator) as work:
        assert [line.title for line in dossier.of_case(work, diverted) if line.kind == "return_letter"] == ["退回函"]
        assert "return" not in [item.code for item in closing.gate(work, diverted)]


def test_a_case_that_is_not_ours_is_not_archived_before_it_is_given_back(database, mediator, diverted):
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, diverted, CaseState.NOT_OURS, "该店在隔壁商场")
        found = {item.code: item for item in closing.gate(work, diverted)}
    assert found["return"].owed
    assert "11-28" in found["return"].text


def test_only_a_case_of_another_body_goes_back(database, mediator):
    with database.writing(mediator, "case.create") as work:
        own = make_case(work, channel="CH06").number
    with pytest.raises(IllegalMove, match="不是别的单位转来的"), database.writing(mediator, "transfer.return") as work:
        transfers.give_back(work, own, BACK)


def test_a_case_goes_back_for_want_of_settlement_only_when_it_failed(database, mediator, diverted):
    draft = ReturnDraft(reason=ReturnReason.NO_SETTLEMENT, text="商户拒绝")
    with pytest.raises(IllegalMove, match="先记为和解不成"), database.writing(mediator, "transfer.return") as work:
        transfers.give_back(work, diverted, draft)


def test_a_case_without_result_is_not_handed_over(database, mediator, diverted):
    with pytest.raises(IllegalMove, match="还没有结果"), database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, diverted, TransferDraft())


def test_a_case_with_another_result_is_handed_over_for_a_reason_of_its_own(database, mediator, diverted):
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, diverted, CaseState.SUSPECTED, "同一人近月八件")
    with pytest.raises(Invalid, match="请写明移送原因"), database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, diverted, TransferDraft(reason=" "))
    with database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, diverted, TransferDraft(reason="涉嫌敲诈，移送查处"))
    with database.reading(mediator) as work:
        assert transfers.of_case(work, diverted)[0].reason == "涉嫌敲诈，移送查处"


def test_what_goes_back_to_whom_it_came_from_has_the_number_it_came_under(database, mediator, failed):
    with database.writing(mediator, "transfer.in") as work:
        transfers.take_in(work, failed, TransferInDraft(body=OFFICE, on=TODAY, original_no="东市监转 18"))
        transfers.hand_over(work, failed, TransferDraft(to=OFFICE))
        assert transfers.of_case(work, failed)[0].original_no == "东市监转 18"
        transfers.hand_over(work, failed, TransferDraft(to="消保委"))
        assert "东市监转 18" not in [row.original_no for row in transfers.of_case(work, failed) if row.body == "消保委"]


def test_a_case_goes_back_once_for_each_time_it_came(database, mediator, diverted):
    draft = ReturnDraft(reason=ReturnReason.NOT_OURS, text="不在本场")
    with database.writing(mediator, "transfer.return") as work:
        transfers.give_back(work, diverted, draft)
        with pytest.raises(IllegalMove, match="已在 2026-11-23 退回"):
            transfers.give_back(work, diverted, draft)
        transfers.take_in(work, diverted, TransferInDraft(body=OFFICE, on=TODAY))
        assert transfers.give_back(work, diverted, draft) == 3


def test_the_receipt_is_noted_once_the_other_body_has_it(database, mediator, failed):
    with database.writing(mediator, "transfer.out") as work:
        number = transfers.hand_over(work, failed, TransferDraft(materials="投诉登记"))
    with database.reading(mediator) as work:
        assert "receipt" in [item.code for item in closing.gate(work, failed)]
    with database.writing(mediator, "transfer.acknowledge") as work:
        transfers.acknowledge(work, failed, number, ReceiptDraft(on=TODAY, receiver="张科", number="受 77"))
    with database.reading(mediator) as work:
        (row,) = transfers.of_case(work, failed)
        assert (row.acknowledged_on, row.receiver, row.acknowledged_no) == (TODAY, "张科", "受 77")
        assert "receipt" not in [item.code for item in closing.gate(work, failed)]


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_a_receipt_lies_between_the_hand_over_and_today(database, mediator, failed, on):
    with pytest.raises(Invalid, match="收讫日期"), database.writing(mediator, "transfer.out") as work:
        number = transfers.hand_over(work, failed, TransferDraft())
        work.session.flush()
        transfers.acknowledge(work, failed, number, ReceiptDraft(on=on))


def test_a_second_hand_over_has_a_letter_of_its_own(database, mediator, failed, clock):
    with database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, failed, TransferDraft())
    with database.writing(mediator, "document.issue") as work:
        first = issuing.issue(work, "transfer_letter", failed)
        assert issuing.issue(work, "transfer_letter", failed).document_no == first.document_no
    clock.forward(minutes=5)
    with database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, failed, TransferDraft(to="锡山区消费者权益保护委员会"))
    with database.writing(mediator, "document.issue") as work:
        second = issuing.issue(work, "transfer_letter", failed)
    assert (first.document_no, second.document_no) == ("锡八佰伴移〔2026〕001号", "锡八佰伴移〔2026〕002号")
    said = "".join("".join(reading_back.text_of(second.pdf)).split())
    assert "锡山区消费者权益保护委员会" in said


def test_the_register_finds_moves_both_ways(database, mediator, failed):
    with database.writing(mediator, "transfer.out") as work:
        transfers.take_in(work, failed, TransferInDraft(body=OFFICE, on=TODAY, original_no="东市监转 18"))
        transfers.hand_over(work, failed, TransferDraft(to="消保委"))
    with database.reading(mediator) as work:
        total, rows = transfer_list.window(work, MoveFilter(), 0, 50)
        assert (total, [row.number for row in rows]) == (2, [2, 1])
        assert transfer_list.window(work, MoveFilter(), 1, 50) == (2, rows[1:])
        assert [row.body for row in transfer_list.window(work, MoveFilter(view="out"), 0, 50)[1]] == ["消保委"]
        assert [row.number for row in transfer_list.window(work, MoveFilter(text="转 18"), 0, 50)[1]] == [1]
        assert transfer_list.window(work, MoveFilter(sort="direction", descending=False), 0, 50)[1] == rows[::-1]
        assert transfer_list.counts(work) == {"all": 2, "waiting": 1, "in": 1, "out": 1, "back": 0}
        assert transfer_list.counts(work, "转 18")["all"] == 1


def test_who_may_do_what(database, clerk, auditor, failed):
    with pytest.raises(NotAllowed), database.writing(clerk, "transfer.out") as work:
        transfers.hand_over(work, failed, TransferDraft())
    with pytest.raises(NotAllowed), database.writing(clerk, "transfer.return") as work:
        transfers.give_back(work, failed, BACK)
    with pytest.raises(NotAllowed), database.writing(auditor, "transfer.in") as work:
        transfers.take_in(work, failed, TransferInDraft(body=OFFICE, on=TODAY))
    with pytest.raises(NotAllowed), database.writing(auditor, "explain") as work:
        explaining.explain(work, failed, told())


def test_an_unknown_move_is_named(database, mediator, failed):
    with pytest.raises(Missing, match="第 9 次"), database.writing(mediator, "transfer.acknowledge") as work:
        transfers.acknowledge(work, failed, 9, ReceiptDraft(on=TODAY))


@pytest.mark.parametrize("verb", ["explain", "transfer.in"])
def test_what_was_noted_by_mistake_is_taken_back(database, clerk, failed, verb):
    with database.writing(clerk, verb) as work:
        if verb == "explain":
            explaining.explain(work, failed, told())
        else:
            transfers.take_in(work, failed, TransferInDraft(body=OFFICE, on=TODAY))
    with database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.last(work))
    with database.reading(clerk) as work:
        assert (explaining.of_case(work, failed), transfers.of_case(work, failed)) == ((), ())
        assert verify.look_over(work.session.connection(), database.folder, full=True).is_clean


def test_the_register_has_no_end_that_nobody_sees(database, mediator, failed):
    with database.writing(mediator, "transfer.in") as work:
        for day in range(1, 4):
            transfers.take_in(work, failed, TransferInDraft(body="东亭分局", on=date(2026, 11, day)))
    with database.reading(mediator) as work:
        pages = [transfer_list.window(work, MoveFilter(), at, 2) for at in (0, 2, 4)]
        assert [total for total, _rows in pages] == [3, 3, 3]
        assert [row.on.day for _total, rows in pages for row in rows] == [3, 2, 1]
