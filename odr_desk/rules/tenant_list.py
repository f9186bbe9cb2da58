"""A tenant as the leasing department lists him: one row, with the licences that such lists have columns for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from odr_desk.rules.fields import day, text
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import MerchantDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantDraft(MerchantDraft):
    """The fields of a tenant, and of the two licences that lists name."""

    licence_no: str = text("营业执照编号", "证照", max_length=60)
    licence_expires: date | None = day("营业执照有效期至", "证照")
    food_no: str = text("食品经营许可证编号", "证照", max_length=60)
    food_expires: date | None = day("食品经营许可证有效期至", "证照")


_LISTED = (("营业执照", "licence_no", "licence_expires"), ("食品经营许可证", "food_no", "food_expires"))
LISTED = frozenset(name for _kind, *names in _LISTED for name in names)
"""The fields of a tenant's row that speak of licences."""


def as_listed(held: Sequence[LicenceDraft], row: Mapping[str, object]) -> dict[str, object]:
    """Return what the columns of a list say of the licences on file that a row of it speaks of."""
    found: dict[str, object] = {}
    for kind, number_, expires in _LISTED:
        one = _listed(held, kind, str(row.get(number_, "")))
        if one is not None:
            found |= {number_: one.number, expires: one.expires}
    return found


def with_listed(held: Sequence[LicenceDraft], tenant: TenantDraft) -> tuple[LicenceDraft, ...]:
    """Return the licences once a row is taken in: those that it speaks of changed or added, all others as they are."""
    kept = list(held)
    for kind, number_, expires in _LISTED:
        written, until = getattr(tenant, number_), getattr(tenant, expires)
        if not (written or until):
            continue
        one = _listed(kept, kind, written)
        if one is None:
            kept.append(LicenceDraft(kind=kind, number=written, expires=until))
        else:
            kept[kept.index(one)] = replace(one, number=written, expires=until)
    return tuple(kept)


def _listed(held: Sequence[LicenceDraft], kind: str, number_: str) -> LicenceDraft | None:
    """Return the licence that a row means: that of its number, else the only one of its kind."""
    same = [one for one in held if one.kind == kind]
    if not number_:
        return same[0] if same else None
    of_number = [one for one in same if one.number == number_]
    return next(iter(of_number or (same if len(same) == 1 else ())), None)
