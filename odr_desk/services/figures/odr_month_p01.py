"""P01 ODR企业消费纠纷处理情况月报表: one row for the mall, on what came through the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.rules import moments, money
from odr_desk.rules.case import Outcome
from odr_desk.rules.ending import Satisfaction
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import clocks, codes
from odr_desk.services.figures import durations, shares
from odr_desk.services.figures.counting import (
    COUNTED,
    ODR,
    SETTLED,
    Quantity,
    done,
    fell_due,
    measure,
    received,
    revisited,
)
from odr_desk.services.figures.report import Circumstances, Collected, Proof, Report, Sum
from odr_desk.sheets.form import Facts, Line
from odr_desk.store.database import Work

CONTENT = (Satisfaction.SATISFIED.value, Satisfaction.FAIRLY.value)
"""The words of a return visit that count as content."""


@dataclass(frozen=True, slots=True)
class OdrMonth:
    """The counts and amounts (fen) of the one row; its rates are made of these."""

    received: int
    direct: int
    diverted: int
    ended: int
    on_time: int
    settled: int
    handed_over: int
    overdue: int
    days: int
    amount: int
    recovered: int
    revisited: int
    content: int
    advances: int
    advanced: int


COUNTS = (
    "received", "direct", "diverted", "ended", "on_time", "settled", "handed_over", "overdue", "amount", "recovered",
    "content", "advances", "advanced",
)  # fmt: skip


def row(work: Work, period: Period, basis: EndedBy) -> OdrMonth:
    """Return the figures of the period."""
    touches = or_(received(period), done(basis, period), revisited(period), fell_due(period), _handed_over(period))
    found = measure(work, period, quantities(basis, moments.day_of(work.now)), and_(ODR, touches))
    days = durations.of_cases(work, clocks.load(work).calendar, and_(ODR, done(basis, period))).total
    advances, advanced = paid_in_advance(work, period)
    return OdrMonth(**found, days=days, advances=advances, advanced=advanced)


def collect(work: Work, month: Circumstances) -> Collected:
    """Return the facts of the one row; a rate divides the figures that stand beside it in the form."""
    found = row(work, month.period, month.basis)
    slots = month.slots()
    counted = {name: getattr(found, name) for name in COUNTS}
    made = {
        "name": month.mall.name,
        "uscc": month.mall.uscc,
        "month": month.period.title,
        "on_time_rate": shares.per_cent(found.on_time, found.ended),
        "settled_rate": shares.per_cent(found.settled, found.ended),
        "days": shares.mean(found.days, found.ended),
        "content_rate": shares.per_cent(found.content, found.revisited),
        "top_merchants": _most(work, month.period, Case.merchant_name, {}),
        "top_problems": _most(work, month.period, Case.problem, codes.names(work, "problems")),
        "remarks": month.note,
        **{name: slots[name] for name in ("filler", "phone", "checker", "filled_on")},
    }
    return Collected(Facts((Line(counted | made),), slots), 1, _sums(found), _proofs(found))


def _proofs(found: OdrMonth) -> tuple[Proof, ...]:
    parts = found.direct + found.diverted
    return (
        Proof(f"直达 {found.direct} 加分流 {found.diverted}，接收 {found.received}", parts == found.received),
        Proof(f"按时办结 {found.on_time}，不多于办结 {found.ended}", found.on_time <= found.ended),
        Proof(f"和解成功 {found.settled}，不多于办结 {found.ended}", found.settled <= found.ended),
    )


def _sums(found: OdrMonth) -> tuple[Sum, ...]:
    return (
        Sum("received", "平台接收（件）", str(found.received)),
        Sum("ended", "办结（件）", str(found.ended)),
        Sum("on_time_rate", "按时办结率（%）", shares.percent(found.on_time, found.ended)),
        Sum("settled_rate", "和解成功率（%）", shares.percent(found.settled, found.ended)),
        Sum("recovered", "平台件挽回（元）", money.show(found.recovered)),
        Sum("advanced", "先行赔付（元）", money.show(found.advanced)),
    )


def _most(work: Work, period: Period, by: InstrumentedAttribute[str], words: Mapping[str, str]) -> str:
    """Return the three most frequent, such as `云岚女装（2 件）、讯达手机（1 件）`."""
    chosen = select(by, func.count()).where(COUNTED, ODR, received(period), by != "").group_by(by)
    found = work.session.execute(chosen.order_by(func.count().desc(), by).limit(3))
    return "、".join(f"{words.get(name, name)}（{count} 件）" for name, count in found)


def quantities(basis: EndedBy, today: date) -> tuple[Quantity, ...]:
    """Return what the row counts, as conditions on platform cases."""

    def handled(period: Period) -> ColumnElement[bool]:
        return done(basis, period)

    return (
        Quantity("received", "平台ODR投诉接收数", received),
        Quantity("direct", "其中消费者直达", lambda p: and_(received(p), Case.channel == "CH01")),
        Quantity("diverted", "其中市监分流", lambda p: and_(received(p), Case.channel == "CH02")),
        Quantity("ended", "办结数", handled),
        Quantity("on_time", "按时办结数", lambda p: and_(handled(p), Case.ended_on <= Case.due_on)),
        Quantity("overdue", "超期数", lambda p: and_(fell_due(p), _late(today))),
        Quantity("settled", "和解成功数", lambda p: and_(handled(p), SETTLED)),
        Quantity("handed_over", "和解不成转市监数", _handed_over),
        Quantity("amount", "涉及金额", received, Case.amount),
        Quantity("recovered", "挽回经济损失", handled, Case.recovered),
        Quantity("revisited", "已回访", lambda p: and_(revisited(p), Case.satisfaction != "")),
        Quantity("content", "满意", lambda p: and_(revisited(p), Case.satisfaction.in_(CONTENT))),
    )


def paid_in_advance(work: Work, period: Period) -> tuple[int, int]:
    """Return how often and how much the mall paid in merchants' stead, whatever way the cases came."""
    chosen = (
        select(func.count(), func.coalesce(func.sum(Advance.amount), 0))
        .join(Case, Case.id == Advance.case_id)
        .where(COUNTED, Advance.paid_on.between(period.first, period.last))
    )
    count, amount = work.session.execute(chosen).one()
    return int(count), int(amount)


def _late(today: date) -> ColumnElement[bool]:
    return or_(
        Case.ended_on > Case.due_on, and_(Case.ended_on.is_(None), Case.archived_on.is_(None), Case.due_on < today)
    )


def _handed_over(period: Period) -> ColumnElement[bool]:
    return and_(Case.transferred_on.between(period.first, period.last), Case.result == Outcome.FAILED)


REPORT = Report("P01", collect, lambda case: case.is_odr)
