import dataclasses
from datetime import date

import pytest
from make import case_draft, make_case, make_merchant

from odr_desk.rules.case import NEXT, RESULTS, CaseState, Claim, Level, Outcome, require_step
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import cases, likeness, timeline
from odr_desk.store import chain


def register(database, actor, **changes):
    with database.writing(actor, "case.create") as work:
        return cases.register(work, case_draft(make_merchant(work).number, **changes))


def test_a_case_gets_number_clocks_and_first_entry(database, clerk):
    with database.writing(clerk, "case.create") as work:
        made = cases.register(work, case_draft(make_merchant(work).number), (Claim("C04", 328_000),))
    assert made.case_no == "XSBBB-2026-0001"
    assert [d.due for d in made.deadlines] == [date(2026, 11, 28), date(2026, 12, 7)]
    with database.reading(clerk) as work:
        case = cases.named(work, made.case_no)
        assert (case.subject, case.due_on) == ("“一口价”黄金吊坠，要求退货", date(2026, 12, 7))
        (entry,) = timeline.rows(work, case.id)
        assert entry.text.startswith("来源 12315平台")


def test_numbers_have_no_gap_when_a_case_is_refused(database, clerk):
    first = register(database, clerk).case_no
    with pytest.raises(Invalid):
        register(database, clerk, problem="P99")
    assert (first, register(database, clerk).case_no) == ("XSBBB-2026-0001", "XSBBB-2026-0002")


def test_the_same_key_returns_the_same_case(database, clerk):
    with database.writing(clerk, "case.create") as work:
        draft = case_draft(make_merchant(work).number)
        one = cases.register(work, draft, key="abc")
        two = cases.register(work, dataclasses.replace(draft, product="别的"), key="abc")
    assert one.case_id == two.case_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consumer_phone": "1380000567"}, "consumer_phone"),
        ({"merchant_no": "M9999"}, "merchant_no"),
        ({"channel": "CH99"}, "channel"),
        ({"received_at": None}, "received_at"),
        ({"purchase_date": date(2026, 12, 1)}, "purchase_date"),
        ({"category": "没有的类"}, "category"),
        ({"facts": "好" * 4001}, "facts"),
        ({"consumer_name": "王\u202e女士"}, "consumer_name"),
    ],
)
def test_what_is_wrong_is_named(database, clerk, changes, field):
    with pytest.raises(Invalid) as refused, database.writing(clerk, "case.create") as work:
        draft = case_draft(make_merchant(work).number)
        cases.register(work, dataclasses.replace(draft, **changes))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_trade_or_a_12315_code_gives_the_class(database, clerk):
    with database.writing(clerk, "case.create") as work:
        assert make_case(work, category="M09").category == "首饰及文体用品类"
        assert make_case(work, category="117").category == "服装鞋帽类"


def test_somebody_else_was_faster(database, clerk):
    number = register(database, clerk).case_no
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
    number = register(database, clerk).case_no
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
    number = register(database, clerk).case_no
    for state in RESULTS:
        with pytest.raises(NotAllowed), database.writing(clerk, "case.advance") as work:
            cases.advance(work, number, state, "理由")


def test_solved_on_the_spot_is_settled_at_once(database, clerk):
    number = register(database, clerk, solved_on_spot=True, channel="CH06").case_no
    with database.reading(clerk) as work:
        case = cases.named(work, number)
        assert (case.state, case.result, case.answered_on) == (
            CaseState.SETTLED, Outcome.SETTLED, date(2026, 11, 23),
        )  # fmt: skip


def test_many_on_one_shop_make_a_case_grave(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        levels = [make_case(work, merchant_no=shop, consumer_phone="").level for _ in range(5)]
    assert levels == [Level.NORMAL] * 4 + [Level.MAJOR]


def test_likeness_names_the_earlier_case(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        first = cases.register(work, case_draft(shop, platform_no="P1"))
        second = cases.register(work, case_draft(shop, platform_no=" Ｐ 1\n"))
    assert [(like.kind, like.case_no) for like in second.duplicates] == [("platform_no", first.case_no)]


@pytest.mark.parametrize("typed", ["199-0000 1001", "+86 19900001001", "１９９００００１００１"])
def test_the_same_person_is_known_however_the_number_is_written(database, clerk, typed):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work)
        first = cases.register(work, case_draft(shop.number, consumer_phone="19900001001")).case_no
        found = likeness.find(work, merchant_id=shop.id, phone=typed, platform_no="", on=date(2026, 11, 23))
    assert [(like.kind, like.case_no) for like in found] == [("phone_merchant", first)]


def test_a_next_step_needs_a_day(database, clerk):
    number = register(database, clerk).case_no
    with pytest.raises(Invalid), database.writing(clerk, "case.next_step") as work:
        cases.set_next_step(work, number, "等回话", None)
    with database.writing(clerk, "case.next_step") as work:
        cases.set_next_step(work, number, "等回话", date(2026, 11, 24))


def test_an_unknown_number_is_said_plainly(database, clerk):
    with database.reading(clerk) as work, pytest.raises(Missing, match="没有编号为 X 的投诉件"):
        cases.named(work, "X")


def test_the_journal_holds_every_change_in_one_chain(database, clerk):
    number = register(database, clerk).case_no
    with database.writing(clerk, "case.next_step", "消费者来电") as work:
        cases.set_next_step(work, number, "等回话", date(2026, 11, 24))
    with database.reading(clerk) as work:
        connection = work.session.connection()
        assert chain.find_fault(connection) is None
        assert chain.head(connection)[0] > 2
