"""Two cases of one matter: one leads, both are found, and they come apart exactly as they were."""

import hashlib
import itertools
from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant
from settled import case_of, conclude

from odr_desk.model.document import Attachment
from odr_desk.rules.case import CaseState, Claim
from odr_desk.rules.errors import IllegalMove, Missing
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.session import SessionDraft
from odr_desk.services import (
    case_file,
    cases,
    dump,
    evidence,
    evidence_intake,
    handling,
    likeness,
    merging,
    queue,
    recounting,
    sessions,
    timeline,
    undoing,
    views,
)
from odr_desk.services.queue import CaseFilter
from odr_desk.store import verify

LEFT_OUT = {"events", "case_merges", "counters"}
WALKED_IN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ON_PLATFORM = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def pair(database, clerk):
    """A walk-in with little on it, and the same matter that came by the platform three days later."""
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        walk_in = make_case(
            work,
            (Claim("C04", 328_000),),
            merchant_no=shop,
            channel="CH06",
            received_at=WALKED_IN,
            facts="翡翠手镯有裂",
            consumer_name="",
            consumer_phone="19900000023",
            category="",
            product="手镯",
        )
        platform = make_case(
            work,
            (Claim("C01", None), Claim("C04", 328_000)),
            merchant_no=shop,
            received_at=ON_PLATFORM,
            platform_no="202611230001",
            facts="在A馆买的镯子有瑕疵",
            consumer_phone="19900000099",
        )
        return walk_in.number, platform.number


def merge(database, actor, number, into):
    with database.writing(actor, "case.merge") as work:
        merging.merge(work, number, into)
    return work.step


def split(database, actor, number):
    with database.writing(actor, "case.split") as work:
        return merging.split(work, number)


def records(database):
    """Every business fact but what tells of the merge itself, and counts of versions and entries."""
    import json

    with database.reading(PROGRAM) as work:
        found = [json.loads(line) for line in dump.lines(work)]
    volatile = ("version_id", "event_count", "last_event_at")
    return [{k: v for k, v in one.items() if k not in volatile} for one in found if one["table"] not in LEFT_OUT]


def log(database, actor, number, text, party=Party.MERCHANT):
    with database.writing(actor, "event.add") as work:
        draft = EventDraft(kind=EventKind.CALL, party=party, text=text)
        timeline.add(work, cases.named(work, number), draft)


def handed_in(database, number, content, copy_of=None):
    """Put a picture of that content into the box of a case and return its number."""
    with database.writing(PROGRAM, "attach") as work:
        case = cases.named(work, number)
        last = max((piece.number for piece in evidence.pieces(work, case.number, removed=True)), default=0)
        work.session.add(
            Attachment(
                case_id=case.id,
                number=last + 1,
                position=last + 1,
                sha256=hashlib.sha256(content.encode()).hexdigest(),
                size=1,
                kind="jpeg",
                label=content,
                party="consumer",
                shared_of=copy_of and evidence_intake.piece(work, case, copy_of).id,
                added_at=work.now,
                added_by="王敏",
            )
        )
        return last + 1


def is_sound(database):
    with database.reading(PROGRAM) as work:
        return verify.look_over(work.session.connection(), database.folder, full=True).problems


def test_both_numbers_and_both_tails_find_the_one_that_leads(database, clerk, pair):
    walk_in, platform = pair
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        for words in (walk_in, platform, "202611230001", "0001", "翡翠", "瑕疵", "19900000099", "0099"):
            found = queue.page(work, CaseFilter(view="all", text=words), 0, 10)
            assert [row.number for row in found] == [walk_in], words
        detail = case_file.detail(work, platform)
        assert (detail.row.number, detail.asked_for) == (walk_in, platform)
        assert [one.number for one in detail.merged] == [platform]
        assert case_file.detail(work, walk_in).asked_for == ""
        same = likeness.find(work, merchant_id=0, phone="", platform_no="202611230001", on=date(2026, 11, 23))
        assert [like.case_no for like in same] == [walk_in]


def test_it_counts_once_and_the_platform_still_waits(database, clerk, mediator, pair):
    walk_in, platform = pair
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        assert views.counts(work, ("open", "all", "bin")) == {"open": 1, "all": 1, "bin": 0}
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, walk_in, CaseState.WITHDRAWN, "自行解决")
    with database.reading(clerk) as work:
        assert views.counts(work, ("unanswered",)) == {"unanswered": 1}


def test_what_one_lacks_comes_from_the_other_and_the_earlier_clock_counts(database, clerk, pair):
    walk_in, platform = pair
    with database.reading(clerk) as work:
        due = [case_file.detail(work, number).row.due_on for number in pair]
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        found = case_file.detail(work, walk_in)
    assert found.draft.consumer_name == "周女士"
    assert found.draft.consumer_phone == "19900000023"
    assert (found.draft.platform_no, found.draft.channel) == ("202611230001", "CH01")
    assert found.row.due_on == min(due)
    assert {claim.code for claim in found.claims} == {"C01", "C04"}
    told = next(event.text for event in found.timeline if event.kind == "merged" and not event.of)
    assert "期限按较早的一件" in told
    assert "平台还要反馈" in told


