"""The ground of all figures: which cases count, and quantities that are a condition and a sum.

The same condition gives the number and the cases behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.case import Case
from odr_desk.rules.case import ODR_CHANNELS, Outcome
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.store.database import Work

Condition = Callable[[Period], ColumnElement[bool]]
COUNTED: ColumnElement[bool] = and_(
    Case.deleted_at.is_(None),
    Case.merged_into_id.is_(None),
    or_(Case.result.is_(None), Case.result != Outcome.NOT_OURS),
)
"""Neither binned nor merged, nor a merchant that is not ours."""
ODR: ColumnElement[bool] = Case.channel.in_(sorted(ODR_CHANNELS))
SETTLED: ColumnElement[bool] = Case.result == Outcome.SETTLED


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something counted: how many cases meet a condition, or the sum of a column over them."""

    name: str
    label: str
    holds: Condition
    column: Any = None

    def total(self, period: Period) -> ColumnElement[int]:
        """Return the SQL sum for a period."""
        amount = 1 if self.column is None else func.coalesce(self.column, 0)
        return func.coalesce(func.sum(case((self.holds(period), amount), else_=0)), 0).label(self.name)


def received(period: Period) -> ColumnElement[bool]:
    """Say that a case was received in the period."""
    return Case.received_on.between(period.first, period.last)


def ended(period: Period) -> ColumnElement[bool]:
    """Say that a case ended in the period."""
    return Case.ended_on.between(period.first, period.last)


def done(basis: EndedBy, period: Period) -> ColumnElement[bool]:
    """Say that a case is 已处理 in the period, as the mall has chosen to reckon it."""
    if basis is EndedBy.ENDED:
        return ended(period)
    return and_(received(period), Case.ended_on.is_not(None))


def fell_due(period: Period) -> ColumnElement[bool]:
    """Say that the statutory day of a case lies in the period."""
    return Case.due_on.between(period.first, period.last)


def revisited(period: Period) -> ColumnElement[bool]:
    """Say that the consumer was called back in the period."""
    return Case.revisited_on.between(period.first, period.last)


def measure(work: Work, period: Period, quantities: Sequence[Quantity], within: ColumnElement[bool]) -> dict[str, int]:
    """Return every quantity over the counted cases that lie `within`, by name, in one pass."""
    sums = [quantity.total(period) for quantity in quantities]
    row = work.session.execute(select(*sums).where(COUNTED, within)).one()
    return {quantity.name: int(value) for quantity, value in zip(quantities, row, strict=True)}


def measure_by(
    work: Work,
    period: Period,
    quantities: Sequence[Quantity],
    within: ColumnElement[bool],
    by: InstrumentedAttribute[str],
) -> dict[str, dict[str, int]]:
    """Return the quantities of each group, as `measure` does for all."""
    sums = [quantity.total(period) for quantity in quantities]
    found: Any = work.session.execute(select(by, *sums).where(COUNTED, within).group_by(by))
    names = [quantity.name for quantity in quantities]
    return {str(row[0]): dict(zip(names, (int(value) for value in row[1:]), strict=True)) for row in found}
