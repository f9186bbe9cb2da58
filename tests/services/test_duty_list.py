"""The lists of the page 协议与履行."""

import dataclasses
from datetime import date, timedelta

import pytest

from odr_desk.rules.case import Performance
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.duty import DutyState, PerformanceDraft
from odr_desk.rules.errors import Missing, NotAllowed
from odr_desk.services import agreement_file, agreements, cases, duties, duty_list, issuing
from odr_desk.services.agreement_file import AgreementFilter, AgreementView
from odr_desk.services.duty_list import DutyFilter, DutyView
from tests.make import make_case, make_merchant
from tests.settled import REFUND, case_of, conclude

TODAY = date(2026, 11, 23)


@pytest.fixture
def filled(database, mediator, clock):
    """Six duties on three agreements: one late, one today, one within a week, one later, one done, one void."""

    def term(days):
        return TermDraft(kind="C06", amount=10000 + days, method="转账", due=TODAY + timedelta(days=days))

    first = conclude(database, mediator, term(1), term(2), term(5), term(40)).agreement_no
    second = conclude(database, mediator, dataclasses.replace(REFUND, due=None)).agreement_no
    third = conclude(database, mediator, REFUND).agreement_no
    with database.writing(mediator, "duty.perform") as work:
        duties.perform(work, second, 1, PerformanceDraft(amount=129900, on=TODAY))
        agreements.void(work, third, "写错")
    clock.forward(days=2)
    return first, second, third


def test_views_and_their_counts_agree(database, clerk, filled):
    with database.reading(clerk) as work:
        counted = duty_list.counts(work)
        assert counted == {"late": 1, "today": 1, "soon": 1, "open": 4, "all": 5}
        assert {v: duty_list.count(work, DutyFilter(view=DutyView(v))) for v in counted} == counted


def test_rows_tell_what_is_left_and_come_by_day(database, clerk, filled):
    with database.reading(clerk) as work:
        rows = duty_list.page(work, DutyFilter(), 0, 10)
        assert [row.left for row in rows] == [-1, 0, 3, 38]
        assert [row.is_late for row in rows] == [True, False, False, False]
        assert (rows[0].kind, rows[0].outstanding, rows[0].consumer) == ("退货款", 10001, "周女士")
        assert [row.number for row in duty_list.page(work, DutyFilter(sort="amount", descending=True), 1, 2)] == [3, 2]
        (done,) = (row for row in duty_list.page(work, DutyFilter(view=DutyView.ALL), 0, 10) if not row.is_open)
        assert (done.state, done.done_on, done.outstanding) == (DutyState.DONE, TODAY, 0)


def test_duties_are_found_by_number_shop_and_words(database, mediator, clerk):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work, merchant_no=make_merchant(work, brand="沸点火锅").number).number
    conclude(database, mediator, case_no=number)
    conclude(database, mediator)
    with database.reading(clerk) as work:
        for text in ("沸点", number, number[-2:], "和〔2026〕001"):
            rows = duty_list.page(work, DutyFilter(text=text), 0, 10)
            assert {row.case_no for row in rows} == {number}, text
        assert duty_list.count(work, DutyFilter(text="0023")) == 4
        assert duty_list.count(work, DutyFilter(text="没有这样的")) == 0


def test_a_case_in_the_bin_owes_nothing_here(database, mediator, filled):
    with database.writing(mediator, "case.delete") as work:
        case_of(work, filled[0]).deleted_at = work.now
        work.session.flush()
        assert duty_list.counts(work)["open"] == 0


def test_the_duties_of_a_case_show_void_ones_last(database, mediator, filled):
    with database.reading(mediator) as work:
        case_no = case_of(work, filled[2]).number
    again = conclude(database, mediator, case_no=case_no).agreement_no
    with database.reading(mediator) as work:
        rows = duty_list.of_case(work, cases.named(work, case_no).id)
        assert [row.agreement_no for row in rows] == [again, again, filled[2]]
        assert rows[-1].state is DutyState.WAIVED


def test_the_register_keeps_every_number(database, clerk, filled):
    with database.reading(clerk) as work:
        assert agreement_file.counts(work) == {"running": 2, "owed": 1, "void": 1, "all": 3}
        rows = agreement_file.page(work, AgreementFilter(), 0, 10)
        assert [row.number for row in rows] == list(reversed(filled))
        assert (rows[0].void, rows[0].void_reason, rows[0].open_duties) == (True, "写错", 0)
        assert (rows[1].performance, rows[2].open_duties) == (Performance.AT_ONCE, 4)
        assert [row.late for row in rows] == [False, False, True]
        assert [row.next_due for row in rows] == [None, None, TODAY + timedelta(days=1)]
        (found,) = agreement_file.page(work, AgreementFilter(text="001号", view=AgreementView.RUNNING), 0, 10)
        assert found.number == filled[0]
        cheapest = agreement_file.page(work, AgreementFilter(sort="total", descending=False), 0, 1)
        assert cheapest[0].number == filled[0]


def test_one_agreement_shows_all_that_hangs_on_it(database, mediator, filled):
    with database.writing(mediator, "document.issue") as work:
        issued = issuing.issue(work, "settlement_agreement", agreement_no=filled[1])
    with database.reading(mediator) as work:
        found = agreement_file.detail(work, filled[1])
        assert [(entry.amount, entry.by, entry.taken_back) for entry in found.entries] == [(129900, "刘洋", "")]
        assert [(paper.number, paper.sha256) for paper in found.papers] == [(filled[1], issued.sha256)]
        assert (found.draft.signed_on, found.created_by, found.voided_at) == (TODAY, "刘洋", None)
        assert [file.row.number for file in agreement_file.of_case(work, found.row.case_no)] == [filled[1]]
        assert agreement_file.papers(work, found.row.case_no) == found.papers
        with pytest.raises(Missing):
            agreement_file.detail(work, "锡八佰伴和〔2026〕999号")


def test_who_reads_no_cases_reads_no_agreements(database, admin):
    with database.reading(admin) as work:
        for ask in (duty_list.counts, agreement_file.counts):
            with pytest.raises(NotAllowed):
                ask(work)
