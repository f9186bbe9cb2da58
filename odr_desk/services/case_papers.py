"""What the papers about a case have to say: receipt, record of a sitting, notice of failure, letter of transfer."""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment, Document
from odr_desk.model.handing import Transfer
from odr_desk.model.merchant import Merchant
from odr_desk.papers import failure_notice, mediation_record, registration_receipt, return_letter, transfer_letter
from odr_desk.papers.matter import Host, Matter
from odr_desk.rules import moments, money
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.evidence import Side
from odr_desk.rules.feedback import told
from odr_desk.rules.session import side_of
from odr_desk.rules.transfer import lines
from odr_desk.services import claims, clocks, codes, disputes, explaining, feedback, sessions, setup, transfers
from odr_desk.services.sessions import SessionRow
from odr_desk.services.settlement_facts import full_channel
from odr_desk.store.database import Work

UNNUMBERED = "（出具时编号）"


def receipt(work: Work, case: Case) -> registration_receipt.Facts:
    """Return what the receipt for the consumer says."""
    first, result = clocks.of_case(work, case)
    return registration_receipt.Facts(
        number=UNNUMBERED,
        matter=matter_of(work, case),
        host=_host(work, ""),
        first_asked_by=case.first_asked_by or case.registered_by,
        handler=case.handler_name or case.registered_by,
        registered_on=moments.day_of(case.registered_at),
        answer_due=first.due,
        answer_basis=first.rule.basis,
        result_due=result.due,
        materials=_materials(work, case),
    )


def failed(work: Work, case: Case) -> failure_notice.Facts:
    """Return what the consumer is told when no settlement came about."""
    if case.result is not Outcome.FAILED:
        raise IllegalMove(f"投诉件 {case.number} 还没有记为和解不成，不能出具告知书", (CaseState.FAILED,))
    handed = transfers.departure(work, case)
    return failure_notice.Facts(
        number=UNNUMBERED,
        matter=matter_of(work, case),
        host=_host(work, case.handler_name),
        process=told(feedback.talks(work, case)),
        reason=case.result_note,
        handed_to=handed.body if handed else "",
        handed_on=handed.on if handed else None,
    )


def transferred(work: Work, case: Case) -> transfer_letter.Facts:
    """Return what the letter to another body says."""
    handed = transfers.departure(work, case)
    if handed is None:
        raise IllegalMove(f"投诉件 {case.number} 没有移送记录，请先登记移送", ("fail",))
    return transfer_letter.Facts(
        number=UNNUMBERED,
        to=handed.body,
        sent_on=handed.on,
        original_number=handed.original_no,
        matter=matter_of(work, case),
        host=_host(work, case.handler_name),
        work_done="".join(told(feedback.talks(work, case))),
        reason=handed.reason,
        told_on=_told_on(work, case),
        materials=(*_enclosed(work, case), *map(_on_paper, lines(handed.materials))),
        contact=case.handler_name or work.actor.name,
    )


def given_back(work: Work, case: Case) -> return_letter.Facts:
    """Return what the letter says that goes with a case given back to the body it came from."""
    returned = transfers.returned(work, case)
    if returned is None:
        raise IllegalMove(f"投诉件 {case.number} 没有退回记录，请先登记退回", ("transfer.return",))
    came = transfers.arrival(work, case)
    return return_letter.Facts(
        number=UNNUMBERED,
        to=returned.body,
        sent_on=returned.on,
        original_number=returned.original_no,
        came_on=came.on if came is not None else case.received_on,
        answer_by=returned.answer_by,
        matter=matter_of(work, case),
        host=_host(work, case.handler_name),
        cause=returned.cause.label if returned.cause is not None else "",
        reason=returned.reason,
        materials=lines(returned.materials),
        contact=case.handler_name or work.actor.name,
    )


def sitting(work: Work, case: Case) -> mediation_record.Facts:
    """Return what was said at the last sitting; offers made in confidence stay out."""
    held = sessions.rows(work, case.number)
    if not held:
        raise IllegalMove(f"投诉件 {case.number} 还没有调解记录，请先登记调解", ("session.add",))
    last = held[-1]
    profile = setup.profile(work)
    ends = f"{moments.local(last.ended_at):%H:%M}" if last.ended_at is not None else ""
    return mediation_record.Facts(
        number=UNNUMBERED,
        matter=matter_of(work, case),
        host=_host(work, last.mediator),
        held_on=moments.day_of(last.held_at),
        begins=f"{moments.local(last.held_at):%H:%M}",
        mode=codes.names(work, "modes").get(last.mode, last.mode),
        ends=ends,
        place=last.place or profile.desk_name or profile.name,
        recorder=work.actor.name,
        informed=last.informed,
        present=tuple(
            mediation_record.Person(name=one.name, side=side_of(one.role), role=one.role) for one in last.present
        ),
        statements=_statements(work, case, last),
        opinion=last.opinion,
        outcome=last.outcome,
    )


