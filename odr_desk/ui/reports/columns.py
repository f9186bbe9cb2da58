"""The lists of the monthly report: what is to be mended, what was sent, how a form will look."""

from dataclasses import dataclass

from odr_desk.rules import moments
from odr_desk.rules.columns import Column
from odr_desk.rules.completeness import Finding, Weight
from odr_desk.services.report_desk import Heading, Preview
from odr_desk.services.submissions import SentRow
from odr_desk.ui.cells import Look
from odr_desk.ui.reports.edge import EDGE


@dataclass(frozen=True, slots=True)
class Group:
    """The head over findings of one weight."""

    weight: Weight
    count: int

    @property
    def words(self) -> str:
        """Return what and how many."""
        return f"{self.weight.label}  {self.count:,}"

    @property
    def rule(self) -> str:
        """Return what that means for the report."""
        return "不改不能往下走" if self.weight is Weight.MUST else "看过可以不改，会留下名字"


Line = Finding | Group


def grouped(findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Return findings below the heads of their weights."""
    lines: list[Line] = []
    for weight in Weight:
        of_weight = [one for one in findings if one.level is weight]
        if of_weight:
            lines += [Group(weight, len(of_weight)), *of_weight]
    return tuple(lines)


def identity(line: Line) -> object:
    """Return what tells one line from another."""
    return (line.case_no, line.message) if isinstance(line, Finding) else line.weight


FINDINGS: tuple[Column[Line], ...] = (
    EDGE,
    Column("轻重", lambda line: "" if isinstance(line, Finding) else line.words, width=3),
    Column("编号", lambda line: tail(line.case_no) if isinstance(line, Finding) else "", width=8),
    Column("商户", lambda line: line.merchant if isinstance(line, Finding) else line.rule, width=14),
    Column("事项", lambda line: line.topic.label if isinstance(line, Finding) else "", width=15),
    Column("情况", lambda line: line.said if isinstance(line, Finding) else "", width=30),
    Column("办法", lambda line: line.topic.act if isinstance(line, Finding) else "", width=12),
)
SPANS = ((1, 2), (3, len(FINDINGS) - 3))
"""First column and number of columns of the two parts of a group's head."""


def look(line: Line, column: Column[Line]) -> Look:
    """Return how a cell of the findings is painted."""
    if isinstance(line, Group):
        if column.heading == "商户":
            return Look("secondary", small=True)
        return Look("act" if line.weight is Weight.MUST else "secondary", bold=True)
    match column.heading:
        case "轻重":
            must = line.level is Weight.MUST
            return Look("act" if must else "wait", icon="alert" if must else "eye")
        case "编号":
            return Look("secondary", small=True)
        case "事项":
            return Look(bold=True)
        case "情况":
            return Look("secondary")
        case "办法":
            return Look("accent", icon="jump")
        case _:
            return Look()


SENT: tuple[Column[SentRow], ...] = (
    EDGE,
    Column("期间", lambda row: row.period.title, width=13),
    Column("表", lambda row: row.form, width=5),
    Column("编号", lambda row: row.number, width=13),
    Column("时间", lambda row: moments.show_moment(row.made_at), width=19),
)


def of_preview(found: Preview) -> tuple[Column[tuple[str, ...]], ...]:
    """Return the columns of a form's preview."""
    return (EDGE, *(_column(at, heading) for at, heading in enumerate(found.headings)))


def look_at_preview(row: tuple[str, ...], column: Column[tuple[str, ...]]) -> Look:
    """Return how a cell of a preview is painted: zeros step back, the sum steps forward."""
    if row[0] == "合计":
        return Look(bold=True)
    return Look("secondary") if column.value(row) in {"0", "0.0000", "0.00"} else Look()


def _column(at: int, heading: Heading) -> Column[tuple[str, ...]]:
    return Column(
        heading.text, lambda row: row[at], width=heading.width, align="right" if heading.is_number else "left"
    )


def tail(number: str) -> str:
    """Return the last part of a case number, which is enough among the cases of a month."""
    return number.rpartition("-")[2]
