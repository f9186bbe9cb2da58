"""The tenants of the mall: put on file, changed, noted in a hurry, marked as gone."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import or_, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import finding
from odr_desk.rules.errors import IllegalMove, Missing
from odr_desk.rules.finding import Named
from odr_desk.rules.identity import normal_phone, normal_uscc
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.mall import record_number
from odr_desk.rules.merchant import MerchantDraft, MerchantEdit, Warning_, check_merchant
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.people import Right
from odr_desk.services import cases, licences, pinyin, versions
from odr_desk.store import numbers
from odr_desk.store.database import Work

Draft = TypeVar("Draft", bound=MerchantDraft)
FIELDS = tuple(field.name for field in dataclasses.fields(MerchantDraft))
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}省)?(?:[\u4e00-\u9fff]{2,6}?市)?(?:[\u4e00-\u9fff]{1,6}?[区县市])?")


def register(work: Work, draft: MerchantDraft, held: Sequence[LicenceDraft] = ()) -> "Registered":
    """Put a tenant on file with the licences that it holds."""
    work.actor.require(Right.WRITE_MERCHANTS)
    draft = tidied(draft)
    warnings = (*check_merchant(draft), *doubts(work, draft))
    merchant = add(work, draft)
    licences.save(work, merchant.id, held)
    return Registered(merchant.id, merchant.number, warnings)


def update(
    work: Work,
    number: str,
    version: int | None,
    changes: Mapping[str, object],
    held: Sequence[LicenceDraft] | None = None,
) -> "Updated":
    """Change fields of a file; raise Conflict when it is no longer the version that was looked at.

    `held` takes the place of its licences, whose changes the version counts too. A merchant noted by name only is on
    file from the moment that its counter is known.
    """
    work.actor.require(Right.WRITE_MERCHANTS)
    merchant = known(work, number)
    now = draft_of(merchant)
    changed = parse(MerchantDraft, {**dataclasses.asdict(now), **changes})
    if version is not None and version != merchant.version_id:
        mine = {name: getattr(changed, name) for name in changes} | ({} if held is None else {"licences": tuple(held)})
        there = tuple(one.draft for one in licences.of_merchant(work, merchant.id))
        theirs = MerchantEdit(**dataclasses.asdict(now), licences=there)
        raise versions.overtaken(work, f"商户 {number} ", f"merchants:{merchant.id}", merchant.version_id, mine, theirs)
    draft = tidied(changed)
    warnings = (*check_merchant(draft), *doubts(work, draft, number))
    seen = merchant.version_id
    change(work, merchant, draft)
    if held is not None:
        hold(work, merchant, held, seen)
    work.session.flush()
    return Updated(merchant.version_id, warnings)


def hold(work: Work, merchant: Merchant, held: Sequence[LicenceDraft], seen: int) -> None:
    """Make these the licences of a merchant; the version of its file, `seen` before this step, counts that too."""
    work.session.flush()
    if licences.save(work, merchant.id, held) and merchant.version_id == seen:
        merchant.version_id += 1


def retire(work: Work, number: str, *, retired: bool = True) -> None:
    """Note that a tenant has left the mall, or is back; its file and its cases stay."""
    work.actor.require(Right.WRITE_MERCHANTS)
    merchant = known(work, number)
    if merchant.retired is retired:
        raise IllegalMove(f"商户 {number} 已经标为{'撤场' if retired else '在场'}，没有改动")
    merchant.retired = retired


def note_provisional(work: Work, name: str) -> "Registered":
    """Note a shop that is not on file by its name alone, so that a complaint need not wait."""
    work.actor.require(Right.WRITE_CASES)
    draft = noted(name)
    same = select(Merchant).where(or_(Merchant.name == draft.name, Merchant.brand == draft.name))
    found = work.session.scalars(same.where(Merchant.retired.is_(False)).limit(2)).all()
    merchant = found[0] if len(found) == 1 else add(work, draft, provisional=True)
    return Registered(merchant.id, merchant.number, ())


def noted(name: str) -> MerchantDraft:
    """Return the draft of a shop that is known by its name alone; raise Invalid when that is no name."""
    draft = MerchantDraft(name=" ".join(name.split()), counter="")
    check(dataclasses.replace(draft, counter="待补"))  # everything but the counter, which nobody knows yet
    return draft


def doubts(work: Work, draft: MerchantDraft, number: str = "") -> tuple[Warning_, ...]:
    """Return what other files have to say against this one; the same licence may hold several counters."""
    others = select(Merchant.number, Merchant.name, Merchant.brand, Merchant.counter, Merchant.uscc).where(
        Merchant.number != number,
        Merchant.retired.is_(False),
        or_(
            (Merchant.counter == draft.counter) & (Merchant.counter != ""),
            (Merchant.uscc == draft.uscc) & (Merchant.uscc != ""),
        ),
    )
    found: list[Warning_] = []
    for other in work.session.execute(others.order_by(Merchant.id).limit(3)):
        shown = f"{other.number} {other.brand or other.name}"
        if other.counter == draft.counter and other.name == draft.name:
            found.append(Warning_("counter", f"{shown} 也是这个名称和柜位，可能重复建档"))
        elif other.counter == draft.counter != "":
            found.append(Warning_("counter", f"这个柜位还有 {shown} 在场，如已换租请把它标为撤场"))
        else:
            found.append(Warning_("uscc", f"与 {shown}（{other.counter}）相同，一照多柜可以照存"))
    return tuple(found)


def tidied(draft: Draft) -> Draft:
    """Return the draft with code and telephone in the form the desk keeps."""
    return dataclasses.replace(draft, uscc=normal_uscc(draft.uscc), phone=normal_phone(draft.phone))


def add(work: Work, draft: MerchantDraft, *, provisional: bool = False) -> Merchant:
    """Write a checked draft down under the next number."""
    merchant = Merchant(
        number=record_number("M", 0, numbers.take(work, "merchant")),
        provisional=provisional,
        created_at=work.now,
    )
    write(merchant, draft)
    work.session.add(merchant)
    work.session.flush()
    return merchant


def change(work: Work, merchant: Merchant, draft: MerchantDraft) -> None:
    """Set the fields of a record; one noted by its name is on file from now on, and its cases know it."""
    write(merchant, draft)
    if merchant.provisional:
        merchant.provisional = False
        for case in cases_of(work, merchant):
            remember(case, merchant)


def cases_of(work: Work, merchant: Merchant) -> list[Case]:
    """Return the cases of a merchant, in the order they were registered."""
    return list(work.session.scalars(select(Case).where(Case.merchant_id == merchant.id).order_by(Case.id)))


def remember(case: Case, merchant: Merchant) -> None:
    """Write down in a case who its merchant is."""
    for name, value in cases.snapshot_of(merchant).items():
        setattr(case, name, value)


def write(merchant: Merchant, draft: MerchantDraft) -> None:
    """Set the fields of a record and what it is found and sorted by."""
    is_renamed = any(getattr(merchant, name) != getattr(draft, name) for name in ("name", "brand", "nickname"))
    for name in FIELDS:
        setattr(merchant, name, getattr(draft, name))
    if is_renamed:
        merchant.initials = pinyin.key((merchant.brand, merchant.nickname, _PLACE.sub("", merchant.name)))
        called = filter(None, (merchant.shown_name, merchant.nickname))
        merchant.pinyin = "\n".join(map(pinyin.syllables, called))  # the shown name first: lists are sorted by it
    merchant.findable = finding.haystack(finding_facts(merchant))


def finding_facts(merchant: Merchant) -> Named:
    """Return what a merchant may be found by."""
    return Named(
        name=merchant.shown_name,
        other_names=(merchant.nickname, merchant.name),
        counter=merchant.counter,
        keys=merchant.initials,
        sound=merchant.pinyin,
        codes=(merchant.number, merchant.uscc),
    )


def restore(merchant: Merchant, before: Mapping[str, object]) -> None:
    """Give fields back what they held; values as JSON keeps them."""
    provisional = before.get("provisional", merchant.provisional)
    values = {name: value for name, value in before.items() if name in FIELDS}
    old = parse(MerchantDraft, values)
    write(merchant, dataclasses.replace(draft_of(merchant), **{name: getattr(old, name) for name in values}))
    merchant.provisional = bool(provisional)


def draft_of(merchant: Merchant) -> MerchantDraft:
    """Return what the desk has written down about a tenant."""
    return MerchantDraft(**{name: getattr(merchant, name) for name in FIELDS})


def known(work: Work, number: str) -> Merchant:
    """Return the record of a merchant number; raise Missing when there is none."""
    merchant = work.session.scalars(select(Merchant).where(Merchant.number == number)).one_or_none()
    if merchant is None:
        raise Missing(f"没有编号为“{number}”的商户，请用名称或柜位重新查找")
    return merchant


class Registered(NamedTuple):
    """A tenant just put on file."""

    merchant_id: int
    number: str
    warnings: tuple[Warning_, ...]


class Updated(NamedTuple):
    """A file just changed."""

    version: int
    warnings: tuple[Warning_, ...]
