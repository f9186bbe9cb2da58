import pytest
from make import make_case, make_merchant

from odr_desk.rules.case import CaseState, Claim
from odr_desk.rules.errors import Conflict, IllegalMove, Missing
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.handling import NextStep
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import (
    case_file,
    cases,
    claims,
    drafts,
    dump,
    handling,
    queue,
    quick_entry,
    sessions,
    timeline,
    undoing,
)
from odr_desk.services.queue import CaseFilter
from odr_desk.store import verify
from odr_desk.store.database import Database


@pytest.fixture
def number(database, clerk):
    with database.writing(clerk, "case.create") as work:
        return make_case(work).number


def do(database, actor, verb, act):
    with database.writing(actor, verb) as work:
        act(work)
    return work.step


def undo(database, actor, step):
    with database.writing(actor, "undo") as work:
        done = undoing.undo(work, step)
    return done, work.step


def state_of(database, number):
    with database.reading(PROGRAM) as work:
        return {name: value for name, value in vars(cases.named(work, number)).items() if not name.startswith("_")}


def facts(database, number):
    """Everything about a case but its count of versions and entries."""
    found = state_of(database, number)
    return {name: found[name] for name in found if name not in ("version_id", "event_count", "last_event_at")}


def detail(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def log(text, kind=EventKind.CALL, party=Party.CONSUMER):
    return lambda work, number: timeline.add(
        work, cases.named(work, number), EventDraft(kind=kind, party=party, text=text)
    )


def test_a_move_is_taken_back_whole_and_noted(database, clerk, number):
    before = facts(database, number)
    step = do(database, clerk, "case.advance", lambda work: cases.advance(work, number, CaseState.NEGOTIATING))
    done, _ = undo(database, clerk, step)
    assert (done.label, done.subject) == ("改进度", number)
    assert facts(database, number) == before
    newest = detail(database, clerk, number).timeline[0]
    assert (newest.kind, newest.system) == ("undone", True)
    assert "改进度" in newest.text


def test_a_result_goes_and_the_platform_is_asked_again(database, mediator, number):
    before = facts(database, number)
    step = do(
        database, mediator, "case.advance", lambda work: cases.advance(work, number, CaseState.WITHDRAWN, "自行解决")
    )
    assert state_of(database, number)["result"] is not None
    undo(database, mediator, step)
    assert facts(database, number) == before


def test_an_entry_loses_its_words_and_the_contact_that_rested_on_it(database, clerk, number, clock):
    before = facts(database, number)
    step = do(database, clerk, "event.add", lambda work: log("消费者要求翡翠退货")(work, number))
    assert state_of(database, number)["first_contact_at"] == clock.now
    undo(database, clerk, step)
    assert facts(database, number) == before
    found = detail(database, clerk, number)
    assert "翡翠" not in "".join(event.text for event in found.timeline)
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="all", text="翡翠")) == 0


def test_undoing_an_undo_brings_the_entry_back(database, clerk, number, clock):
    step = do(database, clerk, "event.add", lambda work: log("消费者要求翡翠退货")(work, number))
    after = facts(database, number)
    _, undone = undo(database, clerk, step)
    _, redone = undo(database, clerk, undone)
    assert facts(database, number) == after
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="all", text="翡翠")) == 1
        assert [row.id for row in undoing.recent(work)] == [step]
    undo(database, clerk, step)
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="all", text="翡翠")) == 0
    assert redone > undone


def test_an_entry_with_its_next_step_is_one_step(database, clerk, number, clock):
    before = facts(database, number)
    draft = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长同意换货")
    due = clock.now.date()
    step = do(
        database,
        clerk,
        "event.add",
        lambda work: quick_entry.record(work, number, draft, NextStep("等消费者回话", due)),
    )
    assert state_of(database, number)["next_step"] == "等消费者回话"
    undo(database, clerk, step)
    assert facts(database, number) == before


