from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from odr_desk.rules.errors import Conflict, Invalid, Missing, NotAllowed
from odr_desk.rules.events import Party
from odr_desk.rules.session import Answer, AnswerDraft, OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import case_papers, cases, offers, sessions, timeline, undoing
from tests import make

HELD = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SITTING = SessionDraft(
    held_at=HELD, ended_at=datetime(2026, 11, 23, 1, 40, tzinfo=UTC), mode="A", mediator="刘洋", place="二楼调解室",
    informed=True, consumer_position="要求全退", merchant_position="只换不退", opinion="建议退一半", outcome="下次再谈",
)  # fmt: skip


@pytest.fixture
def number(database, mediator) -> str:
    with database.writing(mediator, "case.create") as work:
        return make.make_case(work).number


def _add(database, actor, number, by, amount=None, words="", **more):
    with database.writing(actor, "offer.add") as work:
        return offers.add(work, number, OfferDraft(by=by, amount=amount, text=words, **more))


def _rows(database, actor, number):
    with database.reading(actor) as work:
        return offers.rows(work, number)


def test_a_counter_offer_answers_the_one_before(database, mediator, number):
    assert _add(database, mediator, number, Party.CONSUMER, 328_000, "全退") == 1
    assert _add(database, mediator, number, Party.MERCHANT, 100_000, "补差") == 2
    assert _add(database, mediator, number, Party.CONSUMER, 200_000) == 3
    found = _rows(database, mediator, number)
    assert [(o.by.value, o.words, o.answer) for o in found] == [
        ("consumer", "3,280.00 元，全退", Answer.COUNTERED),
        ("merchant", "1,000.00 元，补差", Answer.COUNTERED),
        ("consumer", "2,000.00 元", Answer.WAITING),
    ]


def test_an_offer_noted_late_stands_where_it_was_made(database, mediator, number):
    _add(database, mediator, number, Party.CONSUMER, 300_000, at=HELD)
    late, then = HELD - timedelta(minutes=40), HELD + timedelta(minutes=5)
    assert _add(database, mediator, number, Party.MERCHANT, 0, at=late) == 2
    assert [(o.number, o.words, o.answer, o.answered_at) for o in _rows(database, mediator, number)] == [
        (2, "0.00 元", Answer.COUNTERED, HELD),
        (1, "3,000.00 元", Answer.WAITING, None),
    ]
    _add(database, mediator, number, Party.MERCHANT, 100, at=then)
    assert [o.answered_at for o in _rows(database, mediator, number)] == [HELD, then, None]


def test_an_answer_has_its_words_and_time_and_can_be_taken_away(database, mediator, number, clock):
    _add(database, mediator, number, Party.MERCHANT, words="换新")
    clock.forward(hours=2)
    with database.writing(mediator, "offer.answer") as work:
        offers.answer(work, number, 1, AnswerDraft(answer=Answer.DECLINED, note="不要换"))
    (found,) = _rows(database, mediator, number)
    assert (found.answer, found.answer_note, found.answered_at) == (Answer.DECLINED, "不要换", clock.now)
    with database.writing(mediator, "offer.answer") as work:
        offers.answer(work, number, 1, AnswerDraft(answer=Answer.WAITING))
    assert _rows(database, mediator, number)[0].answered_at is None
    with pytest.raises(Missing), database.writing(mediator, "offer.answer") as work:
        offers.answer(work, number, 9, AnswerDraft(answer=Answer.ACCEPTED))


def test_two_people_answer_one_offer(database, mediator, manager, number):
    _add(database, mediator, number, Party.MERCHANT, words="换新")
    seen, no = AnswerDraft(answer=Answer.WAITING), AnswerDraft(answer=Answer.DECLINED, note="不要换")
    for again in range(2):  # the same answer twice is none that differs
        with database.writing(manager, "offer.answer") as work:
            offers.answer(work, number, 1, no, seen if not again else no)
    yes = AnswerDraft(answer=Answer.ACCEPTED)
    told = "已由孙主任记为“不接受：不要换”，您的“接受”没有存"
    with pytest.raises(Conflict, match=told), database.writing(mediator, "offer.answer") as work:
        offers.answer(work, number, 1, yes, seen)
    with database.writing(mediator, "offer.answer") as work:
        offers.answer(work, number, 1, yes, no)
    assert _rows(database, mediator, number)[0].answer is Answer.ACCEPTED


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"by": Party.REGULATOR, "amount": 1}, "请选哪一方"),
        ({"by": Party.CONSUMER}, "请写金额或方案内容"),
        ({"by": None, "amount": 1}, "请填写哪一方"),
        ({"by": Party.CONSUMER, "amount": 1, "at": datetime(2026, 12, 1, tzinfo=UTC)}, "在现在之后"),
    ],
)
def test_an_offer_that_is_none_is_refused(database, mediator, number, given, words):
    with pytest.raises(Invalid, match=words), database.writing(mediator, "offer.add") as work:
        offers.add(work, number, OfferDraft(**given))


def test_only_mediators_write_offers_down(database, clerk, number):
    with pytest.raises(NotAllowed):
        _add(database, clerk, number, Party.CONSUMER, 1)