def _statements(work: Work, case: Case, held: SessionRow) -> tuple[mediation_record.Statement, ...]:
    """Return what both sides said at the sitting; where nothing was noted, what stands in the points in dispute."""
    views = (held.consumer_position, held.merchant_position)
    said = zip(("消费者", "商户"), views if any(views) else disputes.views(work, case.id), strict=True)
    return tuple(mediation_record.Statement(speaker=who, words=words) for who, words in said if words)


def is_of_last_sitting(work: Work, case: Case, record: Document) -> bool:
    """Tell whether an issued record is that of the last sitting, by the day and the hour it says itself."""
    held = sessions.last_held(work, case.id)
    said = json.loads(record.facts)
    return held is None or (said["held_on"], said["begins"]) == tuple(f"{moments.local(held):%Y-%m-%d %H:%M}".split())


def is_of_last_departure(work: Work, case: Case, letter: Document) -> bool:
    """Tell whether an issued letter went with the last hand-over."""
    return _went_with(transfers.departure(work, case), letter)


def is_of_last_return(work: Work, case: Case, letter: Document) -> bool:
    """Tell whether an issued letter went with the last time that the case was given back."""
    return _went_with(transfers.returned(work, case), letter)


def _went_with(move: Transfer | None, letter: Document) -> bool:
    return move is None or letter.issued_at >= move.recorded_at


def matter_of(work: Work, case: Case) -> Matter:
    """Return the complaint as every paper about it tells it."""
    merchant = work.session.get_one(Merchant, case.merchant_id)
    return Matter(
        case_number=case.number,
        received_on=case.received_on,
        channel=full_channel(work, case.channel),
        platform_number=case.platform_no,
        consumer=case.consumer_name,
        consumer_phone=case.consumer_phone,
        consumer_address=case.consumer_address,
        merchant=merchant.name,
        uscc=merchant.uscc,
        counter=merchant.counter,
        merchant_phone=merchant.phone,
        product=case.product,
        bought_on=case.purchase_date,
        price_fen=case.amount,
        receipt=case.receipt_no,
        facts=case.facts,
        request=_request(work, case),
    )


def _request(work: Work, case: Case) -> str:
    names = {option.code: option.name for option in codes.options(work, "claims")}
    claimed = claims.of_case(work, case.id)
    return "、".join(
        names.get(claim.code, claim.code) + (f" {money.show(claim.amount)} 元" if claim.amount else "")
        for claim in claimed
    )


def _told_on(work: Work, case: Case) -> date | None:
    """Return the day on which the consumer was last told of the failure, and so of the hand-over."""
    told = explaining.of_case(work, case.number)
    return moments.day_of(told[0].at) if told else None


def _host(work: Work, mediator: str) -> Host:
    mall = setup.profile(work)
    return Host(
        name=mall.name,
        desk=mall.desk_name,
        mediator=mediator,
        phone=mall.phone,
        address=mall.address,
        regulator=mall.regulator,
    )


def _enclosed(work: Work, case: Case) -> Iterator[transfer_letter.Material]:
    """Yield what the package of a hand-over holds beside the letter: the papers in force, then the evidence."""
    issued = select(Document).where(
        Document.case_id == case.id, Document.voided_at.is_(None), Document.kind != transfer_letter.CODE
    )
    for paper in work.session.scalars(issued.order_by(Document.id)):
        yield transfer_letter.Material(name=f"{paper.title} {paper.number}", pages=paper.pages)
    handed_in = select(Attachment).where(
        Attachment.case_id == case.id, Attachment.deleted_at.is_(None), Attachment.shared_of.is_(None)
    )
    for piece in work.session.scalars(handed_in.order_by(Attachment.id)):
        side = Side(piece.party)
        note = f"{side.label}提供" if side is not Side.OTHER else ""
        yield transfer_letter.Material(name=piece.label or "材料", pages=piece.pages, note=note)


def _on_paper(name: str) -> transfer_letter.Material:
    return transfer_letter.Material(name=name, note="纸质")


def _materials(work: Work, case: Case) -> tuple[str, ...]:
    chosen = select(Attachment.label).where(
        Attachment.case_id == case.id, Attachment.deleted_at.is_(None), Attachment.shared_of.is_(None)
    )
    return tuple(label or "材料" for label in work.session.scalars(chosen.order_by(Attachment.id)))
