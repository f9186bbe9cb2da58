"""What a case is compared with: how cases like it ended, what was seen of the purchase, who came before."""

from collections.abc import Mapping
from dataclasses import dataclass

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules.fields import choice, flag
from odr_desk.rules.observed import Observed
from odr_desk.services import observations, precedents, queue

_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note(CaseArgument):
    kind: Observed | None = choice("核对事项", options=Observed, required=True)
    taken_back: bool = flag("撤回", hint="记错了")


def _precedents(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = precedents.of(work, given.draft.case_no)
        if found is None:
            return {"ended": 0, "enough": False, "least": precedents.LEAST, "meaning": precedents.MEANING}
        return {
            "ended": found.ended,
            "settled": found.settled,
            "refund_share": found.refund_share,
            "enough": found.is_enough,
            "least": precedents.LEAST,
            "meaning": precedents.MEANING,
            "case_nos": [row.number for row in queue.page(work, found.those, 0, _MOST)] if found.is_enough else [],
        }


def _observed(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        return _shown(observations.of_case(work, given.draft.case_no))


def _note(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("case.observe") as work:
        observations.note(work, sent.case_no, sent.kind, seen=not sent.taken_back)
    return _observed(session, given)


def _shown(found: observations.Observations) -> Mapping[str, object]:
    repeats = found.repeats
    return {
        "facts": [
            {
                "kind": one.kind,
                "label": one.kind.label,
                "seen": one.is_seen,
                "noted_at": one.noted_at,
                "noted_by": one.noted_by,
            }
            for one in found.facts
        ],
        "repeats": None
        if repeats is None
        else {
            "cases": repeats.cases,
            "merchants": repeats.merchants,
            "results": [{"result": result, "cases": many} for result, many in repeats.results],
        },
    }


VERBS = (
    Verb(name="case.precedents", takes=CaseArgument, run=_precedents),
    Verb(name="case.observed", takes=CaseArgument, run=_observed),
    Verb(name="case.observe", takes=_Note, run=_note),
)
