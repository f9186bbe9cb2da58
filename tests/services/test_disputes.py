from dataclasses import replace

import pytest

from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import Claim
from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, NotAllowed
from odr_desk.rules.session import SessionDraft
from odr_desk.services import agreements, disputes, search, sessions, undoing
from tests import make

RING = PointDraft(
    point="吊坠是否足金", consumer_says="回家一称只有 3.9 克", merchant_says="标签写的就是 3.9 克", evidence="吊牌照片",
)  # fmt: skip


@pytest.fixture
def number(database, clerk) -> str:
    with database.writing(clerk, "case.create") as work:
        return make.make_case(work, (Claim("C04", 328_000), Claim("C09"))).number


def _save(database, actor, number, *points, removed=None):
    with database.writing(actor, "points.save") as work:
        return disputes.save(work, number, points, removed)


def _grid(database, actor, number):
    with database.reading(actor) as work:
        return disputes.grid(work, number)


def test_the_grid_begins_as_the_claims_and_writes_nothing_by_itself(database, clerk, number):
    found = _grid(database, clerk, number)
    assert found.proposed
    assert [(point.id, point.claim, point.state) for point in found.points] == [
        (None, "C04", PointState.OPEN),
        (None, "C09", PointState.OPEN),
    ]
    assert found.points[0].point.endswith("3,280.00 元")


def test_rows_keep_their_order_and_empty_ones_are_left_out(database, clerk, number):
    saved = _save(database, clerk, number, RING, PointDraft(), replace(RING, point="是否拆封"))
    assert [point.point for point in saved] == ["吊坠是否足金", "是否拆封"]
    assert not _grid(database, clerk, number).proposed
    turned = _save(database, clerk, number, *reversed(saved))
    assert [point.point for point in turned] == ["是否拆封", "吊坠是否足金"]
    assert [point.id for point in turned] == [saved[1].id, saved[0].id]


def test_a_row_that_was_removed_and_is_back_is_not_overwritten_from_before(database, clerk, mediator, number):
    (seen,) = _save(database, clerk, number, RING)
    (theirs,) = _save(database, mediator, number, replace(seen, merchant_says="标签写的是 3.8 克"))
    _save(database, mediator, number, removed={theirs.id: theirs.version})
    with database.writing(mediator, "undo") as work:
        undoing.undo(work, undoing.last(work))
    with pytest.raises(Conflict):
        _save(database, clerk, number, replace(seen, evidence="视频"))
    assert _grid(database, clerk, number).points[0].merchant_says == "标签写的是 3.8 克"


def test_two_people_may_write_in_different_rows(database, clerk, mediator, number):
    first, second = _save(database, clerk, number, RING, replace(RING, point="是否拆封"))
    _save(database, mediator, number, first, replace(second, merchant_says="没有拆"))
    _save(database, mediator, number, first, _grid(database, mediator, number).points[1], replace(RING, point="运费"))
    mine = _save(database, clerk, number, replace(first, evidence="视频"), removed={})
    assert [(p.point, p.evidence, p.merchant_says) for p in mine] == [
        ("吊坠是否足金", "视频", "标签写的就是 3.9 克"),
        ("是否拆封", "吊牌照片", "没有拆"),
        ("运费", "吊牌照片", "标签写的就是 3.9 克"),
    ]


def test_the_same_row_written_twice_is_a_conflict_with_both_versions(database, clerk, mediator, number):
    (seen,) = _save(database, clerk, number, RING)
    _save(database, mediator, number, replace(seen, merchant_says="愿意补差"))
    with pytest.raises(Conflict) as refused:
        _save(database, clerk, number, replace(seen, merchant_says="不同意"), RING)
    assert refused.value.detail["theirs"][str(seen.id)]["merchant_says"] == "愿意补差"
    assert len(_grid(database, clerk, number).points) == 1
    with pytest.raises(Conflict):
        _save(database, clerk, number, removed={seen.id: seen.version})


def test_a_row_that_is_gone_is_a_conflict_too(database, clerk, number):
    (seen,) = _save(database, clerk, number, RING)
    assert _save(database, clerk, number, removed={seen.id: seen.version}) == ()
    with pytest.raises(Conflict):
        _save(database, clerk, number, replace(seen, evidence="小票"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"point": ""}, "points[0].point"),
        ({"consumer_says": "长" * 1001}, "points[0].consumer_says"),
        ({"exhibits": "照片"}, "points[0].exhibits"),
        ({"claim": "C99"}, "points[0].claim"),
    ],
)
def test_what_is_wrong_names_row_and_field(database, clerk, number, change, field):
    with pytest.raises(Invalid) as refused:
        _save(database, clerk, number, replace(RING, **change))
    assert refused.value.problems[0].field == field


