"""What the page of the monthly report begins with, and how a counted form looks before it is a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odr_desk.rules import moments, money
from odr_desk.rules import period as periods
from odr_desk.rules.people import Right
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy, Reporting
from odr_desk.services import codes, monthly, setup, submissions
from odr_desk.services.codes import Option
from odr_desk.services.figures import shares
from odr_desk.services.monthly import Choice, Counted
from odr_desk.services.submissions import Pending, SentRow
from odr_desk.sheets import form_of, forms, writing
from odr_desk.sheets.form import Entry, Kind, Line, Shape, Value
from odr_desk.store import settings
from odr_desk.store.database import Work

_NUMBERS = frozenset({Kind.COUNT, Kind.WHOLE, Kind.MONEY, Kind.RATE, Kind.MEAN, Kind.SEQUENCE})

_WIDTHS = {Kind.LABEL: 24, Kind.TEXT: 16, Kind.DAY: 12, Kind.MONEY: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What stands on the page before a period was chosen."""

    today: date
    suggested: Period
    month: Period
    cut: Period
    waiting: Pending | None
    forms: tuple[Choice, ...]
    regulator: str
    reviewer: str
    basis: EndedBy
    due_day: int | None
    problems: tuple[Option, ...]
    categories: tuple[Option, ...]
    sent: tuple[SentRow, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the preview; its width in characters."""

    text: str
    is_number: bool
    width: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A form as it will stand, in words; `left_out` says what is not shown because it is all zero."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TemplateLook:
    """What a template of one's own looks like to the program; `likelier` names the form it resembles more."""

    known: int
    of: int
    unmapped: tuple[str, ...]
    remarks: tuple[str, ...]
    likelier: str = ""


def opening(work: Work) -> Opening:
    """Return what the page begins with."""
    work.actor.require(Right.READ_CASES)
    today = moments.day_of(work.now)
    mall = setup.profile(work)
    reporting = settings.load(work, Reporting) or Reporting()
    return Opening(
        today=today,
        suggested=_suggested(submissions.next_period(work), today),
        month=periods.month_before(today),
        cut=periods.cut_before(today),
        waiting=submissions.pending(work),
        forms=monthly.choices(),
        regulator=mall.regulator,
        reviewer=mall.reviewer,
        basis=monthly.basis(work),
        due_day=reporting.due_day,
        problems=codes.options(work, "problems"),
        categories=codes.options(work, "categories"),
        sent=submissions.rows(work),
    )


def _suggested(following: Period, today: date) -> Period:
    """Return the period to begin with: the next one once it is over, until then the last that was made."""
    return following if following.last < today else periods.stretch_before(following)


def preview(counted: Counted) -> Preview:
    """Return a counted form as a list of words."""
    form = form_of(counted.form)
    entries = [entry for entry in form.entries if entry.kind is not Kind.SEQUENCE]
    match form.shape:
        case Shape.SINGLE:
            return _as_list(entries, counted.facts.lines[0])
        case Shape.MATRIX:
            return _as_matrix(entries, counted.facts.lines)
        case Shape.LEDGER:
            rows = tuple(tuple(_shown(entry, line) for entry in entries) for line in counted.facts.lines)
            return Preview(tuple(_heading(entry) for entry in entries), rows)


def look_at_template(code: str, path: Path) -> TemplateLook:
    """Return what of a form the program recognises in a template; needs no data."""
    form = form_of(code)
    found = forms.recognise(path, form)
    best = forms.recognise(path).form
    return TemplateLook(
        known=len(found.headings),
        of=len(found.headings) + len(found.unmapped),
        unmapped=found.unmapped,
        remarks=tuple(remark.text for remark in found.remarks),
        likelier="" if best.code == code else f"{best.code} {best.title}",
    )


def free_path(folder: Path, code: str, period: Period) -> Path:
    """Return where a form's file goes in a folder without replacing another."""
    return writing.free_name(folder / submissions.file_name(code, period))


def _as_list(entries: list[Entry], line: Line) -> Preview:
    shown = tuple((entry.heading, _shown(entry, line)) for entry in entries if entry.key in line.values)
    return Preview((Heading("项目", False, 28), Heading("填写", True, 40)), shown)


def _as_matrix(entries: list[Entry], lines: Sequence[Line]) -> Preview:
    """Return the classes that have any figure, and their sum below."""
    counted = [line for line in lines if any(line.values.values())]
    keys = [entry.key for entry in entries if entry.kind is not Kind.LABEL]
    whole = Line({key: sum(_number(line.values.get(key)) for line in lines) for key in keys}, "合计")
    rows = tuple(tuple(_shown(entry, line) for entry in entries) for line in (*counted, whole))
    empty = len(lines) - len(counted)
    return Preview(tuple(map(_heading, entries)), rows, f"其余 {empty} 类都是 0" if empty else "")


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _heading(entry: Entry) -> Heading:
    words = entry.heading.removesuffix("（件）").removesuffix("(件)")
    least = _WIDTHS.get(entry.kind, 7)
    return Heading(words, entry.kind in _NUMBERS, max(least, 2 * len(words) + 1))


def _shown(entry: Entry, line: Line) -> str:
    if entry.kind is Kind.LABEL:
        return line.label
    value = line.values.get(entry.key)
    if entry.kind is Kind.MONEY:
        return _money(entry, value)
    if value is None:
        return shares.NOTHING if entry.kind in (Kind.RATE, Kind.MEAN) else ""
    return str(value)


def _money(entry: Entry, value: Value) -> str:
    fen = value if isinstance(value, int) else 0
    return str(shares.ten_thousands(fen)) if "万元" in entry.heading else money.show(fen)
