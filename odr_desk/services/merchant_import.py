"""The import of the leasing department's list of tenants: a verdict per row first, then all or nothing."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import field_of
from odr_desk.rules.importing import (
    TAKEN,
    Applied,
    FieldChange,
    Preview,
    PreviewRow,
    Progress,
    ReadValue,
    Verdict,
    untold,
)
from odr_desk.rules.merchant import MerchantDraft, check_merchant, shown_value
from odr_desk.rules.people import Right
from odr_desk.services import import_batches, import_source, merchants
from odr_desk.services.import_source import Source
from odr_desk.sheets.profiles import ImportedRow
from odr_desk.store.database import Work

PROFILE = "tenants"


def preview(work: Work, source: Source, progress: Progress = untold) -> Preview:
    """Return what an import would do with each row; nothing is written."""
    work.actor.require(Right.PREVIEW_IMPORTS)
    steps = _plan(work, source, progress)
    return Preview(
        rows=tuple(sorted((*map(_shown, steps), *import_source.skipped_rows(source)), key=lambda row: row.row)),
        notes=import_source.remarks_on(source),
        absent=_absent(work, steps),
        applied_before=import_batches.applied_before(work, source.sha256),
    )


def apply(work: Work, source: Source, leave_out: Iterable[int] = (), progress: Progress = untold) -> Applied:
    """Import every row that is new or changes something, except those left out; nothing to do writes nothing."""
    work.actor.require(Right.IMPORT)
    out = frozenset(leave_out)
    steps = _plan(work, source)
    taken = [step for step in steps if step.verdict in TAKEN and step.row.number not in out]
    counts = Counter(step.verdict for step in steps if step.verdict not in TAKEN)
    counts.update(step.verdict for step in taken)
    counts[Verdict.SKIPPED] = len(source.table.skipped)
    if not taken:
        return Applied("", dict(counts), {})
    batch = import_batches.begin(work, source, counts)
    made: dict[int, str] = {}
    for step in taken:
        progress(len(made), len(taken))
        before: dict[str, object] = {}
        assert step.draft is not None  # noqa: S101 - every step taken has one
        if step.merchant is None:
            merchant = merchants.add(work, step.draft)
            merchant.batch_id = batch.id
        else:
            merchant = step.merchant
            before = {change.field: getattr(merchant, change.field) for change in step.changes}
            before["provisional"] = merchant.provisional
            merchants.change(work, merchant, step.draft)
        import_batches.note(work, batch, step.row.number, step.verdict, merchant, before)
        made[step.row.number] = merchant.number
    work.session.flush()
    return Applied(batch.number, dict(counts), import_source.with_repeats(source, made))


@dataclass(frozen=True, slots=True)
class _Step:
    row: ImportedRow
    verdict: Verdict
    merchant: Merchant | None = None
    draft: MerchantDraft | None = None
    changes: tuple[FieldChange, ...] = ()
    remarks: tuple[str, ...] = ()


class _Directory:
    """Who is on file, by everything a row may name him with."""

    def __init__(self, work: Work, rows: Iterable[ImportedRow]) -> None:
        self.all = list(work.session.scalars(select(Merchant).order_by(Merchant.retired, Merchant.id)))
        self._by: dict[tuple[str, ...], list[Merchant]] = defaultdict(list)
        for merchant in self.all:
            for key in _keys(merchant.name, merchant.uscc, merchant.counter):
                self._by[key].append(merchant)
            if merchant.provisional and not merchant.retired:  # one that was merged or undone is nobody's
                self._by["noted", merchant.name].append(merchant)
        self._named = Counter(key for row in rows for key in _row_keys(row) if len(key) == 2)
        self._called = Counter(sign for row in rows if row.repeats is None for sign in _signs(row))

    def find(self, row: ImportedRow) -> Merchant | None:
        """Return whose row this is.

        Name or code with the counter decide. Without the counter a name, or a code with the same shop
        sign, decides if only one row and only one file has it: that tenant has moved. Last, a shop that
        was noted by its name, if only one row goes by it.
        """
        for key in _row_keys(row):
            found = self._by.get(key, [])
            if len(key) > 2 and found:
                return found[0]
            if len(key) == 2 and len(found) == 1 and self._named[key] == 1 and _same_sign(found[0], row):
                return found[0]
        noted = self.noted(_signs(row))
        return noted if noted is not None and self._called[noted.name] == 1 else None

    def noted(self, signs: Iterable[str]) -> Merchant | None:
        """Return the one shop that was noted by one of these names and is not on file yet."""
        found = [merchant for sign in signs for merchant in self._by.get(("noted", sign), [])]
        return found[0] if len(found) == 1 else None

    def with_code(self, uscc: str, besides: Merchant | None) -> list[Merchant]:
        """Return who else has this code."""
        return [m for m in self._by.get(("uscc", uscc), []) if m is not besides]

    def neighbours(self, counter: str, besides: Merchant | None) -> list[Merchant]:
        """Return who else is present at a counter."""
        return [m for m in self.all if m.counter == counter and not m.retired and m is not besides]


def _keys(name: str, uscc: str, counter: str) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    for kind, value in (("uscc", uscc), ("name", name)):
        if value:
            keys.append((kind, value, counter))
    for kind, value in (("uscc", uscc), ("name", name)):
        if value:
            keys.append((kind, value))
    return keys


def _row_keys(row: ImportedRow) -> list[tuple[str, ...]]:
    name, uscc, counter = (str(row.values.get(field, "")) for field in ("name", "uscc", "counter"))
    return _keys(name, uscc, counter)


def _signs(row: ImportedRow) -> set[str]:
    """Return what people may call the shop of a row."""
    return {str(row.values[field]) for field in ("name", "brand") if row.values.get(field)}


def _same_sign(merchant: Merchant, row: ImportedRow) -> bool:
    """One licence may stand for several shops: only with its name or its sign is it the same one."""
    return merchant.name == row.values.get("name") or (merchant.brand or None) == row.values.get("brand")


def _plan(work: Work, source: Source, progress: Progress = untold) -> list[_Step]:
    directory = _Directory(work, source.table.rows)
    taken: dict[int, int] = {}
    steps: list[_Step] = []
    by_row: dict[int | None, _Step] = {}
    for row in source.table.rows:
        progress(len(steps), len(source.table.rows))
        step = by_row[row.number] = _judged(row, directory, by_row.get(row.repeats))
        if step.merchant is not None and step.verdict not in {Verdict.DUPLICATE, Verdict.BAD}:
            earlier = taken.setdefault(step.merchant.id, row.number)
            if earlier != row.number:
                said = (f"与第 {earlier} 行是同一户 {step.merchant.number}，按第 {earlier} 行",)
                step = _Step(row, Verdict.DUPLICATE, step.merchant, remarks=said)
        steps.append(step)
    return steps


def _judged(row: ImportedRow, directory: _Directory, repeated: _Step | None) -> _Step:
    remarks = tuple(remark.message for remark in row.remarks)
    if repeated is not None:
        return _Step(row, Verdict.DUPLICATE, repeated.merchant, remarks=(_repeat(row), *remarks))
    merchant = directory.find(row)
    if row.is_bad:
        return _Step(row, Verdict.BAD, merchant, remarks=remarks)
    before = merchants.draft_of(merchant) if merchant is not None else MerchantDraft(name="", counter="")
    draft = merchants.tidied(dataclasses.replace(before, **row.values))  # type: ignore[arg-type] # read by the profile
    try:
        check_merchant(draft)
    except Invalid as error:
        return _Step(row, Verdict.BAD, merchant, remarks=(*(problem.text for problem in error.problems), *remarks))
    remarks += tuple(_standing(draft, merchant, directory))
    if merchant is None:
        return _Step(row, Verdict.NEW, None, draft, remarks=remarks)
    changes = tuple(_changes(before, draft))
    if not changes and not merchant.provisional:
        return _Step(row, Verdict.SAME, merchant, remarks=remarks)
    return _Step(row, Verdict.UPDATE, merchant, draft, changes, remarks)


def _repeat(row: ImportedRow) -> str:
    labels = "、".join(field_of(MerchantDraft, name).label for name in row.differs)
    if not labels:
        return f"与第 {row.repeats} 行相同，跳过"
    return f"与第 {row.repeats} 行是同一户，但{labels}不同；按第 {row.repeats} 行，请核对"


def _standing(draft: MerchantDraft, merchant: Merchant | None, directory: _Directory) -> Iterable[str]:
    if merchant is not None and merchant.retired:
        yield f"{merchant.number} 已标为撤场，表里还有，请核对"
    if merchant is None:
        for other in directory.with_code(draft.uscc, merchant)[:1]:
            yield f"统一社会信用代码与 {other.number} {other.shown_name}（{other.counter}）相同，请核对是不是同一户"
        noted = directory.noted({draft.name, draft.brand} - {""})
        if noted is not None:
            yield f"{noted.number} 只记了“{noted.name}”这个名字，表里不止一户叫它；导入后请在商户页把它并入该并的一户"
    for other in directory.neighbours(draft.counter, merchant):
        yield f"柜位上还有 {other.number} {other.shown_name} 在场，如已换租请把它标为撤场"


def _changes(before: MerchantDraft, after: MerchantDraft) -> Iterable[FieldChange]:
    for name in merchants.FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            field = field_of(MerchantDraft, name)
            yield FieldChange(name, field.label, shown_value(field, old), shown_value(field, new))


def _shown(step: _Step) -> PreviewRow:
    values = step.row.values
    return PreviewRow(
        row=step.row.number,
        verdict=step.verdict,
        number=step.merchant.number if step.merchant is not None else "",
        place=str(values.get("counter", "")),
        name=str(values.get("brand") or values.get("name") or ""),
        changes=step.changes,
        remarks=step.remarks,
        values=tuple(_read_values(step.row)),
    )


def _read_values(row: ImportedRow) -> Iterable[ReadValue]:
    for name, value in row.values.items():
        field = field_of(MerchantDraft, name)
        read, cell = shown_value(field, value), row.shown.get(name, "").strip()
        yield ReadValue(field.label, read, "" if cell == read else cell)


def _absent(work: Work, steps: Iterable[_Step]) -> tuple[str, ...]:
    there = {step.merchant.id for step in steps if step.merchant is not None}
    present = select(Merchant).where(Merchant.retired.is_(False), Merchant.provisional.is_(False))
    gone = (
        merchant for merchant in work.session.scalars(present.order_by(Merchant.counter)) if merchant.id not in there
    )
    return tuple(f"{merchant.number} {merchant.shown_name}（{merchant.counter}）" for merchant in gone)
