"""The figures management and regulators judge the desk by, each with numerator, denominator and definition.

Few of the formulas are published, so the definition is always shown beside the figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from odr_desk.model.case import Case, CaseClaim
from odr_desk.rules import moments, money
from odr_desk.rules import period as periods
from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.rules.period import Period
from odr_desk.services import clocks
from odr_desk.services.figures import durations, shares
from odr_desk.services.figures.counting import (
    COUNTED,
    ODR,
    SETTLED,
    Quantity,
    ended,
    fell_due,
    measure,
    received,
    revisited,
)
from odr_desk.services.figures.odr_month_p01 import CONTENT, paid_in_advance
from odr_desk.store.database import Work

Asked = Callable[[Work, Period], int]
Part = Quantity | Asked
PAID = Case.refund + Case.compensation + Case.punitive
KEPT = (Performance.AT_ONCE, Performance.DONE)


class Unit(Word):
    """What a figure is counted in."""

    CASES = "cases", "件"
    MONEY = "money", "元"
    PERCENT = "percent", "%"
    DAYS = "days", "工作日"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure as declared: what is divided by what, and the words that say so."""

    code: str
    name: str
    unit: Unit
    definition: str
    top: Part
    bottom: Part | None = None
    of_money: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as measured; amounts in fen. Without a denominator the numerator is the figure."""

    code: str
    name: str
    unit: Unit
    definition: str
    numerator: int
    denominator: int | None
    of_money: bool = False

    @property
    def parts(self) -> tuple[int | str, int | str | None]:
        """Return numerator and denominator as the port writes them: counts as numbers, amounts in yuan."""
        if not self.of_money:
            return self.numerator, self.denominator
        return money.yuan(self.numerator), None if self.denominator is None else money.yuan(self.denominator)

    @property
    def value(self) -> str:
        """Return the figure as printed: `43`, `43917.30`, `98.50`, a dash where nothing can be divided."""
        if self.denominator is None:
            return money.yuan(self.numerator) if self.unit is Unit.MONEY else str(self.numerator)
        if self.unit is Unit.PERCENT:
            return shares.percent(self.numerator, self.denominator)
        return shares.average(self.numerator, self.denominator)


def stats(work: Work, period: Period) -> tuple[Figure, ...]:
    """Return every figure for a period."""
    work.actor.require(Right.READ_CASES)
    declared = indicators(moments.day_of(work.now))
    parts = {part.name: part for one in declared for part in (one.top, one.bottom) if isinstance(part, Quantity)}
    touches = or_(received(period), ended(period), fell_due(period), revisited(period))
    measured = measure(work, period, tuple(parts.values()), touches)

    def read(part: Part) -> int:
        return measured[part.name] if isinstance(part, Quantity) else part(work, period)

    def measured_as(one: Indicator) -> Figure:
        bottom = None if one.bottom is None else read(one.bottom)
        return Figure(
            one.code, one.name, one.unit, one.definition, read(one.top), bottom, one.of_money or one.unit is Unit.MONEY
        )

    return tuple(measured_as(one) for one in declared)


def behind(part: Quantity, period: Period) -> ColumnElement[bool]:
    """Return the condition of the cases behind a quantity, for a list that shows them."""
    return and_(COUNTED, part.holds(period))


def indicators(today: date) -> tuple[Indicator, ...]:
    """Return the figures as declared; what falls due later than yesterday is not late yet."""
    due = Quantity("due", "应办结", lambda p: and_(fell_due(p), _judged(today)))
    on_time = Quantity("on_time", "按时办结", lambda p: and_(fell_due(p), Case.ended_on <= Case.due_on))
    return (*_COUNTS, *_rates(due, on_time), *_SUMS)


def _judged(today: date) -> ColumnElement[bool]:
    return or_(Case.ended_on.is_not(None), and_(Case.archived_on.is_(None), Case.due_on < today))


def _within(name: str, label: str, quantity: Quantity, also: ColumnElement[bool]) -> Quantity:
    return Quantity(name, label, lambda p: and_(quantity.holds(p), also), quantity.column)


_RECEIVED = Quantity("received", "受理", received)
_ENDED = Quantity("ended", "办结", ended)
_SETTLED = Quantity("settled", "和解成功", lambda p: and_(ended(p), SETTLED))
_ODR = _within("odr_received", "平台接收", _RECEIVED, ODR)
_ODR_SETTLED = _within("odr_settled", "平台件和解成功", _RECEIVED, and_(ODR, SETTLED))
_SETTLED_OF_RECEIVED = _within("settled_of_received", "受理件中调解成功", _RECEIVED, SETTLED)
_ENDED_OF_RECEIVED = _within("ended_of_received", "受理件中已办结", _RECEIVED, Case.ended_on.is_not(None))
_SOLVED = _within(
    "solved",
    "受理件中已解决",
    _RECEIVED,
    or_(SETTLED, and_(Case.result == Outcome.WITHDRAWN, Case.performance.in_(KEPT))),
)
_CLAIMED = select(func.coalesce(func.sum(CaseClaim.amount), 0)).where(CaseClaim.case_id == Case.id).scalar_subquery()
_PAID = Quantity("paid", "实际赔付", ended, PAID)
_CLAIMS = Quantity("claimed", "提出索赔", ended, _CLAIMED)
_REVISITED = Quantity("revisited", "已回访", lambda p: and_(revisited(p), Case.satisfaction != ""))
_CONTENT = Quantity("content", "满意和基本满意", lambda p: and_(revisited(p), Case.satisfaction.in_(CONTENT)))


def _days(work: Work, period: Period) -> int:
    return durations.of_cases(work, clocks.load(work).calendar, received(period)).total


def _count(work: Work, period: Period) -> int:
    return measure(work, period, (_RECEIVED,), received(period))["received"]


def _growth(base: Callable[[Period], Period]) -> tuple[Asked, Asked]:
    """Return the growth over another period and that period's own count."""
    return (
        lambda work, period: _count(work, period) - _count(work, base(period)),
        lambda work, period: _count(work, base(period)),
    )