def test_timelines_are_shown_together_and_new_words_go_to_the_one_that_leads(database, clerk, pair, clock):
    walk_in, platform = pair
    log(database, clerk, platform, "商户说可以换")
    clock.forward(minutes=30)
    merge(database, clerk, platform, walk_in)
    clock.forward(minutes=30)
    log(database, clerk, platform, "用旧编号记的一句")
    with database.reading(clerk) as work:
        found = case_file.detail(work, walk_in)
    said = {event.text: event.of for event in found.timeline}
    assert said["商户说可以换"] == platform
    assert said["用旧编号记的一句"] == ""
    assert [event.at for event in found.timeline] == sorted((event.at for event in found.timeline), reverse=True)


def test_taken_apart_both_are_exactly_as_before(database, clerk, mediator, pair):
    walk_in, platform = pair
    for number in pair:
        log(database, clerk, number, f"{number} 的一句")
        with database.writing(mediator, "session.add") as work:
            sessions.add(work, number, SessionDraft(held_at=work.now, mode="A", mediator="刘洋", outcome="再谈"))
        handed_in(database, number, number)
    before = records(database)
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        assert [row.number for row in sessions.rows(work, walk_in)] == [1, 2]
    parted = split(database, clerk, platform)
    assert parted.kept == ()
    assert records(database) == before
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="all", text="瑕疵")) == 1
        assert queue.page(work, CaseFilter(view="all", text="瑕疵"), 0, 1)[0].number == platform
        assert case_file.detail(work, walk_in).merged == ()


def box(database, actor, number):
    with database.reading(actor) as work:
        return [(one.called, one.shared_of) for one in evidence.pieces(work, number)]


def test_a_blacked_out_copy_belongs_to_the_same_picture_wherever_it_lies(database, clerk, pair):
    walk_in, platform = pair
    handed_in(database, walk_in, "小票")
    handed_in(database, platform, "照片")
    original = handed_in(database, platform, "小票")
    handed_in(database, platform, "小票（遮盖）", original)
    before = records(database)
    merge(database, clerk, platform, walk_in)
    assert box(database, clerk, walk_in) == [("小票", None), ("照片", None), ("小票（遮盖）", 1)]
    handed_in(database, walk_in, "照片（遮盖）", 2)
    split(database, clerk, platform)
    assert box(database, clerk, walk_in) == [("小票", None)]
    assert ("照片（遮盖）", 1) in box(database, clerk, platform)
    assert [one for one in records(database) if one.get("label") != "照片（遮盖）"] == before


def test_what_one_case_put_away_stands_while_the_other_one_has_it(database, clerk, pair):
    walk_in, platform = pair
    gone = handed_in(database, walk_in, "小票")
    with database.writing(clerk, "attachment.remove") as work:
        evidence.remove(work, walk_in, gone, "放错了")
    handed_in(database, platform, "小票")
    before = records(database)
    merge(database, clerk, platform, walk_in)
    assert box(database, clerk, walk_in) == [("小票", None)]
    split(database, clerk, platform)
    assert records(database) == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_several_come_apart_in_any_order_and_those_left_keep_what_they_brought(database, clerk, pair, order):
    walk_in, platform = pair
    with database.writing(clerk, "case.create") as work:
        shop = case_file.detail(work, walk_in).draft.merchant_no
        values = {"merchant_no": shop, "consumer_name": "", "consumer_phone": "19900000055", "product": ""}
        second = make_case(work, (Claim("C04", 100), Claim("C08", None)), platform_no="20261124", **values).number
        third = make_case(work, (Claim("C01", None),), channel="CH06", **values).number
    for number in (second, third):
        handed_in(database, number, "同一张照片")
    before = records(database)
    followers = [platform, second, third]
    for number in followers:
        merge(database, clerk, number, walk_in)
    for left, at in zip((2, 1, 0), order, strict=True):
        assert split(database, clerk, followers[at]).kept == ()
        standing = [followers[one] for one in order[3 - left :]]
        with database.reading(clerk) as work:
            found = case_file.detail(work, walk_in)
            asked = {claim.code for claim in found.claims}
        assert ("C08" in asked) == (second in standing)
        assert (found.draft.channel == "CH01") == bool({platform, second} & set(standing))
        assert len(box(database, clerk, walk_in)) == bool({second, third} & set(standing))
    assert records(database) == before
    assert not [problem for problem in is_sound(database) if problem.invariant != "attachments"]


def test_what_was_changed_meanwhile_stays_with_the_one_that_leads_and_is_named(database, clerk, pair):
    walk_in, platform = pair
    merge(database, clerk, platform, walk_in)
    with database.writing(clerk, "case.update") as work:
        cases.update(work, walk_in, cases.named(work, walk_in).version_id, {"consumer_name": "周敏"})
    assert split(database, clerk, platform).kept == ("消费者姓名",)
    with database.reading(clerk) as work:
        assert case_file.detail(work, walk_in).draft.consumer_name == "周敏"
        assert case_file.detail(work, walk_in).draft.platform_no == ""
        assert case_file.detail(work, platform).draft.consumer_name == "周女士"


