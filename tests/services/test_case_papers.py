"""Papers about a case: receipt, record of a sitting, notice of failure, letter of transfer."""

from datetime import UTC, datetime

import pytest

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.papers import PAPERS, reading_back
from odr_desk.rules.case import Claim
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import cases, dossier, failing, issued_papers, issuing, paper_desk, sessions, timeline
from odr_desk.services.dossier import LineState
from tests.make import make_case
from tests.settled import conclude


def words_of(issued):
    return "".join("".join(reading_back.text_of(issued.pdf)).split())


@pytest.fixture
def case_no(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case = make_case(work, (Claim("C04", 328_000), Claim("C14")), platform_no="12315-7")
        at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
        timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="商户不同意退货", at=at))
        return case.number


@pytest.fixture
def failed(database, mediator, case_no):
    with database.writing(mediator, "fail") as work:
        draft = FailDraft(reason=FailReason.MERCHANT_REFUSES, text="商户坚持只换不退")
        failing.fail(work, case_no, draft, TransferDraft(materials="投诉登记表\n照片 2 张"))
    return case_no


def issue(database, actor, kind, case_no):
    with database.writing(actor, "document.issue") as work:
        return issuing.issue(work, kind, case_no)


def test_the_receipt_promises_both_days(database, clerk, case_no):
    issued = issue(database, clerk, "registration_receipt", case_no)
    assert issued.document_no == "锡八佰伴登〔2026〕001号"
    said = words_of(issued)
    for words in ("2026年11月28日", "2026年12月7日", "12315-7", "3,280.00元", "编号：锡八佰伴登〔2026〕001号"):
        assert words in said


def test_the_notice_tells_course_reason_and_remaining_ways(database, mediator, failed):
    said = words_of(issue(database, mediator, "failure_notice", failed))
    for words in (
        "11月23日致电商户：商户不同意退货。",
        "商户坚持只换不退",
        "向人民法院提起诉讼",
        "锡山区市场监管局东亭分局",
    ):
        assert words in said


def test_a_failure_hands_out_notice_and_letter_at_once(database, mediator, failed):
    with database.writing(mediator, "fail") as work:
        given = failing.hand_out(work, failed)
    assert [paper.document_no for paper in given] == ["锡八佰伴告〔2026〕001号", "锡八佰伴移〔2026〕001号"]
    letter = words_of(given[1])
    assert "照片2张" in letter and "和解不成告知书锡八佰伴告〔2026〕001号" in letter and "共3件3份" in letter


def test_the_letter_counts_every_piece_of_the_package(database, mediator, case_no):
    with database.writing(mediator, "attach") as work:
        case = cases.named(work, case_no)
        whole = {"case_id": case.id, "size": 1, "kind": "jpeg", "name": "a.jpg", "party": "consumer", "pages": 2}
        whole |= {"added_at": work.now, "added_by": "刘洋"}
        ticket = Attachment(number=1, position=1, sha256="a" * 64, label="购物小票", **whole)
        work.session.add(ticket)
        work.session.flush()
        covered = Attachment(number=2, position=2, sha256="b" * 64, label="购物小票", shared_of=ticket.id, **whole)
        work.session.add(covered)
        failing.fail(work, case_no, FailDraft(reason=FailReason.MERCHANT_REFUSES, text="只换不退"), TransferDraft())
        letter = words_of(failing.hand_out(work, case_no)[1])
    assert "购物小票12消费者提供" in letter and "共2件2份" in letter


def test_what_must_be_mended_waits_in_the_file(database, mediator, failed):
    with database.writing(mediator, "case.update") as work:
        work.session.query(Case).filter_by(number=failed).one().consumer_name = ""
        assert failing.hand_out(work, failed) == ()
        ready = [line.title for line in dossier.of_case(work, failed) if line.state is LineState.READY]
        assert ready == ["登记回执", "和解不成告知书", "移送函"]


