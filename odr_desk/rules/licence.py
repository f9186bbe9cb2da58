"""The licences of a tenant: which there are, what is written down of one, and which runs out first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import day, number, text
from odr_desk.rules.parsing import check

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
