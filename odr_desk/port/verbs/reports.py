"""The regulator's forms and the desk's figures."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import period as periods
from odr_desk.rules.completeness import Finding
from odr_desk.rules.fields import day, flag, text
from odr_desk.services import monthly, submissions
from odr_desk.services.figures import stats
from odr_desk.services.figures.stats import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    start: date | None = day("起日", required=True)
    to: date | None = day("止日", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Export(_Period):
    form: str = text("表号", required=True, max_length=20)
    template: str = text("模板", max_length=1000)
    out: str = text("保存到", max_length=1000)
    check: bool = flag("只体检")


def _export(session: Session, given: Given) -> Answer:
    sent = given.draft
    span = periods.make(sent.start, sent.to)
    if sent.check:
        with session.reading() as work:
            counted = monthly.count(work, sent.form, span)
        nothing_made = dict.fromkeys(("path", "sha256", "submission_no"))
        return {"rows": counted.rows, "problems": problems(counted.findings), **nothing_made}
    out = Path(sent.out) if sent.out else session.folder / submissions.file_name(sent.form, span)
    template = Path(sent.template) if sent.template else None
    with session.writing("export") as work:
        made = submissions.export(work, sent.form, span, out, template)
    return {
        "rows": made.rows,
        "problems": problems(made.problems),
        "remarks": list(made.remarks),
        "path": str(made.path),
        "sha256": made.sha256,
        "submission_no": made.submission_no,
    }


def problems(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    """Return what is missing, case by case."""
    return [
        {"case_no": one.case_no, "field": one.field, "message": one.message, "level": one.level.value} for one in found
    ]


def _stats(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = stats.stats(work, periods.make(given.draft.start, given.draft.to))
    return {figure.code: _figure(figure) for figure in found}


def _figure(figure: Figure) -> Answer:
    numerator, denominator = figure.parts
    return {
        "name": figure.name,
        "value": figure.value,
        "numerator": numerator,
        "denominator": denominator,
        "definition": figure.definition,
    }


FROM = {"from": "start"}
VERBS = (
    Verb(name="export", takes=_Export, run=_export, renamed=FROM),
    Verb(name="stats", takes=_Period, run=_stats, renamed=FROM),
)
