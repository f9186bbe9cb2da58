"""Papers issued once and kept as the bytes that were issued."""

import hashlib
import json

import pytest

from odr_desk.model.document import Document
from odr_desk.papers import making, reading_back, settlement_agreement
from odr_desk.papers.checking import Level
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.services import issuing, timeline
from tests import stored_facts
from tests.make import make_case, make_merchant
from tests.settled import case_of, conclude

KIND = "settlement_agreement"


def issue(database, actor, number):
    with database.writing(actor, "document.issue") as work:
        return issuing.issue(work, KIND, agreement_no=number)


def test_a_paper_is_frozen_with_hash_facts_and_version(database, clerk, mediator):
    number = conclude(database, mediator).agreement_no
    issued = issue(database, clerk, number)
    assert issued.document_no == number
    assert issued.sha256 == hashlib.sha256(issued.pdf).hexdigest()
    text = "".join("".join(reading_back.text_of(issued.pdf)).split())
    assert "金禧珠宝（无锡）有限公司" in text and "人民币壹仟贰佰玖拾玖元整（¥1,299.00）" in text
    with database.reading(clerk) as work:
        document = work.session.get_one(Document, issued.document_id)
        assert (document.template_version, document.issued_by) == (settlement_agreement.VERSION, "王敏")
        known = stored_facts.read(settlement_agreement.Facts, document.facts)
        assert json.loads(document.facts)["number"] == number
        assert making.make(issuing.paper_of(KIND), known).pdf.data == issued.pdf
        assert f"出具消费纠纷和解协议书 {number}，" in timeline.rows(work, document.case_id)[0].text


def test_a_reprint_is_the_stored_bytes_whatever_has_changed(database, mediator, clock):
    number = conclude(database, mediator).agreement_no
    first = issue(database, mediator, number)
    clock.forward(days=3650)
    with database.writing(mediator, "case.update") as work:
        case_of(work, number).consumer_name = "改了名字"
    again = issue(database, mediator, number)
    assert (again.pdf, again.document_id) == (first.pdf, first.document_id)


def test_by_the_case_the_running_agreement_is_meant(database, mediator):
    number = conclude(database, mediator).agreement_no
    with database.writing(mediator, "document.issue") as work:
        case_no = case_of(work, number).number
        assert issuing.issue(work, KIND, case_no=case_no).document_no == number


def test_a_rare_character_prints_and_copies_right(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case_no = make_case(work, consumer_name="李𬭚").number
    issued = issue(database, mediator, conclude(database, mediator, case_no=case_no).agreement_no)
    assert "李𬭚" in "".join(reading_back.text_of(issued.pdf))


def test_what_cannot_be_printed_is_named_and_nothing_is_stored(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case_no = make_case(work, consumer_name="周\U0001f600女士").number
    number = conclude(database, mediator, case_no=case_no).agreement_no
    with pytest.raises(Invalid, match="甲方姓名"):
        issue(database, mediator, number)
    with database.reading(mediator) as work:
        assert work.session.query(Document).count() == 0


def test_what_must_be_mended_is_refused_in_words(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case_no = make_case(work, consumer_name="").number
    number = conclude(database, mediator, case_no=case_no).agreement_no
    with pytest.raises(Invalid, match="请填写消费者姓名"):
        issue(database, mediator, number)


def test_before_there_is_an_agreement_there_is_no_paper(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case_no = make_case(work).number
    with pytest.raises(IllegalMove, match="还没有生效的协议"), database.reading(mediator) as work:
        issuing.look(work, KIND, case_no)


@pytest.mark.parametrize(
    ("kind", "case_no", "error"),
    [("people_mediation", "X", Invalid), (KIND, "", Invalid), (KIND, "XSBBB-2026-9999", Missing)],
)
def test_unknown_papers_and_cases_are_said(database, mediator, kind, case_no, error):
    with pytest.raises(error), database.reading(mediator) as work:
        issuing.look(work, kind, case_no)


def test_the_preview_is_drawn_without_the_database(database, mediator):
    number = conclude(database, mediator).agreement_no
    with database.reading(mediator) as work:
        sheet = issuing.look(work, KIND, agreement_no=number)
    assert sheet.number == number
    assert sheet.known.dispute.channel == "全国12315平台"
    assert "身份号码没有填写" in [check.text for check in sheet.checks if check.level is Level.LOOK]
    assert issuing.draw(sheet).startswith(b"%PDF")


def test_only_who_issues_papers_may(database, mediator, auditor):
    number = conclude(database, mediator).agreement_no
    with pytest.raises(NotAllowed):
        issue(database, auditor, number)


def test_the_merchant_is_printed_by_its_licence_name(database, mediator):
    with database.writing(mediator, "case.create") as work:
        merchant = make_merchant(work, name="无锡示例餐饮管理有限公司", brand="沸点火锅", legal_person="")
        case_no = make_case(work, merchant_no=merchant.number).number
    number = conclude(database, mediator, case_no=case_no).agreement_no
    with database.reading(mediator) as work:
        known = issuing.look(work, KIND, agreement_no=number).known
    assert (known.merchant.name, known.merchant.brand, known.merchant.head) == (
        "无锡示例餐饮管理有限公司",
        "沸点火锅",
        "",
    )