def test_one_row_is_said_once(database, clerk, number):
    (seen,) = _save(database, clerk, number, RING)
    for points, removed in (((seen, replace(seen, evidence="小票")), None), ((seen,), {seen.id: seen.version})):
        with pytest.raises(Invalid, match="说了两次"):
            _save(database, clerk, number, *points, removed=removed)
    assert _grid(database, clerk, number).points == (seen,)


def test_only_who_writes_cases_may_write_here(database, auditor, number):
    with pytest.raises(NotAllowed):
        _save(database, auditor, number, RING)


def test_what_is_agreed_becomes_a_clause_to_begin_with(database, mediator, number):
    with database.reading(mediator) as work:
        assert [term.kind for term in agreements.proposed(work, number)[1]] == ["C04"]
    agreed = PointDraft(
        point="要求退货 3,280.00 元", claim="C04", state=PointState.AGREED, agreed="商户退还货款 2,000 元，吊坠退回",
        consumer_says="一口价没说克重", merchant_says="可以退一部分。",
    )  # fmt: skip
    free = PointDraft(point="书面道歉", state=PointState.AGREED, agreed="书面道歉")
    dropped = PointDraft(point="退一赔三", claim="C09", state=PointState.DROPPED, consumer_says="是欺诈")
    _save(database, mediator, number, agreed, free, dropped)
    with database.reading(mediator) as work:
        draft, terms = agreements.proposed(work, number)
    assert [(term.kind, term.amount, term.text) for term in terms] == [
        ("C04", 200_000, "商户退还货款 2,000 元，吊坠退回"),
        ("C18", None, "书面道歉"),
    ]
    assert (draft.consumer_view, draft.merchant_view) == ("一口价没说克重。", "可以退一部分。")


def test_typed_views_are_never_written_over(database, mediator, number):
    _save(database, mediator, number, RING)
    with database.reading(mediator) as work:
        case = agreements.cases.named(work, number)
        typed = agreements.completed(work, case, AgreementDraft(merchant_view="商户说过的"))
        empty = agreements.completed(work, case, AgreementDraft())
    assert (typed.consumer_view, typed.merchant_view) == ("", "商户说过的")
    assert empty.consumer_view == "回家一称只有 3.9 克。"


def test_views_of_many_points_are_told_in_full_or_left_to_be_written(database, mediator, number):
    points = [PointDraft(point=f"第 {n} 点", consumer_says="长" * 400, merchant_says="短") for n in range(1, 4)]
    _save(database, mediator, number, *points)
    with database.reading(mediator) as work:
        case = agreements.cases.named(work, number)
        draft = agreements.completed(work, case, AgreementDraft())
        consumer, merchant = disputes.views(work, case.id)
        (left_out,) = [check for check in agreements.look_over(work, number, draft, ()) if "带进来" in check.text]
        written = replace(draft, consumer_view="要点")
        assert not [check for check in agreements.look_over(work, number, written, ()) if "带进来" in check.text]
    assert (draft.consumer_view, draft.merchant_view) == ("", "1．第 1 点：短。2．第 2 点：短。3．第 3 点：短。")
    assert consumer.count("长") == 1200 and merchant == draft.merchant_view
    assert left_out.field == "consumer_view"
    assert left_out.text == f"甲方意见记了 {len(consumer):,} 字，协议最多写 1,000 字，没有带进来"


def test_without_points_the_last_sitting_says_what_each_side_wants(database, mediator, number):
    with database.writing(mediator, "session.add") as work:
        for consumer, merchant in (("先前说的", ""), ("退货退款", "长" * 1001), ("", "")):
            held = SessionDraft(
                held_at=work.now, mode="A", mediator="刘洋", consumer_position=consumer, merchant_position=merchant
            )
            sessions.add(work, number, held)
        draft = agreements.completed(work, agreements.cases.named(work, number), AgreementDraft())
    assert (draft.consumer_view, draft.merchant_view) == ("退货退款", "")


def test_a_closed_case_takes_no_more_points(database, manager, number):
    with database.writing(manager, "case.close") as work:
        agreements.cases.named(work, number).state = agreements.CaseState.CLOSED
        with pytest.raises(IllegalMove):
            disputes.save(work, number, (RING,))
        work.session.rollback()


def test_the_points_are_found_by_the_search(database, clerk, number):
    _save(database, clerk, number, replace(RING, merchant_says="孔雀石的成色没有问题"))
    with database.reading(clerk) as work:
        (hit,) = search.find(work, "孔雀石")
    assert hit.row.number == number


def test_saving_the_grid_can_be_undone(database, clerk, number):
    first, _ = _save(database, clerk, number, RING, replace(RING, point="是否拆封"))
    _save(database, clerk, number, replace(first, state=PointState.AGREED, agreed="退一半"))
    with database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.recent(work)[0].id)
    assert [(p.state, p.agreed) for p in _grid(database, clerk, number).points] == [(PointState.OPEN, "")] * 2
