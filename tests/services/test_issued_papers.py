"""What is done with a paper once it is issued."""

import pytest

from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed, Trouble
from odr_desk.services import agreements, issued_papers, issuing, timeline
from tests.settled import case_of, conclude


def issue(database, actor, number):
    with database.writing(actor, "document.issue") as work:
        return issuing.issue(work, "settlement_agreement", agreement_no=number)


def test_a_void_agreement_takes_its_paper_along_but_keeps_it(database, mediator):
    number = conclude(database, mediator).agreement_no
    issued = issue(database, mediator, number)
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, number, "写错")
    with pytest.raises(IllegalMove, match="已作废"):
        issue(database, mediator, number)
    with database.reading(mediator) as work:
        kept = issued_papers.read(work, issued.document_id)
    assert kept.voided and kept.pdf == issued.pdf


def test_printing_saving_and_filing_leave_their_trace(database, clerk, mediator, auditor, tmp_path):
    issued = issue(database, mediator, conclude(database, mediator).agreement_no)
    with database.writing(clerk, "document.print") as work:
        issued_papers.note_print(work, issued.document_id, 3)
        copy = issued_papers.prepare(issued.pdf, tmp_path / "a.pdf")
        issued_papers.note_saved(work, issued.document_id, copy)
        assert not copy.path.exists()
        issued_papers.archive(work, issued.document_id)
    assert copy.path.read_bytes() == issued.pdf
    with database.reading(clerk) as work:
        said = [row.text for row in timeline.rows(work, case_of(work, issued.document_no).id)]
        for deed in ("打印 3 份", "另存 PDF", "签好归档"):
            assert f"消费纠纷和解协议书 {issued.document_no} {deed}" in said
        assert issued_papers.read(work, issued.document_id).archived
    with pytest.raises(NotAllowed), database.writing(auditor, "document.print") as work:
        issued_papers.note_print(work, issued.document_id, 1)


def test_what_is_not_there_is_said(database, mediator):
    with database.writing(mediator, "document.print") as work:
        for ask in (
            issued_papers.read,
            lambda w, n: issued_papers.note_print(w, n, 1),
            lambda w, n: issued_papers.void(w, n, "写错"),
        ):
            with pytest.raises(Missing, match="没有这份文书"):
                ask(work, 99)


def test_the_paper_of_an_agreement_goes_with_it(database, mediator):
    issued = issue(database, mediator, conclude(database, mediator).agreement_no)
    with pytest.raises(IllegalMove, match="随协议作废"), database.writing(mediator, "document.void") as work:
        issued_papers.void(work, issued.document_id, "写错")
    with database.writing(mediator, "agree.void") as work:
        agreements.void(work, issued.document_no, "写错")
        with pytest.raises(IllegalMove, match="不用归档"):
            issued_papers.archive(work, issued.document_id)


def test_a_copy_leaves_the_program_whole_or_not_at_all(database, mediator, tmp_path):
    issued = issue(database, mediator, conclude(database, mediator).agreement_no)
    file = issued_papers.prepare(issued.pdf, tmp_path / "和解协议书.pdf").put().path
    assert file.read_bytes() == issued.pdf
    with pytest.raises(Invalid, match=r"\.pdf"):
        issued_papers.prepare(issued.pdf, tmp_path / "协议.docx")
    with pytest.raises(Invalid, match="没有文件夹"):
        issued_papers.prepare(issued.pdf, tmp_path / "没有" / "协议.pdf")
    assert [found.name for found in tmp_path.iterdir() if found.suffix] == ["和解协议书.pdf"]


def test_pages_come_as_pictures_for_screen_and_printer(database, mediator):
    issued = issue(database, mediator, conclude(database, mediator).agreement_no)
    shown = issued_papers.pictures(issued.pdf, 400)
    assert len(shown) == issued.pages and {picture.width for picture in shown} == {400}
    assert issued_papers.printed(issued.pdf, 1, 72).width == 596
    with pytest.raises(Trouble):
        issued_papers.pictures(b"not a pdf", 400)
