"""What goes to the regulator: a counted form becomes a file, is proved, and stands in the register.

Three steps, so that the file is made without holding up the data: `monthly.count` reads, `make` writes
the file from facts alone beside its place, `register` notes what was made. Only when that is durable the file
gets its name: what stands on the disk stands in the register.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.exchange import Submission
from odr_desk.rules import completeness, moments
from odr_desk.rules import period as periods
from odr_desk.rules.completeness import Finding, Weight
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.mall import record_number
from odr_desk.rules.people import Right
from odr_desk.rules.period import Period
from odr_desk.services import monthly
from odr_desk.services.figures.report import Sum
from odr_desk.services.monthly import Counted
from odr_desk.sheets import form_of, forms
from odr_desk.sheets.forms import Ready
from odr_desk.store import numbers
from odr_desk.store.database import Work

SIGN, SERIES = "BS", "submission"


@dataclass(frozen=True, slots=True)
class Made:
    """A form in a file that was opened again and found right; it gets its name once it is registered."""

    counted: Counted
    ready: Ready
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One entry of the register, with what is to be known about the file just made."""

    submission_no: str
    form: str
    rows: int
    path: Path
    sha256: str
    problems: tuple[Finding, ...]
    remarks: tuple[str, ...]
    sums: tuple[Sum, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """One entry of the register, as listed."""

    id: int
    number: str
    form: str
    period: Period
    rows: int
    file_name: str
    folder: str
    sha256: str
    sums: tuple[Sum, ...]
    note: str
    must: int
    checked_by: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A period that is over and was not reported."""

    period: Period

    @property
    def words(self) -> str:
        """Return what the status bar says."""
        return f"{self.period.last.month} 月月报未报送"


def file_name(code: str, period: Period) -> str:
    """Return what a form's file is called unless somebody says otherwise."""
    return f"{code} {form_of(monthly.report_of(code).code).title} {period.title}.xlsx"


def make(counted: Counted, out: Path, template: Path | None = None, mapping: Mapping[str, str] | None = None) -> Made:
    """Write a counted form into a file; raise Invalid when its numbers do not meet."""
    wrong = tuple(Problem("form", f"{proof.text}，对不上，没有导出") for proof in counted.proofs if not proof.holds)
    if wrong:
        raise Invalid(wrong)
    form = form_of(counted.form)
    ready = forms.prepare(out, form, counted.facts, template, mapping)
    homeless = {remark.place for remark in ready.remarks}
    without = completeness.without_row(
        (case for case in counted.cases if counted.period.holds(case.received_on)), homeless, form.rest_label
    )
    return Made(counted, ready, (*counted.findings, *without))


def register(work: Work, made: Made, checked_by: str = "") -> Sent:
    """Note a form that was made; its figures stay on record as they leave the house, its file gets its name then."""
    counted, file = made.counted, made.ready.file
    work.outgoing.append(file)
    work.actor.require(Right.REPORT)
    year = moments.day_of(work.now).year
    remarks = tuple(remark.text for remark in made.ready.remarks)
    kept = {
        "sums": [asdict(one) for one in counted.sums],
        "note": counted.note,
        "must": sum(one.level is Weight.MUST for one in made.findings),
        "remarks": remarks,
        "checked_by": checked_by,
        "folder": str(file.path.parent),
    }
    entry = Submission(
        number=record_number(SIGN, year, numbers.take(work, SERIES, year)),
        form=counted.form,
        period_from=counted.period.first,
        period_to=counted.period.last,
        rows=made.ready.lines,
        figures=json.dumps(kept, ensure_ascii=False),
        file_name=file.path.name[-200:],
        sha256=file.sha256,
        made_at=work.now,
        made_by=work.actor.name,
    )
    work.session.add(entry)
    work.session.flush()
    return Sent(
        submission_no=entry.number,
        form=counted.form,
        rows=entry.rows,
        path=file.path,
        sha256=file.sha256,
        problems=made.findings,
        remarks=remarks,
        sums=counted.sums,
        note=counted.note,
    )


def export(
    work: Work,
    code: str,
    period: Period,
    out: Path,
    template: Path | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Sent:
    """Count a form, make its file and note it, all in one step, for callers nobody waits for."""
    work.actor.require(Right.REPORT)
    return register(work, make(monthly.count(work, code, period), out, template, mapping))


def rows(work: Work, limit: int = 200) -> tuple[SentRow, ...]:
    """Return what was made, the latest first."""
    work.actor.require(Right.READ_CASES)
    found = work.session.scalars(select(Submission).order_by(Submission.id.desc()).limit(limit))
    return tuple(_row(entry) for entry in found)


def next_period(work: Work) -> Period:
    """Return the period to report next: the one after the last in its rhythm, at first the month before this one."""
    last = _last_month(work)
    today = moments.day_of(work.now)
    if last is None:
        return periods.month_before(today)
    following = periods.following(last)
    while periods.following(following).last < today:  # months nobody reported are not caught up one by one
        following = periods.following(following)
    return following


def pending(work: Work) -> Pending | None:
    """Return the period that is over and waits to be reported, none when all is sent or nothing was received."""
    work.actor.require(Right.READ_CASES)
    waiting = next_period(work)
    if waiting.last >= moments.day_of(work.now):
        return None
    first = select(Case.id).where(Case.received_on <= waiting.last, Case.deleted_at.is_(None)).limit(1)
    return Pending(waiting) if work.session.scalars(first).first() is not None else None


def _last_month(work: Work) -> Period | None:
    """Return the latest period of about a month that was reported; odd stretches are not the rhythm."""
    chosen = select(Submission.period_from, Submission.period_to).order_by(Submission.period_to.desc())
    for first, last in work.session.execute(chosen.limit(50)):
        if 28 <= (last - first).days + 1 <= 31:
            return Period(first, last)
    return None


def _row(entry: Submission) -> SentRow:
    kept = json.loads(entry.figures)
    return SentRow(
        id=entry.id,
        number=entry.number,
        form=entry.form,
        period=Period(entry.period_from, entry.period_to),
        rows=entry.rows,
        file_name=entry.file_name,
        folder=kept["folder"],
        sha256=entry.sha256,
        sums=tuple(Sum(**one) for one in kept["sums"]),
        note=kept["note"],
        must=kept["must"],
        checked_by=kept["checked_by"],
        made_at=entry.made_at,
        made_by=entry.made_by,
    )
