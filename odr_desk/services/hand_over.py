"""The hand-over package of a transfer: what goes into it, and that it was made.

`order` reads and issues in a piece of work, `packing.make` writes the files, `record` notes what was made.
The folder gets its name once that is durable.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.handing import Package, Transfer
from odr_desk.model.merchant import Merchant
from odr_desk.papers import transfer_letter
from odr_desk.rules import moments
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.events import EventKind
from odr_desk.rules.feedback import told
from odr_desk.rules.people import Right
from odr_desk.rules.transfer import Direction, lines
from odr_desk.services import (
    agreement_file,
    case_papers,
    cases,
    codes,
    evidence,
    explaining,
    feedback,
    issued_papers,
    issuing,
    packing,
    setup,
    timeline,
    transfers,
)
from odr_desk.services.packing import Copy, Made, Order, PackageState, PackedFile, safe_name
from odr_desk.sheets.hand_over import HandedOver
from odr_desk.store import journal
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow:
    """A package on record."""

    id: int
    transfer_no: int
    to: str
    folder: str
    files: tuple[PackedFile, ...]
    made_at: datetime
    made_by: str

    @property
    def state(self) -> PackageState:
        """Look whether the folder is still there as it was made; reads every file, needs no database."""
        return packing.state_of(Path(self.folder), self.files)


def order(work: Work, case_no: str, transfer_no: int = 0) -> Order:
    """Return what is to be packed, the letter issued now if it was not; without a number the last transfer."""
    work.actor.require(Right.PERFORM)
    case = cases.named(work, case_no)
    found = transfers.named(work, case, transfer_no) if transfer_no else transfers.departure(work, case)
    if found is None or found.direction is not Direction.OUT:
        raise IllegalMove(f"投诉件 {case_no} 没有移送记录，请先登记移送", ("transfer.out",))
    last = transfers.departure(work, case)
    if last is None or last.number != found.number:
        raise IllegalMove(f"第 {found.number} 次移送之后又移送过，材料包只做最近一次的", ("package",))
    letter = issuing.issue(work, transfer_letter.CODE, case_no)
    copies = tuple(_copies(work, case_no))
    numbers = _evidence(work, case_no)
    pieces = evidence.order_copies(work, case_no, numbers) if numbers else None
    day = f"{found.on:%Y%m%d}"
    return Order(
        case_no=case_no,
        transfer_no=found.number,
        to=found.body,
        folder=safe_name(f"移送材料 {case_no} {found.body} {day}"),
        letter=letter.pdf,
        letter_no=letter.document_no,
        row=_row(work, case, found, letter.document_no, len(copies) + len(numbers)),
        copies=copies,
        evidence=pieces,
        apart=lines(found.materials),
    )


def record(work: Work, made: Made) -> PackageRow:
    """Note what was made: which files, with their hashes, where, for whom; the folder gets its name then."""
    work.outgoing.append(made.ready)
    work.actor.require(Right.PERFORM)
    case = cases.named(work, made.order.case_no)
    transfer = transfers.named(work, case, made.order.transfer_no)
    files = [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in made.files]
    package = Package(
        case_id=case.id,
        transfer_id=transfer.id,
        body=made.order.to,
        folder=str(made.ready.path),
        files=json.dumps(files, ensure_ascii=False, separators=(",", ":")),
        made_at=work.now,
        made_by=work.actor.name,
    )
    work.session.add(package)
    work.session.flush()
    journal.record_deed(work, f"packages:{package.id}", {"folder": str(made.ready.path), "files": len(files)})
    timeline.system(work, case, EventKind.TRANSFER, f"做移送材料包，{len(files)} 个文件，给{made.order.to}")
    return _package(package, transfer.number)


def of_case(work: Work, case_no: str) -> tuple[PackageRow, ...]:
    """Return the packages of a case, the latest first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = select(Package, Transfer.number).join(Transfer, Transfer.id == Package.transfer_id)
    found = work.session.execute(chosen.where(Package.case_id == case.id).order_by(Package.id.desc()))
    return tuple(_package(package, number) for package, number in found)


def _evidence(work: Work, case_no: str) -> list[int]:
    """Return the pieces that go along: everything in the box, a blacked-out copy in the stead of its original."""
    inside = evidence.pieces(work, case_no)
    covered = {piece.shared_of for piece in inside if piece.shared_of is not None}
    return [piece.number for piece in inside if piece.number not in covered]


def _copies(work: Work, case_no: str) -> Iterator[Copy]:
    """Yield the issued papers that are in force, in the order in which they were issued."""
    lines = [line for line in agreement_file.papers(work, case_no) if not line.void]
    for place, line in enumerate(sorted(lines, key=lambda line: line.id), start=1):
        if line.kind == transfer_letter.CODE:
            continue
        name = safe_name(f"{place:02} {line.title} {line.number}")
        yield Copy(
            kind=packing.PAPERS,
            name=f"{line.title} {line.number}",
            file=f"{packing.PAPERS}/{name}.pdf",
            party="商场",
            pages=line.pages,
            on=moments.day_of(line.issued_at),
            data=issued_papers.read(work, line.id).pdf,
        )


def _row(work: Work, case: Case, transfer: Transfer, letter_no: str, copies: int) -> HandedOver:
    matter = case_papers.matter_of(work, case)
    explained = explaining.of_case(work, case.number)
    merchant = work.session.get_one(Merchant, case.merchant_id)
    return HandedOver(
        case_no=case.number,
        platform_no=case.platform_no,
        original_no=transfer.original_no,
        channel=matter.channel,
        received_on=case.received_on,
        consumer=case.consumer_name,
        phone=case.consumer_phone,
        address=case.consumer_address,
        agree_publish=case.agree_publish,
        agree_delegate=case.agree_delegate,
        merchant=matter.merchant,
        uscc=matter.uscc,
        counter=matter.counter,
        merchant_contact=merchant.contact,
        merchant_phone=merchant.phone,
        product=case.product,
        category=case.category,
        amount=case.amount,
        purchase_date=case.purchase_date,
        problem=codes.names(work, "problems").get(case.problem, case.problem),
        facts=case.facts,
        request=matter.request,
        work_done="".join(told(feedback.talks(work, case))),
        reason=transfer.reason,
        explained_on=moments.day_of(explained[0].at) if explained else None,
        to=transfer.body,
        sent_on=transfer.on,
        letter_no=letter_no,
        materials=copies + 1,
        contact=case.handler_name or work.actor.name,
        contact_phone=setup.profile(work).phone,
    )


def _package(package: Package, transfer_no: int) -> PackageRow:
    files: Sequence[Mapping[str, object]] = json.loads(package.files)
    return PackageRow(
        id=package.id,
        transfer_no=transfer_no,
        to=package.body,
        folder=package.folder,
        files=tuple(PackedFile(str(f["name"]), int(str(f["size"])), str(f["sha256"])) for f in files),
        made_at=package.made_at,
        made_by=package.made_by,
    )
