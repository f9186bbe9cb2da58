"""Tables: ruled cells, the headings again at the top of each page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from odr_desk.papers.content import Table
from odr_desk.papers.lines import Type, set_lines, set_right
from odr_desk.papers.marks import Mark, Rule, Sheet, Slab, stack
from odr_desk.rules.errors import Invalid

_PADDING = 5.0


def table_slabs(table: Table, kind: Type) -> list[Slab]:
    """Return a slab a row; a row too deep for a page is refused, since cutting it would mix up its cells."""
    small = kind.scaled(0.9)
    edges = _edges(table.widths)
    heading = replace(_row(table.headings, edges, replace(small, bold=True), table.right), keep=True)
    slabs = [replace(heading, above=kind.leading * 0.3)]
    for number, cells in enumerate(table.rows, start=1):
        row = _row(cells, edges, small, table.right)
        if row.height > Sheet.BODY - heading.height:
            headings = "、".join(table.headings)
            raise Invalid.of("table", f"“{headings}”表第 {number} 行太长，一页放不下；请改短，或者另附材料。")
        slabs.append(replace(row, repeat=heading))
    return [*slabs[:-1], replace(slabs[-1], height=slabs[-1].height + kind.leading * 0.3)]


def _edges(widths: Sequence[float]) -> list[float]:
    """Return where the columns begin and, last, where the table ends."""
    whole, edges = sum(widths), [0.0]
    for width in widths:
        edges.append(edges[-1] + width / whole * Sheet.MEASURE)
    return edges


def _row(cells: Sequence[str], edges: Sequence[float], kind: Type, right: Sequence[int]) -> Slab:
    marks: list[Mark] = []
    height = kind.leading + _PADDING
    for column, (cell, (left, end)) in enumerate(zip(cells, pairwise(edges), strict=True)):
        measure = end - left - 2 * _PADDING
        flush = column in right
        setting = set_right(cell, kind, measure) if flush else set_lines(cell, kind, measure=measure, justify=False)
        height = max(height, stack(setting, marks, _PADDING / 2, left + _PADDING) + _PADDING / 2)
    frame = [Rule(0, y, edges[-1], y) for y in (0.0, height)] + [Rule(x, 0, x, height) for x in edges]
    return Slab(height, (*marks, *frame))
