"""The deadline rules: listed with their basis, and changed by a new version from a day on, never overwritten.

A version that has not begun has counted nothing yet and may be taken back; the journal keeps it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from odr_desk.model.reference import DeadlineRuleRow
from odr_desk.rules import moments
from odr_desk.rules.deadlines import Clock, Unit
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.fields import choice, day, number, text
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.services import codes
from odr_desk.services.recounting import Report, recount
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One version of a rule; `until` is the day before the next version begins."""

    id: int
    code: str
    name: str
    clock: Clock
    length: int
    unit: Unit
    basis: str
    channels: str
    district: str
    valid_from: date
    until: date | None
    in_force: bool
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A new version of a rule."""

    length: int | None = number("天数", required=True, minimum=1, maximum=365)
    unit: Unit = choice("单位", options=Unit, required=True)
    valid_from: date | None = day("从哪天起", required=True)
    basis: str = text("依据", required=True, max_length=300, hint="法规名称和条款")


def rows(work: Work) -> tuple[RuleRow, ...]:
    """Return every version of every rule, those of one rule together, the newest first."""
    names, today = codes.names(work, "channels"), moments.day_of(work.now)
    chosen = select(DeadlineRuleRow).order_by(DeadlineRuleRow.clock, DeadlineRuleRow.id)
    versions: dict[str, list[DeadlineRuleRow]] = {}
    for rule in work.session.scalars(chosen):
        versions.setdefault(rule.code, []).append(rule)
    found = []
    for same in versions.values():
        until: date | None = None
        for rule in sorted(same, key=lambda one: one.valid_from, reverse=True):
            end = until or rule.valid_until
            found.append(_row(rule, names, end, today))
            until = rule.valid_from - timedelta(days=1)
    return tuple(found)


def revise(work: Work, rule_id: int, draft: RuleDraft, report: Report = lambda _done, _total: None) -> int:
    """Add a version that holds for cases received from a day on; return how many open cases have moved."""
    work.actor.require(Right.REFERENCE)
    check(draft)
    rule = work.session.get(DeadlineRuleRow, rule_id)
    if rule is None:
        raise Missing("这条期限规则已经不在了，请重新打开这一页")
    chosen = select(DeadlineRuleRow.valid_from).where(DeadlineRuleRow.code == rule.code)
    latest = max(work.session.scalars(chosen))
    if draft.valid_from is None or draft.valid_from <= latest:
        waits = "；这一版还没有生效，写错了请先撤回" if latest > moments.day_of(work.now) else ""
        raise Invalid.of("valid_from", f"新规则要从 {latest} 之后的日子起算，以前的件仍按原来的规则{waits}")
    work.session.add(
        DeadlineRuleRow(
            code=rule.code,
            name=rule.name,
            clock=rule.clock,
            length=draft.length,
            unit=draft.unit,
            basis=draft.basis,
            channels=rule.channels,
            district=rule.district,
            valid_from=draft.valid_from,
        )
    )
    work.session.flush()
    return recount(work, report)


def withdraw(work: Work, rule_id: int) -> None:
    """Take a version back that has not begun; the one before it goes on."""
    work.actor.require(Right.REFERENCE)
    rule = work.session.get(DeadlineRuleRow, rule_id)
    if rule is None:
        raise Missing("这条期限规则已经不在了，请重新打开这一页")
    if rule.valid_from <= moments.day_of(work.now):
        raise IllegalMove(
            f"“{rule.name}”从 {rule.valid_from} 起已经生效，收到的件按它数过，不能撤回；要改请换新规则",
            ("deadline.revise",),
        )
    work.session.delete(rule)


def _row(rule: DeadlineRuleRow, names: dict[str, str], until: date | None, today: date) -> RuleRow:
    channels = "、".join(names.get(code, code) for code in rule.channels.split()) or "全部来源"
    return RuleRow(
        rule.id, rule.code, rule.name, rule.clock, rule.length, rule.unit, rule.basis, channels,
        f"区划 {rule.district}" if rule.district else "全国", rule.valid_from, until,
        in_force=rule.valid_from <= today and (until is None or today <= until), waits=rule.valid_from > today,
    )  # fmt: skip
