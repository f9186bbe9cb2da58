"""The file of a case in its order: what is there, what is missing, what is still to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from sqlalchemy import func, select

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.papers import (
    failure_notice,
    mediation_record,
    registration_receipt,
    return_letter,
    settlement_agreement,
    transfer_letter,
)
from odr_desk.rules import moments
from odr_desk.rules.case import ODR_CHANNELS, RESULTS, Outcome
from odr_desk.rules.events import CONTACT
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.services import agreement_file, cases, duties, evidence, issuing, transfers
from odr_desk.services.agreement_file import PaperLine
from odr_desk.store.database import Work


class LineState(Word):
    """How a line of the file stands."""

    DONE = "done", "齐"
    MISSING = "missing", "缺"
    READY = "ready", "待打印"
    WAITING = "waiting", "未到"
    VOID = "void", "作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One line of the file; one with a `kind` is a paper that can be looked at and printed."""

    group: str
    title: str
    state: LineState
    on: date | None = None
    note: str = ""
    kind: str = ""
    agreement_no: str = ""
    document_id: int = 0


def of_case(work: Work, case_no: str) -> tuple[FileLine, ...]:
    """Return the lines of a case's file."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    issued = agreement_file.papers(work, case_no)
    earlier = issuing.overtaken(work, case)
    return (
        *_opening(case, issued),
        *_parties(case),
        *_evidence(work, case),
        *_talks(work, case, issued, earlier),
        *_agreements(work, case, issued),
        *_kept(work, case),
        *_ending(work, case, issued, earlier),
    )


def missing_at_end(work: Work, case: Case) -> tuple[ModuleType, ...]:
    """Return the papers that go with how a case ended and are not in force: of each hand-over and return the last."""
    earlier = issuing.overtaken(work, case)
    there = {line.kind for line in agreement_file.papers(work, case.number) if not line.void and line.id not in earlier}
    return tuple(paper for paper in _at_end(work, case) if paper.CODE not in there)


def _at_end(work: Work, case: Case) -> Iterator[ModuleType]:
    if case.result is Outcome.FAILED:
        yield failure_notice
    if transfers.departure(work, case) is not None:
        yield transfer_letter
    if transfers.returned(work, case) is not None:
        yield return_letter


def _opening(case: Case, issued: tuple[PaperLine, ...]) -> list[FileLine]:
    found = [FileLine(group="立案", title="投诉登记", state=LineState.DONE, on=case.received_on)]
    if case.platform_no:
        found.append(FileLine(group="立案", title="平台工单", state=LineState.DONE, on=case.received_on))
    return found + _papers("立案", registration_receipt, issued)


def _parties(case: Case) -> list[FileLine]:
    known = LineState.DONE if case.id_no else LineState.MISSING
    found = [FileLine(group="当事人", title="消费者身份核对", state=known)]
    if case.agent:
        letter = LineState.DONE if case.agent_letter else LineState.MISSING
        found.append(FileLine(group="当事人", title="授权委托书", state=letter))
    return found


def _evidence(work: Work, case: Case) -> list[FileLine]:
    """Return what was handed in; blacked-out copies are for others and no part of the file."""
    return [
        FileLine(group="证据", title=one.label or "材料", state=LineState.DONE, on=moments.day_of(one.added_at))
        for one in evidence.pieces(work, case.number)
        if one.shared_of is None
    ]


def _talks(work: Work, case: Case, issued: tuple[PaperLine, ...], earlier: frozenset[int]) -> list[FileLine]:
    kinds = [kind.value for kind in CONTACT]
    contacts = select(func.count(), func.max(Event.at)).where(Event.case_id == case.id, Event.kind.in_(kinds))
    count, last = work.session.execute(contacts).one()
    found = []
    if count:
        title, on = f"联系记录 {count} 次", moments.day_of(last)
        found.append(FileLine(group="调解", title=title, state=LineState.DONE, on=on))
    sittings = work.session.scalar(select(func.count()).where(MediationSession.case_id == case.id))
    return found + (_papers("调解", mediation_record, issued, earlier) if sittings else [])


def _agreements(work: Work, case: Case, issued: tuple[PaperLine, ...]) -> list[FileLine]:
    papers = {paper.number: paper for paper in issued if paper.kind == settlement_agreement.CODE}
    chosen = select(Agreement).where(Agreement.case_id == case.id)
    agreed = list(work.session.scalars(chosen.order_by(Agreement.voided_at.is_not(None), Agreement.id.desc())))
    if not agreed:
        title = _short(settlement_agreement)
        return [] if case.state in RESULTS else [FileLine(group="协议", title=title, state=LineState.WAITING)]
    return [_paper(agreement, papers.get(agreement.number)) for agreement in agreed]


def _paper(agreement: Agreement, paper: PaperLine | None) -> FileLine:
    if agreement.voided_at is not None:
        state, on = LineState.VOID, moments.day_of(agreement.voided_at)
    elif paper is not None:
        state, on = LineState.DONE, moments.day_of(paper.issued_at)
    else:
        state, on = LineState.READY, None
    return FileLine(
        group="协议",
        title=_short(settlement_agreement),
        state=state,
        on=on,
        note=agreement.number,
        kind=settlement_agreement.CODE,
        agreement_no=agreement.number,
        document_id=paper.id if paper else 0,
    )


def _kept(work: Work, case: Case) -> list[FileLine]:
    agreement = duties.running(work, case.id)
    if agreement is None:
        return []
    owed = duties.of_agreement(work, agreement.id)
    open_ones = sum(duties.facts_of(duty).is_open for duty in owed)
    done_on = max((duty.done_on for duty in owed if duty.done_on), default=None)
    state = LineState.WAITING if open_ones else LineState.DONE
    note = f"还有 {open_ones} 项" if open_ones else ""
    return [FileLine(group="协议", title="履行凭证", state=state, on=None if open_ones else done_on, note=note)]


def _ending(work: Work, case: Case, issued: tuple[PaperLine, ...], earlier: frozenset[int]) -> list[FileLine]:
    found = [line for paper in _at_end(work, case) for line in _papers("结案", paper, issued, earlier)]
    lines = [("平台反馈", case.fed_back_on)] if case.channel in ODR_CHANNELS else []
    lines.append(("回访记录", case.revisited_on))
    return found + [
        FileLine(group="结案", title=title, state=LineState.DONE if on else LineState.WAITING, on=on)
        for title, on in lines
    ]


def _papers(
    group: str, paper: ModuleType, issued: tuple[PaperLine, ...], earlier: frozenset[int] = frozenset()
) -> list[FileLine]:
    """Return a paper about the case: as issued, else ready to be; those of `earlier` matters and void ones below it."""
    own = [line for line in issued if line.kind == paper.CODE]
    found = [
        FileLine(
            group=group,
            title=_short(paper),
            state=LineState.VOID if line.void else LineState.DONE,
            on=moments.day_of(line.issued_at),
            note=line.number,
            kind=paper.CODE,
            document_id=line.id,
        )
        for line in sorted(own, key=lambda line: line.void)
    ]
    if any(line.state is LineState.DONE and line.document_id not in earlier for line in found):
        return found
    return [FileLine(group=group, title=_short(paper), state=LineState.READY, kind=paper.CODE), *found]


def _short(paper: ModuleType) -> str:
    return str(paper.TITLE).removeprefix("消费纠纷").removeprefix("消费投诉")
