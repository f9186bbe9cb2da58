from datetime import date

import pytest
from make import make_case

from odr_desk.rules.case import NEXT, RESULTS, CaseState, Claim, Outcome, require_step
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import cases, handling, timeline
from odr_desk.store import chain


def register(database, actor):
    with database.writing(actor, "case.create") as work:
        return make_case(work).number


def test_somebody_else_was_faster(database, clerk):
    number = register(database, clerk)
    with database.writing(clerk, "case.update") as work:
        version = cases.named(work, number).version_id
        newer = cases.update(work, number, version, {"product": "金手镯"})
    with pytest.raises(Conflict) as refused, database.writing(clerk, "case.update") as work:
        cases.update(work, number, version, {"product": "银手镯"})
    detail = refused.value.detail
    assert (detail["mine"], detail["theirs"]) == ({"product": "银手镯"}, {"product": "金手镯"})
    assert (detail["by"], detail["version"]) == ("王敏", newer)
    assert "王敏" in str(refused.value)
    assert newer == version + 1  # once for the step, however often it was flushed


def test_somebody_else_was_faster_with_the_demands_alone(database, clerk):
    with database.writing(clerk, "case.create") as work:
        number = make_case(work).number
    with database.writing(clerk, "case.update") as work:
        newer = cases.update(work, number, 1, {"claims": (Claim("C04", 100_000),)})
    assert newer == 2
    with pytest.raises(Conflict) as refused, database.writing(clerk, "case.update") as work:
        cases.update(work, number, 1, {"claims": ()})
    detail = refused.value.detail
    assert (detail["mine"], detail["theirs"]) == (
        {"claims": []},
        {"claims": [{"code": "C04", "amount": "1000.00"}]},
    )
    assert (detail["by"], detail["version"]) == ("王敏", newer)


def test_the_timeline_says_from_which_demands_to_which(database, clerk):
    with database.writing(clerk, "case.create") as work:
        number = make_case(work).number
    with database.writing(clerk, "case.update") as work:
        cases.update(work, number, 1, {"product": "金手镯", "claims": (Claim("C14"),)})
    with database.reading(clerk) as work:
        said = timeline.rows(work, cases.named(work, number).id)[0].text
    assert said == "修改：商品或服务、诉求（诉求原为 退货 ¥3,280.00，现为 道歉）"


def test_a_changed_receipt_moves_the_clocks(database, clerk):
    number = register(database, clerk)
    with database.writing(clerk, "case.update") as work:
        cases.update(work, number, 1, {"received_at": "2026-11-02"})
    with database.reading(clerk) as work:
        assert cases.named(work, number).due_on == date(2026, 11, 16)


@pytest.mark.parametrize("now", list(CaseState))
@pytest.mark.parametrize("to", list(CaseState))
def test_every_step_is_decided_by_the_table(now, to):
    if to in NEXT[now]:
        require_step(now, to)
    else:
        with pytest.raises(IllegalMove) as refused:
            require_step(now, to)
        assert set(refused.value.legal) == NEXT[now]


def test_a_result_needs_a_word_and_is_written_down(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with pytest.raises(Invalid), database.writing(mediator, "case.advance") as work:
        cases.advance(work, number, CaseState.WITHDRAWN)
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, number, CaseState.WITHDRAWN, "商户已重做镜片")
    with database.reading(mediator) as work:
        case = cases.named(work, number)
        assert (case.result, case.ended_on) == (Outcome.WITHDRAWN, date(2026, 11, 23))


def test_a_clerk_may_not_record_a_result(database, clerk):
    number = register(database, clerk)
    for state in RESULTS:
        with pytest.raises(NotAllowed), database.writing(clerk, "case.advance") as work:
            cases.advance(work, number, state, "理由")


def test_an_unknown_number_is_said_plainly(database, clerk):
    with database.reading(clerk) as work, pytest.raises(Missing, match="没有编号为 X 的投诉件"):
        cases.named(work, "X")


def test_the_journal_holds_every_change_in_one_chain(database, clerk):
    number = register(database, clerk)
    with database.writing(clerk, "case.next_step", "消费者来电") as work:
        handling.set_next_step(work, number, "等回话", date(2026, 11, 24))
    with database.reading(clerk) as work:
        connection = work.session.connection()
        assert chain.find_fault(connection) is None
        assert chain.head(connection)[0] > 2