def _active_months(work: Work, period: Period) -> int:
    days = work.session.scalars(select(Case.received_on).where(COUNTED, ODR, received(period)).distinct())
    return len({(day.year, day.month) for day in days})


def _months(_work: Work, period: Period) -> int:
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def _advances(work: Work, period: Period) -> int:
    return paid_in_advance(work, period)[0]


def _advanced(work: Work, period: Period) -> int:
    return paid_in_advance(work, period)[1]


_COUNTS: tuple[Indicator, ...] = (
    Indicator("received", "受理投诉", Unit.CASES, "期间内收到的件，不含非本场商户、已合并和已删除的件", _RECEIVED),
    Indicator("odr_received", "平台接收", Unit.CASES, "其中来源为ODR直达和市监分流的件", _ODR),
    Indicator("ended", "已办结", Unit.CASES, "期间内办结的件，不论何时收到", _ENDED),
    Indicator("settled", "和解成功", Unit.CASES, "期间内办结且结果为和解成功的件", _SETTLED),
)


def _rates(due: Quantity, on_time: Quantity) -> tuple[Indicator, ...]:
    odr_due = _within("odr_due", "平台件应办结", due, ODR)
    odr_on_time = _within("odr_on_time", "平台件按时办结", on_time, ODR)
    on_time_words = "法定期限（10 个工作日）内办结的件 ÷ 期间内到期的件"
    return (
        Indicator("on_time_rate", "按时办结率", Unit.PERCENT, on_time_words, on_time, due),
        Indicator(
            "odr_on_time_rate", "平台按时办结率", Unit.PERCENT, on_time_words + "，只计平台件", odr_on_time, odr_due
        ),
        *_SHARES,
    )


_SHARES: tuple[Indicator, ...] = (
    Indicator("settlement_rate", "和解成功率", Unit.PERCENT, "和解成功 ÷ 已办结，都按办结日期", _SETTLED, _ENDED),
    Indicator(
        "odr_settlement_rate", "先行和解率", Unit.PERCENT, "期间内平台接收的件中，和解成功 ÷ 接收", _ODR_SETTLED, _ODR
    ),
    Indicator(
        "mediation_rate",
        "调解成功率",
        Unit.PERCENT,
        "期间内受理的件中，调解成功 ÷ 受理",
        _SETTLED_OF_RECEIVED,
        _RECEIVED,
    ),
    Indicator(
        "closing_rate", "投诉办结率", Unit.PERCENT, "期间内受理的件中，已办结 ÷ 受理", _ENDED_OF_RECEIVED, _RECEIVED
    ),
    Indicator(
        "solution_rate",
        "投诉解决率",
        Unit.PERCENT,
        "期间内受理的件中，和解成功或撤回时已履行 ÷ 受理",
        _SOLVED,
        _RECEIVED,
    ),
    Indicator(
        "paid_share",
        "赔付金额占索赔金额比例",
        Unit.PERCENT,
        "期间内办结的件，Σ退款和赔偿 ÷ Σ提出的金额",
        _PAID,
        _CLAIMS,
        of_money=True,
    ),
    Indicator(
        "content_rate", "满意率", Unit.PERCENT, "期间内回访的件中，满意和基本满意 ÷ 已回访", _CONTENT, _REVISITED
    ),
    Indicator("activity", "活跃度", Unit.PERCENT, "有平台件的月份数 ÷ 期间的月份数", _active_months, _months),
    Indicator(
        "growth_on_year", "受理同比", Unit.PERCENT, "（本期受理 − 上年同期）÷ 上年同期", *_growth(periods.year_before)
    ),
    Indicator(
        "growth_on_stretch", "受理环比", Unit.PERCENT, "（本期受理 − 上期）÷ 上期", *_growth(periods.stretch_before)
    ),
    Indicator(
        "average_days", "平均办理时长", Unit.DAYS, "期间内受理的件，Σ从收到到办结的工作日 ÷ 受理", _days, _RECEIVED
    ),
)
_SUMS: tuple[Indicator, ...] = (
    Indicator(
        "amount",
        "涉及金额",
        Unit.MONEY,
        "期间内受理的件，Σ涉及金额",
        Quantity("amount", "涉及金额", received, Case.amount),
    ),
    Indicator(
        "recovered",
        "挽回经济损失",
        Unit.MONEY,
        "期间内办结的件，Σ挽回经济损失（退款、赔偿、惩罚性赔偿之和，换货价值不计）",
        Quantity("recovered", "挽回经济损失", ended, Case.recovered),
    ),
    Indicator("advances", "先行赔付笔数", Unit.CASES, "期间内付款的先行赔付", _advances),
    Indicator("advanced", "先行赔付金额", Unit.MONEY, "期间内付款的先行赔付，Σ金额", _advanced),
)
