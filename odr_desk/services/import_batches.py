"""Applied imports: what each row did, and how a whole batch is taken back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.model.exchange import ImportBatch, ImportRow
from odr_desk.model.merchant import Merchant
from odr_desk.rules import moments
from odr_desk.rules.errors import IllegalMove, Missing
from odr_desk.rules.importing import Progress, Verdict, untold
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.mall import record_number
from odr_desk.rules.parsing import parse
from odr_desk.rules.people import Right
from odr_desk.services import case_bin, licences, merchants
from odr_desk.services.import_source import Source
from odr_desk.store import numbers
from odr_desk.store.database import Work

SIGN = "I"
LICENCES = "licences"
"""Under which name a row that changed licences keeps those that were there."""
Record = Merchant | Case
_MOST_REASONS = 5


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One applied import in the list of imports."""

    number: str
    profile: str
    file_name: str
    counts: Mapping[Verdict, int]
    applied_at: datetime
    applied_by: str
    undone_at: datetime | None
    undone_by: str


def rows(work: Work, profile: str = "", limit: int = 50) -> tuple[BatchRow, ...]:
    """Return the imports, the last one first."""
    work.actor.require(Right.PREVIEW_IMPORTS)
    chosen = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)
    if profile:
        chosen = chosen.where(ImportBatch.profile == profile)
    return tuple(_row(batch) for batch in work.session.scalars(chosen))


def applied_before(work: Work, sha256: str) -> str:
    """Return the number of the import that took this very file and still stands, empty when there is none."""
    same = select(ImportBatch.number).where(ImportBatch.sha256 == sha256, ImportBatch.undone_at.is_(None))
    return work.session.scalars(same.order_by(ImportBatch.id.desc()).limit(1)).first() or ""


def begin(work: Work, source: Source, counts: Mapping[Verdict, int]) -> ImportBatch:
    """Write down that an import is applied."""
    year = moments.day_of(work.now).year
    batch = ImportBatch(
        number=record_number(SIGN, year, numbers.take(work, "import", year)),
        profile=source.profile,
        file_name=source.file_name[:200],
        sha256=source.sha256,
        counts=json.dumps(counts),
        applied_at=work.now,
        applied_by=work.actor.name,
    )
    work.session.add(batch)
    work.session.flush()
    return batch


def note(
    work: Work, batch: ImportBatch, row: int, verdict: Verdict, record: Record, before: Mapping[str, object]
) -> None:
    """Write down what a row did to a record; `before` holds the values it replaced."""
    work.session.flush()
    work.session.add(
        ImportRow(
            batch_id=batch.id,
            row=row,
            verdict=verdict.value,
            table=record.__tablename__,
            object_id=record.id,
            version=record.version_id,
            before=json.dumps({name: _plain(value) for name, value in before.items()}, ensure_ascii=False),
        )
    )


def kept_licences(held: Sequence[LicenceDraft]) -> list[dict[str, object]]:
    """Return licences as `note` keeps them among the values that a row replaced."""
    return [{name: _plain(value) for name, value in asdict(one).items()} for one in held]


def undo(work: Work, number: str, progress: Progress = untold) -> dict[Verdict, int]:
    """Take a whole batch back; refuse, naming the rows, when something built on it or was changed since."""
    work.actor.require(Right.IMPORT)
    batch = _known(work, number)
    if batch.undone_at is not None:
        raise IllegalMove(f"导入 {number} 已在 {moments.show_moment(batch.undone_at)} 撤销过")
    done = list(work.session.scalars(select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.row)))
    steps = 2 * len(done)  # each row is looked at, then taken back
    records = _untouched(work, number, done, lambda at: progress(at, steps))
    counts = dict.fromkeys((Verdict.NEW, Verdict.UPDATE), 0)
    gone: list[str] = []
    for at, (row, record) in enumerate(reversed(records), start=len(done)):
        progress(at, steps)
        verdict = Verdict(row.verdict)
        counts[verdict] += 1
        if isinstance(record, Case):
            case_bin.delete(work, record.number, f"撤销导入 {number}")  # its number has been given
        elif isinstance(record, Merchant) and verdict is Verdict.NEW:
            gone.append(record.number)
            licences.save(work, record.id, ())
            work.session.flush()
            work.session.delete(record)
        elif isinstance(record, Merchant):
            _restore(work, record, json.loads(row.before))
            _hand_back(work, row, record)
    numbers.void(work, "merchant", gone)
    _forget_shops(work, batch)
    batch.undone_at, batch.undone_by = work.now, work.actor.name
    return counts


