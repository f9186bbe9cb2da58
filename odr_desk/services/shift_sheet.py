"""The shift hand-over as a paper for the house: drawn anew each time, nothing of it is kept but that it was made."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.papers import SHEETS, glyphs, making, shift_sheet
from odr_desk.papers.facts import rewritten
from odr_desk.rules import masking, moments
from odr_desk.services import issued_papers
from odr_desk.services.queue import CaseRow
from odr_desk.services.shift import Shift
from odr_desk.sheets.writing import Prepared
from odr_desk.store import journal
from odr_desk.store.database import Work

_LONGEST = 40


def facts(found: Shift) -> shift_sheet.Facts:
    """Return what the sheet says."""
    today = moments.day_of(found.at)
    left_out = _left_out(found)
    counted = "、".join(f"{words} {count} 件" for _code, words, count in found.counts if count)
    return shift_sheet.Facts(
        host=found.desk,
        whom=f"{found.handler}承办的件" if found.handler else "全部在办的件",
        at=f"{moments.show_long(today)} {moments.local(found.at):%H:%M}",
        by=found.by,
        counted=f"在办 {found.open_:,} 件" + (f"，其中{counted}。" if counted else "，没有急的。"),
        left_out=f"没有列出的：{'；'.join(left_out)}。" if left_out else "",
        opened=tuple(_open(row) for row in found.rows),
        promised=tuple(
            shift_sheet.Promised(
                number=tail(one.case_no),
                until=moments.show_day(one.until, today),
                words=one.words,
                noted_by=one.noted_by,
            )
            for one in found.promised
        ),
        calls=tuple(
            shift_sheet.Call(
                day=moments.show_day(one.on, today),
                handler=one.handler,
                whom=one.whom,
                what=one.what,
                number=tail(one.case_no),
            )
            for one in found.calls
        ),
        moved=tuple(
            shift_sheet.Moved(
                number=tail(one.case_no), parties=f"{one.consumer} ↔ {one.merchant}", what=one.what, by=one.by
            )
            for one in found.moved
        ),
    )


def _left_out(found: Shift) -> list[str]:
    """Say what is not listed: nobody takes a sheet for whole that is not."""
    rest, late = found.open_ - found.done - len(found.rows), found.late_left_out
    urgent = f"，其中逾期 {late:,} 件" if late else "不急"
    return [
        *[f"{found.done:,} 件已办结，等归档"] * bool(found.done),
        *[f"{rest:,} 件{urgent}"] * (rest > 0),
        *[f"{found.more_calls:,} 个约好的联系"] * bool(found.more_calls),
        *[f"{found.more_moved:,} 件今天的变动"] * bool(found.more_moved),
    ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sheet as PDF, as it is printed and saved."""

    title: str
    document_no: str
    pdf: bytes
    pages: int


def draw(found: Shift) -> Drawn:
    """Return the sheet, read back before it leaves the program; `document_no` is the day, since it has no number.

    A sign that no font has, such as an emoji from a chat, must not keep the whole desk from handing over: it is
    marked on the sheet, and the case itself shows it.
    """
    (paper,) = (paper for paper in SHEETS if paper.code == shift_sheet.CODE)
    made = making.make(paper, rewritten(facts(found), glyphs.without_missing)).pdf
    return Drawn(paper.title, moments.day_of(found.at).isoformat(), made.data, made.pages)


def prepare(found: Shift, path: Path) -> Prepared:
    """Lay the sheet beside its place."""
    return issued_papers.prepare(draw(found).pdf, path)


def note(work: Work, found: Shift, deed: str, file: Prepared | None = None) -> None:
    """Record that a sheet with names of persons leaves the program; a file gets its name once that is durable."""
    if file is not None:
        work.outgoing.append(file)
    journal.record_deed(work, "shift_sheet", {"deed": deed, "cases": len(found.rows), "handler": found.handler})


def tail(number: str) -> str:
    """Return the part of a number that people say aloud."""
    return number.rsplit("-", 1)[-1]


def _open(row: CaseRow) -> shift_sheet.Open:
    words = masking.in_text(row.next_step)
    step = f"{moments.show_day(row.next_step_on)} {words}" if row.next_step_on else words
    return shift_sheet.Open(
        number=row.tail,
        parties=f"{row.consumer} ↔ {row.merchant}",
        left=row.time_left,
        state=row.state.label,
        next_step=step if len(step) <= _LONGEST else f"{step[:_LONGEST]}…",
        handler=row.handler or "未分派",
    )
