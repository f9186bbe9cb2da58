"""Importing: a verdict per row, and only with `apply` anything is written; any batch can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import flag, text
from odr_desk.rules.importing import PreviewRow, untold
from odr_desk.services import import_batches, import_source, importers, platform_paste, safekeeping
from odr_desk.sheets import platform_page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    profile: str = text("导入类型", required=True, max_length=30)
    path: str = text("文件", required=True, max_length=1000)
    apply: bool = flag("写入")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undo:
    batch_no: str = text("导入批号", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pasted:
    text: str = text("复制来的投诉", required=True, max_length=platform_page.LONGEST, multiline=True)


def _import(session: Session, given: Given) -> Answer:
    sent = given.draft
    session.who()
    importer = importers.importer_of(sent.profile)
    source = import_source.load(Path(sent.path), sent.profile, given.maps["mapping"])
    with session.reading() as work:
        shown = importer.preview(work, source, untold)
        before = safekeeping.order_before_import(work) if sent.apply and shown.takes_any else None
    batch_no: str | None = None
    made: Mapping[int, str] = {}
    if before is not None:
        safekeeping.make_backup(before)
    if sent.apply:
        with session.writing("import") as work:
            done = importer.apply(work, source, (), untold)
        batch_no, made = done.batch_no or None, done.numbers
    return {
        "rows": [_row(row, importer.record, made.get(row.row) or row.number) for row in shown.rows],
        "counts": {verdict.value: count for verdict, count in shown.counts.items()},
        "notes": list(shown.notes),
        "absent": list(shown.absent),
        "batch_no": batch_no,
    }


def _row(row: PreviewRow, record: str, number: str) -> dict[str, object]:
    return {
        "row": row.row,
        "verdict": row.verdict,
        record: number or None,
        "name": row.name,
        "message": row.message,
    }


def _undo(session: Session, given: Given) -> Answer:
    with session.writing("import.undo") as work:
        counts = import_batches.undo(work, given.draft.batch_no)
    return {"counts": {verdict.value: count for verdict, count in counts.items()}}


def _read(session: Session, given: Given) -> Answer:
    """Return what a complaint copied off the platform says, as `case.create` takes it; nothing is written."""
    with session.reading() as work:
        found = platform_paste.read(work, given.draft.text)
    if found is None:
        raise Invalid.of("text", "这段文字认不出是一件平台投诉，请连同“登记编号、登记时间、投诉人”这些名称一起复制")
    said = {name: answers.field(CaseDraft, name, value) for name, value in found.values.items()}
    consumer = {"name": said.pop("consumer_name", ""), "phone": said.pop("consumer_phone", "")}
    shop = {"merchant": found.called, "merchant_no": found.merchant[0] if found.merchant else None}
    claims = [{"code": code} for code in found.claims]
    return {**said, "consumer": consumer, **shop, "claims": claims, "remarks": list(found.remarks)}


VERBS = (
    Verb(name="import.read", takes=_Pasted, run=_read),
    Verb(name="import", takes=_Import, run=_import, maps=frozenset({"mapping"})),
    Verb(name="import.undo", takes=_Undo, run=_undo),
)