def test_a_sitting_fills_the_record_of_it(database, mediator, number):
    present = (PresentDraft(name="周女士", role="消费者"), PresentDraft(name="陈莉", role="店长"))
    said = (OfferDraft(by=Party.MERCHANT, amount=100_000, text="补差"),)
    with database.writing(mediator, "session.add") as work:
        sessions.add(work, number, SITTING, present, said)
    with database.reading(mediator) as work:
        (row,) = sessions.rows(work, number)
        facts = case_papers.sitting(work, cases.named(work, number))
    assert [(o.number, o.session, o.made_at) for o in row.offers] == [(1, 1, HELD)]
    assert (facts.begins, facts.ends, facts.place, facts.informed) == ("09:00", "09:40", "二楼调解室", True)
    assert [(p.name, p.side, p.role) for p in facts.present] == [
        ("周女士", "消费者", "消费者"),
        ("陈莉", "商户", "店长"),
    ]
    assert (facts.opinion, facts.outcome) == ("建议退一半", "下次再谈")
    assert [s.words for s in facts.statements] == ["要求全退", "只换不退"]


def test_neither_sitting_nor_offer_lies_before_the_complaint(database, mediator, number):
    slip = datetime(2025, 11, 23, 1, 0, tzinfo=UTC)  # last year's date
    with pytest.raises(Invalid, match="早于收到投诉的 2026-11-23"), database.writing(mediator, "session.add") as work:
        sessions.add(work, number, replace(SITTING, held_at=slip))
    with pytest.raises(Invalid, match="早于收到投诉的"):
        _add(database, mediator, number, Party.CONSUMER, 100, at=slip)


def test_the_first_sitting_counts_whichever_is_noted_first(database, mediator, number, clock):
    clock.forward(days=3)
    for held_at in (clock.now, HELD):
        with database.writing(mediator, "session.add") as work:
            sessions.add(work, number, replace(SITTING, held_at=held_at, ended_at=None))
    with database.reading(mediator) as work:
        assert cases.named(work, number).mediated_on == date(2026, 11, 23)


@pytest.fixture
def sat(database, mediator, number):
    with database.writing(mediator, "session.add") as work:
        sessions.add(work, number, SITTING, (PresentDraft(name="周女士", role="消费者"),))
    return number


def _change(database, actor, number, changes, present=None, seen=None):
    with database.writing(actor, "session.change") as work:
        return sessions.change(work, number, 1, changes, present, asdict(seen) if seen is not None else None)


def test_what_was_noted_of_a_sitting_can_be_corrected_and_leaves_a_trace(database, mediator, sat, clock):
    clock.forward(days=2)
    later = HELD + timedelta(days=1)
    both = (PresentDraft(name="周女士", role="消费者"), PresentDraft(name="陈莉", role="店长"))
    changes = {"held_at": later, "ended_at": None, "consumer_position": "要求全退", "outcome": "再谈一次"}
    assert _change(database, mediator, sat, changes, both) == ("调解时间", "结束时间", "结果", "参加人")
    with database.reading(mediator) as work:
        (row,) = sessions.rows(work, sat)
        case = cases.named(work, sat)
        told, *_rest = timeline.rows(work, case.id)
        held = next(entry for entry in timeline.rows(work, case.id) if entry.kind == "meeting")
        assert (row.held_at, row.outcome, row.present) == (later, "再谈一次", both)
        assert (case.mediated_on, held.at) == (date(2026, 11, 24), later)
    assert told.text == "改了第 1 次调解的记录：调解时间、结束时间、结果、参加人"
    assert _change(database, mediator, sat, {"outcome": "再谈一次"}, both) == ()
    with database.writing(mediator, "undo") as work:
        undoing.undo(work, undoing.last(work))
    with database.reading(mediator) as work:
        assert sessions.rows(work, sat)[0].held_at == HELD
        assert cases.named(work, sat).mediated_on == date(2026, 11, 23)


def test_two_people_correct_one_sitting(database, mediator, manager, sat):
    _change(database, manager, sat, {"outcome": "谈成了"}, seen=SITTING)
    with pytest.raises(Conflict) as refused:
        _change(database, mediator, sat, {"outcome": "谈崩了"}, seen=SITTING)
    assert _change(database, mediator, sat, {"opinion": "退三成"}, seen=SITTING) == ("调解意见",)
    detail = refused.value.detail
    assert (detail["mine"], detail["theirs"], detail["by"]) == ({"outcome": "谈崩了"}, {"outcome": "谈成了"}, "孙主任")


def test_a_correction_obeys_the_rules_of_a_sitting(database, mediator, clerk, sat):
    for wrong in ({"mediator": ""}, {"held_at": HELD + timedelta(days=30)}, {"mode": "Z"}, {"outcome": "长" * 1001}):
        with pytest.raises(Invalid):
            _change(database, mediator, sat, wrong)
    with pytest.raises(NotAllowed):
        _change(database, clerk, sat, {"outcome": "改"})
    with pytest.raises(Missing), database.writing(mediator, "session.change") as work:
        sessions.change(work, sat, 9, {"outcome": "改"})


def test_a_sitting_ends_after_it_began(database, mediator, number):
    wrong = SessionDraft(held_at=HELD, ended_at=datetime(2026, 11, 23, 0, 0, tzinfo=UTC), mode="A", mediator="刘洋")
    with pytest.raises(Invalid, match="结束时间"), database.writing(mediator, "session.add") as work:
        sessions.add(work, number, wrong)
