"""The scans of a merchant's licences: put to one, taken off, saved elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.port.verbs.merchants import MerchantArgument
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import number, text
from odr_desk.services import evidence_intake, licence_scans
from odr_desk.services.evidence_intake import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class _Licence(MerchantArgument):
    licence_id: int = number("证照记录", required=True, minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scan(_Licence):
    path: str = text("文件", required=True, max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Save(_Licence):
    out: str = text("文件夹", required=True, max_length=1000)


def _scan(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        shelf = licence_scans.open_shelf(work, sent.merchant_no, sent.licence_id)
    path = Path(sent.path)
    taken = evidence_intake.take_in(shelf, Source(path.name, path))
    try:
        with session.writing("licence.scan") as work:
            scan = licence_scans.put(work, sent.merchant_no, sent.licence_id, taken)
    finally:
        evidence_intake.put_back([taken])
    return {"sha256": scan.sha256, "bytes": scan.size, "kind": scan.kind, "pages": scan.pages}


def _remove(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("licence.scan_remove") as work:
        scan = licence_scans.remove(work, sent.merchant_no, sent.licence_id)
    return {"sha256": scan.sha256}


def _save(session: Session, given: Given) -> Answer:
    sent = given.draft
    folder = Path(sent.out)
    if not folder.is_dir():
        raise Invalid.of("out", f"没有文件夹“{folder}”，请先建好或换一个")
    with session.reading() as work:
        shown = licence_scans.sight(work, sent.merchant_no, sent.licence_id)
    path = licence_scans.save(shown, folder)
    return {"path": str(path), "sha256": shown.scan.sha256}


VERBS = (
    Verb(name="licence.scan", takes=_Scan, run=_scan),
    Verb(name="licence.scan_remove", takes=_Licence, run=_remove),
    Verb(name="licence.scan_save", takes=_Save, run=_save),
)
