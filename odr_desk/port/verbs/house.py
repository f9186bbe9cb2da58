"""The house: the mall's profile, where backups go, how things stand, what is begun and unfinished."""

from dataclasses import dataclass, fields
from pathlib import Path

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.errors import Missing
from odr_desk.rules.fields import choice, number, text
from odr_desk.rules.mall import Mall
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import dashboard, drafts, monthly, safekeeping, setup, status


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    path: str = text("文件夹", max_length=1000, hint="空着为只放在本机")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    ended_by: EndedBy | None = choice("已处理口径", options=EndedBy, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    draft: int | None = number("草稿", required=True, minimum=1)


def _show_mall(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        return answers.draft(setup.profile(work))


def _change_mall(session: Session, given: Given) -> Answer:
    """Change what was sent and leave the rest of the profile as it is."""
    with session.writing("mall.change") as work:
        before = setup.profile(work)
        values = {entry.name: getattr(before, entry.name) for entry in fields(Mall)}
        setup.change_profile(work, Mall(**(values | given.changes())))
    return _show_mall(session, given)


def _backups(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        second, standing = safekeeping.second_place(work), safekeeping.last_backup(work)
        found = safekeeping.rows(work)
    return {
        "rows": [
            {"path": str(b.path), "made_at": b.made_at, "why": b.why, "bytes": b.size, "cases": b.cases} for b in found
        ],
        "second_place": str(second) if second is not None else None,
        "standing": standing.words,
    }


def _choose_place(session: Session, given: Given) -> Answer:
    chosen = Path(given.draft.path) if given.draft.path else None
    with session.writing("backup.place") as work:
        safekeeping.set_second_place(work, chosen)
    return {"path": str(chosen) if chosen is not None else None}


def _basis(session: Session, given: Given) -> Answer:
    with session.writing("report.basis") as work:
        monthly.choose_basis(work, given.draft.ended_by)
        return {"ended_by": monthly.basis(work)}


def _status(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        found = status.read(work)
    return {
        "training": found.is_training,
        "backup": found.backup.words,
        "without_next_step": found.without_next_step,
        "report": found.report,
        "missing_year": found.missing_year,
        "person": found.person,
        "place": found.place,
    }


def _today(session: Session, _given: Given) -> Answer:
    """Return what 今日 shows: what waits, by how much, and the days to come."""
    with session.reading() as work:
        found = dashboard.read(work)
    return {
        "today": found.today,
        "open": found.open_,
        "counters": [{"code": c.code, "title": c.title, "count": c.count, "note": c.note} for c in found.counters],
        "first": [{"case_no": one.row.number, "left": one.left, "next": one.next_} for one in found.first],
        "dates": [answers.value(one) for one in found.dates],
        "report_due": found.report_due,
        "missing_year": found.missing_year,
    }


def _drafts(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        found = drafts.waiting(work)
    return {
        "rows": [
            {
                "draft": d.id,
                "kind": d.kind,
                "title": d.title,
                "subject": d.subject,
                "words": d.words,
                "at": d.updated_at,
            }
            for d in found
        ]
    }


def _throw(session: Session, given: Given) -> Answer:
    with session.writing("draft.throw") as work:
        found = [one for one in drafts.waiting(work) if one.id == given.draft.draft]
        if not found:
            raise Missing("没有这份草稿，也许已经登记或扔掉了")
        drafts.throw_away(work, found[0].kind, found[0].subject)
    return {}


def _take_back(session: Session, given: Given) -> Answer:
    with session.writing("draft.take_back") as work:
        drafts.take_back(work, given.draft.draft)
    return {}


VERBS = (
    Verb(name="mall.show", takes=_Nothing, run=_show_mall),
    Verb(name="mall.change", takes=Mall, run=_change_mall, partial=True),
    Verb(name="backup.list", takes=_Nothing, run=_backups),
    Verb(name="backup.place", takes=_Place, run=_choose_place),
    Verb(name="report.basis", takes=_Basis, run=_basis),
    Verb(name="status", takes=_Nothing, run=_status),
    Verb(name="today", takes=_Nothing, run=_today),
    Verb(name="draft.list", takes=_Nothing, run=_drafts),
    Verb(name="draft.throw", takes=_Draft, run=_throw),
    Verb(name="draft.take_back", takes=_Draft, run=_take_back),
)
