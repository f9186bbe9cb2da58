"""Drafts about a case that was merged into another one: they follow it, and nothing of them is lost."""

import pytest
from make import make_case, make_merchant

from odr_desk.rules.errors import IllegalMove
from odr_desk.services import drafts, merging, unfinished


@pytest.fixture
def pair(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        gone, lead = (make_case(work, merchant_no=shop).number for _ in range(2))
    with database.writing(clerk, "case.merge") as work:
        merging.merge(work, gone, lead)
    return gone, lead


def kept(work, kind, subject):
    return [dict(draft.content) for draft in drafts.of(work, kind, subject)]


def test_two_notes_become_one(database, clerk, pair):
    gone, lead = pair
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.LOG, gone, {"text": "后写的", "step": "回电", "kind": 1})
        drafts.keep_for(work, drafts.LOG, lead, {"text": "先写的", "kind": 0})
        unfinished.follow(work, drafts.LOG, gone)
        assert kept(work, drafts.LOG, gone) == []
        assert kept(work, drafts.LOG, lead) == [{"text": "先写的\n后写的", "step": "回电", "kind": 0}]
        unfinished.follow(work, drafts.LOG, lead)
        assert len(kept(work, drafts.LOG, lead)) == 1


def test_a_form_follows_unless_there_is_another_one(database, clerk, pair):
    gone, lead = pair
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.SITTING, gone, {"outcome": "再谈"})
        unfinished.follow(work, drafts.SITTING, gone)
        assert kept(work, drafts.SITTING, lead) == [{"outcome": "再谈"}]
        drafts.keep_for(work, drafts.SITTING, gone, {"outcome": "另一次"})
        with pytest.raises(IllegalMove, match="先写完或放弃"):
            unfinished.follow(work, drafts.SITTING, gone)
        assert kept(work, drafts.SITTING, gone) == [{"outcome": "另一次"}]
