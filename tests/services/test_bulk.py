from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.journal import Step
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Conflict, Invalid, NotAllowed
from odr_desk.rules.narrowing import MOST_TAGS
from odr_desk.services import bulk, cases, handling, tags, undoing

DAY = date(2026, 11, 25)


@pytest.fixture
def numbers(database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        made = [
            make_case(work, merchant_no=shop, received_at=datetime(2026, 11, 9 + n, 3, tzinfo=UTC)).number
            for n in range(5)
        ]
    with database.writing(manager, "case.close") as work:
        shut = cases.named(work, made[4])
        shut.state, shut.is_open = CaseState.CLOSED, False
    return made


def steps_of(database, actor, numbers):
    with database.reading(actor) as work:
        found = work.session.execute(select(Case.number, Case.next_step).where(Case.number.in_(numbers)))
        return dict(found.all())


def test_every_case_gets_the_step_and_one_step_is_undone(database, clerk, numbers):
    with database.writing(clerk, "case.next_step") as work:
        found = bulk.run(work, numbers[:4], bulk.next_step("催店长", DAY))
    assert found.done == tuple(numbers[:4]) and found.refused == ()
    assert set(steps_of(database, clerk, numbers[:4]).values()) == {"催店长"}
    with database.writing(clerk, "undo") as work:
        (step,) = undoing.recent(work)
        assert step.subject == "4 件"
        undoing.undo(work, step.id)
    assert set(steps_of(database, clerk, numbers[:4]).values()) == {""}


def test_undo_is_refused_when_one_of_them_has_changed_since(database, clerk, manager, numbers):
    with database.writing(clerk, "case.assign") as work:
        bulk.run(work, numbers[:3], bulk.assign(clerk.user_id))
    with database.writing(manager, "case.assign") as work:
        handling.assign(work, numbers[1], manager.user_id)
    with pytest.raises(Conflict, match="又改过同一处"), database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.recent(work)[0].id)
    with database.reading(clerk) as work:
        handlers = work.session.scalars(select(Case.handler_id).where(Case.number.in_(numbers[:3])).order_by(Case.id))
        assert list(handlers) == [clerk.user_id, manager.user_id, clerk.user_id]


def test_one_that_refuses_stops_all_until_the_rest_is_wanted(database, clerk, numbers):
    deed = bulk.next_step("催店长", DAY)
    with pytest.raises(bulk.SomeRefuse) as refused, database.writing(clerk, "case.next_step") as work:
        bulk.run(work, numbers, deed)
    assert [one.case_no for one in refused.value.refused] == [numbers[4]]
    assert "5 件里有 1 件" in str(refused.value) and "重新打开" in str(refused.value)
    assert set(steps_of(database, clerk, numbers).values()) == {""}
    with database.writing(clerk, "case.next_step") as work:
        found = bulk.run(work, numbers, deed, rest=True)
    assert found.done == tuple(numbers[:4]) and found.refused[0].code == "state"
    assert steps_of(database, clerk, numbers)[numbers[4]] == ""


def test_when_every_case_refuses_nothing_is_done(database, clerk, numbers):
    with pytest.raises(bulk.SomeRefuse), database.writing(clerk, "case.next_step") as work:
        bulk.run(work, numbers[4:], bulk.next_step("催", DAY), rest=True)


@pytest.mark.parametrize(
    ("deed", "field"),
    [(bulk.next_step("催店长", None), "due"), (bulk.assign(9_999), "handler"), (bulk.tag([""], []), "tag")],
)
def test_a_step_that_is_wrong_for_all_says_so_once(database, clerk, numbers, deed, field):
    with pytest.raises(Invalid) as wrong, database.writing(clerk, "case.assign") as work:
        bulk.run(work, numbers[:3], deed, rest=True)
    assert wrong.value.problems[0].field == field


def test_none_and_too_many_are_refused(database, clerk, numbers):
    with database.writing(clerk, "case.assign") as work:
        for asked in ((), [str(n) for n in range(bulk.MOST + 1)]):
            with pytest.raises(Invalid):
                bulk.run(work, asked, bulk.assign(clerk.user_id))


def test_readers_may_not(database, auditor, numbers):
    with pytest.raises(NotAllowed), database.writing(auditor, "case.assign") as work:
        bulk.run(work, numbers[:2], bulk.assign(1))


def test_progress_counts_and_may_stop_it(database, clerk, numbers):
    class Enough(Conflict):
        pass

    def stop(done, total):
        seen.append((done, total))
        if done == 2:
            raise Enough("停", {})

    seen = []
    with pytest.raises(Enough), database.writing(clerk, "case.tag") as work:
        bulk.run(work, numbers[:4], bulk.tag(["群体"], []), progress=stop)
    assert seen == [(0, 4), (1, 4), (2, 4)]
    with database.reading(clerk) as work:
        assert tags.in_use(work) == ()


def test_tags_are_put_on_taken_off_and_offered(database, clerk, numbers):
    with database.writing(clerk, "case.tag") as work:
        bulk.run(work, numbers[:3], bulk.tag(["等鉴定", " 媒体  关注 "], []))
        assert tags.change(work, numbers[0], ["ＶＩＰ"], ["等鉴定", "没有的"]) == ("媒体 关注", "VIP")
        assert tags.change(work, numbers[0], ["VIP"]) == ("媒体 关注", "VIP")
    with database.reading(clerk) as work:
        assert tags.in_use(work) == (("媒体 关注", 3), ("等鉴定", 2), ("VIP", 1))
        assert tags.of_case(work, cases.named(work, numbers[1]).id) == ("等鉴定", "媒体 关注")
    with database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.recent(work)[0].id)
        assert tags.in_use(work) == ()


def test_a_case_has_room_for_a_few_tags(database, clerk, numbers):
    with database.writing(clerk, "case.tag") as work:
        tags.change(work, numbers[0], [f"标签{n}" for n in range(MOST_TAGS)])
        with pytest.raises(bulk.SomeRefuse):
            bulk.run(work, numbers[:1], bulk.tag(["还有"], []))
    with database.reading(clerk) as work:
        assert len(work.session.scalars(select(Step.id)).all()) >= 1
        assert len(tags.of_case(work, cases.named(work, numbers[0]).id)) == MOST_TAGS
