"""What the desk does with complaint cases: find, change, move on."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import calendar, identity, moments
from odr_desk.rules.case import (
    NEXT,
    OUTCOME_OF,
    REASON_NEEDED,
    RESULTS,
    UNSETTLED,
    CaseDraft,
    CaseEdit,
    CaseState,
    check_case,
    claims_in_words,
    require_step,
)
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.fields import fields_of
from odr_desk.rules.parsing import parse, sentence
from odr_desk.rules.people import Right
from odr_desk.services import claims as demands
from odr_desk.services import clocks, codes, duties, families, timeline, versions
from odr_desk.store import journal
from odr_desk.store.database import Work

REVISIT_AFTER = 3  # working days: deadlines.csv D44, an internal target
_LONGEST_NOTE = 1_000
Written = TypeVar("Written", bound=CaseDraft)
_OWN = {field.name for field in fields_of(CaseDraft)} - {"merchant_no"}


def update(
    work: Work,
    number: str,
    version: int,
    changes: Mapping[str, object],
) -> int:
    """Change fields of a case, also its `claims`, and return its new version; Conflict when somebody was faster."""
    work.actor.require(Right.WRITE_CASES)
    case = named(work, number)
    before = draft_of(work, case)
    changed = parse(CaseEdit, changes)
    given = {name: getattr(changed, name) for name in changes}
    if "claims" in given:
        given["claims"] = demands.checked(work, changed.claims)
    if case.version_id != version:
        raise versions.overtaken(work, f"投诉件 {number} ", f"cases:{case.id}", case.version_id, given, before)
    after = checked(work, dataclasses.replace(before, **given))
    merchant = merchant_of(work, after.merchant_no)
    values = columns_of(after) | (snapshot_of(merchant) if merchant.id != case.merchant_id else {})
    for name, value in values.items():
        if getattr(case, name) != value:
            setattr(case, name, value)
    _follow(work, case, before, after)
    work.session.flush()
    return case.version_id


def move(work: Work, case: Case, to: CaseState, reason: str = "") -> None:
    """Take a case to another state, with its result where the state is one, and note it in the timeline."""
    require_step(case.state, to)
    agreed = duties.running(work, case.id) if to in UNSETTLED else None
    if agreed is not None:
        words = f"投诉件 {case.number} 的协议 {agreed.number} 还在生效，不能改为{to.label}"
        advice = f"请先写明原因作废协议，或者改回{CaseState.SETTLED.label}"
        raise IllegalMove(f"{words}；{advice}", ("agree.void", CaseState.SETTLED))
    if to in REASON_NEEDED and not reason.strip():
        raise Invalid.of("reason", f"请写明{to.label}的情况，反馈平台和月报都要用")
    if to is CaseState.CLOSED:
        raise IllegalMove("归档要先过结案检查，请用“结案”", ("closing",))
    before, case.state = case.state, to
    if to in RESULTS:
        case.result, case.result_note = OUTCOME_OF[to], reason.strip()
        case.ended_on = moments.day_of(work.now)
        case.revisit_due_on = revisit_due(work, case.ended_on) if to is CaseState.SETTLED else None
        clocks.end_pause(work, case)
    elif before in RESULTS or before is CaseState.CLOSED:
        _take_up_again(case)
        clocks.renew(work, case)
    words = f"{before.label} → {to.label}" + (f"：{reason.strip()}" if reason.strip() else "")
    timeline.system(work, case, EventKind.STATE, words)


def advance(work: Work, number: str, to: CaseState, reason: str = "") -> CaseState:
    """Take a case to another state and return it; closing and reopening have functions of their own."""
    work.actor.require(Right.WRITE_CASES)
    case = named(work, number)
    reason = sentence("情况", reason, required=False, max_length=_LONGEST_NOTE)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件要先“重新打开”并写明原因", ("reopen",))
    if to in RESULTS:
        work.actor.require(Right.MEDIATE)
    if to is CaseState.ASSIGNED and case.handler_id is None:
        case.handler_id, case.handler_name = work.actor.user_id, work.actor.name
    move(work, case, to, reason)
    return case.state


def legal_moves(case: Case, *, agreed: bool) -> tuple[CaseState, ...]:
    """Return the states a case may go to; while its agreement is in force, no result but that of the agreement."""
    barred = UNSETTLED if agreed else frozenset()
    return tuple(state for state in CaseState if state in NEXT[case.state] - barred)


def revisit_due(work: Work, ended_on: date) -> date:
    """Return the day by which the consumer of a settled case is called back."""
    return calendar.add_working(clocks.load(work).calendar, ended_on, REVISIT_AFTER)[-1].day


def named(work: Work, number: str) -> Case:
    """Return the case that stands under a number: the leading one where it was merged.

    Raise Missing when there is none of that number, or it lies in the bin.
    """
    case = families.leader_of(work, exact(work, number))
    if case.emptied_at is not None:
        raise Missing(f"编号 {number} 已作废：{_deletion(case)}。内容过了 30 天已清除，编号不再使用")
    if case.deleted_at is not None:
        raise Missing(f"投诉件 {number} 在回收站里（{_deletion(case)}），请先恢复")
    return case


def written_in(work: Work, number: str) -> Case:
    """Return the record of this very number, to speak of what was written in it before it was merged or since.

    Raise Missing where `named` would.
    """
    named(work, number)
    return exact(work, number)


def exact(work: Work, number: str) -> Case:
    """Return the record that was given a number, whatever has become of it; raise Missing when there is none.

    Who may not read cases is not told which numbers there are.
    """
    work.actor.require(Right.READ_CASES)
    case = work.session.scalars(select(Case).where(Case.number == number)).one_or_none()
    if case is None:
        raise Missing(f"没有编号为 {number} 的投诉件，请核对编号")
    return case


def merchant_of(work: Work, number: str) -> Merchant:
    """Return the merchant of a number; raise Invalid, because it is a field of a case that is wrong."""
    merchant = work.session.scalars(select(Merchant).where(Merchant.number == number)).one_or_none()
    if merchant is None:
        raise Invalid.of("merchant_no", f"没有编号为“{number}”的商户，请先在商户名录里登记或用“不在名录，先记名字”")
    return merchant


def draft_of(work: Work, case: Case) -> CaseEdit:
    """Return the case as the form shows it."""
    merchant = work.session.get_one(Merchant, case.merchant_id)
    wanted = demands.of_case(work, case.id)
    return CaseEdit(merchant_no=merchant.number, claims=wanted, **{name: getattr(case, name) for name in _OWN})


def snapshot_of(merchant: Merchant) -> dict[str, object]:
    """Return what a case remembers of its merchant, whatever becomes of that one later."""
    return {
        "merchant_id": merchant.id,
        "merchant_name": merchant.shown_name,
        "merchant_counter": merchant.counter,
        "merchant_uscc": merchant.uscc,
        "merchant_lease_end": merchant.lease_end,
        "merchant_deposit": merchant.deposit,
    }


def _deletion(case: Case) -> str:
    when = moments.show_moment(case.deleted_at) if case.deleted_at is not None else ""
    who = f"{case.deleted_by} " if case.deleted_by else ""
    return f"{who}{when} 删除" + (f"，原因：{case.delete_reason}" if case.delete_reason else "")


def checked(work: Work, draft: Written) -> Written:
    """Return the draft with codes and telephone in their normal form; raise Invalid when it cannot be saved."""
    draft = dataclasses.replace(
        draft,
        consumer_phone=identity.normal_phone(draft.consumer_phone),
        platform_no=identity.normal_number(draft.platform_no),
    )
    check_case(draft, moments.day_of(work.now), received_on(draft) if draft.received_at else None)
    return dataclasses.replace(
        draft,
        channel=codes.require(work, "channels", draft.channel, "channel", "来源渠道"),
        problem=codes.require(work, "problems", draft.problem, "problem", "投诉问题"),
        category=codes.category(work, draft.category),
    )


def received_on(draft: CaseDraft) -> date:
    """Return the day a complaint came in."""
    assert draft.received_at is not None  # noqa: S101 - required, checked before
    return moments.day_of(draft.received_at)


def columns_of(draft: CaseDraft) -> dict[str, object]:
    """Return what of a draft stands in the columns of its case."""
    return {name: getattr(draft, name) for name in _OWN}


def _take_up_again(case: Case) -> None:
    case.result, case.result_note, case.ended_on = None, "", None
    case.revisit_due_on, case.is_open = None, True  # `archived_on` stays: by it one sees that the clock is over


def _follow(work: Work, case: Case, before: CaseEdit, after: CaseEdit) -> None:
    """Bring what follows from the changed fields up to date, and note the change; of demands, from what to what."""
    changed = [field for field in fields_of(CaseEdit) if getattr(before, field.name) != getattr(after, field.name)]
    names = {field.name for field in changed}
    if not changed:
        return
    case.phone_tail = after.consumer_phone[-4:]
    if {"received_at", "channel"} & names:
        case.received_on = received_on(after)
        clocks.renew(work, case)
    if "claims" in names:
        demands.replace(work, case, after.claims)
        journal.outdate(case)
    elif {"product", "facts"} & names:
        demands.rename(work, case)
    words = f"修改：{'、'.join(field.label for field in changed)}"
    if "claims" in names:
        known = codes.names(work, "claims")
        was, now = (claims_in_words(draft.claims, known) or "没有写" for draft in (before, after))
        words += f"（诉求原为 {was}，现为 {now}）"
    timeline.system(work, case, EventKind.CHANGED, words)
