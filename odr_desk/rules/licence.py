"""The licences of a tenant: which there are, what is written down of one, and which runs out first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import check, day, number, text
from odr_desk.rules.merchant import MerchantDraft

KINDS = (
    "营业执照",
    "食品经营许可证",
    "公共场所卫生许可证",
    "烟草专卖零售许可证",
    "药品经营许可证",
    "医疗器械经营备案",
    "特种行业许可证",
)
"""What is usual in a mall; any other word may be written."""
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceDraft:
    """One licence as written down; `id` names the one on record that it changes."""

    id: int | None = number("记录", minimum=1, maximum=10**9)
    kind: str = text("证照种类", required=True, max_length=40)
    number: str = text("证照编号", max_length=60)
    expires: date | None = day("有效期至")


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantDraft(MerchantDraft):
    """A tenant as the leasing department lists him, with the licences that such lists have columns for."""

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


def is_blank(draft: LicenceDraft) -> bool:
    """Tell whether nothing has been written down."""
    return not (draft.kind or draft.number or draft.expires)


def check_licences(drafts: Sequence[LicenceDraft]) -> None:
    """Raise Invalid naming the line and the field of everything that is wrong."""
    problems: list[Problem] = []
    for at, draft in enumerate(drafts):
        try:
            check(draft)
        except Invalid as error:
            problems += (
                Problem(f"licences[{at}].{wrong.field}", f"第 {at + 1} 张证照：{wrong.text}")
                for wrong in error.problems
            )
    if len(drafts) > MOST:
        problems.append(Problem("licences", f"证照有 {len(drafts)} 张，最多 {MOST} 张"))
    if problems:
        raise Invalid(tuple(problems))


def merged(
    base: Iterable[LicenceDraft], mine: Iterable[LicenceDraft], theirs: Iterable[LicenceDraft]
) -> tuple[tuple[LicenceDraft, ...], bool]:
    """Return both lists in one, and whether both have changed the same licence.

    Nobody's words go: of a licence that both have changed, or one has taken out and the other changed, both stand
    there, and it is for people to see which holds.
    """
    before, own = {one.id: one for one in base}, list(mine)
    others = {one.id: one for one in theirs}
    kept = {one.id for one in own if one.id is not None}
    found: list[LicenceDraft] = []
    clash = False
    for one in own:
        was, other = before.get(one.id), others.get(one.id)
        if one.id is None:
            found.append(one)
        elif other is None:  # they have taken it out
            if one != was:
                found.append(replace(one, id=None))
                clash = True
        elif one == was:
            found.append(other)
        else:
            found.append(one)
            if other not in (was, one):
                found.append(replace(other, id=None))
                clash = True
    for identity, other in others.items():
        if identity not in kept and other != before.get(identity):
            found.append(other)  # they have added it, or changed what was taken out here
            clash = clash or identity in before
    return tuple(found), clash