def _untouched(
    work: Work, number: str, done: Sequence[ImportRow], tell: Callable[[int], object]
) -> list[tuple[ImportRow, Record | None]]:
    """Return what each row made or changed; refuse when any of it has been used or changed since."""
    records: list[tuple[ImportRow, Record | None]] = []
    reasons = []
    for row in done:
        tell(len(records))
        records.append((row, _record(work, row)))
        reasons += [reason] if (reason := _why_not(work, *records[-1])) else []
    if reasons:
        more = f"……共 {len(reasons)} 处" if len(reasons) > _MOST_REASONS else ""
        raise IllegalMove(f"导入 {number} 没有撤销，什么都没有动：{'；'.join(reasons[:_MOST_REASONS])}{more}")
    return records


def _forget_shops(work: Work, batch: ImportBatch) -> None:
    """Take shops that the batch noted by name off the directory, unless a case of another origin names them."""
    work.session.flush()
    shops = select(Merchant).where(Merchant.batch_id == batch.id, Merchant.provisional.is_(True))
    for shop in work.session.scalars(shops):
        alive = select(func.count()).where(Case.merchant_id == shop.id, Case.deleted_at.is_(None))
        if not work.session.scalar(alive):
            shop.retired = True


def _record(work: Work, row: ImportRow) -> Record | None:
    if row.object_id is None:
        return None
    if row.table == Merchant.__tablename__:
        return work.session.get(Merchant, row.object_id)
    return work.session.get(Case, row.object_id)


def _restore(work: Work, merchant: Merchant, before: Mapping[str, Any]) -> None:
    seen = merchant.version_id
    merchants.restore(merchant, before)
    if LICENCES in before:
        held = [parse(LicenceDraft, one) for one in before[LICENCES]]
        merchants.hold(work, merchant, held, seen)


def _hand_back(work: Work, row: ImportRow, record: Merchant) -> None:
    """Let the import before this one be undone too: the record is again as that one left it."""
    work.session.flush()
    earlier = select(ImportRow).where(
        ImportRow.table == row.table, ImportRow.object_id == row.object_id, ImportRow.version == row.version - 1
    )
    for before in work.session.scalars(earlier):
        before.version = record.version_id


def _why_not(work: Work, row: ImportRow, record: Record | None) -> str:
    if record is None:
        return f"第 {row.row} 行的记录已不在"
    name = record.shown_name if isinstance(record, Merchant) else record.subject
    shown = f"{record.number} {name}"
    written = isinstance(record, Case) and record.event_count != json.loads(row.before).get("event_count")
    if record.version_id != row.version or written:
        return f"{shown} 导入后改过"
    if isinstance(record, Merchant) and _has_new_scans(work, row, record):
        return f"{shown} 的证照已放入扫描件"
    if Verdict(row.verdict) is not Verdict.NEW:
        return ""
    used = [f"{count} {what}" for what, count in _uses(work, record) if count]
    return f"{shown} 已有 {'、'.join(used)}" if used else ""


def _has_new_scans(work: Work, row: ImportRow, merchant: Merchant) -> bool:
    """Tell whether a licence that would go with the import has a scan by now."""
    before = json.loads(row.before)
    if Verdict(row.verdict) is not Verdict.NEW and LICENCES not in before:
        return False
    kept = {one["id"] for one in before.get(LICENCES, ())}
    return any(held.sha256 and held.id not in kept for held in licences.rows(work, merchant.id))


def _uses(work: Work, record: Record) -> list[tuple[str, int]]:
    owner = "merchant_id" if isinstance(record, Merchant) else "case_id"
    kinds: tuple[tuple[str, type[Any]], ...] = (("件投诉", Case), ("笔先行赔付", Advance), ("份文书", Document))
    return [
        (words, work.session.scalar(select(func.count()).where(getattr(kind, owner) == record.id)) or 0)
        for words, kind in kinds
        if hasattr(kind, owner)
    ]


def _known(work: Work, number: str) -> ImportBatch:
    batch = work.session.scalars(select(ImportBatch).where(ImportBatch.number == number)).one_or_none()
    if batch is None:
        raise Missing(f"没有编号为“{number}”的导入")
    return batch


def _row(batch: ImportBatch) -> BatchRow:
    counts = {Verdict(name): count for name, count in json.loads(batch.counts).items()}
    return BatchRow(
        batch.number,
        batch.profile,
        batch.file_name,
        counts,
        batch.applied_at,
        batch.applied_by,
        batch.undone_at,
        batch.undone_by,
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
