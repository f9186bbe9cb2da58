"""Rows added to the body of a template: what stands below goes down, what spans the body grows with it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_REFERENCE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many rows added behind the last prepared one; `pushes` when something stands below."""

    last: int
    by: int
    pushes: bool

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """Return where a range of rows is afterwards; one that reaches the last prepared row grows."""
        if not self.pushes:
            grows = top <= self.last <= bottom < self.last + self.by
            return top, self.last + self.by if grows else bottom
        if top > self.last:
            return top + self.by, bottom + self.by
        return top, bottom + self.by if bottom >= self.last else bottom

    def formula(self, text: str) -> str:
        """Return a formula whose references follow."""
        from openpyxl.formula import Tokenizer
        from openpyxl.formula.tokenizer import Token

        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE and "!" not in token.value:
                token.value = _REFERENCE.sub(self._reference, token.value)
        return "=" + "".join(token.value for token in tokens.items)

    def _reference(self, found: re.Match[str]) -> str:
        top = int(found[2])
        if found[4] is None:
            moved = top + self.by if self.pushes and top > self.last else top
            return f"{found[1]}{moved}"
        first, last = self.span(top, int(found[4]))
        return f"{found[1]}{first}:{found[3]}{last}"


def apply(sheet: "Worksheet", stretch: Stretch) -> None:
    """Move and widen everything of a sheet that rows added to its body concern."""
    if stretch.pushes:
        _push_cells(sheet, stretch)
        _push_heights(sheet, stretch)
        _push_pictures(sheet, stretch)
    _follow_formulas(sheet, stretch)
    for validation in sheet.data_validations.dataValidation:
        _follow(validation.sqref, stretch)
    _follow_conditions(sheet, stretch)
    _follow_filters(sheet, stretch)


def _push_cells(sheet: "Worksheet", stretch: Stretch) -> None:
    from openpyxl.worksheet.cell_range import CellRange

    below = CellRange(min_row=stretch.last + 1, min_col=1, max_row=sheet.max_row, max_col=sheet.max_column)
    sheet.move_range(below, rows=stretch.by)
    for block in sheet.merged_cells.ranges:
        if block.min_row > stretch.last:
            block.shift(row_shift=stretch.by)
    sheet.merged_cells.ranges = set(sheet.merged_cells.ranges)  # their places in the set went with their rows


def _push_heights(sheet: "Worksheet", stretch: Stretch) -> None:
    rows = sheet.row_dimensions
    for number in sorted((row for row in rows if row > stretch.last), reverse=True):
        dimension = rows.pop(number)
        dimension.index = number + stretch.by
        rows[number + stretch.by] = dimension


def _push_pictures(sheet: "Worksheet", stretch: Stretch) -> None:
    drawn: list[Any] = [*sheet._images, *sheet._charts]  # type: ignore[attr-defined] # noqa: SLF001 - openpyxl shows them nowhere else
    for picture in drawn:
        for corner in ("_from", "to"):
            marker = getattr(picture.anchor, corner, None)
            if marker is not None and marker.row >= stretch.last:
                marker.row += stretch.by


def _follow_formulas(sheet: "Worksheet", stretch: Stretch) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = stretch.formula(cell.value)


def _follow_conditions(sheet: "Worksheet", stretch: Stretch) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    rules = ConditionalFormattingList()
    for condition in sheet.conditional_formatting:
        _follow(condition.sqref, stretch)
        for rule in condition.rules:
            rules.add(str(condition.sqref), rule)
    sheet.conditional_formatting = rules


def _follow_filters(sheet: "Worksheet", stretch: Stretch) -> None:
    if sheet.print_area:
        sheet.print_area = [_followed(part.rsplit("!", 1)[-1], stretch) for part in sheet.print_area.split(",")]
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _followed(sheet.auto_filter.ref, stretch)
    for table in sheet.tables.values():
        table.ref = _followed(table.ref, stretch)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = _followed(table.autoFilter.ref, stretch)


def _follow(blocks: Any, stretch: Stretch) -> None:  # noqa: ANN401 - openpyxl's MultiCellRange, typed two ways
    changed = set()
    for block in blocks.ranges:
        block.min_row, block.max_row = stretch.span(block.min_row, block.max_row)
        changed.add(block)
    blocks.ranges = changed


def _followed(reference: str, stretch: Stretch) -> str:
    return stretch.formula(f"={reference}")[1:]
