"""双方主张对照: the points of a case row by row, safe when two people write in the same grid."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.model.mediation import DisputePoint
from odr_desk.rules import dispute, moments
from odr_desk.rules.case import CaseState
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.dispute import PointDraft, PointState, check_points, is_blank
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Problem
from odr_desk.rules.fields import fields_of
from odr_desk.rules.people import Right
from odr_desk.services import cases, claims, codes, versions
from odr_desk.store.database import Work

_OWN = tuple(field.name for field in fields_of(PointDraft) if field.name not in ("id", "version"))


@dataclass(frozen=True, slots=True)
class Grid:
    """The points of a case; `proposed` tells that nothing is on record yet and they begin as its claims."""

    points: tuple[PointDraft, ...]
    proposed: bool


def grid(work: Work, case_no: str) -> Grid:
    """Return the points of a case as noted, else one for each demand of the consumer."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    points = of_case(work, case.id)
    return Grid(points or _from_claims(work, case), not points)


def of_case(work: Work, case_id: int) -> tuple[PointDraft, ...]:
    """Return the points on record."""
    return tuple(_draft(row) for row in _rows(work, case_id))


def save(
    work: Work, case_no: str, points: tuple[PointDraft, ...], removed: Mapping[int, int] | None = None
) -> tuple[PointDraft, ...]:
    """Write rows down in their order and return all there are; `removed` maps ids to the versions that were seen.

    Rows that somebody else added meanwhile stay, at the end; a row that somebody else changed meanwhile
    raises Conflict with both versions, and nothing is saved.
    """
    work.actor.require(Right.WRITE_CASES)
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件不能再改主张对照，请先重新打开", ("reopen",))
    points = tuple(point for point in points if not is_blank(point))
    check_points(points)
    _require_exhibits(work, case, points)
    points = _normal(work, points)
    _refuse_twice(points, removed or {})
    known = {row.id: row for row in _rows(work, case.id)}
    removed = {number: version for number, version in (removed or {}).items() if number in known}
    _refuse_overtaken(work, points, removed, known)
    for number in removed:
        work.session.delete(known.pop(number))
    _write(work, case, points, known)
    work.session.flush()
    return of_case(work, case.id)


def clauses(work: Work, case_id: int) -> tuple[TermDraft, ...]:
    """Return what the sides agree on by now, as clauses to begin an agreement with."""
    return tuple(dispute.clause(point) for point in of_case(work, case_id) if point.state is PointState.AGREED)


def views(work: Work, case_id: int) -> tuple[str, str]:
    """Return what each side says, point by point, without what is no longer asked for."""
    return dispute.views(tuple(p for p in of_case(work, case_id) if p.state is not PointState.DROPPED))


def dropped_claims(work: Work, case_id: int) -> frozenset[str]:
    """Return the demands that the consumer no longer makes."""
    return frozenset(p.claim for p in of_case(work, case_id) if p.state is PointState.DROPPED and p.claim)


def _rows(work: Work, case_id: int) -> list[DisputePoint]:
    chosen = select(DisputePoint).where(DisputePoint.case_id == case_id)
    return list(work.session.scalars(chosen.order_by(DisputePoint.rank, DisputePoint.id)))


def _draft(row: DisputePoint) -> PointDraft:
    return PointDraft(id=row.id, version=row.version_id, **{name: getattr(row, name) for name in _OWN})


def _from_claims(work: Work, case: Case) -> tuple[PointDraft, ...]:
    names = {option.code: option.name for option in codes.options(work, "claims")}
    return tuple(
        PointDraft(
            point=dispute.point_of(names.get(claim.code, claim.code), claim.amount),
            claim=claim.code,
            state=PointState.OPEN,
        )
        for claim in claims.of_case(work, case.id)
    )


def _normal(work: Work, points: tuple[PointDraft, ...]) -> tuple[PointDraft, ...]:
    return tuple(
        replace(
            point,
            claim=codes.require(work, "claims", point.claim, f"points[{n}].claim", "诉求"),
            state=point.state or PointState.OPEN,
        )
        for n, point in enumerate(points)
    )


def _require_exhibits(work: Work, case: Case, points: tuple[PointDraft, ...]) -> None:
    """Raise Invalid naming the pieces of evidence that the case does not have; one taken out may stay named."""
    known = set(work.session.scalars(select(Attachment.number).where(Attachment.case_id == case.id)))
    lacking = {n: [part for part in point.exhibits.split() if int(part) not in known] for n, point in enumerate(points)}
    have = "、".join(map(str, sorted(known)))
    advice = f"现有 {have}" if have else "这件还没有材料"
    problems = tuple(
        Problem(f"points[{n}].exhibits", f"第 {n + 1} 点：没有材料 {'、'.join(parts)}，{advice}")
        for n, parts in lacking.items()
        if parts
    )
    if problems:
        raise Invalid(problems)


def _refuse_twice(points: tuple[PointDraft, ...], removed: Mapping[int, int]) -> None:
    """Raise Invalid when one row on record is to be written twice, or written and removed."""
    told: set[int | None] = set(removed)
    for n, point in enumerate(points):
        if point.id in told:
            words = f"第 {n + 1} 点：行号 {point.id} 说了两次；一行要么改一次，要么删去"
            raise Invalid.of(f"points[{n}].id", words)
        told |= {point.id} - {None}


def _refuse_overtaken(
    work: Work, points: tuple[PointDraft, ...], removed: Mapping[int, int], known: Mapping[int, DisputePoint]
) -> None:
    """Raise Conflict when a row to be written or removed is no longer the one that was seen."""
    overtaken: dict[str, object] = {}
    for point in points:
        if point.id is None:
            continue
        row = known.get(point.id)
        if row is None:
            overtaken[str(point.id)] = None
        elif row.version_id != point.version and not _same(row, point):
            overtaken[str(point.id)] = _theirs(row)
    for number, version in removed.items():
        if known[number].version_id != version:
            overtaken[str(number)] = _theirs(known[number])
    if overtaken:
        by, at = max((versions.touched(work, f"dispute_points:{key}") for key in overtaken), key=lambda one: one[1])
        when = moments.show_moment(at)
        raise Conflict(
            f"{len(overtaken)} 个争议点在 {when} 被{by}改过，您的改动没有存，也没有丢。请比较两边再存",
            {"theirs": overtaken, "by": by, "at": moments.local(at).isoformat()},
        )


def _same(row: DisputePoint, point: PointDraft) -> bool:
    return all(getattr(row, name) == getattr(point, name) for name in _OWN)


def _theirs(row: DisputePoint) -> dict[str, object]:
    return {"version": row.version_id, **{name: getattr(row, name) for name in _OWN}}


def _write(work: Work, case: Case, points: tuple[PointDraft, ...], known: dict[int, DisputePoint]) -> None:
    for rank, point in enumerate(points, start=1):
        row = known.pop(point.id) if point.id is not None else None
        if row is None:
            row = DisputePoint(case_id=case.id)
            work.session.add(row)
        for name, value in {"rank": rank, **{name: getattr(point, name) for name in _OWN}}.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    for rank, row in enumerate(known.values(), start=len(points) + 1):
        if row.rank != rank:
            row.rank = rank
