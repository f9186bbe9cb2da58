"""The one search box, over the port."""

from dataclasses import dataclass

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.fields import number, text
from odr_desk.services import search
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.services.search import Hit

USUAL, MOST = 20, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    text: str = text("查找", required=True, max_length=100)
    limit: int | None = number("行数", minimum=1, maximum=MOST)


def _search(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = search.everywhere(work, given.draft.text, given.draft.limit or USUAL)
    return {"hits": [*map(_shop, found.merchants), *map(_case, found.cases)]}


def _case(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "case_no": hit.row.number,
        "field": hit.field,
        "snippet": hit.snippet,
        "ranges": [list(span) for span in hit.spans],
        "at": hit.at,
        "entry": hit.entry or None,
        "ref": hit.ref,
        "state": hit.row.state,
        "mark": hit.row.mark,
        "merchant": hit.row.merchant,
        "consumer": hit.row.consumer,
    }


def _shop(hit: MerchantHit) -> dict[str, object]:
    span = hit.name_span
    return {
        "kind": "merchant_file",
        "merchant_no": hit.number,
        "field": "商户档案",
        "snippet": hit.name,
        "ranges": [list(span)] if span is not None else [],
        "counter": hit.counter,
        "open_cases": hit.open_cases,
    }


VERBS = (Verb(name="search", takes=_Search, run=_search),)