def test_changed_facts_and_demands_come_back_as_they_were(database, clerk, number):
    before, demands = facts(database, number), detail(database, clerk, number).claims
    changes = {"product": "手镯", "amount": 99_900, "consumer_name": "𬭚女士"}
    step = do(
        database,
        clerk,
        "case.update",
        lambda work: cases.update(work, number, 1, changes | {"claims": (Claim("C01", 1000), Claim("C04", None))}),
    )
    assert facts(database, number) != before
    undo(database, clerk, step)
    assert facts(database, number) == before
    assert detail(database, clerk, number).claims == demands


def test_a_sitting_goes_with_everything_it_brought(database, mediator, number, clock):
    before, rows = facts(database, number), dumped(database)
    draft = SessionDraft(held_at=clock.now, mode="A", mediator="刘洋", outcome="退一半")
    offers = (OfferDraft(by=Party.MERCHANT, amount=100_00, text="退一百"),)
    step = do(
        database,
        mediator,
        "session.add",
        lambda work: sessions.add(work, number, draft, (PresentDraft(name="周女士", role="消费者"),), offers),
    )
    assert state_of(database, number)["mediated_on"] is not None
    undo(database, mediator, step)
    assert facts(database, number) == before
    assert others(dumped(database)) == others(rows)


def test_an_earlier_sitting_stays_while_a_later_one_is_there(database, mediator, number, clock):
    draft = SessionDraft(held_at=clock.now, mode="A", mediator="刘洋")
    first = do(database, mediator, "session.add", lambda work: sessions.add(work, number, draft))
    second = do(database, mediator, "session.add", lambda work: sessions.add(work, number, draft))
    with pytest.raises(Conflict, match="调解记录"):
        undo(database, mediator, first)
    undo(database, mediator, second)
    undo(database, mediator, first)


def test_who_saw_the_demands_before_they_were_undone_is_told(database, clerk, mediator, number):
    step = do(database, clerk, "case.update", lambda work: cases.update(work, number, 1, {"claims": (Claim("C04"),)}))
    for demand in (Claim("C04", 328_000), Claim("C04")):
        seen = detail(database, mediator, number).version
        _, step = undo(database, clerk, step)
        assert detail(database, mediator, number).claims == (demand,)
        with pytest.raises(Conflict) as refused, database.writing(mediator, "case.update") as work:
            cases.update(work, number, seen, {"claims": (Claim("C08"),)})
        assert (refused.value.detail["by"], refused.value.detail["version"]) == ("王敏", seen + 1)


def others(lines):
    """Leave out the case itself and its timeline, which tell that something was undone."""
    return [line for line in lines if '"table":"events"' not in line and '"table":"cases"' not in line]


