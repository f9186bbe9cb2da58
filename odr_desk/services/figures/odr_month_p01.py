"""P01 ODR企业消费纠纷处理情况月报表: one row for the mall, on what came through the platform."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.rules.case import Outcome
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import clocks
from odr_desk.services.figures import durations
from odr_desk.services.figures.counting import COUNTED, ODR, SETTLED, Quantity, ended, measure, received, revisited
from odr_desk.store.database import Work

CONTENT = ("满意", "基本满意")
"""The words of a return visit that count as content (REFERENCE 1.7)."""


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
    days: int
    amount: int
    recovered: int
    revisited: int
    content: int
    advanced: int


def row(work: Work, period: Period, basis: EndedBy) -> OdrMonth:
    """Return the figures of the period."""
    touches = or_(received(period), ended(period), revisited(period), _handed_over(period))
    found = measure(work, period, quantities(basis), and_(ODR, touches))
    done = and_(ODR, _done(basis, period))
    days = durations.of_cases(work, clocks.load(work).calendar, done).total
    return OdrMonth(**found, days=days, advanced=advanced(work, period))


def quantities(basis: EndedBy) -> tuple[Quantity, ...]:
    """Return what the row counts, as conditions on platform cases."""

    def done(period: Period) -> ColumnElement[bool]:
        return _done(basis, period)

    return (
        Quantity("received", "平台ODR投诉接收数", received),
        Quantity("direct", "其中消费者直达", lambda p: and_(received(p), Case.channel == "CH01")),
        Quantity("diverted", "其中市监分流", lambda p: and_(received(p), Case.channel == "CH02")),
        Quantity("ended", "办结数", done),
        Quantity("on_time", "按时办结数", lambda p: and_(done(p), Case.ended_on <= Case.due_on)),
        Quantity("settled", "和解成功数", lambda p: and_(done(p), SETTLED)),
        Quantity("handed_over", "和解不成转市监数", _handed_over),
        Quantity("amount", "涉及金额", received, Case.amount),
        Quantity("recovered", "挽回经济损失", done, Case.recovered),
        Quantity("revisited", "已回访", lambda p: and_(revisited(p), Case.satisfaction != "")),
        Quantity("content", "满意", lambda p: and_(revisited(p), Case.satisfaction.in_(CONTENT))),
    )


def advanced(work: Work, period: Period) -> int:
    """Return what the mall paid in merchants' stead in the period, whatever way the case came."""
    chosen = (
        select(func.coalesce(func.sum(Advance.amount), 0))
        .join(Case, Case.id == Advance.case_id)
        .where(COUNTED, Advance.paid_on.between(period.first, period.last))
    )
    return int(work.session.execute(chosen).scalar_one())


def _done(basis: EndedBy, period: Period) -> ColumnElement[bool]:
    if basis is EndedBy.ENDED:
        return ended(period)
    return and_(received(period), Case.ended_on.is_not(None))


def _handed_over(period: Period) -> ColumnElement[bool]:
    return and_(Case.transferred_on.between(period.first, period.last), Case.result == Outcome.FAILED)
