"""Backup, restore, data check, and the clock of tests."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import flag, moment, text
from odr_desk.services import safekeeping

TEST_CLOCK = "ODR_DESK_TEST_CLOCK"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Backup:
    path: str = text("备份到", max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Restore:
    path: str = text("备份", required=True, max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verify:
    full: bool = flag("全面检查")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    now: datetime | None = moment("现在")


def _back_up(session: Session, given: Given) -> Answer:
    target = Path(given.draft.path) if given.draft.path else None
    with session.writing("backup") as work:
        order = safekeeping.order_backup(work, target)
    made = safekeeping.make_backup(order)
    return {"path": str(made.path), "counts": {"cases": made.cases, "attachments": made.attachments}}


def _restore(session: Session, given: Given) -> Answer:
    file = Path(given.draft.path)
    if session.damage is not None:
        done = safekeeping.restore_folder(session.folder, file)
        session.open()
    else:
        done = safekeeping.restore(session.database, session.who(), file)
    session.actor = session.turned_on = None
    return {
        "made_at": done.made_at,
        "counts": {"cases": done.cases, "merchants": done.merchants},
        "aside": str(done.aside) if done.aside else None,
    }


def _verify(session: Session, given: Given) -> Answer:
    if session.damage is not None:
        found = safekeeping.verify_folder(session.folder, full=given.draft.full)
    else:
        with session.reading() as work:
            found = safekeeping.verify_data(work, full=given.draft.full)
    return {
        "counts": {"checked": len(found.checked), "problems": len(found.problems)},
        "problems": [{"invariant": p.invariant, "object": p.object, "message": p.message} for p in found.problems],
        "unfinished": list(found.unfinished),
    }


def _set_clock(session: Session, given: Given) -> Answer:
    if os.environ.get(TEST_CLOCK) != "1":
        raise Invalid.of("verb", f"clock 只在测试时可用（环境变量 {TEST_CLOCK}=1）")
    session.clock.fixed = given.draft.now
    return {"now": session.clock()}


VERBS = (
    Verb(name="backup", takes=_Backup, run=_back_up),
    Verb(name="restore", takes=_Restore, run=_restore, open_to_all=True, despite_damage=True),
    Verb(name="verify", takes=_Verify, run=_verify, open_to_all=True, despite_damage=True),
    Verb(name="clock", takes=_Clock, run=_set_clock, open_to_all=True, despite_damage=True),
)
