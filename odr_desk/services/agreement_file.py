"""Agreements as screens and port show them: the register, and one agreement with all that hangs on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from odr_desk.model.agreement import Agreement, Duty, PerformanceEntry
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.rules import finding, masking, moments
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import CaseState, Performance
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.services import cases, duties, duty_list, families, settlement_facts
from odr_desk.services.duty_list import DutyRow
from odr_desk.store.database import Work


class AgreementView(Word):
    """Which agreements of the register."""

    RUNNING = "running", "生效"
    OWED = "owed", "未履行完"
    VOID = "void", "作废"
    ALL = "all", "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFilter:
    """Which agreements, in which order."""

    view: AgreementView = AgreementView.ALL
    text: str = ""
    sort: str = "number"
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One line of the register; a void one shows why."""

    id: int
    number: str
    case_id: int
    case_no: str
    merchant: str
    counter: str
    consumer: str
    signed_on: date
    total: int
    open_duties: int
    next_due: date | None
    late: bool
    performance: Performance
    mediator: str
    void: bool
    void_reason: str


@dataclass(frozen=True, slots=True)
class PaidEntry:
    """One payment or act on a duty; one taken back keeps its line."""

    id: int
    duty_id: int
    amount: int
    on: date
    method: str
    proof: str
    by: str
    taken_back: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper without its bytes."""

    id: int
    number: str
    kind: str
    title: str
    pages: int
    sha256: str
    issued_at: datetime
    issued_by: str
    void: bool
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDetail:
    """An agreement with its clauses, what was done on them, and its papers."""

    row: AgreementRow
    case_state: CaseState
    draft: AgreementDraft
    duties: tuple[DutyRow, ...]
    entries: tuple[PaidEntry, ...]
    papers: tuple[PaperLine, ...]
    created_by: str
    created_at: datetime
    voided_at: datetime | None
    voided_by: str

    @property
    def paid(self) -> int:
        """Return what was paid under it, in fen."""
        return sum(duty.performed for duty in self.duties)


SORTS: dict[str, ColumnElement[Any]] = {
    "number": Agreement.id.expression,
    "signed": Agreement.signed_on.expression,
    "merchant": Case.merchant_name.expression,
    "total": Agreement.total.expression,
}


def count(work: Work, wanted: AgreementFilter) -> int:
    """Count the agreements of a filter."""
    work.actor.require(Right.READ_CASES)
    return int(work.session.execute(_joined(select(func.count(Agreement.id))).where(_holds(wanted))).scalar_one())


def counts(work: Work) -> dict[str, int]:
    """Count every view of the register."""
    return {view.value: count(work, AgreementFilter(view=view)) for view in AgreementView}


def page(work: Work, wanted: AgreementFilter, offset: int, limit: int) -> tuple[AgreementRow, ...]:
    """Return the rows `offset` … `offset + limit` of a filter, in its order."""
    work.actor.require(Right.READ_CASES)
    sort = SORTS.get(wanted.sort, SORTS["number"])
    order = (sort.desc(), Agreement.id.desc()) if wanted.descending else (sort.asc(), Agreement.id.asc())
    chosen = _joined(select(*_columns())).where(_holds(wanted)).order_by(*order).offset(offset).limit(limit)
    today = moments.day_of(work.now)
    return tuple(_row(today, *found) for found in work.session.execute(chosen))


def window(work: Work, wanted: AgreementFilter, offset: int, limit: int) -> tuple[int, tuple[AgreementRow, ...]]:
    """Return how many agreements a filter has, and those of one page."""
    return count(work, wanted), page(work, wanted, offset, limit)


def detail(work: Work, number: str) -> AgreementDetail:
    """Return one agreement; raise Missing when there is none of that number."""
    work.actor.require(Right.READ_CASES)
    agreement = duties.agreement_named(work, number)
    found = work.session.execute(_joined(select(*_columns())).where(Agreement.id == agreement.id)).one()
    ids = [duty.id for duty in duties.of_agreement(work, agreement.id)]
    return AgreementDetail(
        row=_row(moments.day_of(work.now), *found),
        case_state=work.session.get_one(Case, agreement.case_id).state,
        draft=settlement_facts.draft_of(agreement),
        duties=duty_list.by_ids(work, ids),
        entries=_entries(work, ids),
        papers=_papers(work, Document.agreement_id == agreement.id),
        created_by=agreement.created_by,
        created_at=agreement.created_at,
        voided_at=agreement.voided_at,
        voided_by=agreement.voided_by,
    )


def of_case(work: Work, case_no: str) -> tuple[AgreementDetail, ...]:
    """Return the agreements of a case, the one in force first."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    chosen = select(Agreement.number).where(Agreement.case_id == case.id)
    numbers = work.session.scalars(chosen.order_by(Agreement.voided_at.is_not(None), Agreement.id.desc()))
    return tuple(detail(work, number) for number in numbers.all())


