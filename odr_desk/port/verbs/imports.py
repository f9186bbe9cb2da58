"""Importing workbooks: a verdict per row, and only with `apply` anything is written; any batch can be taken back."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import flag, text
from odr_desk.rules.importing import PreviewRow
from odr_desk.services import import_batches, import_source, merchant_import


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    profile: str = text("导入类型", required=True, max_length=30)
    path: str = text("文件", required=True, max_length=1000)
    apply: bool = flag("写入")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undo:
    batch_no: str = text("导入批号", required=True, max_length=40)


def _import(session: Session, given: Given) -> Answer:
    sent = given.draft
    if sent.profile != merchant_import.PROFILE:
        raise Invalid.of("profile", f"没有“{sent.profile}”这种导入，可选：{merchant_import.PROFILE} 商户清单")
    session.who()
    source = import_source.load(Path(sent.path), sent.profile)
    with session.reading() as work:
        shown = merchant_import.preview(work, source)
    answer: dict[str, object] = {
        "rows": [_row(row) for row in shown.rows],
        "counts": {verdict.value: count for verdict, count in shown.counts.items()},
        "notes": list(shown.notes),
        "absent": list(shown.absent),
        "batch_no": None,
    }
    if sent.apply:
        with session.writing("import") as work:
            done = merchant_import.apply(work, source)
        answer["batch_no"] = done.batch_no or None
    return answer


def _row(row: PreviewRow) -> dict[str, object]:
    changes = [f"{change.label}：{change.before or '空'} → {change.after or '空'}" for change in row.changes]
    return {
        "row": row.row,
        "verdict": row.verdict,
        "merchant_no": row.number or None,
        "name": row.name,
        "message": "；".join((*row.remarks, *changes)),
    }


def _undo(session: Session, given: Given) -> Answer:
    with session.writing("import.undo") as work:
        counts = import_batches.undo(work, given.draft.batch_no)
    return {"counts": {verdict.value: count for verdict, count in counts.items()}}


VERBS = (
    Verb(name="import", takes=_Import, run=_import),
    Verb(name="import.undo", takes=_Undo, run=_undo),
)
