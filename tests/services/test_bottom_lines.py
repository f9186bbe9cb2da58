"""What was told in confidence must show up nowhere: canaries are looked for in everything that goes out."""

import dataclasses

import pytest

from odr_desk.model.journal import Change, JournalEntry
from odr_desk.papers import reading_back
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import CaseState
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.rules.events import Party
from odr_desk.rules.session import BottomLineDraft, OfferDraft, PresentDraft, SessionDraft
from odr_desk.services import (
    agreements,
    bottom_lines,
    case_file,
    cases,
    disputes,
    dump,
    failing,
    feedback,
    issuing,
    offers,
    queue,
    search,
    sessions,
)
from odr_desk.services.queue import CaseFilter
from tests import make

WORDS, FEN, SHOWN = "金丝雀底线", 71_717_17, ("717171", "71,717.17", "71717.17", "7171717")
LINES = (
    BottomLineDraft(side=Party.CONSUMER, amount=FEN, text=WORDS),
    BottomLineDraft(side=Party.MERCHANT, amount=FEN, text=WORDS),
)


@pytest.fixture
def number(database, mediator, clock) -> str:
    with database.writing(mediator, "case.create") as work:
        made = make.make_case(work).number
        held = SessionDraft(held_at=work.now, mode="A", mediator="刘洋", outcome="再谈")
        sessions.add(work, made, held, (PresentDraft(name="周女士", role="消费者"),))
        offers.add(work, made, OfferDraft(by=Party.MERCHANT, amount=100, text="补一元"))
    for line in LINES:
        with database.writing(mediator, "bottom_line.save") as work:
            bottom_lines.keep(work, made, dataclasses.replace(line, text="旧的" + WORDS))
        with database.writing(mediator, "bottom_line.save") as work:
            bottom_lines.keep(work, made, line)
    return made


def _says(text: object) -> bool:
    plain = str(text)
    return WORDS in plain or any(figure in plain for figure in SHOWN)


def test_who_mediates_sees_them_and_the_seeing_is_on_record(database, mediator, number):
    with database.reading(mediator) as work:
        before = work.session.query(JournalEntry).count()
    with database.writing(mediator, "bottom_line.show") as work:
        found = bottom_lines.reveal(work, number)
    assert [(line.side, line.amount, line.text) for line in found] == [
        (Party.CONSUMER, FEN, WORDS),
        (Party.MERCHANT, FEN, WORDS),
    ]
    with database.reading(mediator) as work:
        last = work.session.query(JournalEntry).order_by(JournalEntry.seq.desc()).first()
        assert work.session.query(JournalEntry).count() == before + 1
    assert (last.verb, last.user) == ("bottom_line.show", "mediator")


@pytest.mark.parametrize("who", ["clerk", "auditor", "admin"])
def test_nobody_else_sees_or_writes_them(database, number, who, request):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed), database.writing(actor, "bottom_line.show") as work:
        bottom_lines.reveal(work, number)
    with pytest.raises(NotAllowed), database.writing(actor, "bottom_line.save") as work:
        bottom_lines.keep(work, number, LINES[0])


def test_an_empty_line_takes_it_away(database, mediator, number):
    with database.writing(mediator, "bottom_line.save") as work:
        bottom_lines.keep(work, number, BottomLineDraft(side=Party.CONSUMER))
        bottom_lines.keep(work, number, BottomLineDraft(side=Party.CONSUMER))
    with database.writing(mediator, "bottom_line.show") as work:
        assert [line.side for line in bottom_lines.reveal(work, number)] == [Party.MERCHANT]
    with pytest.raises(Invalid), database.writing(mediator, "bottom_line.save") as work:
        bottom_lines.keep(work, number, BottomLineDraft(side=Party.DESK, amount=1))


def test_neither_dump_nor_journal_nor_drafts_hold_them(database, mediator, number):
    with database.reading(mediator) as work:
        assert not any(map(_says, dump.lines(work)))
        changes = work.session.query(Change.old, Change.new, Change.field).all()
        assert not any(map(_says, changes))
        assert {row.field for row in changes} >= {"text"}  # that it was changed is on record, to what is not
        links = work.session.query(JournalEntry.object, JournalEntry.reason, JournalEntry.verb).all()
        assert not any(map(_says, links))


def test_neither_the_case_nor_the_list_nor_the_search_says_them(database, mediator, number, tmp_path):
    with database.reading(mediator) as work:
        assert not _says(case_file.detail(work, number))
        assert not _says(queue.page(work, CaseFilter(view="all"), 0, 10))
        assert not _says((sessions.rows(work, number), offers.rows(work, number), disputes.grid(work, number)))
        assert search.find(work, WORDS) == () and search.find(work, "71717") == ()
        index = work.session.connection().exec_driver_sql("SELECT words FROM case_search").scalars()
        assert not any(map(_says, index))
        assert not _says(agreements.proposed(work, number))


def test_no_paper_says_them(database, mediator, manager, number):
    with database.writing(mediator, "agree") as work:
        agreements.agree(work, number, AgreementDraft(final=True), (TermDraft(kind="C04", amount=100),))
        texts = feedback.standing(work, number).texts
        assert not _says(texts)
        papers = [
            issuing.issue(work, kind, number)
            for kind in ("registration_receipt", "mediation_record", "settlement_agreement")
        ]
    for paper in papers:
        assert not _says(reading_back.text_of(paper.pdf)) and not _says(paper.title)


def test_no_notice_of_failure_says_them(database, mediator, number):
    with database.writing(mediator, "fail") as work:
        failing.fail(work, number, FailDraft(reason=FailReason.MERCHANT_REFUSES, text="不肯退"))
        assert cases.named(work, number).state is CaseState.FAILED
        paper = issuing.issue(work, "failure_notice", number)
    assert not _says(reading_back.text_of(paper.pdf))
