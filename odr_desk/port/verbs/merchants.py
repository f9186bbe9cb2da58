"""Merchants: put on file, change, find, show."""

from dataclasses import dataclass

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.fields import flag, number, text
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import MerchantDraft, Warning_
from odr_desk.services import merchant_file, merchant_merging, merchant_search, merchants
from odr_desk.services.licences import Licence

PROMISES = {"promises": "no_reason_"}
LICENCES = {"licences": LicenceDraft}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update(MerchantDraft):
    merchant_no: str = text("商户编号", required=True, max_length=20)
    version: int | None = number("版本", minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Find:
    text: str = text("查找", required=True, max_length=60)
    limit: int | None = number("行数", minimum=1, maximum=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantArgument:
    """The merchant a verb speaks of."""

    merchant_no: str = text("商户编号", required=True, max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Retire(MerchantArgument):
    back: bool = flag("重新入场")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    name: str = text("商户名称", required=True, max_length=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge(MerchantArgument):
    into: str = text("并入", required=True, max_length=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part(MerchantArgument):
    cases: str = text("投诉件", required=True, max_length=100_000, multiline=True)


def _create(session: Session, given: Given) -> Answer:
    with session.writing("merchant.create") as work:
        made = merchants.register(work, given.draft, given.lists["licences"])
    return {"merchant_no": made.number, "warnings": _warnings(made.warnings)}


def _update(session: Session, given: Given) -> Answer:
    changes = {name: value for name, value in given.changes().items() if name not in ("merchant_no", "version")}
    with session.writing("merchant.update") as work:
        held = given.lists["licences"] if "licences" in given.named else None
        done = merchants.update(work, given.draft.merchant_no, given.draft.version, changes, held)
    return {"version": done.version, "warnings": _warnings(done.warnings)}


def _find(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = merchant_search.find(work, given.draft.text, given.draft.limit or 10)
    return {
        "rows": [
            {
                "merchant_no": hit.number,
                "name": hit.name,
                "full_name": hit.full_name,
                "counter": hit.counter,
                "open_cases": hit.open_cases,
            }
            for hit in found
        ]
    }


def _show(session: Session, given: Given) -> Answer:
    with session.reading() as work:
        found = merchant_file.detail(work, given.draft.merchant_no)
    return {
        "merchant_no": given.draft.merchant_no,
        "version": found.version,
        **answers.draft(found.draft),
        "licences": [_licence(one) for one in found.licences],
        "warnings": _warnings(found.warnings),
        "open_cases": found.row.open_cases,
        "all_cases": found.all_cases,
        "problems": [{"code": p.code, "label": p.label, "cases": p.cases} for p in found.problems],
        "deposit_ledger": {
            "held": answers.fen(found.deposit.held),
            "left": answers.fen(found.deposit.left),
            "owed": answers.fen(found.deposit.owed),
            "lines": [
                {
                    "on": line.on,
                    "text": line.text,
                    "amount": answers.fen(line.amount),
                    "change": answers.fen(line.change),
                    "left": answers.fen(line.left),
                }
                for line in found.deposit.lines
            ],
        },
    }


def _retire(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("merchant.retire") as work:
        merchants.retire(work, sent.merchant_no, retired=not sent.back)
    return {"retired": not sent.back}


def _note(session: Session, given: Given) -> Answer:
    with session.writing("merchant.note") as work:
        made = merchants.note_provisional(work, given.draft.name)
    return {"merchant_no": made.number, "warnings": _warnings(made.warnings)}


def _merge(session: Session, given: Given) -> Answer:
    with session.writing("merchant.merge") as work:
        return {"cases": list(merchant_merging.merge(work, given.draft.merchant_no, given.draft.into))}


def _part(session: Session, given: Given) -> Answer:
    numbers = [one.strip() for one in given.draft.cases.splitlines() if one.strip()]
    with session.writing("merchant.part") as work:
        merchant_merging.part(work, given.draft.merchant_no, numbers)
    return {"cases": numbers}


def _licence(one: Licence) -> dict[str, object]:
    scan = one.scan
    facts = scan and {"sha256": scan.sha256, "bytes": scan.size, "kind": scan.kind, "pages": scan.pages}
    return {**answers.draft(one.draft), "scan": facts}


def _warnings(found: tuple[Warning_, ...]) -> list[dict[str, str]]:
    return [{"field": warning.field, "message": warning.text} for warning in found]


VERBS = (
    Verb(name="merchant.create", takes=MerchantDraft, run=_create, nested=PROMISES, lists=LICENCES),
    Verb(name="merchant.update", takes=_Update, run=_update, nested=PROMISES, lists=LICENCES, partial=True),
    Verb(name="merchant.find", takes=_Find, run=_find),
    Verb(name="merchant.show", takes=MerchantArgument, run=_show),
    Verb(name="merchant.retire", takes=_Retire, run=_retire),
    Verb(name="merchant.note", takes=_Note, run=_note),
    Verb(name="merchant.merge", takes=_Merge, run=_merge),
    Verb(name="merchant.part", takes=_Part, run=_part),
)
