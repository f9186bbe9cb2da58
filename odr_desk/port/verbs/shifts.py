"""The shift hand-over: what the next shift takes over, as rows and as a sheet to print."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.lookups import row_of
from odr_desk.rules.fields import text
from odr_desk.services import shift, shift_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handover:
    handler: str = text("承办人登录名", max_length=30, hint="空着为整个服务台")
    out: str = text("保存到", max_length=1000)


def _handover(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        found = shift.read(work, sent.handler)
    path = None
    if sent.out:
        file = shift_sheet.prepare(found, Path(sent.out))
        with session.writing("handover") as work:
            shift_sheet.note(work, found, "另存", file)
        path = str(file.path)
    return {
        "at": answers.value(found.at),
        "handler": found.handler,
        "open": found.open_,
        "done": found.done,
        "counts": {code: count for code, _words, count in found.counts},
        "cases": [row_of(row) for row in found.rows],
        "promised": answers.value(found.promised),
        "calls": answers.value(found.calls),
        "moved": answers.value(found.moved),
        "more_calls": found.more_calls,
        "more_moved": found.more_moved,
        "path": path,
    }


VERBS = (Verb(name="handover", takes=_Handover, run=_handover),)
