"""The import of the leasing department's list of tenants: a verdict per row first, then all or nothing."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.exchange import ImportBatch
from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import field_of, fields_of
from odr_desk.rules.identity import uscc_problem
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
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import check_merchant, shown_value
from odr_desk.rules.people import Right
from odr_desk.rules.tenant_list import LISTED, TenantDraft, as_listed, with_listed
from odr_desk.services import import_batches, import_source, licences, merchants
from odr_desk.services.import_source import Source
from odr_desk.sheets.profiles import ImportedRow, Level, Remark
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
        made[step.row.number] = _take(work, batch, step)
    work.session.flush()
    return Applied(batch.number, dict(counts), import_source.with_repeats(source, made))


def _take(work: Work, batch: ImportBatch, step: "_Step") -> str:
    """Do what a row asks for and return the number of its merchant."""
    assert step.draft is not None  # noqa: S101 - every step taken has one
    before: dict[str, object] = {}
    if step.merchant is None:
        merchant = merchants.add(work, step.draft)
        merchant.batch_id = batch.id
        licences.save(work, merchant.id, with_listed((), step.draft))
    else:
        merchant, seen = step.merchant, step.merchant.version_id
        written = {change.field for change in step.changes}
        before = {name: getattr(merchant, name) for name in written - LISTED}
        before["provisional"] = merchant.provisional
        merchants.change(work, merchant, step.draft)
        if written & LISTED:
            before[import_batches.LICENCES] = import_batches.kept_licences(step.held)
            merchants.hold(work, merchant, with_listed(step.held, step.draft), seen)
    import_batches.note(work, batch, step.row.number, step.verdict, merchant, before)
    return merchant.number


@dataclass(frozen=True, slots=True)
class _Step:
    row: ImportedRow
    verdict: Verdict
    merchant: Merchant | None = None
    draft: TenantDraft | None = None
    changes: tuple[FieldChange, ...] = ()
    remarks: tuple[str, ...] = ()
    held: tuple[LicenceDraft, ...] = ()


class _Directory:
    """Who is on file, by everything a row may name him with."""

    def __init__(self, work: Work, rows: Iterable[ImportedRow]) -> None:
        self._work = work
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

    def licences(self, merchant: Merchant | None, row: ImportedRow) -> tuple[LicenceDraft, ...]:
        """Return the licences on file of a merchant whose row speaks of any."""
        spoken = merchant is not None and not LISTED.isdisjoint(row.values)
        return licences.drafts_of(self._work, merchant.id) if spoken and merchant is not None else ()

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
    has_codes = "uscc" in source.table.headings.values()
    rows = [_coded(row, has_codes=has_codes) for row in source.table.rows]
    directory = _Directory(work, rows)
    taken: dict[int, int] = {}
    steps: list[_Step] = []
    by_row: dict[int | None, _Step] = {}
    for row in rows:
        progress(len(steps), len(rows))
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
    held = directory.licences(merchant, row)
    before = _before(merchant, held, row)
    draft = _tenant(before, row)
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
    return _Step(row, Verdict.UPDATE, merchant, draft, changes, remarks, held)


def _coded(row: ImportedRow, *, has_codes: bool) -> ImportedRow:
    """Take the number of a business licence for the code of its holder, which it has been since 2015.

    An older number passes for one only in a list that has no column for the code.
    """
    number = str(row.values.get("licence_no", ""))
    doubt = uscc_problem(number)
    if not number or "uscc" in row.values or (doubt and has_codes):
        return row
    remarks = (*row.remarks, Remark(Level.LOOK, "uscc", doubt)) if doubt else row.remarks
    return dataclasses.replace(row, values={**row.values, "uscc": number}, remarks=remarks)


def _before(merchant: Merchant | None, held: tuple[LicenceDraft, ...], row: ImportedRow) -> TenantDraft:
    if merchant is None:
        return TenantDraft(name="", counter="")
    on_file = dataclasses.asdict(merchants.draft_of(merchant))
    return TenantDraft(**on_file, **as_listed(held, row.values))  # type: ignore[arg-type] # as the file has it


def _tenant(before: TenantDraft, row: ImportedRow) -> TenantDraft:
    draft = dataclasses.replace(before, **row.values)  # type: ignore[arg-type] # read by the profile
    tidied = merchants.tidied(draft)
    # A list with the code and the last day of the business licence does not repeat the code as its number.
    is_unnumbered = tidied.licence_expires is not None and not tidied.licence_no
    return dataclasses.replace(tidied, licence_no=tidied.uscc) if is_unnumbered else tidied


def _repeat(row: ImportedRow) -> str:
    labels = "、".join(field_of(TenantDraft, name).label for name in row.differs)
    if not labels:
        return f"与第 {row.repeats} 行相同，跳过"
    return f"与第 {row.repeats} 行是同一户，但{labels}不同；按第 {row.repeats} 行，请核对"


def _standing(draft: TenantDraft, merchant: Merchant | None, directory: _Directory) -> Iterable[str]:
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


def _changes(before: TenantDraft, after: TenantDraft) -> Iterable[FieldChange]:
    for field in fields_of(TenantDraft):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield FieldChange(field.name, field.label, shown_value(field, old), shown_value(field, new))


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
        field = field_of(TenantDraft, name)
        read, cell = shown_value(field, value), row.shown.get(name, "").strip()
        yield ReadValue(field.label, read, "" if cell == read else cell)


def _absent(work: Work, steps: Iterable[_Step]) -> tuple[str, ...]:
    there = {step.merchant.id for step in steps if step.merchant is not None}
    present = select(Merchant).where(Merchant.retired.is_(False), Merchant.provisional.is_(False))
    gone = (
        merchant for merchant in work.session.scalars(present.order_by(Merchant.counter)) if merchant.id not in there
    )
    return tuple(f"{merchant.number} {merchant.shown_name}（{merchant.counter}）" for merchant in gone)
