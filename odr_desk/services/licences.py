"""The licences on the file of a merchant: kept in their order, each with its scan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from odr_desk.model.merchant import Merchant, MerchantLicence
from odr_desk.rules.errors import Missing
from odr_desk.rules.evidence import FileKind
from odr_desk.rules.fields import fields_of
from odr_desk.rules.licence import LicenceDraft, check_licences, is_blank
from odr_desk.store.database import Work

_WRITTEN = tuple(field.name for field in fields_of(LicenceDraft) if field.name != "id")


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan of a licence: which file it is, and what it was called outside."""

    sha256: str
    size: int
    kind: FileKind
    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence as the file shows it."""

    draft: LicenceDraft
    scan: Scan | None


def of_merchant(work: Work, merchant_id: int) -> tuple[Licence, ...]:
    """Return the licences of a merchant in their order."""
    return tuple(Licence(_draft(row), scan_of(row)) for row in rows(work, merchant_id))


def drafts_of(work: Work, merchant_id: int) -> tuple[LicenceDraft, ...]:
    """Return what is written down of the licences of a merchant, in their order."""
    return tuple(map(_draft, rows(work, merchant_id)))


def save(work: Work, merchant_id: int, drafts: Sequence[LicenceDraft]) -> bool:
    """Make these the licences of a merchant, in this order, and tell whether that changed any; what is left out goes.

    One without an id is the one on record of the same kind and number, if there is one, else it is new.
    """
    drafts = tuple(draft for draft in drafts if not is_blank(draft))
    check_licences(drafts)
    known = {row.id: row for row in rows(work, merchant_id)}
    changed = False
    for position, (draft, found) in enumerate(_paired(drafts, known), start=1):
        row = found or MerchantLicence(merchant_id=merchant_id, position=position)
        work.session.add(row)
        written = {"position": position, **{name: getattr(draft, name) for name in _WRITTEN}}
        for name, value in written.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed = True
    for gone in known.values():
        work.session.delete(gone)
    return changed or bool(known)


def soonest() -> ColumnElement[Any]:
    """Return the day on which the first licence of a merchant runs out, as part of a query on merchants."""
    chosen = select(func.min(MerchantLicence.expires)).where(MerchantLicence.merchant_id == Merchant.id)
    return chosen.correlate(Merchant).scalar_subquery()


def rows(work: Work, merchant_id: int) -> list[MerchantLicence]:
    """Return the records of the licences in their order."""
    chosen = select(MerchantLicence).where(MerchantLicence.merchant_id == merchant_id)
    return list(work.session.scalars(chosen.order_by(MerchantLicence.position, MerchantLicence.id)))


def _paired(
    drafts: Sequence[LicenceDraft], known: dict[int, MerchantLicence]
) -> Iterator[tuple[LicenceDraft, MerchantLicence | None]]:
    """Yield each draft with its record, and take that out of `known`."""
    named = {draft.id for draft in drafts}
    for draft in drafts:
        if draft.id is not None:
            if draft.id not in known:
                raise Missing(f"第 {draft.id} 号证照不在这一户的档案里，请重新打开档案再改")
            yield draft, known.pop(draft.id)
            continue
        same = (
            row.id for row in known.values()
            if row.id not in named and (row.kind, row.number) == (draft.kind, draft.number)
        )  # fmt: skip
        identity = next(same, None)
        yield draft, known.pop(identity) if identity is not None else None


def _draft(row: MerchantLicence) -> LicenceDraft:
    return LicenceDraft(id=row.id, **{name: getattr(row, name) for name in _WRITTEN})


def scan_of(row: MerchantLicence) -> Scan | None:
    """Return the scan of a licence, None when there is none."""
    if not row.sha256:
        return None
    return Scan(row.sha256, row.size, FileKind(row.scan_kind), row.scan_name, row.scan_pages)
