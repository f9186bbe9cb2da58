"""Money: what was agreed is what was performed and what is outstanding, to the fen."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.agreement import Advance, Agreement, Duty, PerformanceEntry, Recovery
from odr_desk.model.case import Case
from odr_desk.rules import money
from odr_desk.rules.clauses import KINDS, OTHER, Share
from odr_desk.store.checks.looking import Finding, Look


def agreed(look: Look) -> Iterator[Finding]:
    """Compare the total of each agreement with its clauses."""
    clauses = _sum(Duty.amount).where(Duty.agreement_id == Agreement.id).scalar_subquery()
    wrong = select(Agreement.number, Agreement.total, clauses).where(Agreement.total != clauses)
    for number, total, added in look.connection.execute(wrong):
        yield number, f"协议 {number} 的总额 {money.show(total)} 元，各项相加是 {money.show(added)} 元"


def performed(look: Look) -> Iterator[Finding]:
    """Compare what each duty counts as performed with the entries, and with what was owed."""
    entries = _sum(PerformanceEntry.amount).where(
        PerformanceEntry.duty_id == Duty.id, PerformanceEntry.taken_back_at.is_(None)
    )
    paid = entries.scalar_subquery()
    wrong = (
        select(Agreement.number, Duty.number, Duty.performed, paid, Duty.amount)
        .join(Agreement, Agreement.id == Duty.agreement_id)
        .where((Duty.performed != paid) | (Duty.performed > func.coalesce(Duty.amount, 0)) | (Duty.performed < 0))
    )
    for number, clause, counted, added, owed in look.connection.execute(wrong):
        name = f"协议 {number} 第 {clause} 项"
        if counted != added:
            yield number, f"{name}记为已履行 {money.show(counted)} 元，履行记录相加是 {money.show(added)} 元"
        else:
            yield number, f"{name}已履行 {money.show(counted)} 元，约定是 {money.show(owed or 0)} 元"


def standing(look: Look) -> Iterator[Finding]:
    """Compare what a case with an agreement counts as paid back with its duties: what stands, or else what was paid."""
    stands = case((Duty.waived_at.is_(None), func.coalesce(Duty.amount, 0)), else_=Duty.performed)
    counted = (Case.refund, Case.compensation, Case.punitive)
    added = [func.sum(case((_counts_as(share), stands), else_=0)) for share in Share]
    rows = select(Case.number, *counted, *added).join(Duty, Duty.case_id == Case.id).group_by(Case.id)
    wrong = rows.having(or_(*(column != total for column, total in zip(counted, added, strict=True))))
    for number, *amounts in look.connection.execute(wrong):
        on_case, by_duties = ("、".join(map(_named, Share, part)) for part in (amounts[:3], amounts[3:]))
        yield number, f"投诉件 {number} 记着{on_case}，按协议各项是{by_duties}"


def _counts_as(share: Share) -> ColumnElement[bool]:
    """Say that a duty is of this share; codes of the desk's own count as compensation, as they do in clauses."""
    kinds = {one: sorted(code for code, kind in KINDS.items() if kind.share is one) for one in Share}
    if share is not OTHER.share:
        return Duty.kind.in_(kinds[share])
    return Duty.kind.not_in([code for one, codes in kinds.items() if one is not share for code in codes])


def _named(share: Share, fen: int) -> str:
    return f"{share.label} {money.show(fen)} 元"


def recovered(look: Look) -> Iterator[Finding]:
    """Compare what was taken back for each advance payment with the entries."""
    entries = _sum(Recovery.amount).where(Recovery.advance_id == Advance.id).scalar_subquery()
    wrong = select(Advance.number, Advance.recovered, entries, Advance.amount).where(
        (Advance.recovered != entries) | (Advance.recovered > Advance.amount)
    )
    for number, counted, added, paid in look.connection.execute(wrong):
        yield (
            number,
            (
                f"先行赔付 {number} 记为已追回 {money.show(counted)} 元，追回记录相加是 {money.show(added)} 元，"
                f"赔付是 {money.show(paid)} 元"
            ),
        )


def _sum(column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> Select[tuple[int]]:
    return select(func.coalesce(func.sum(column), 0))
