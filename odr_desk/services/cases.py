"""What the desk does with complaint cases: register, change, move on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from odr_desk.model.case import Case, CaseClaim
from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.rules import calendar, identity, intake, mall, moments
from odr_desk.rules.case import (
    NEXT,
    OUTCOME_OF,
    REASON_NEEDED,
    RESULTS,
    UNSETTLED,
    CaseDraft,
    CaseEdit,
    CaseState,
    Claim,
    Level,
    Outcome,
    Performance,
    check_case,
    claims_in_words,
    require_step,
)
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.fields import fields_of, parse, sentence
from odr_desk.rules.handling import Handling, NextStep
from odr_desk.rules.people import Right
from odr_desk.rules.severity import level_for
from odr_desk.services import claims as demands
from odr_desk.services import clocks, codes, duties, families, likeness, setup, timeline, versions
from odr_desk.services.likeness import Likeness
from odr_desk.store import history, journal, numbers
from odr_desk.store.database import Work

REVISIT_AFTER = 3  # working days: deadlines.csv D44, an internal target
_LONGEST_NOTE = 1_000
Written = TypeVar("Written", bound=CaseDraft)
_STEP = ("next_step", "next_step_on")
_OWN = {field.name for field in fields_of(CaseDraft)} - {"merchant_no"}


@dataclass(frozen=True, slots=True)
class Registered:
    """What the clerk is told once a case is on record."""

    case_id: int
    case_no: str
    deadlines: tuple[Deadline, ...]
    duplicates: tuple[Likeness, ...]
    level: Level | None = None
    remarks: tuple[intake.Remark, ...] = ()


def register(
    work: Work, draft: CaseDraft, claims: tuple[Claim, ...] = (), key: str = "", number: str = ""
) -> Registered:
    """Write down a new case; the same idempotency key returns the case it made before.

    `number` is for cases that were numbered elsewhere; their series goes on after it.
    """
    work.actor.require(Right.WRITE_CASES)
    known = work.session.scalars(select(Case).where(Case.key == key)).one_or_none() if key else None
    return _registered(work, known or enter(work, draft, claims, key=key, number=number))


def enter(
    work: Work,
    draft: CaseDraft,
    claims: tuple[Claim, ...] = (),
    *,
    key: str = "",
    number: str = "",
    batch_id: int | None = None,
) -> Case:
    """Write down a new case without looking for its like; one out of an import waits to be taken up."""
    work.actor.require(Right.WRITE_CASES)
    draft = _checked(work, draft)
    merchant = merchant_of(work, draft.merchant_no)
    claims = demands.checked(work, claims)
    received_on = _received_on(draft)
    recent = likeness.recent_on(work, merchant.id, received_on)
    case = _new_case(work, draft, merchant, number or _next_number(work, received_on))
    case.key, case.level = key or None, level_for(draft, recent + 1)
    case.subject = demands.subject(work, draft.product, draft.facts, claims)
    if batch_id is not None:
        case.state, case.batch_id = CaseState.PENDING, batch_id
    if draft.solved_on_spot:
        _solve_on_spot(work, case)
    work.session.add(case)
    work.session.flush()
    work.session.add_all(CaseClaim(case_id=case.id, code=c.code, amount=c.amount) for c in claims)
    timeline.system(work, case, EventKind.REGISTERED, _first_words(work, draft), draft.received_at)
    if draft.solved_on_spot:
        timeline.system(work, case, EventKind.STATE, "当场解决")
    if number:
        numbers.reserve(work, "case", received_on.year, mall.count_in(number))
    work.session.flush()
    return case


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
    after = _checked(work, dataclasses.replace(before, **given))
    merchant = merchant_of(work, after.merchant_no)
    values = _columns(after) | (snapshot_of(merchant) if merchant.id != case.merchant_id else {})
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


def assign(work: Work, number: str, user_id: int, version: int | None = None) -> int:
    """Give a case to somebody and return its version; Conflict when somebody else has since the version named."""
    work.actor.require(Right.WRITE_CASES)
    case = named(work, number)
    person = work.session.get(User, user_id)
    if person is None or person.disabled or Right.WRITE_CASES not in person.role.rights:
        raise Invalid.of("handler", "这个账号不能承办投诉件，请另选承办人")
    if case.handler_id == user_id:
        return case.version_id
    before = work.session.get(User, case.handler_id) if case.handler_id is not None else None
    mine, theirs = _handling(person), Handling("", case.handler_name) if before is None else _handling(before)
    what = f"投诉件 {case.number} 的承办人（现为{theirs.handler_name or '无'}）"
    seen = (version, case.version_id)
    versions.require_seen(work, what, f"cases:{case.id}", seen, ("handler_id",), mine, theirs)
    instead = f"，原由{case.handler_name}承办" if case.handler_name else ""
    case.handler_id, case.handler_name = person.id, person.display_name
    if case.state in (CaseState.PENDING, CaseState.REGISTERED):
        case.state = CaseState.ASSIGNED
    timeline.system(work, case, EventKind.ASSIGNED, f"分派给{person.display_name}{instead}")
    work.session.flush()
    return case.version_id


def set_next_step(work: Work, number: str, text: str, due: date | None, version: int | None = None) -> int:
    """Say what comes next and by when, and return the version; an empty text takes the next step away.

    Conflict when somebody else has changed it since the version named. The one before stays in the timeline.
    """
    work.actor.require(Right.WRITE_CASES)
    case = named(work, number)
    if case.state is CaseState.CLOSED:
        raise IllegalMove("已归档的投诉件没有下一步，请先重新打开")
    text = sentence("下一步", text, "text", required=False)
    if text and due is None:
        raise Invalid.of("due", "下一步要有日期，请填写哪一天办")
    step, before = NextStep(text, due if text else None), NextStep(case.next_step, case.next_step_on)
    if step == before:
        return case.version_id
    what = f"投诉件 {case.number} 的下一步（现为：{before.words or '没有'}）"
    seen = (version, case.version_id)
    versions.require_seen(work, what, f"cases:{case.id}", seen, _STEP, step, before)
    if before.text:
        timeline.system(work, case, EventKind.NEXT_STEP, _step_replaced(work, case, before, step))
    case.next_step, case.next_step_on = step.text, step.due
    work.session.flush()
    return case.version_id


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


def _checked(work: Work, draft: Written) -> Written:
    """Return the draft with codes and telephone in their normal form; raise Invalid when it cannot be saved."""
    draft = dataclasses.replace(
        draft,
        consumer_phone=identity.normal_phone(draft.consumer_phone),
        platform_no=identity.normal_number(draft.platform_no),
    )
    check_case(draft, moments.day_of(work.now), _received_on(draft) if draft.received_at else None)
    return dataclasses.replace(
        draft,
        channel=codes.require(work, "channels", draft.channel, "channel", "来源渠道"),
        problem=codes.require(work, "problems", draft.problem, "problem", "投诉问题"),
        category=codes.category(work, draft.category),
    )


def _new_case(work: Work, draft: CaseDraft, merchant: Merchant, number: str) -> Case:
    received_on = _received_on(draft)
    case = Case(
        **_columns(draft),
        **snapshot_of(merchant),
        number=number,
        received_on=received_on,
        registered_at=work.now,
        registered_by=work.actor.name,
        phone_tail=draft.consumer_phone[-4:],
        state=CaseState.REGISTERED,
        event_count=0,
    )
    clocks.set_due(case, clocks.load(work).deadlines(draft.channel, received_on))
    return case


def _received_on(draft: CaseDraft) -> date:
    assert draft.received_at is not None  # noqa: S101 - required, checked before
    return moments.day_of(draft.received_at)


def _columns(draft: CaseDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in _OWN}


def _next_number(work: Work, received_on: date) -> str:
    year = received_on.year
    return mall.case_number(setup.profile(work), year, numbers.take(work, "case", year))


def _first_words(work: Work, draft: CaseDraft) -> str:
    source = codes.names(work, "channels").get(draft.channel, draft.channel)
    number = f"，平台编号 {draft.platform_no}" if draft.platform_no else ""
    late = "（补录）" if draft.late_entry else ""
    return f"来源 {source}{number}{late}。{draft.facts}"


def _solve_on_spot(work: Work, case: Case) -> None:
    case.state, case.result = CaseState.SETTLED, Outcome.SETTLED
    case.ended_on, case.result_note = case.received_on, "当场解决"
    case.performance = Performance.AT_ONCE
    case.answered_on, case.first_contact_at = case.received_on, case.received_at
    case.handler_id, case.handler_name = work.actor.user_id or None, work.actor.name


def _handling(person: User) -> Handling:
    return Handling(person.user, person.display_name)


def _step_replaced(work: Work, case: Case, before: NextStep, after: NextStep) -> str:
    """Return the words that keep an earlier next step readable: what, for when, by whom."""
    last = history.field_touch(work, f"cases:{case.id}", _STEP)
    said = f"“{before.words}”" + (
        f"，{last.by} {moments.local(last.at):%Y-%m-%d %H:%M} 所定" if last is not None else ""
    )
    return f"下一步改为“{after.words}”；原为{said}" if after.text else f"取消下一步{said}"


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
        case.received_on = _received_on(after)
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


def _registered(work: Work, case: Case) -> Registered:
    found = likeness.find(
        work,
        merchant_id=case.merchant_id,
        phone=case.consumer_phone,
        platform_no=case.platform_no,
        on=case.received_on,
        besides=case.id,
    )
    counted = clocks.load(work).deadlines(case.channel, case.received_on)
    remarks = intake.remarks(draft_of(work, case), likeness.recent_on(work, case.merchant_id, case.received_on))
    return Registered(case.id, case.number, counted, found, case.level, remarks)
