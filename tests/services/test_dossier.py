"""The file of a case: there, missing, still to come."""

from odr_desk.model.document import Attachment
from odr_desk.rules.case import CaseState
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import agreements, cases, dossier, issuing, timeline
from odr_desk.services.dossier import LineState
from tests.make import make_case
from tests.settled import case_of, conclude


def lines(database, actor, case_no):
    with database.reading(actor) as work:
        return {(line.title, line.note): line for line in dossier.of_case(work, case_no)}


def test_a_new_case_shows_what_is_there_and_what_is_missing(database, clerk):
    with database.writing(clerk, "case.create") as work:
        case = make_case(work, platform_no="12315-1", agent="周强")
        work.session.add(
            Attachment(
                case_id=case.id, number=1, position=1, sha256="0" * 64, size=1, kind="jpeg", label="购物小票",
                party="consumer", added_at=work.now, added_by="王敏",
            )
        )  # fmt: skip
        timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text="核实"))
        number = case.number
    found = lines(database, clerk, number)
    assert [(line.group, line.title, line.state.label) for line in found.values()] == [
        ("立案", "投诉登记", "齐"),
        ("立案", "平台工单", "齐"),
        ("立案", "登记回执", "待打印"),
        ("当事人", "消费者身份核对", "缺"),
        ("当事人", "授权委托书", "缺"),
        ("证据", "购物小票", "齐"),
        ("调解", "联系记录 1 次", "齐"),
        ("协议", "和解协议书", "未到"),
        ("结案", "平台反馈", "未到"),
        ("结案", "回访记录", "未到"),
    ]


def test_agreements_go_from_ready_to_printed_and_void_ones_stay(database, mediator):
    first = conclude(database, mediator).agreement_no
    with database.writing(mediator, "agree.void") as work:
        case_no = case_of(work, first).number
        agreements.void(work, first, "写错")
    second = conclude(database, mediator, case_no=case_no).agreement_no
    assert lines(database, mediator, case_no)["和解协议书", second].state is LineState.READY
    with database.writing(mediator, "document.issue") as work:
        issued = issuing.issue(work, "settlement_agreement", case_no)
    found = lines(database, mediator, case_no)
    assert found["和解协议书", second].document_id == issued.document_id
    assert found["和解协议书", second].state is LineState.DONE
    assert found["和解协议书", first].state is LineState.VOID
    assert found["履行凭证", "还有 2 项"].state is LineState.WAITING


def test_a_settled_case_without_paper_waits_for_none(database, mediator):
    with database.writing(mediator, "case.create") as work:
        case = make_case(work, channel="CH06")
        cases.move(work, case, CaseState.SETTLED, "口头和解")
        number = case.number
    assert not [line for line in lines(database, mediator, number).values() if line.group == "协议"]
