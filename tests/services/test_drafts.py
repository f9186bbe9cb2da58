"""What was begun and not finished: kept, listed, thrown away and taken back."""

import pytest

from odr_desk.rules.errors import Missing
from odr_desk.services import drafts


def waiting(database, actor):
    with database.reading(actor) as work:
        return drafts.waiting(work)


@pytest.fixture
def begun(database, clerk, clock):
    with database.writing(clerk, "draft.keep") as work:
        content = {"name": "周", "facts": "镯子  刻错一个字", "merchant": ["M0001", "金禧珠宝 A馆1F-101", 1]}
        drafts.keep_for(work, drafts.INTAKE, "key-1", content)
    clock.forward(minutes=1)
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.LOG, "XSBBB-2026-0001", {"text": "店长说" + "很长" * 40, "kind": 1})


def test_everything_unfinished_is_listed_newest_first(database, clerk, manager, begun):
    log, intake = waiting(database, clerk)
    assert (log.title, log.subject) == ("快速记录", "XSBBB-2026-0001")
    assert log.words.startswith("店长说很长") and log.words.endswith("…")
    assert (intake.title, intake.words) == ("登记", "金禧珠宝 A馆1F-101 周 镯子 刻错一个字")
    assert waiting(database, manager) == (), "everybody has drafts of his own"


def test_a_draft_thrown_away_can_be_taken_back_for_a_month(database, clerk, begun, clock):
    with database.writing(clerk, "draft.throw") as work:
        thrown = drafts.throw_away(work, drafts.INTAKE, "key-1")
        assert drafts.throw_away(work, drafts.INTAKE, "key-1") == 0
    assert [one.kind for one in waiting(database, clerk)] == [drafts.LOG]
    clock.forward(days=29)
    with database.writing(clerk, "draft.take_back") as work:
        drafts.forget_thrown(work)
        drafts.take_back(work, thrown)
    assert [one.kind for one in waiting(database, clerk)] == [drafts.INTAKE, drafts.LOG]
    with database.writing(clerk, "draft.throw") as work:
        drafts.throw_away(work, drafts.INTAKE, "key-1")
    clock.forward(days=31)
    with database.writing(clerk, "draft.take_back") as work:
        assert drafts.forget_thrown(work) == 1
    with pytest.raises(Missing), database.writing(clerk, "draft.take_back") as work:
        drafts.take_back(work, thrown)


def test_every_draft_is_listed_with_words_of_it(database, clerk):
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.FIELDS, "A-1", {"receipt_no": "票 12", "category": "C04", "day": "2026-12-07"})
        drafts.keep_for(work, drafts.POINTS, "A-1", {"points": [{"id": 1, "point": "是否验过", "state": "open"}]})
        fields = {"mediator": "孙主任", "mode": "A", "outcome": "再谈一次"}
        drafts.keep_for(work, drafts.SITTING, "A-1", {"fields": fields, "present": "蒋先生"})
        drafts.keep_for(work, drafts.AGREEMENT, "A-1", {"form": {}, "terms": [{"kind": "C01", "text": "退 500 元"}]})
    assert {one.words for one in waiting(database, clerk)} == {
        "票 12",
        "是否验过",
        "退 500 元",
        "再谈一次",
    }


@pytest.mark.parametrize(
    ("kept", "blank", "typed", "both"),
    [
        ({"text": "店长说"}, {}, {}, {"text": "店长说"}),
        ({"text": "店长说"}, {}, {"text": "明天"}, {"text": "店长说明天"}),
        ({"text": "退货"}, {}, {"text": "退款"}, {"text": "退货退款"}),
        ({"text": "原文，店长说"}, {"text": "原文，"}, {"text": "原文，明天"}, {"text": "原文，店长说明天"}),
        ({"on": "2026-11-03"}, {}, {"on": "2026-11-04", "text": "新"}, {"on": "2026-11-04", "text": "新"}),
        ({"f": {"a": "旧"}}, {"f": {"a": "", "b": ""}}, {"f": {"a": "", "b": "新"}}, {"f": {"a": "旧", "b": "新"}}),
        (
            {"offers": [["consumer", "", "退"], ["merchant", "", "换"]]},
            {"offers": [["consumer", "", ""]]},
            {"offers": [["consumer", "", "货"]]},
            {"offers": [["consumer", "", "退货"], ["merchant", "", "换"]]},
        ),
    ],
)
def test_what_is_typed_before_the_draft_has_been_read_comes_behind_it(kept, blank, typed, both):
    assert drafts.joined(kept, blank, typed) == both


def test_who_writes_no_cases_keeps_words_all_the_same(database, admin):
    with database.writing(admin, "draft.keep") as work:
        drafts.keep_for(work, drafts.MODULE, "问候", {"text": "您好"})
    assert [one.words for one in waiting(database, admin)] == ["您好"]


def test_marks_that_turn_a_line_round_stay_in_the_draft_and_out_of_the_list(database, clerk):
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.LOG, "XSBBB-2026-0001", {"text": "店长\u202e说\x07", "kind": 0})
    (shown,) = waiting(database, clerk)
    assert shown.words == "店长说"
    with database.reading(clerk) as work:
        assert drafts.of(work, drafts.LOG)[0].content["text"] == "店长\u202e说\x07"
