"""Words kept for use again: text modules and call scripts."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import moments
from odr_desk.rules.call_script import ScriptDraft
from odr_desk.rules.fields import flag, text
from odr_desk.rules.text_module import ModuleDraft
from odr_desk.services import call_scripts, case_file, text_modules


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    case_no: str = text("投诉件编号", max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Save(ModuleDraft):
    change: str = text("要改的短码", max_length=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retire:
    code: str = text("短码", required=True, max_length=12)
    again: bool = flag("恢复使用")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nothing:
    """No arguments."""


def _modules(session: Session, given: Given) -> Answer:
    number = given.draft.case_no
    with session.reading() as work:
        found = text_modules.rows(work)
        shelf = text_modules.shelf(work)
        values = text_modules.values(case_file.detail(work, number)) if number else {}
        today = moments.day_of(work.now)
    listed: list[dict[str, Any]] = []
    for row in found:
        entry = {**dataclasses.asdict(row), "kinds": row.kinds.split()}
        if number:
            entry["filled"] = shelf.filled(row, values, today)
        listed.append(entry)
    return {"modules": listed}


def _save(session: Session, given: Given) -> Answer:
    sent = given.draft
    draft = ModuleDraft(**{entry.name: getattr(sent, entry.name) for entry in dataclasses.fields(ModuleDraft)})
    with session.writing("module.save") as work:
        text_modules.save(work, draft, sent.change)
    return {}


def _retire(session: Session, given: Given) -> Answer:
    with session.writing("module.retire") as work:
        text_modules.retire(work, given.draft.code, retired=not given.draft.again)
    return {}


def _scripts(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        found = call_scripts.read(work).all
    return {"scripts": [dataclasses.asdict(script) for script in found]}


def _save_script(session: Session, given: Given) -> Answer:
    with session.writing("script.save") as work:
        call_scripts.save(work, given.draft)
    return {}


VERBS = (
    Verb(name="module.list", takes=_List, run=_modules),
    Verb(name="module.save", takes=_Save, run=_save),
    Verb(name="module.retire", takes=_Retire, run=_retire),
    Verb(name="script.list", takes=_Nothing, run=_scripts),
    Verb(name="script.save", takes=ScriptDraft, run=_save_script),
)