def test_a_merge_is_undone_as_a_step(database, clerk, pair):
    walk_in, platform = pair
    log(database, clerk, platform, "商户说可以换")
    before = records(database)
    step = merge(database, clerk, platform, walk_in)
    with database.writing(clerk, "undo") as work:
        assert undoing.undo(work, step).label == "合并"
    assert records(database) == before
    with database.writing(clerk, "undo") as redone:
        undoing.undo(redone, work.step)
    with database.reading(clerk) as work:
        assert case_file.detail(work, platform).row.number == walk_in
    with database.writing(clerk, "undo") as again:
        undoing.undo(again, step)
    assert records(database) == before


def test_a_merge_that_somebody_else_took_apart_is_not_joined_by_undoing_it(database, clerk, mediator, pair):
    walk_in, platform = pair
    step = merge(database, clerk, platform, walk_in)
    parted = split(database, mediator, platform)
    with pytest.raises(IllegalMove, match=f"{platform} 已经不在 {walk_in} 里"), database.writing(clerk, "undo") as work:
        undoing.undo(work, step)
    with database.writing(mediator, "undo") as work:
        undoing.undo(work, undoing.last(work))
        assert parted.case_no == platform and cases.named(work, platform).number == walk_in


def test_a_next_step_that_finds_no_room_is_said(database, clerk, pair):
    walk_in, platform = pair
    with database.writing(clerk, "case.next_step") as work:
        handling.set_next_step(work, platform, "等店长回话", date(2026, 11, 25))
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        assert case_file.detail(work, walk_in).row.next_step == "等店长回话"
    split(database, clerk, platform)
    with database.writing(clerk, "case.next_step") as work:
        handling.set_next_step(work, walk_in, "打电话", date(2026, 11, 24))
    merge(database, clerk, platform, walk_in)
    with database.reading(clerk) as work:
        found = case_file.detail(work, walk_in)
    assert found.row.next_step == "打电话"
    said = f"{platform} 的下一步“等店长回话（2026-11-25）”没有带过来"
    assert next(said in entry.text for entry in found.timeline if entry.kind == "merged")


def test_taking_the_first_of_two_apart_is_undone_for_that_one(database, clerk, pair):
    walk_in, platform = pair
    with database.writing(clerk, "case.create") as work:
        third = make_case(work, merchant_no=case_file.detail(work, walk_in).merchant.number, facts="还是那只").number
    merge(database, clerk, platform, walk_in)
    merge(database, clerk, third, walk_in)
    before = records(database)
    split(database, clerk, platform)
    with database.writing(clerk, "undo") as work:
        undoing.undo(work, undoing.last(work))
    assert records(database) == before


def test_agreements_decide_which_leads(database, mediator, clerk, pair):
    walk_in, platform = pair
    conclude(database, mediator, case_no=platform)
    with pytest.raises(IllegalMove, match=f"{platform} 有和解协议，请让它牵头"):
        merge(database, clerk, platform, walk_in)
    merge(database, clerk, walk_in, platform)
    split(database, clerk, walk_in)
    conclude(database, mediator, case_no=walk_in)
    with pytest.raises(IllegalMove, match="两件都有和解协议"):
        merge(database, clerk, walk_in, platform)


def test_what_cannot_be_merged_says_why(database, clerk, manager, pair):
    walk_in, platform = pair
    with database.writing(clerk, "case.create") as work:
        elsewhere = make_case(work).number
    with pytest.raises(IllegalMove, match="商户不同"):
        merge(database, clerk, elsewhere, walk_in)
    with pytest.raises(IllegalMove, match="同一件"):
        merge(database, clerk, walk_in, walk_in)
    with pytest.raises(IllegalMove, match="没有并入"):
        split(database, clerk, walk_in)
    merge(database, clerk, platform, walk_in)
    with pytest.raises(IllegalMove, match=f"已并入 {walk_in}"):
        merge(database, clerk, platform, elsewhere)
    with pytest.raises(Missing):
        merge(database, clerk, "没有的编号", walk_in)


def test_a_recount_keeps_the_earlier_clock_and_the_data_are_sound(database, clerk, admin, pair):
    walk_in, platform = pair
    merge(database, clerk, walk_in, platform)
    with database.reading(clerk) as work:
        due = case_file.detail(work, platform).row.due_on
    with database.writing(admin, "calendar.save") as work:
        assert recounting.recount(work) == 0
    with database.reading(clerk) as work:
        assert case_file.detail(work, platform).row.due_on == due
    assert is_sound(database) == ()
    split(database, clerk, walk_in)
    assert is_sound(database) == ()


def test_figures_of_an_agreement_case_keep_the_number(database, mediator, clerk, pair):
    walk_in, platform = pair
    agreed = conclude(database, mediator, case_no=platform)
    merge(database, clerk, walk_in, platform)
    with database.reading(clerk) as work:
        assert case_of(work, agreed.agreement_no).number == platform
