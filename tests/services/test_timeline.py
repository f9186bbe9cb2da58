"""Ten minutes to change one's own entry, afterwards only to amend it."""

import pytest
from sqlalchemy import select

from odr_desk.model.journal import Change
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import cases, timeline
from tests.make import make_case

CALL = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长同意退")


@pytest.fixture
def written(database, clerk):
    """The number of a case and of the clerk's entry on it."""
    with database.writing(clerk, "event.add") as work:
        case = make_case(work)
        return case.number, timeline.add(work, case, CALL)


def edit(database, actor, written, text="店长同意退一半"):
    with database.writing(actor, "event.edit") as work:
        timeline.edit(work, cases.named(work, written[0]), written[1], text)


def entries(database, actor, number):
    with database.reading(actor) as work:
        return timeline.rows(work, cases.named(work, number).id)


def test_at_nine_fifty_nine_the_author_may_still_change_it(database, clerk, written, clock):
    clock.forward(minutes=9, seconds=59)
    edit(database, clerk, written)
    assert entries(database, clerk, written[0])[0].text == "店长同意退一半"
    with database.reading(clerk) as work:
        kept = work.session.execute(select(Change.old, Change.new).where(Change.field == "text")).all()
    assert any("店长同意退" in old and "店长同意退一半" in new for old, new in kept), (
        "what stood there before is journaled"
    )


def test_at_ten_minutes_and_one_second_it_can_only_be_amended(database, clerk, written, clock):
    clock.forward(minutes=10, seconds=1)
    with pytest.raises(IllegalMove, match="超过 10 分钟"):
        edit(database, clerk, written)
    with database.writing(clerk, "event.amend") as work:
        made = timeline.amend(work, cases.named(work, written[0]), written[1], "应为：只退一半")
    newest, first, *_ = entries(database, clerk, written[0])
    assert (newest.number, newest.amends, newest.text) == (made, written[1], "应为：只退一半")
    assert first.text == "店长同意退"


def test_only_the_author_changes_an_entry_others_amend_it(database, mediator, clerk, written):
    with pytest.raises(IllegalMove, match="只能改自己写的"):
        edit(database, mediator, written)
    with database.writing(mediator, "event.amend") as work:
        timeline.amend(work, cases.named(work, written[0]), written[1], "补充")
    assert entries(database, clerk, written[0])[0].author == "刘洋"


def test_what_the_program_noted_is_nobodys_to_change(database, clerk, written):
    with pytest.raises(IllegalMove):
        edit(database, clerk, (written[0], 1))


@pytest.mark.parametrize(("text", "said"), [("", "请填写记录"), ("字" * 4001, "最多 4,000 字")])
def test_a_change_is_checked_like_a_new_entry(database, clerk, written, text, said):
    with pytest.raises(Invalid, match=said):
        edit(database, clerk, written, text)


def test_there_must_be_such_an_entry_and_a_right_to_write(database, clerk, auditor, written):
    with pytest.raises(Missing):
        edit(database, clerk, (written[0], 99))
    with pytest.raises(NotAllowed):
        edit(database, auditor, written)
