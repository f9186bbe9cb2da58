"""The printed rows of a matrix, and which line of facts belongs into which of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from odr_desk.rules.errors import Invalid
from odr_desk.sheets import names, slots
from odr_desk.sheets.form import Form, Kind, Line
from odr_desk.sheets.layout import Layout, text_of
from odr_desk.sheets.outcome import Outcome

Sums = Counter[str]
_NOTES = ("注", "备注", "说明", "填表说明")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows under the heading: by the name of their class or group, and the totals."""

    words: Mapping[int, str]
    named: Mapping[str, int]
    totals: tuple[int, ...]

    @property
    def last(self) -> int:
        return max(self.words, default=0)

    def of(self, word: str) -> int | None:
        """Return the row of a class or group, if it is printed."""
        return self.named.get(names.label(word)) if word else None


@dataclass(slots=True)
class Filling:
    """What each row gets; subtotals repeat other rows and do not count towards the total."""

    sums: dict[int, Sums] = field(default_factory=dict)
    subtotals: set[int] = field(default_factory=set)

    def add(self, row: int, found: Sums) -> None:
        self.sums.setdefault(row, Counter()).update(found)

    def counted(self) -> list[Sums]:
        """Return the numbers that make up the total."""
        return [found for row, found in self.sums.items() if row not in self.subtotals]


def label_column(layout: Layout) -> int:
    """Return the column in which the rows are named."""
    return next((place.column for place in layout.places if place.entry.kind is Kind.LABEL), 1)


def printed(layout: Layout, form: Form) -> Rows:
    """Return the rows under the heading down to the footer."""
    column = label_column(layout)
    total_labels = {names.label(word) for word in form.total_labels}
    words: dict[int, str] = {}
    named: dict[str, int] = {}
    totals: list[int] = []
    for row in range(layout.first_row, layout.sheet.max_row + 1):
        plain = text_of(layout.sheet, row, column).strip()
        if slots.labels_in(plain, form.slots) or plain.startswith(_NOTES):
            break
        if not plain:
            continue
        words[row] = plain
        if names.label(plain) in total_labels:
            totals.append(row)
        else:
            named.setdefault(names.label(plain), row)
    return Rows(words, named, tuple(totals))


def distribute(rows: Rows, form: Form, lines: Sequence[Line], numbers: Sequence[Sums], outcome: Outcome) -> Filling:
    """Return what each printed row gets; tell what has no row of its own and which rows nobody knows."""
    filling = Filling()
    listed = {line.group for line in lines if line.group and rows.of(line.label) is not None}
    for line, found in zip(lines, numbers, strict=True):
        own, group = rows.of(line.label), rows.of(line.group)
        if group is not None and line.group in listed:
            filling.subtotals.add(group)
            filling.add(group, found if own is not None else Counter())
            group = None
        home = own if own is not None else group
        if home is None and any(found.values()):
            home = _rest(rows, form, line, found, outcome)
        if home is not None:
            filling.add(home, found)
    known = {*filling.sums, *rows.totals, rows.of(form.rest_label)}
    for row in sorted(set(rows.words) - known):
        outcome.remark(rows.words[row], f"模板的“{rows.words[row]}”一行不是已知的类别，各栏填 0")
    return filling


def _rest(rows: Rows, form: Form, line: Line, found: Sums, outcome: Outcome) -> int:
    row = rows.of(form.rest_label)
    if row is None:
        raise Invalid.of(
            "template", f"模板没有“{line.label}”一行，也没有“{form.rest_label or '其他类'}”，它的数字无处可填，没有填写"
        )
    total = found[form.adding.total] if form.adding else 0
    outcome.remark(line.label, f"模板没有“{line.label}”一行，其受理 {total} 件等数字并入“{rows.words[row]}”")
    return row
