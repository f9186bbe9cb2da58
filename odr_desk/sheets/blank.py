"""Whether a template is blank: a form that was filled before would keep its old lines and its old period."""

import re

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import ledger, names, slots
from odr_desk.sheets.form import Form, Kind, Shape
from odr_desk.sheets.layout import Layout, text_of

_FEWEST = 3  # filled columns that make a row a record; a note or a line of signatures has fewer
_SPAN = re.compile(r"20\d\d-\d\d-\d\d 至 20\d\d-\d\d-\d\d")


def require(layout: Layout, form: Form, period: str = "") -> None:
    """Raise Invalid when rows below the heading are filled, or the sheet states another period than this one."""
    row = 0 if form.shape is Shape.MATRIX else _record(layout, form)
    if row:
        raise Invalid.of(
            "template", f"模板第 {row} 行已经填有内容，像是填好的旧表，没有填写；请换空白的表样，或先删去这些行"
        )
    stated = _other_period(layout, period)
    if period and stated:
        raise Invalid.of(
            "template", f"模板上写着“{stated}”，像是填好的旧表，没有填写；请换空白的表样，或先删去这段期间"
        )


def _record(layout: Layout, form: Form) -> int:
    """Return the first row below the prepared ones if it holds a record of its own, else 0."""
    prepared = ledger.prepared_rows(layout)
    if not prepared.has_footer:
        return 0
    row = prepared.last + 1
    columns = [place.column for place in layout.places if place.entry.kind is not Kind.SEQUENCE]
    cells = [layout.sheet.cell(row, column) for column in columns]
    words = [str(cell.value) for cell in cells if cell.value is not None and cell.data_type != "f"]
    totals = {names.label(word) for word in form.total_labels}
    leading = {names.label(text_of(layout.sheet, row, place.column)) for place in layout.places}
    told = [word for word in words if not slots.labels_in(word, form.slots)]
    return row if len(told) >= _FEWEST and not totals & leading else 0


def _other_period(layout: Layout, period: str) -> str:
    texts = (str(cell.value) for row in layout.sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    spans = (found[0] for text in texts for found in _SPAN.finditer(text))
    return next((span for span in spans if span != period), "")