def papers(work: Work, case_no: str) -> tuple[PaperLine, ...]:
    """Return the papers issued on a case and on those merged into it, the latest first."""
    work.actor.require(Right.READ_CASES)
    return _papers(work, Document.case_id.in_(families.ids(work, cases.named(work, case_no).id)))


def _entries(work: Work, duty_ids: list[int]) -> tuple[PaidEntry, ...]:
    e = PerformanceEntry
    columns = (e.id, e.duty_id, e.amount, e.on, e.method, e.proof, e.by, e.taken_back_reason)
    found = work.session.execute(select(*columns).where(e.duty_id.in_(duty_ids)).order_by(e.id))
    return tuple(PaidEntry(*row) for row in found)


def _papers(work: Work, which: ColumnElement[bool]) -> tuple[PaperLine, ...]:
    found = work.session.scalars(select(Document).where(which).order_by(Document.id.desc()))
    return tuple(
        PaperLine(
            id=paper.id,
            number=paper.number,
            kind=paper.kind,
            title=paper.title,
            pages=paper.pages,
            sha256=paper.sha256,
            issued_at=paper.issued_at,
            issued_by=paper.issued_by,
            void=paper.voided_at is not None,
            archived=paper.archived,
        )
        for paper in found
    )


def _columns() -> tuple[ColumnElement[Any], ...]:
    a = Agreement
    still_open = and_(Duty.agreement_id == a.id, Duty.done_on.is_(None), Duty.waived_at.is_(None))
    plain = (
        a.id, a.number, Case.id, Case.number, Case.merchant_name, Case.merchant_counter, Case.consumer_name,
        a.signed_on, a.total, Case.performance, a.mediator, a.void_reason,
    )  # fmt: skip
    return (
        *(column.expression for column in plain),
        a.voided_at.is_not(None),
        select(func.count()).where(still_open).scalar_subquery(),
        select(func.min(Duty.due_on)).where(still_open).scalar_subquery(),
    )


def _row(today: date, *found: Any) -> AgreementRow:  # noqa: ANN401 - the columns above, in their order
    names = (
        "id", "number", "case_id", "case_no", "merchant", "counter", "consumer",
        "signed_on", "total", "performance", "mediator", "void_reason", "void", "open_duties", "next_due",
    )  # fmt: skip
    values = dict(zip(names, found, strict=True))
    late = values["next_due"] is not None and values["next_due"] < today
    values |= {"consumer": masking.name(values["consumer"]), "void": bool(values["void"]), "late": late}
    return AgreementRow(**values)


def _joined(chosen: Any) -> Any:  # noqa: ANN401 - a select of any columns
    return chosen.select_from(Agreement).join(Case, Case.id == Agreement.case_id)


def _holds(wanted: AgreementFilter) -> ColumnElement[bool]:
    text = finding.asked(wanted.text)
    like = f"%{text.replace('%', '').replace('_', '')}%"
    owed = select(Duty.agreement_id).where(Duty.done_on.is_(None), Duty.waived_at.is_(None))
    views: dict[AgreementView, ColumnElement[bool]] = {
        AgreementView.RUNNING: Agreement.voided_at.is_(None),
        AgreementView.OWED: Agreement.id.in_(owed),
        AgreementView.VOID: Agreement.voided_at.is_not(None),
        AgreementView.ALL: true(),
    }
    mentioned = or_(
        Agreement.number.like(like),
        Case.number.like(like),
        Case.merchant_name.like(like),
        Case.consumer_name.like(like),
    )
    return and_(views[wanted.view], Case.deleted_at.is_(None), mentioned if text else true())
