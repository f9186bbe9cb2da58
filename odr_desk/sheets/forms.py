"""Fill a regulator's form: any template in which the headings can be found by name.

The facts go in, a finished workbook comes out; styles, merges, formulas, lists and print set-up are the
template's. What a person should know about the template comes back as remarks.
"""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from odr_desk.paths import resource
from odr_desk.rules.errors import Invalid, Trouble
from odr_desk.sheets import (
    FORMS,
    blank,
    bulk,
    choices,
    dress,
    layout,
    ledger,
    losses,
    matrix,
    matrix_rows,
    reading,
    slots,
    totals,
    writing,
)
from odr_desk.sheets.form import PERIOD, Facts, Form, Remark, Shape
from odr_desk.sheets.layout import Layout
from odr_desk.sheets.outcome import Outcome
from odr_desk.sheets.proof import ADVICE
from odr_desk.sheets.values import Stated

if TYPE_CHECKING:
    from openpyxl import Workbook

Mapping_ = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a template looks like to the program."""

    form: Form
    sheet: str
    heading_row: int
    headings: Mapping[str, str]  # heading of the template → key of the form
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]  # headings of the form that the template lacks
    rows: tuple[str, ...]  # printed row names of a matrix
    slots: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form that was proved against its facts."""

    content: bytes
    lines: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A filled form in a file that has not got its name yet."""

    file: writing.Prepared
    lines: int
    remarks: tuple[Remark, ...]


def built_in(form: Form) -> Path:
    """Return the template that ships with the program."""
    return resource("templates", f"{form.code}.xlsx")


def recognise(template: Path, form: Form | None = None, mapping: Mapping_ | None = None) -> Recognised:
    """Return what of a form the template has; without a form, the one that fits best."""
    book = _open(template)
    lost = losses.find(template)
    chosen = form or _best_form(book)
    found = layout.find(book, chosen, mapping or {})
    blank.require(found, chosen)
    rows = tuple(matrix_rows.printed(found, chosen).words.values()) if chosen.shape is Shape.MATRIX else ()
    return Recognised(
        form=chosen,
        sheet=found.sheet.title,
        heading_row=found.heading_row,
        headings={place.heading: place.entry.key for place in found.places},
        unmapped=found.unmapped,
        missing=tuple(entry.heading for entry in found.missing),
        rows=rows,
        slots=slots.present(found.sheet, chosen),
        remarks=lost,
    )


def fill(form: Form, facts: Facts, template: Path | None = None, mapping: Mapping_ | None = None) -> Filled:
    """Return the filled form; raise Invalid or UnsafeFile in words when the template cannot take the facts."""
    book = _open(template or built_in(form))
    remarks = list(losses.find(template)) if template else []
    found = layout.find(book, form, mapping or {})
    if template:  # ours is blank and was made for these facts
        blank.require(found, form, slots.shown(facts.slots.get(PERIOD.key)))
        remarks += _about_headings(found, facts)
    before = matrix_rows.printed(found, form).last if form.shape is Shape.MATRIX else 0
    outcome = (matrix if form.shape is Shape.MATRIX else ledger).fill(found, form, facts)
    table = range(found.heading_row, max(before, outcome.last_row) + 1)
    slots.fill(found.sheet, form, facts.slots, table, found.heading_row)
    choices.check(found, outcome)
    dress.raise_headings(found.sheet, found.heading_row, [place.column for place in found.places])
    content, results = _packed(book, found, outcome)
    outcome.cells |= {place: Stated(total) for place, total in results.items()}
    _prove(content, found.sheet.title, outcome)
    return Filled(content, outcome.lines, (*remarks, *outcome.remarks))


def prepare(
    path: Path, form: Form, facts: Facts, template: Path | None = None, mapping: Mapping_ | None = None
) -> Ready:
    """Fill a form into a file beside its place, and make sure that the disk gives back what was proved."""
    if template is not None and path.resolve() == template.resolve():
        raise Invalid.of("out", f"“{path.name}”就是模板本身，没有写，免得把空表盖掉；请换一个文件名")
    filled = fill(form, facts, template, mapping)
    meant = hashlib.sha256(filled.content).digest()

    def check(content: bytes) -> None:
        if hashlib.sha256(content).digest() != meant:
            raise Trouble("写到磁盘的表格读回后不一致，没有保存。", ADVICE)

    return Ready(writing.prepare(path, filled.content, check), filled.lines, filled.remarks)


def _open(template: Path) -> "Workbook":
    """Open a template; one that is not ours has been opened in the child process before."""
    if template.resolve().parent != resource("templates").resolve():
        reading.probe_template(template)
    from openpyxl import load_workbook

    # What openpyxl warns of is what `losses` tells in Chinese.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    return load_workbook(template, rich_text=True)


def _best_form(book: "Workbook") -> Form:
    best: tuple[float, Form] | None = None
    for form in FORMS:
        try:
            found = layout.find(book, form, {})
        except Invalid:
            continue
        share = len(found.places) / (len(found.places) + len(found.unmapped))
        if best is None or share > best[0]:
            best = share, form
    if best is None:
        known = "、".join(f"{form.code} {form.title}" for form in FORMS)
        raise Invalid.of("template", f"模板里找不到认识的表头；现有报表：{known}。请核对文件，或先说明各栏对应什么")
    return best[1]


def _about_headings(found: Layout, facts: Facts) -> list[Remark]:
    given = {key for line in facts.lines for key, value in line.values.items() if value}
    lacking = [entry.heading for entry in found.missing if entry.key in given]
    return [
        *(Remark(heading, f"模板的“{heading}”一栏没有对应的数据，照模板原样留着") for heading in found.unmapped),
        *(Remark(heading, f"模板没有“{heading}”一栏，这项数据没有填入") for heading in lacking),
    ]


def _packed(book: "Workbook", found: Layout, outcome: Outcome) -> tuple[bytes, totals.Places]:
    """Return the workbook and the results of its sums; raise Invalid if a sum is not what it must be."""
    results = totals.results(found.sheet, outcome.cells)
    for place, meant in outcome.totals.items():
        if place in outcome.cells:
            continue
        name = found.sheet.cell(*place).coordinate
        result = results.get(place)
        if result is None:
            outcome.remark(name, f"模板 {name} 的合计公式无法代为核对，应为 {meant:g}；请打开成品看一眼")
        elif abs(result - meant) > Decimal("0.00001"):
            raise Invalid.of(
                "template", f"模板 {name} 的公式算出 {result:g}，应为 {meant:g}，没有填写；请核对模板的求和范围"
            )
    out = io.BytesIO()
    book.save(out)
    part = f"xl/worksheets/sheet{book.sheetnames.index(found.sheet.title) + 1}.xml"
    content = _with_part(
        out.getvalue(), part, lambda xml: totals.with_results(bulk.insert(xml, outcome.added), results)
    )
    return content, results


def _with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of which one part is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            inside = old.read(entry)
            new.writestr(entry, change(inside) if entry.filename == part else inside)
    return out.getvalue()


def _prove(content: bytes, sheet: str, outcome: Outcome) -> None:
    """Open the finished file again, count its cells and compare every one."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    for (row, column), what in outcome.cells.items():
        found = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if not _same(found, what.value):
            raise Trouble(f"填好的表第 {row} 行第 {column} 列读回后不一致，没有保存。", ADVICE)


def _same(found: object, meant: object) -> bool:
    if isinstance(meant, int | Decimal):
        return isinstance(found, int | float) and abs(Decimal(str(found)) - meant) < Decimal("0.00001")
    if meant is None:
        return found in {None, ""}
    return found == meant
