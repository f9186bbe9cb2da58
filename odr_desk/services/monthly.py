"""The month before it is sent: counted, looked through, shown as it will stand in the forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select

from odr_desk.model.case import Case, Event
from odr_desk.rules import completeness as checks
from odr_desk.rules.completeness import CaseFacts, Finding, Weight
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.labels import Word
from odr_desk.rules.people import Right
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy, Reporting, ended_by
from odr_desk.services import cases, timeline
from odr_desk.services.figures import FIGURES, completeness, report
from odr_desk.services.figures.counting import ended, received
from odr_desk.services.figures.report import Circumstances, Proof, Report, Sum
from odr_desk.sheets import form_of
from odr_desk.sheets.form import Facts
from odr_desk.store import settings
from odr_desk.store.database import Work

SEEN = "月报体检，看过不改："


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One form of a period, counted and looked through, and not yet in a file."""

    form: str
    title: str
    period: Period
    note: str
    facts: Facts
    rows: int
    sums: tuple[Sum, ...]
    proofs: tuple[Proof, ...]
    findings: tuple[Finding, ...]
    cases: tuple[CaseFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """All the chosen forms of a period together, as the page shows them."""

    period: Period
    forms: tuple[Counted, ...]
    findings: tuple[Finding, ...]
    cases: int
    checks: int
    looked_at: datetime
    would_recover: int
    """What 挽回经济损失 grows by once the missing amounts are what was refunded and paid, in fen."""

    @property
    def must(self) -> int:
        """Return how many findings must be mended."""
        return sum(one.level is Weight.MUST for one in self.findings)

    @property
    def troubled(self) -> int:
        """Return how many cases have a finding."""
        return len({one.case_no for one in self.findings})


@dataclass(frozen=True, slots=True)
class Choice:
    """One form that can be made."""

    code: str
    title: str


def choices() -> tuple[Choice, ...]:
    """Return the forms that can be made, in the order they are offered."""
    return tuple(Choice(one.code, form_of(one.code).title) for one in FIGURES)


def report_of(code: str) -> Report:
    """Return how a form is counted; raise Invalid when there is no such form."""
    found = next((one for one in FIGURES if one.code == code), None)
    if found is None:
        known = "、".join(f"{one.code} {one.title}" for one in choices())
        raise Invalid.of("form", f"没有“{code[:30]}”这张表，可选：{known}")
    return found


def count(work: Work, code: str, period: Period) -> Counted:
    """Return one form of a period, counted and looked through."""
    return look_through(work, period, (code,)).forms[0]


def check(work: Work, code: str, period: Period) -> tuple[Finding, ...]:
    """Return what stands in the way of a form, without making it."""
    return count(work, code, period).findings


def look_through(work: Work, period: Period, codes: Iterable[str]) -> Month:
    """Return all the chosen forms of a period; what two of them find in a case is said once."""
    work.actor.require(Right.READ_CASES)
    reports = tuple(report_of(code) for code in codes)
    concerned = {
        case.case_no: case for case in completeness.facts(work, period) if any(one.concerns(case) for one in reports)
    }
    findings = _unseen(work, period, completeness.findings(work, period, tuple(concerned.values())))
    month = report.circumstances(work, period)
    return Month(
        period=period,
        forms=tuple(_counted(work, one, month, findings, concerned) for one in reports),
        findings=findings,
        cases=len(concerned),
        looked_at=work.now,
        checks=len(checks.CHECKS) + len(checks.COMPARISONS),
        would_recover=_would_recover(findings, concerned, period),
    )


def note_seen(work: Work, finding: Finding) -> None:
    """Note in a case that somebody looked at an oddity and left it; the next check passes it over."""
    work.actor.require(Right.REPORT)
    if finding.level is Weight.MUST:
        raise Invalid.of(finding.field, f"{finding.message}。这一项必须改，不能只看一眼")
    timeline.system(work, cases.named(work, finding.case_no), EventKind.CHANGED, SEEN + finding.message)


def basis(work: Work) -> EndedBy:
    """Return how 已处理 is reckoned."""
    return ended_by(settings.load(work, Reporting))


def choose_basis(work: Work, chosen: Word) -> None:
    """Say how 已处理 is reckoned from now on."""
    work.actor.require(Right.REPORT)
    before = settings.load(work, Reporting) or Reporting()
    settings.save(work, Reporting(ended_by=EndedBy(chosen), due_day=before.due_day))


def _counted(
    work: Work, how: Report, month: Circumstances, findings: Iterable[Finding], cases: Mapping[str, CaseFacts]
) -> Counted:
    found = how.collect(work, month)
    concerned = {number: case for number, case in cases.items() if how.concerns(case)}
    return Counted(
        form=how.code,
        title=form_of(how.code).title,
        period=month.period,
        note=month.note,
        facts=found.facts,
        rows=found.rows,
        sums=found.sums,
        proofs=found.proofs,
        findings=tuple(one for one in findings if one.case_no in concerned),
        cases=tuple(concerned.values()),
    )


def _unseen(work: Work, period: Period, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out the oddities that somebody has looked at before."""
    of_the_period = and_(or_(received(period), ended(period)), Case.deleted_at.is_(None))
    chosen = select(Case.number, Event.text).join(Event, Event.case_id == Case.id).where(of_the_period)
    noted = work.session.execute(chosen.where(Event.kind == EventKind.CHANGED.value, Event.text.startswith(SEEN)))
    seen = {(number, text.removeprefix(SEEN)) for number, text in noted}
    return tuple(one for one in found if one.level is Weight.MUST or (one.case_no, one.message) not in seen)


def _would_recover(found: Iterable[Finding], looked_at: Mapping[str, CaseFacts], period: Period) -> int:
    missing = {one.case_no for one in found if one.topic is checks.RECOVERED and one.level is Weight.MUST}
    return sum(looked_at[number].paid for number in missing if period.holds(looked_at[number].ended_on))
