"""Concluding agreements and making them void."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case
from odr_desk.model.journal import JournalEntry
from odr_desk.papers.checking import Level
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import AgeBand, CaseState, Claim, Outcome, Performance
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import agreements, cases, closing, duties, registration, timeline
from odr_desk.store.database import Database
from tests.make import case_draft, make_case, make_merchant
from tests.settled import APOLOGY, DUE, REFUND, case_of, conclude


def test_an_agreement_settles_the_case_and_makes_its_clauses_duties(database, mediator):
    agreed = conclude(database, mediator, REFUND, TermDraft(kind="C08", amount=62650, method="转账"), APOLOGY)
    assert agreed.agreement_no == "锡八佰伴和〔2026〕001号"
    assert (agreed.total, agreed.total_upper) == (192550, "人民币壹仟玖佰贰拾伍元伍角")
    assert [(d.number, d.kind, d.amount, d.due_on) for d in agreed.duties] == [
        (1, "C06", 129900, DUE), (2, "C08", 62650, date(2026, 11, 23)), (3, "C14", None, DUE),
    ]  # fmt: skip
    assert agreed.duties[0].text.startswith("乙方退还甲方货款人民币壹仟贰佰玖拾玖元整（¥1,299.00）")
    with database.reading(mediator) as work:
        case = case_of(work, agreed.agreement_no)
        assert (case.state, case.result, case.performance) == (CaseState.SETTLED, Outcome.SETTLED, Performance.NOT_DUE)
        assert (case.refund, case.compensation, case.punitive, case.recovered) == (129900, 62650, 0, 192550)
        assert (case.ended_on, case.revisit_due_on) == (date(2026, 11, 23), date(2026, 11, 26))
        said = [row.text for row in timeline.rows(work, case.id)]
        assert "签订和解协议 锡八佰伴和〔2026〕001号，共 3 项，合计 1,925.50 元" in said


def test_numbers_run_without_gaps_through_refusals_and_void_ones(database, mediator):
    first = conclude(database, mediator).agreement_no
    with pytest.raises(Invalid):
        conclude(database, mediator, TermDraft(kind="C06"))
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, first, "金额写错")
    second = conclude(database, mediator).agreement_no
    third = conclude(database, mediator, signed_on=date(2026, 11, 23)).agreement_no
    assert [first[-4:], second[-4:], third[-4:]] == ["001号", "002号", "003号"]


def test_what_is_wrong_is_named_by_clause_and_field(database, mediator):
    with pytest.raises(Invalid) as refused:
        conclude(database, mediator, REFUND, TermDraft(kind="C06", due=date(2026, 11, 1)))
    assert [p.field for p in refused.value.problems] == ["terms[1].amount", "terms[1].due"]
    with pytest.raises(Invalid) as refused:
        conclude(database, mediator, dataclasses.replace(REFUND, kind="C99"))
    assert [p.field for p in refused.value.problems] == ["terms[0].kind"]


def test_the_regulators_words_are_refused_before_the_number_is_given(database, mediator):
    with pytest.raises(Invalid) as refused:
        conclude(database, mediator, TermDraft(kind="C18", text="双方同意申请司法确认"))
    assert [p.field for p in refused.value.problems] == ["terms[0].words"]


def test_a_chinese_name_of_a_claim_is_taken_too(database, mediator):
    assert conclude(database, mediator, dataclasses.replace(APOLOGY, kind="赔礼道歉")).duties[0].kind == "C14"


def test_a_minor_needs_a_guardian(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work, age_band=AgeBand.UNDER_14).number
    with pytest.raises(Invalid) as refused:
        conclude(database, mediator, case_no=number)
    assert [p.field for p in refused.value.problems] == ["guardian"]
    assert conclude(database, mediator, case_no=number, guardian="周母").agreement_no


def test_what_is_done_on_the_spot_is_performed(database, mediator):
    agreed = conclude(database, mediator, TermDraft(kind="C06", amount=129900, method="现金", at_once=True))
    with database.reading(mediator) as work:
        assert case_of(work, agreed.agreement_no).performance is Performance.AT_ONCE
        (duty,) = duties.of_agreement(work, duties.agreement_named(work, agreed.agreement_no).id)
        assert (duty.performed, duty.done_on) == (129900, date(2026, 11, 23))


def test_a_character_that_cannot_be_printed_is_named_before_the_number_is_given(database, mediator):
    hard = TermDraft(kind="C18", text="乙方送甲方贺卡😀一张")
    with pytest.raises(Invalid, match=r"“😀”（U\+1F600）字库没有") as refused:
        conclude(database, mediator, hard, consumer_view="要求退货👍", mediator="𪚥")
    assert {p.field for p in refused.value.problems} == {"terms[0].words", "consumer_view", "mediator"}


def test_one_agreement_at_a_time(database, mediator):
    agreed = conclude(database, mediator)
    with database.reading(mediator) as work:
        number = case_of(work, agreed.agreement_no).number
    with pytest.raises(IllegalMove, match=r"已有生效的协议 .*（刘洋 11-23 周一 10:00 签订）"):
        conclude(database, mediator, case_no=number)


def test_two_at_once_on_one_case_make_one_agreement(database, mediator, manager, clock):
    """Two connections to the same file, each in a thread of its own, over and over at the same instant."""
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        numbers = [make_case(work, merchant_no=shop).number for _ in range(5)]
    together = Barrier(2, timeout=20)

    def write(actor):
        own, refused = Database(database.path, clock), []
        for number in numbers:
            together.wait()
            try:
                conclude(own, actor, case_no=number)
            except IllegalMove as error:
                refused.append((number, str(error)))
        own.close()
        return refused

    with ThreadPoolExecutor(2) as pool:
        refused = [one for found in pool.map(write, (mediator, manager)) for one in found]
    assert sorted(number for number, _ in refused) == numbers
    assert all("已有生效的协议" in words for _, words in refused)
    with database.reading(mediator) as work:
        made = list(work.session.scalars(select(Agreement.number).order_by(Agreement.id)))
        assert made == [f"锡八佰伴和〔2026〕{n:03}号" for n in range(1, 6)]
        assert len(list(work.session.scalars(select(Duty.id)))) == 10


def test_a_void_agreement_keeps_number_and_reason_and_the_case_goes_on(database, mediator, clock):
    agreed = conclude(database, mediator)
    clock.forward(days=1)
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "退款方式写错")
    with database.reading(mediator) as work:
        old = duties.agreement_named(work, agreed.agreement_no)
        assert (old.voided_by, old.void_reason) == ("刘洋", "退款方式写错")
        assert old.voided_at == clock.now
        case = work.session.get_one(Case, old.case_id)
        assert (case.state, case.result, case.refund, case.recovered) == (CaseState.NEGOTIATING, None, 0, None)
        assert case.performance is Performance.NONE
        assert all(duties.facts_of(duty).waived for duty in duties.of_agreement(work, old.id))
        draft, terms = agreements.proposed(work, case.number)
        assert draft.signed_on == date(2026, 11, 24)
        assert terms == (REFUND, APOLOGY)
        number = case.number
    assert conclude(database, mediator, case_no=number).agreement_no.endswith("002号")


@pytest.mark.parametrize(("number", "reason", "error"), [("锡八佰伴和〔2026〕009号", "x", Missing), ("", "", Invalid)])
def test_voiding_needs_an_agreement_and_a_reason(database, mediator, number, reason, error):
    agreed = conclude(database, mediator)
    with pytest.raises(error), database.writing(mediator, "agree.void") as work:
        agreements.void(work, number or agreed.agreement_no, reason)


def test_void_twice_is_refused(database, mediator):
    agreed = conclude(database, mediator)
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "写错")
    with pytest.raises(IllegalMove, match="已经作废"), database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "写错")


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.FAILED, CaseState.NOT_OURS])
def test_an_ended_case_is_not_settled(database, mediator, state):
    with database.writing(mediator, "case.advance") as work:
        case = make_case(work)
        cases.move(work, case, state, "情况说明")
        number = case.number
    with pytest.raises(IllegalMove) as refused:
        conclude(database, mediator, case_no=number)
    assert CaseState.NEGOTIATING in refused.value.legal


def test_a_case_settled_by_word_of_mouth_may_get_its_paper(database, mediator):
    with database.writing(mediator, "case.advance") as work:
        case = make_case(work)
        cases.move(work, case, CaseState.SETTLED, "口头达成")
        number = case.number
    assert conclude(database, mediator, case_no=number).agreement_no.endswith("001号")


def test_only_who_mediates_may_conclude(database, clerk, auditor, manager):
    with database.writing(manager, "case.create") as work:
        number = make_case(work).number
    for actor in (clerk, auditor):
        with pytest.raises(NotAllowed):
            conclude(database, actor, case_no=number)
    assert conclude(database, manager, case_no=number).agreement_no.endswith("001号")


def test_the_draft_begins_with_the_claims(database, mediator):
    with database.writing(mediator, "case.create") as work:
        merchant = make_merchant(work)
        made = registration.register(work, case_draft(merchant.number, guardian="周母"), (Claim("C04", 328_000),))
        draft, terms = agreements.proposed(work, made.case_no)
    assert terms == (TermDraft(kind="C04", amount=328_000, method="原路退回"),)
    assert (draft.guardian, draft.place, draft.mediator, draft.copies) == ("周母", "一楼售后服务台", "刘洋", 3)


def test_what_is_to_be_looked_at_is_said_before_and_after(database, mediator):
    with database.writing(mediator, "agree") as work:
        number = make_case(work).number
        checks = agreements.look_over(work, number, AgreementDraft(), ())
        assert [c.text for c in checks if c.level is Level.MUST] == ["没有协议内容"]
    agreed = conclude(database, mediator, dataclasses.replace(REFUND, method=""), case_no=number)
    assert "第 1 项没有写付款方式" in [check.text for check in agreed.warnings]


def test_everything_concluded_is_in_the_journal(database, mediator):
    with database.writing(mediator, "agree") as work:
        agreements.agree(work, make_case(work).number, AgreementDraft(), (REFUND, APOLOGY))
        work.session.flush()
        assert {"agreements", "duties", "cases", "events"} <= work.touched
    with database.reading(mediator) as work:
        chosen = select(JournalEntry.object).where(JournalEntry.verb == "agree").order_by(JournalEntry.seq)
        tables = [found.split(":")[0] for found in work.session.scalars(chosen)]
        assert tables.count("agreements") == 1 and tables.count("duties") == 2


def test_a_reason_fits_its_field(database, mediator):
    agreed = conclude(database, mediator)
    with pytest.raises(Invalid, match="200"), database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "字" * 201)


def test_an_archived_case_is_opened_before_its_agreement_is_void(database, mediator):
    agreed = conclude(database, mediator)
    with database.writing(mediator, "case.close") as work:
        number = case_of(work, agreed.agreement_no).number
        closing.close(work, number, {item.code: "消费者放弃" for item in closing.gate(work, number)})
    with pytest.raises(IllegalMove, match="重新打开"), database.writing(mediator, "agree.void") as work:
        agreements.void(work, agreed.agreement_no, "写错")
    with database.writing(mediator, "case.reopen") as work:
        closing.reopen(work, number, "写错")
        agreements.void(work, agreed.agreement_no, "写错")
        assert cases.named(work, number).state is CaseState.NEGOTIATING