def test_many_cases_changed_in_one_step_come_back_in_one(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        numbers = [make_case(work, merchant_no=shop).number for _ in range(12)]
    before = [facts(database, number) for number in numbers]
    user = clerk.user_id
    step = do(database, clerk, "case.assign", lambda work: [handling.assign(work, number, user) for number in numbers])
    done, _ = undo(database, clerk, step)
    assert done.subject == "12 件"
    assert [facts(database, number) for number in numbers] == before


def test_what_somebody_changed_since_is_named_and_nothing_is_touched(database, clerk, mediator, number, clock):
    step = do(
        database, clerk, "case.next_step", lambda work: handling.set_next_step(work, number, "打电话", clock.now.date())
    )
    clock.forward(minutes=5)
    do(
        database,
        mediator,
        "case.next_step",
        lambda work: handling.set_next_step(work, number, "约时间", clock.now.date()),
    )
    before = dumped(database)
    with pytest.raises(Conflict, match=r"刘洋.*10:05") as refusal:
        undo(database, clerk, step)
    assert refusal.value.detail["by"] == "刘洋"
    assert dumped(database) == before


def test_a_later_step_that_was_itself_undone_does_not_stand_in_the_way(database, clerk, mediator, number, clock):
    before = facts(database, number)
    first = do(
        database, clerk, "case.next_step", lambda work: handling.set_next_step(work, number, "打电话", clock.now.date())
    )
    second = do(database, mediator, "case.assign", lambda work: handling.assign(work, number, mediator.user_id))
    with pytest.raises(Conflict):
        undo(database, clerk, first)
    undo(database, mediator, second)
    undo(database, clerk, first)
    assert facts(database, number) == before


def test_an_amended_entry_stays_until_the_amendment_goes(database, clerk, number):
    step = do(database, clerk, "event.add", lambda work: log("说好周二来")(work, number))
    entry = detail(database, clerk, number).timeline[0].number
    later = do(
        database, clerk, "event.edit", lambda work: timeline.amend(work, cases.named(work, number), entry, "是周三")
    )
    with pytest.raises(IllegalMove, match="补充更正"):
        undo(database, clerk, step)
    undo(database, clerk, later)
    undo(database, clerk, step)


def test_only_own_steps_once_and_never_money(database, clerk, mediator, number):
    step = do(database, clerk, "event.add", lambda work: log("一句")(work, number))
    with pytest.raises(Missing):
        undo(database, mediator, step)
    undo(database, clerk, step)
    with pytest.raises(IllegalMove, match="撤销过"):
        undo(database, clerk, step)
    made = do(database, clerk, "case.create", make_case)
    with pytest.raises(IllegalMove, match="不能撤销"):
        undo(database, clerk, made)


def test_the_list_outlives_the_program_and_holds_the_last_twenty(database, clerk, number, clock):
    for n in range(23):
        clock.forward(minutes=1)
        do(database, clerk, "event.add", lambda work, n=n: log(f"第 {n} 句")(work, number))
    database.close()
    again = Database(database.path, clock)
    with again.reading(clerk) as work:
        found = undoing.recent(work)
    assert [row.id for row in found] == sorted((row.id for row in found), reverse=True)
    assert (len(found), found[0].label, found[0].subject) == (20, "记进展", number)
    _, _ = undo(again, clerk, found[0].id)
    with again.reading(clerk) as work:
        assert undoing.recent(work, 1)[0].id == found[1].id
    again.close()


def test_a_draft_thrown_away_comes_back(database, clerk):
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.INTAKE, "k1", {"facts": "吊坠只有三克"})
    step = do(database, clerk, "draft.throw", lambda work: drafts.throw_away(work, drafts.INTAKE, "k1"))
    with database.reading(clerk) as work:
        assert drafts.of(work, drafts.INTAKE) == ()
        assert undoing.recent(work)[0].subject == "吊坠只有三克"
    undo(database, clerk, step)
    with database.reading(clerk) as work:
        assert drafts.of(work, drafts.INTAKE)[0].content == {"facts": "吊坠只有三克"}


def test_thrown_drafts_go_after_a_month(database, clerk, clock):
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.INTAKE, "k1", {"facts": "吊坠"})
    step = do(database, clerk, "draft.throw", lambda work: drafts.throw_away(work, drafts.INTAKE, "k1"))
    clock.forward(days=31)
    with database.writing(PROGRAM, "day.pass") as work:
        assert drafts.forget_thrown(work) == 1
    with pytest.raises(Missing):
        undo(database, clerk, step)


def dumped(database):
    with database.reading(PROGRAM) as work:
        return list(dump.lines(work))


def test_the_data_are_sound_after_undoing(database, clerk, number):
    for verb, act in (
        ("event.add", lambda work: log("一句")(work, number)),
        ("case.advance", lambda work: cases.advance(work, number, CaseState.NEGOTIATING)),
        (
            "case.update",
            lambda work: cases.update(
                work, number, cases.named(work, number).version_id, {"product": "镯", "claims": ()}
            ),
        ),
    ):
        undo(database, clerk, do(database, clerk, verb, act))
    with database.reading(PROGRAM) as work:
        assert claims.of_case(work, state_of(database, number)["id"]) == (Claim("C04", 328_000),)
        assert verify.look_over(work.session.connection(), database.folder, full=True).problems == ()
