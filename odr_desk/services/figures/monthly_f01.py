"""F01 消费者投诉处理情况表: what came in and ended, by class and by the twelve problems."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from odr_desk.model.case import Case
from odr_desk.rules import money
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import codes
from odr_desk.services.figures.counting import (
    SETTLED,
    Quantity,
    done,
    measure_by,
    received,
)
from odr_desk.services.figures.report import Circumstances, Collected, Proof, Report, Sum
from odr_desk.sheets import complaints_f01
from odr_desk.sheets.form import Facts, Line
from odr_desk.store.database import Work

PROBLEMS = tuple(code for code, _ in complaints_f01.PROBLEMS)
OTHER_PROBLEM = PROBLEMS[-1]
NAMED_PROBLEMS = PROBLEMS[:-1]
OTHER_CLASS = complaints_f01.FORM.rest_label


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
    found = measure_by(work, period, quantities(basis), or_(received(period), done(basis, period)), Case.category)
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


def collect(work: Work, month: Circumstances) -> Collected:
    """Return the facts of the form: a line for every class the desk knows, those without cases too."""
    found = {row.category or OTHER_CLASS: row for row in _with_unclassed(rows(work, month.period, month.basis))}
    known = [option.code for option in codes.options(work, "categories")]
    lines = [_line(found.get(category, nothing(category))) for category in dict.fromkeys((*known, *sorted(found)))]
    whole = total(tuple(found.values()))
    return Collected(Facts(tuple(lines), month.slots()), len(found), _sums(whole), _proofs(whole))


def _with_unclassed(classes: tuple[ClassFigures, ...]) -> tuple[ClassFigures, ...]:
    """Return the classes with the cases that have none counted under 其他类."""
    bare = next((row for row in classes if not row.category), None)
    if bare is None:
        return classes
    other = next((row for row in classes if row.category == OTHER_CLASS), nothing(OTHER_CLASS))
    rest = tuple(row for row in classes if row.category not in ("", OTHER_CLASS))
    return (*rest, other.plus(bare))


def _line(row: ClassFigures) -> Line:
    values = {"accepted": row.accepted, "ended": row.ended, "settled": row.settled, "recovered": row.recovered}
    return Line(values | dict(zip(PROBLEMS, row.problems, strict=True)), row.category, _group(row.category))


def _group(category: str) -> str:
    """Return whether a class is of goods or of services, by its name."""
    if category == OTHER_CLASS:
        return ""
    return "服务类" if category.endswith("服务类") else "商品类"


def _proofs(whole: ClassFigures) -> tuple[Proof, ...]:
    parts = sum(whole.problems)
    return (
        Proof(f"十二个问题栏合计 {parts}，受理 {whole.accepted}", parts == whole.accepted),
        Proof(f"调解成功 {whole.settled}，不多于已处理 {whole.ended}", whole.settled <= whole.ended),
    )


def _sums(whole: ClassFigures) -> tuple[Sum, ...]:
    return (
        Sum("accepted", "受理（件）", str(whole.accepted)),
        Sum("ended", "已处理（件）", str(whole.ended)),
        Sum("settled", "调解成功（件）", str(whole.settled)),
        Sum("recovered", "挽回经济损失（元）", money.show(whole.recovered)),
    )


def total(classes: tuple[ClassFigures, ...]) -> ClassFigures:
    """Return all classes together."""
    both = nothing("合计")
    for one in classes:
        both = both.plus(one)
    return both


def quantities(basis: EndedBy) -> tuple[Quantity, ...]:
    """Return the columns of the form as conditions on cases."""

    def handled(period: Period) -> ColumnElement[bool]:
        return done(basis, period)

    return (
        Quantity("accepted", "受理投诉", received),
        Quantity("ended", "已处理", handled),
        Quantity("settled", "调解成功", lambda period: and_(handled(period), SETTLED)),
        Quantity("recovered", "挽回经济损失", handled, Case.recovered),
        *(_with_problem(problem) for problem in PROBLEMS),
    )


def _with_problem(problem: str) -> Quantity:
    """Count the accepted cases of a problem; what has none of the named ones is 其他."""
    if problem == OTHER_PROBLEM:
        return Quantity(problem, problem, lambda p: and_(received(p), Case.problem.not_in(NAMED_PROBLEMS)))
    return Quantity(problem, problem, lambda p: and_(received(p), Case.problem == problem))


REPORT = Report("F01", collect)
