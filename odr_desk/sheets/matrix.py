"""A form whose rows are printed in the template: each class is found by its name.

A class the template has no row for goes into 其他类, a problem it has no column for into 其他, and both
are told: the columns add up in every template.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import dress, matrix_rows, styles, values
from odr_desk.sheets.form import Facts, Form, Kind, Line
from odr_desk.sheets.layout import Layout, Place, text_of
from odr_desk.sheets.matrix_rows import Filling, Rows, Sums
from odr_desk.sheets.outcome import Outcome
from odr_desk.sheets.values import Stated


def fill(layout: Layout, form: Form, facts: Facts) -> Outcome:
    """Write the lines into the rows of their classes; raise Invalid if they cannot add up."""
    rows = matrix_rows.printed(layout, form)
    if not rows.words:
        raise Invalid.of("template", f"模板“{form.title}”的表头下面没有类别行，没有填写；请核对模板")
    outcome = Outcome(lines=len(rows.words) - len(rows.totals), last_row=rows.last)
    numbers = [_numbers(layout, form, line, outcome) for line in facts.lines]
    filling = matrix_rows.distribute(rows, form, facts.lines, numbers, outcome)
    columns = [place for place in layout.places if place.entry.kind not in (Kind.LABEL, Kind.SEQUENCE)]
    for place in columns:
        for row in rows.words:
            if row in rows.totals:
                _write_total(layout, place, row, filling, outcome)
            else:
                _write(
                    layout, place, row, values.stated(place, filling.sums.get(row, Counter())[place.entry.key]), outcome
                )
    _show_all(layout, rows, columns, outcome)
    return outcome


def _numbers(layout: Layout, form: Form, line: Line, outcome: Outcome) -> Sums:
    """Return the numbers of a line, those without a column added to the column for the rest."""
    sums: Sums = Counter({key: value for key, value in line.values.items() if isinstance(value, int)})
    adding = form.adding
    if adding is None:
        return sums
    parts = sum(sums[key] for key in adding.parts)
    if parts != sums[adding.total]:
        text = f"“{line.label}”的受理数是 {sums[adding.total]}，各问题合计是 {parts}，对不上，没有填写"
        raise Invalid.of(adding.total, text)
    rest = form.entry(adding.rest).heading
    for key in adding.parts:
        if sums[key] and layout.place(key) is None:
            name = form.entry(key).heading
            if layout.place(adding.rest) is None:
                other = "" if key == adding.rest else f"，也没有“{rest}”"
                raise Invalid.of("template", f"模板没有“{name}”一栏{other}，数字无处可填，没有填写")
            outcome.remark(name, f"模板没有“{name}”一栏，“{line.label}”的 {sums[key]} 件并入“{rest}”")
            sums[adding.rest] += sums.pop(key)
    return sums


def _write(layout: Layout, place: Place, row: int, what: Stated, outcome: Outcome) -> None:
    cell = styles.cell_at(layout.sheet, row, place.column)
    if cell.data_type == "f":
        return
    outcome.cells[row, place.column] = what
    values.put(cell, what)


def _write_total(layout: Layout, place: Place, row: int, filling: Filling, outcome: Outcome) -> None:
    """Keep the template's formula and remember what it must come to; write the sum where there is none."""
    parts = (values.stated(place, found[place.entry.key]) for found in filling.counted())
    total = sum((Decimal(str(part.value)) for part in parts), Decimal(0))
    what = Stated(total if place.entry.kind is Kind.MONEY else int(total), values.stated(place, 0).number_format)
    outcome.totals[row, place.column] = total
    cell = styles.cell_at(layout.sheet, row, place.column)
    if cell.data_type == "f" and cell.number_format == values.ANY:
        cell.number_format = what.number_format
    _write(layout, place, row, what, outcome)


def _show_all(layout: Layout, rows: Rows, columns: Iterable[Place], outcome: Outcome) -> None:
    """Make room for numbers, and for the names of classes that used to flow over the empty cell beside them."""
    sheet = layout.sheet
    stated = dress.widths(sheet)
    for place in columns:
        shown = [outcome.cells[row, place.column].shown for row in rows.words if (row, place.column) in outcome.cells]
        size = dress.font_size(styles.cell_at(sheet, layout.first_row, place.column))
        now = dress.width_of(stated, sheet, place.column)
        room = dress.room(now, size, shown, words=False)
        if room.width > now:
            dress.set_width(sheet, place.column, room.width)
    column = matrix_rows.label_column(layout)
    names = {row: text_of(sheet, row, column) for row in rows.words}
    size = dress.font_size(styles.cell_at(sheet, layout.first_row, column))
    room = dress.room(dress.width_of(stated, sheet, column), size, names.values(), words=True)
    if not room.wrap:
        return
    for row, name in names.items():
        for cell in styles.cells_of(sheet, row):
            dress.centre(cell)
        if room.lines(name) > 1:
            dress.wrap(styles.cell_at(sheet, row, column))
            dress.raise_row(sheet, row, room.lines(name), size)