def test_the_record_of_a_sitting_leaves_offers_out(database, mediator, case_no):
    held = SessionDraft(
        held_at=datetime(2026, 11, 23, 1, 45, tzinfo=UTC),
        mode="A",
        mediator="刘洋",
        consumer_position="要求退货",
        merchant_position="只同意换货",
        outcome="约定明日再谈",
    )
    with database.writing(mediator, "session.add") as work:
        offers = (OfferDraft(by=Party.MERCHANT, amount=77700, text="最多补七百七十七"),)
        sessions.add(work, case_no, held, (PresentDraft(name="周女士", role="消费者"),), offers)
    said = words_of(issue(database, mediator, "mediation_record", case_no))
    assert "要求退货" in said and "只同意换货" in said and "09:45" in said
    assert "777" not in said and "七百七十七" not in said


def test_every_sitting_has_a_record_of_its_own(database, mediator, case_no):
    issued = []
    for hour, outcome in ((1, "约定明日再谈"), (2, "商户同意退货")):
        held = SessionDraft(
            held_at=datetime(2026, 11, 23, hour, tzinfo=UTC), mode="A", mediator="刘洋", outcome=outcome
        )
        with database.writing(mediator, "session.add") as work:
            sessions.add(work, case_no, held, (PresentDraft(name="周女士", role="消费者"),))
        with database.reading(mediator) as work:
            desk = paper_desk.of_case(work, case_no, "mediation_record")
            assert desk.issued is None and desk.sheet is not None and desk.sheet.known.outcome == outcome
            lines = [line for line in dossier.of_case(work, case_no) if line.kind == "mediation_record"]
            assert [line.state for line in lines] == [LineState.READY, *[LineState.DONE] * len(issued)]
        issued.append(issue(database, mediator, "mediation_record", case_no))
        assert outcome in words_of(issued[-1])
        assert issue(database, mediator, "mediation_record", case_no).document_id == issued[-1].document_id
    with database.reading(mediator) as work:
        old = paper_desk.of_case(work, case_no, "mediation_record", issued[0].document_id)
        assert old.issued is not None and old.issued.pdf == issued[0].pdf


@pytest.mark.parametrize("kind", ["failure_notice", "transfer_letter", "mediation_record", "settlement_agreement"])
def test_a_paper_needs_what_it_is_about(database, mediator, case_no, kind):
    with pytest.raises(IllegalMove):
        issue(database, mediator, kind, case_no)


def test_every_paper_of_the_register_can_be_issued_from_the_tables(database, mediator):
    assert {paper.code for paper in PAPERS} == {"settlement_agreement", *issuing.SOURCES}


def test_a_void_paper_makes_room_for_a_corrected_one(database, mediator, case_no):
    first = issue(database, mediator, "registration_receipt", case_no)
    assert issue(database, mediator, "registration_receipt", case_no).document_id == first.document_id
    with database.writing(mediator, "document.void") as work:
        with pytest.raises(Invalid):
            issued_papers.void(work, first.document_id, " ")
        issued_papers.void(work, first.document_id, "电话写错")
        with pytest.raises(IllegalMove):
            issued_papers.void(work, first.document_id, "电话写错")
    second = issue(database, mediator, "registration_receipt", case_no)
    assert second.document_no == "锡八佰伴登〔2026〕002号"
    with database.reading(mediator) as work:
        lines = [line for line in dossier.of_case(work, case_no) if line.kind == "registration_receipt"]
        assert [(line.state, line.note) for line in lines] == [
            (LineState.DONE, second.document_no),
            (LineState.VOID, first.document_no),
        ]
        old = paper_desk.of_case(work, case_no, "registration_receipt", first.document_id)
        assert old.void and old.issued is not None and old.issued.pdf == first.pdf
        now = paper_desk.of_case(work, case_no)
        assert (now.kind, now.copies, now.void) == ("registration_receipt", 2, False)


def test_a_case_with_an_agreement_opens_at_that(database, mediator, case_no):
    number = conclude(database, mediator, case_no=case_no).agreement_no
    with database.reading(mediator) as work:
        desk = paper_desk.of_case(work, case_no)
        assert (desk.agreement_no, desk.copies, len(desk.next_days)) == (number, 3, 2)
        assert next(check.text for check in desk.checks) == "身份号码没有填写"
        assert paper_desk.of_case(work, case_no, "registration_receipt").agreement_no == ""
