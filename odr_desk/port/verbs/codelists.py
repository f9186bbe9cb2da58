"""The desk's own code lists: what there is, what comes in, what is no longer offered."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.codes import CodeDraft
from odr_desk.rules.fields import flag, text
from odr_desk.services import code_admin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    group: str = text("代码组", required=True, max_length=30, hint="、".join(code for code, _ in code_admin.GROUPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Add(CodeDraft):
    group: str = text("代码组", required=True, max_length=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rename(_Add):
    old: str = text("原来的代码", required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retire(_Group):
    code: str = text("代码", required=True, max_length=60)
    back: bool = flag("恢复使用")


def _list(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = code_admin.rows(work, given.draft.group)
    return {"rows": [{"code": r.code, "name": r.name, "short": r.short, "retired": r.retired} for r in found]}


def _add(session: Session, given: Given) -> Answer:
    with session.writing("code.add") as work:
        code_admin.add(work, given.draft.group, _draft(given.draft))
    return {"code": given.draft.code}


def _rename(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("code.rename") as work:
        code_admin.rename(work, code_admin.id_of(work, sent.group, sent.old), _draft(sent))
    return {"code": sent.code}


def _retire(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("code.retire") as work:
        code_admin.retire(work, code_admin.id_of(work, sent.group, sent.code), retired=not sent.back)
    return {"retired": not sent.back}


def _draft(sent: Any) -> CodeDraft:  # noqa: ANN401 - any draft with the fields of a code
    return CodeDraft(**{entry.name: getattr(sent, entry.name) for entry in dataclasses.fields(CodeDraft)})


VERBS = (
    Verb(name="code.list", takes=_Group, run=_list),
    Verb(name="code.add", takes=_Add, run=_add),
    Verb(name="code.rename", takes=_Rename, run=_rename),
    Verb(name="code.retire", takes=_Retire, run=_retire),
)
