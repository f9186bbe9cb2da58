"""Drafts about a case that was merged into another one: they follow it, and nothing of them is lost."""

from datetime import date

import pytest
from make import make_case, make_merchant
from settled import REFUND, case_of, conclude
from sqlalchemy import select

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.rules.advance import AdvanceCause, AdvanceDraft
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.errors import IllegalMove
from odr_desk.services import advances, agreements, drafts, duties, merging, unfinished

TODAY = date(2026, 11, 23)


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


def test_what_somebody_else_has_done_meanwhile_is_known(database, manager):
    agreed = conclude(database, manager, REFUND)
    with database.reading(manager) as work:
        number = case_of(work, agreed.agreement_no).number
    of_duty = f"{agreed.agreement_no}/1"

    def said(kind, subject):
        with database.reading(manager) as work:
            return unfinished.settled(work, kind, subject)

    asked = [(drafts.ADVANCING, number), (drafts.PERFORMING, of_duty), (drafts.VOIDING_AGREEMENT, agreed.agreement_no)]
    assert [said(*one) for one in (*asked, (drafts.LOG, number), (drafts.PAYING, "没有这份"))] == [""] * 5
    with database.writing(manager, "advance.request") as work:
        draft = AdvanceDraft(amount=100, cause=AdvanceCause.LEFT, reason="商户失联")
        advance = advances.request(work, number, draft).advance_no
    assert said(drafts.ADVANCING, number) == f"{number} 已有先行赔付 {advance}（待审批）"
    assert said(drafts.REFUSING, advance) == ""
    with database.writing(manager, "advance.refuse") as work:
        advances.refuse(work, advance, "商户来了")
    assert [said(kind, advance) for kind in (drafts.REFUSING, drafts.PAYING)] == [f"{advance} 已是“未批准”"] * 2
    with database.writing(manager, "duty.perform") as work:
        duties.perform(work, agreed.agreement_no, 1, PerformanceDraft(amount=REFUND.amount, on=TODAY))
        entry = work.session.scalars(select(PerformanceEntry.id)).one()
    assert said(drafts.PERFORMING, of_duty) == "第 1 项已履行完"
    assert said(drafts.TAKING_BACK, f"{of_duty}/{entry}") == ""
    with database.writing(manager, "duty.take_back") as work:
        duties.take_back(work, entry, "记错了")
    assert "已经撤回" in said(drafts.TAKING_BACK, f"{of_duty}/{entry}")
    with database.writing(manager, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "重新谈")
    assert said(drafts.VOIDING_AGREEMENT, agreed.agreement_no) == f"协议 {agreed.agreement_no} 已作废"
    assert said(drafts.WAIVING, of_duty) == f"协议 {agreed.agreement_no} 已作废"
