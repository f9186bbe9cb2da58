"""F01 消费者投诉处理情况表: what came in and ended, by class and by the twelve problems (REFERENCE 3)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from odr_desk.model.case import Case
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services.figures.counting import (
    SETTLED,
    Quantity,
    ended,
    measure_by,
    received,
)
from odr_desk.store.database import Work

PROBLEMS = tuple(f"P{number:02}" for number in range(1, 13))
OTHER_PROBLEM = PROBLEMS[-1]
NAMED_PROBLEMS = PROBLEMS[:-1]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """The figures of one class of goods or services; an empty name are the cases without a class."""

    category: str
    accepted: int
    ended: int
    settled: int
    recovered: int
    problems: tuple[int, ...]

    def plus(self, other: "ClassFigures") -> "ClassFigures":
        """Return both together, under this name."""
        return ClassFigures(
            self.category,
            self.accepted + other.accepted,
            self.ended + other.ended,
            self.settled + other.settled,
            self.recovered + other.recovered,
            tuple(one + two for one, two in zip(self.problems, other.problems, strict=True)),
        )


def nothing(category: str) -> ClassFigures:
    """Return a row of zeros."""
    return ClassFigures(category, 0, 0, 0, 0, (0,) * len(PROBLEMS))


def rows(work: Work, period: Period, basis: EndedBy) -> tuple[ClassFigures, ...]:
    """Return the figures of every class that has any; the twelve problems of a row add up to its accepted."""
    found = measure_by(work, period, quantities(basis), or_(received(period), ended(period)), Case.category)
    return tuple(
        ClassFigures(
            category,
            row["accepted"],
            row["ended"],
            row["settled"],
            row["recovered"],
            tuple(row[problem] for problem in PROBLEMS),
        )
        for category, row in sorted(found.items())
    )


def total(classes: tuple[ClassFigures, ...]) -> ClassFigures:
    """Return all classes together."""
    both = nothing("合计")
    for one in classes:
        both = both.plus(one)
    return both


def quantities(basis: EndedBy) -> tuple[Quantity, ...]:
    """Return the columns of the form as conditions on cases."""

    def done(period: Period) -> ColumnElement[bool]:
        if basis is EndedBy.ENDED:
            return ended(period)
        return and_(received(period), Case.ended_on.is_not(None))

    return (
        Quantity("accepted", "受理投诉", received),
        Quantity("ended", "已处理", done),
        Quantity("settled", "调解成功", lambda period: and_(done(period), SETTLED)),
        Quantity("recovered", "挽回经济损失", done, Case.recovered),
        *(_with_problem(problem) for problem in PROBLEMS),
    )


def _with_problem(problem: str) -> Quantity:
    """Count the accepted cases of a problem; what has none of the named ones is 其他."""
    if problem == OTHER_PROBLEM:
        return Quantity(problem, problem, lambda p: and_(received(p), Case.problem.not_in(NAMED_PROBLEMS)))
    return Quantity(problem, problem, lambda p: and_(received(p), Case.problem == problem))
