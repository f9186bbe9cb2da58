"""Ends without settlement, what the consumer was told, transfers both ways, and hand-over packages."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odr_desk.papers import transfer_letter
from odr_desk.port import shown
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb, as_draft
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules.ending import FailDraft, FailReason, fail_reason
from odr_desk.rules.errors import DeskError
from odr_desk.rules.explaining import ExplainDraft
from odr_desk.rules.fields import choice, day, fields_of, number, text
from odr_desk.rules.transfer import Direction, ReceiptDraft, ReturnDraft, TransferDraft, TransferInDraft
from odr_desk.services import explaining, failing, hand_over, packing, transfer_list, transfers
from odr_desk.services.issued_papers import Issued
from odr_desk.services.packing import Order
from odr_desk.services.transfer_list import MoveFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fail(CaseArgument):
    reason: str = text("原因", required=True, max_length=200)
    transfer_to: str = text("移送给", max_length=100)
    transfer_on: date | None = day("移送日期")
    transfer_original_no: str = text("原渠道编号", max_length=60)
    transfer_reason: str = text("移送原因", max_length=1000, multiline=True)
    transfer_materials: str = text("另附纸质材料", max_length=1000, multiline=True)
    transfer_receiver: str = text("接收人", max_length=50)
    transfer_out: str = text("材料包放到文件夹", max_length=1000)
    text: str = text("说明", max_length=1000, multiline=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explain(ExplainDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _In(TransferInDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Out(TransferDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Back(ReturnDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Receipt(ReceiptDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    transfer: int | None = number("第几次", required=True, minimum=1, maximum=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    case_no: str = text("投诉件编号", max_length=40)
    direction: Direction | None = choice("方向", options=Direction)
    limit: int | None = number("行数", minimum=1, maximum=1000)
    offset: int | None = number("起始行", maximum=10_000_000)
    text: str = text("查找", max_length=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package(CaseArgument):
    transfer: int | None = number("第几次", minimum=1, maximum=1000)
    out: str = text("放到文件夹", max_length=1000)


def _fail(session: Session, given: Given) -> Answer:
    """End without settlement; a package that cannot be written leaves the end and the hand-over as they are."""
    sent = given.draft
    known = fail_reason(sent.reason)
    words = sent.text if known is not None else "；".join(part for part in (sent.reason, sent.text) if part)
    moved = _moved(given)
    with session.writing("fail") as work:
        state = failing.fail(work, sent.case_no, FailDraft(reason=known or FailReason.OTHER, text=words), moved)
        papers = failing.hand_out(work, sent.case_no)
        order = hand_over.order(work, sent.case_no) if _is_issued(papers, transfer_letter.CODE) else None
    documents = [{"kind": paper.kind, "document_no": paper.document_no} for paper in papers]
    ended: dict[str, object] = {"state": state, "documents": documents}
    if order is None:
        return ended
    try:
        return {**ended, "package": pack(session, order, Path(sent.transfer_out) if sent.transfer_out else None)}
    except DeskError as error:
        return {**ended, "package": None, "package_message": str(error)}


def _moved(given: Given) -> TransferDraft | None:
    """Return the hand-over that was asked for with the end, if one was."""
    named = {entry.name: f"transfer_{entry.name}" for entry in fields_of(TransferDraft)}
    if not any(name.startswith("transfer_") for name in given.named):
        return None
    return TransferDraft(**{name: getattr(given.draft, whole) for name, whole in named.items()})


def _is_issued(papers: tuple[Issued, ...], kind: str) -> bool:
    return any(paper.kind == kind for paper in papers)


def _explain(session: Session, given: Given) -> Answer:
    with session.writing("explain") as work:
        left = explaining.explain(work, given.draft.case_no, as_draft(ExplainDraft, given.draft))
    return {"missing": [{"route": route, "text": route.label} for route in left]}


def _take_in(session: Session, given: Given) -> Answer:
    with session.writing("transfer.in") as work:
        return {"transfer": transfers.take_in(work, given.draft.case_no, as_draft(TransferInDraft, given.draft))}


def _hand_over(session: Session, given: Given) -> Answer:
    with session.writing("transfer.out") as work:
        return {"transfer": transfers.hand_over(work, given.draft.case_no, as_draft(TransferDraft, given.draft))}


def _give_back(session: Session, given: Given) -> Answer:
    with session.writing("transfer.return") as work:
        made = transfers.give_back(work, given.draft.case_no, as_draft(ReturnDraft, given.draft))
        (row,) = (row for row in transfers.of_case(work, given.draft.case_no) if row.number == made)
        return {**shown.transfer(row), "transfer": made}


def _acknowledge(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("transfer.acknowledge") as work:
        transfers.acknowledge(work, sent.case_no, sent.transfer, as_draft(ReceiptDraft, sent))
    return {}


def _list(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        if sent.case_no:
            of_case = transfers.of_case(work, sent.case_no)
            found = tuple(row for row in of_case if sent.direction in (None, row.direction))
            total = len(found)
        else:
            wanted = MoveFilter(view=sent.direction or transfer_list.ALL, text=sent.text)
            total, found = transfer_list.window(work, wanted, sent.offset or 0, sent.limit or 500)
    return {"total": total, "rows": [{"case_no": row.case_no, **shown.transfer(row)} for row in found]}


def _package(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("package") as work:
        order = hand_over.order(work, sent.case_no, sent.transfer or 0)
    return pack(session, order, Path(sent.out) if sent.out else None)


def pack(session: Session, order: Order, place: Path | None) -> dict[str, object]:
    """Write the package, note it and return what was made; without a place below the data folder."""
    if place is None:
        place = session.folder / packing.FOLDER
        place.mkdir(exist_ok=True)
    made = packing.make(order, place, lambda _done, _total: None)
    with session.writing("package") as work:
        return shown.package(hand_over.record(work, made))


def _packages(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = hand_over.of_case(work, given.draft.case_no)
    return {"rows": [{**shown.package(row), "state": row.state} for row in found]}


VERBS = (
    Verb(name="fail", takes=_Fail, run=_fail, nested={"transfer": "transfer_"}),
    Verb(name="explain", takes=_Explain, run=_explain),
    Verb(name="transfer.in", takes=_In, run=_take_in, renamed={"from": "body"}),
    Verb(name="transfer.out", takes=_Out, run=_hand_over),
    Verb(name="transfer.return", takes=_Back, run=_give_back),
    Verb(name="transfer.acknowledge", takes=_Receipt, run=_acknowledge),
    Verb(name="transfer.list", takes=_List, run=_list),
    Verb(name="package", takes=_Package, run=_package),
    Verb(name="package.list", takes=CaseArgument, run=_packages),
)
