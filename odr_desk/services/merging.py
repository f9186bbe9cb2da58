"""Two cases that are one matter: one number leads, the other stays findable, and they come apart again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.agreement import Advance, Agreement
from odr_desk.model.case import Case, CaseClaim
from odr_desk.model.merge import CaseMerge
from odr_desk.rules import moments
from odr_desk.rules.case import ODR_CHANNELS, CaseDraft, CaseState, Claim
from odr_desk.rules.errors import IllegalMove, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.fields import fields_of
from odr_desk.rules.handling import NextStep
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import belongings, cases, claims, clocks, families, timeline
from odr_desk.store import history
from odr_desk.store.database import Work

FILLED = (
    "platform_no", "first_asked_by", "consumer_name", "consumer_phone", "phone_tail", "consumer_address", "id_type",
    "id_no", "age_band", "guardian", "agent", "privacy_notice_at", "product", "brand", "model", "category", "amount",
    "purchase_date", "receipt_no", "problem", "problem_note", "next_step", "next_step_on",
)  # fmt: skip
"""What the leading case takes from the other where it has nothing itself."""
CONTACTS = ("first_contact_at", "answered_on", "merchant_contact_at", "mediated_on")
"""The earlier of both counts."""
_EMPTY: tuple[Any, ...] = (None, "")
_LABELS = {field.name: field.label for field in fields_of(CaseDraft)} | {
    "phone_tail": "联系电话",
    "next_step": "下一步",
    "next_step_on": "下一步日期",
    "fed_back_on": "反馈平台",
    "archived_on": "归档日期",
    "claims": "诉求",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge has come to: the number that leads, and when the matter has to be answered."""

    case_no: str
    follower_no: str
    due_on: date
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Both numbers after taking apart; `kept` names what was changed since and stayed with the leading case."""

    case_no: str
    leader_no: str
    kept: tuple[str, ...]


def merge(work: Work, number: str, into: str, note: str = "") -> Merged:
    """Let one case follow another; refuse, saying why, when that would hide money or an agreement."""
    work.actor.require(Right.WRITE_CASES)
    note = sentence("说明", note, required=False)
    follower, leader = _live(work, number), _live(work, into)
    refusal = why_not(work, follower, leader)
    if refusal:
        raise IllegalMove(refusal)
    made = CaseMerge(
        leader_id=leader.id, follower_id=follower.id, merged_at=work.now, merged_by=work.actor.name, note=note.strip()
    )
    said = foretold(work, follower, leader)
    _take_over(work, leader, follower, made)
    follower.merged_into_id, follower.deleted_at, follower.deleted_by = leader.id, work.now, work.actor.name
    work.session.add(made)
    clocks.renew(work, leader)
    timeline.system(work, leader, EventKind.MERGED, f"并入 {follower.number}。" + "；".join(said))
    timeline.system(
        work, follower, EventKind.MERGED, f"已并入 {leader.number}" + (f"：{made.note}" if made.note else "")
    )
    work.session.flush()
    return Merged(leader.number, follower.number, leader.due_on, said)


def split(work: Work, number: str) -> Parted:
    """Take a merge apart: both cases stand as they did before, each with what was written in it since."""
    work.actor.require(Right.WRITE_CASES)
    follower = cases.exact(work, number)
    if follower.merged_into_id is None:
        raise IllegalMove(f"{number} 没有并入别的投诉件，没有改动")
    leader = work.session.get_one(Case, follower.merged_into_id)
    if leader.state is CaseState.CLOSED:
        raise IllegalMove(f"{leader.number} 已归档，请先重新打开再拆开", ("reopen",))
    made = _merge_of(work, follower)
    later = _merged_after(work, made)
    for one in reversed(later):
        _put_back(work, leader, one)
    kept = _put_back(work, leader, made)
    belongings.give_back(work, json.loads(made.moved), leader.id, follower.id)
    for one in later:  # what these did not bring because the one that goes had brought it, they bring now
        _take_over(work, leader, work.session.get_one(Case, one.follower_id), one)
    timeline.settle_contacts(work, leader, set())
    follower.merged_into_id, follower.deleted_at, follower.deleted_by = None, None, ""
    made.parted_at, made.parted_by = work.now, work.actor.name
    work.session.flush()
    for case, other in ((leader, follower), (follower, leader)):
        clocks.renew(work, case)
        timeline.system(work, case, EventKind.MERGED, f"与 {other.number} 拆开，各自办理")
    work.session.flush()
    return Parted(follower.number, leader.number, kept)


def turn(work: Work, merge_id: int, *, join: bool) -> None:
    """Join the two cases of a merge again, or take them apart, whichever of their merges it is that stands."""
    made = work.session.get_one(CaseMerge, merge_id)
    follower, leader = (work.session.get_one(Case, case_id) for case_id in (made.follower_id, made.leader_id))
    if join:
        merge(work, follower.number, leader.number, made.note)
    elif follower.merged_into_id == leader.id:
        split(work, follower.number)
    else:
        raise IllegalMove(f"{follower.number} 已经不在 {leader.number} 里，没有可撤销的")


def why_not(work: Work, follower: Case, leader: Case) -> str:
    """Say why one case may not follow another, empty when it may."""
    if follower.id == leader.id:
        return "两个编号是同一件，没有合并"
    if follower.merchant_id != leader.merchant_id:
        return "两件投诉的商户不同，没有合并；如是登记错了，请先把商户改成同一家"
    if leader.state is CaseState.CLOSED:
        return f"{leader.number} 已归档，请先重新打开再合并"
    if families.followers(work, follower.id):
        return f"{follower.number} 已有并入的件，请让它牵头，或先拆开"
    bound, leading = _bound(work, follower.id), _bound(work, leader.id)
    if bound and leading:
        return f"两件都有{bound}，不能合并；协议和付款各凭自己的编号"
    return f"{follower.number} 有{bound}，请让它牵头，把 {leader.number} 并进去" if bound else ""


def foretold(work: Work, follower: Case, leader: Case) -> tuple[str, ...]:
    """Say what a merge of these two will change."""
    after = dict(_carried(leader, follower))
    channel, answered = after.get("channel", leader.channel), after.get("fed_back_on", leader.fed_back_on)
    waits = channel in ODR_CHANNELS and answered is None
    return tuple(_said(leader, follower, waits, len(_more_claims(work, leader, follower))))


def _live(work: Work, number: str) -> Case:
    """Return a case of its own by number; raise when it lies in the bin or follows another one already."""
    case = cases.exact(work, number)
    if case.merged_into_id is not None:
        leader = cases.named(work, number)
        raise IllegalMove(f"{number} 已并入 {leader.number}，请用 {leader.number}，或先拆开")
    return cases.named(work, number)


def _bound(work: Work, case_id: int) -> str:
    """Name what binds a case to its number for good."""
    kinds: tuple[tuple[str, type[Any]], ...] = (("和解协议", Agreement), ("先行赔付", Advance))
    for words, kind in kinds:
        if work.session.scalar(select(func.count()).where(kind.case_id == case_id)):
            return words
    return ""


def _carried(leader: Case, follower: Case) -> Iterator[tuple[str, Any]]:
    """Yield what the leading case takes over, with its new value."""
    for name in FILLED:
        theirs = getattr(follower, name)
        if getattr(leader, name) in _EMPTY and theirs not in _EMPTY:
            yield name, theirs
    if follower.channel in ODR_CHANNELS:
        if leader.channel not in ODR_CHANNELS:
            yield "channel", follower.channel
            yield "fed_back_on", follower.fed_back_on
        elif follower.fed_back_on is None:
            yield "fed_back_on", None  # the other platform number still waits for its answer
    if leader.archived_on is not None and follower.archived_on is None:
        yield "archived_on", None  # the clock of the one that comes runs, also where that of the leading case is over
    for name in CONTACTS:
        known = [day for day in (getattr(leader, name), getattr(follower, name)) if day is not None]
        if known:
            yield name, min(known)


def _take_over(work: Work, leader: Case, follower: Case, made: CaseMerge) -> None:
    """Let the leading case have what the other one knows and holds, and note how to give it back."""
    after = dict(_carried(leader, follower))
    before = {name: getattr(leader, name) for name in (*after, *CONTACTS)}
    for name, value in after.items():
        setattr(leader, name, value)
    new = _unite_claims(work, leader, follower)
    moved = belongings.move(work, follower.id, leader.id)
    work.session.flush()
    made.before, made.after = _json(before), _json({name: getattr(leader, name) for name in before})
    made.claims, made.moved = json.dumps([claim.id for claim in new]), _json([*json.loads(made.moved or "[]"), *moved])


def _more_claims(work: Work, leader: Case, follower: Case) -> list[Claim]:
    """Return the demands that only the following case has."""
    asked = {claim.code for claim in claims.of_case(work, leader.id)}
    return [claim for claim in claims.of_case(work, follower.id) if claim.code not in asked]


def _unite_claims(work: Work, leader: Case, follower: Case) -> list[CaseClaim]:
    more = _more_claims(work, leader, follower)
    new = [CaseClaim(case_id=leader.id, code=claim.code, amount=claim.amount) for claim in more]
    work.session.add_all(new)
    work.session.flush()
    claims.rename(work, leader)
    return new


def _said(leader: Case, follower: Case, platform_waits: bool, claimed: int) -> Iterator[str]:
    """Say in words what a merge changes."""
    running = [case for case in (leader, follower) if case.archived_on is None] or [leader, follower]
    first = min(running, key=lambda case: case.due_on)
    which = "较早的一件" if len(running) > 1 else "还在走的一件"
    yield f"期限按{which}（{first.number}）算，{moments.show_day(first.due_on)} 到期"
    if follower.platform_no:
        yield f"平台编号 {follower.platform_no} 随件带过来"
    if platform_waits:
        yield "平台还要反馈"
    if claimed:
        yield f"诉求增加 {claimed} 项"
    step = NextStep(follower.next_step, follower.next_step_on).words
    if leader.next_step and step:
        yield f"{follower.number} 的下一步“{step}”没有带过来，请看还要不要办"
    if leader.consumer_phone and follower.consumer_phone not in ("", leader.consumer_phone):
        yield f"两件电话不同，按 {follower.number} 的电话也查得到"


def _merge_of(work: Work, follower: Case) -> CaseMerge:
    chosen = select(CaseMerge).where(CaseMerge.follower_id == follower.id, CaseMerge.parted_at.is_(None))
    made = work.session.scalars(chosen.order_by(CaseMerge.id.desc())).first()
    if made is None:
        raise Missing(f"{follower.number} 没有合并记录，没有改动")
    return made


def _merged_after(work: Work, made: CaseMerge) -> list[CaseMerge]:
    """Return the merges into the same case that stand and came later, the earliest first."""
    chosen = select(CaseMerge).where(
        CaseMerge.leader_id == made.leader_id, CaseMerge.parted_at.is_(None), CaseMerge.id > made.id
    )
    return list(work.session.scalars(chosen.order_by(CaseMerge.id)))


def _put_back(work: Work, leader: Case, made: CaseMerge) -> tuple[str, ...]:
    """Return the leading case to what it was; what somebody changed since stays, and is named."""
    before, after = json.loads(made.before), json.loads(made.after)
    kept: list[str] = []
    for name, old in before.items():
        if belongings.plain(getattr(leader, name)) == after[name] or name in CONTACTS:
            setattr(leader, name, history.value_of(Case.__table__.c[name], "" if old is None else str(old)))
        else:
            kept.append(name)
    for claim_id in json.loads(made.claims):
        claim = work.session.get(CaseClaim, claim_id)
        if claim is None:
            kept.append("claims")
        else:
            work.session.delete(claim)
    work.session.flush()
    claims.rename(work, leader)
    return tuple(_LABELS.get(name, name) for name in dict.fromkeys(kept))


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, default=belongings.plain)
