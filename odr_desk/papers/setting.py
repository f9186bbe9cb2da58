"""A content set in type: blocks become slabs, slabs become pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from odr_desk.papers.content import (
    Block,
    Clauses,
    Content,
    Gap,
    Heading,
    Note,
    Pair,
    Pairs,
    Para,
    Signatures,
    Table,
    paragraphs,
    spoken,
)
from odr_desk.papers.lines import Type, held, set_centred, set_lines, set_right
from odr_desk.papers.marks import Page, Rule, Sheet, Slab, Tone
from odr_desk.papers.paging import paged
from odr_desk.papers.signing import sign_slabs
from odr_desk.papers.tabling import table_slabs

_DENSITIES = ((12.0, 20.5), (11.6, 19.4), (11.2, 18.3), (10.8, 17.3))  # size and leading, from roomy to close
_LEFT_COLUMN = 0.6  # of the line, at most
_WIDEST_LABEL = 0.6  # of the measure, for a value to hang beside it
_HELD_WITH_SIGNATURES = 8  # lines of the last clause that go with the signatures


def set_in_type(content: Content, advance: Callable[[str], float], *, draft: bool = False) -> tuple[Page, ...]:
    """Return the pages, set as roomy as the least number of pages allows; `advance` is the width at size 1."""

    def pages(size: float, leading: float) -> tuple[Page, ...]:
        return paged(content, _slabs(content, Type(size=size, leading=leading, advance=advance, draft=draft)), advance)

    roomy = pages(*_DENSITIES[0])
    if len(roomy) == 1:
        return roomy
    close = pages(*_DENSITIES[-1])
    if len(close) == len(roomy):
        return roomy
    between = (pages(*density) for density in _DENSITIES[1:-1])
    return next((found for found in between if len(found) == len(close)), close)


def _slabs(content: Content, kind: Type) -> list[Slab]:
    slabs = [*_title(content, kind)]
    second = _second_column(content, kind)
    for place, block in enumerate(content.blocks):
        rest = content.blocks[place + 1 :]
        found = _block(block, kind, second)
        if isinstance(block, Note) and not isinstance(content.blocks[place - 1], Note):
            found = [_hairline(kind), *found]
        if rest and isinstance(rest[0], Signatures):
            found = _chained(found, _HELD_WITH_SIGNATURES)
        elif isinstance(block, Signatures | Note) and any(isinstance(later, Note) for later in rest):
            found = _chained(found, len(found))
        slabs += found
    return slabs


def _block(block: Block, kind: Type, second: float) -> list[Slab]:
    match block:
        case Heading(text):
            bold = replace(kind, bold=True)
            lines = set_lines(text, bold, measure=Sheet.MEASURE)
            return _spaced([replace(slab, keep=True) for slab in lines], kind, 0.35)
        case Para(words, indent):
            lines = [slab for part in paragraphs(words) for slab in _paragraph(part, kind, indent=indent)]
            return _chained(lines, 1) if spoken(words).endswith("：") else lines
        case Clauses():
            return [
                slab
                for words in block.numbered()
                for part in paragraphs(words)
                for slab in _paragraph(part, kind, indent=True)
            ]
        case Pairs(rows):
            return _spaced(list(_pairs(rows, kind, second)), kind, 0.3)
        case Note(words):
            return _note(words, kind)
        case Table():
            return table_slabs(block, kind)
        case _:
            return sign_slabs(block.signers, kind)


def _title(content: Content, kind: Type) -> Iterator[Slab]:
    title = replace(kind.scaled(1.7), leading=kind.size * 2.5, bold=True)
    yield from (replace(slab, keep=True) for slab in set_centred(content.title, title, Sheet.MEASURE))
    small = replace(kind.scaled(0.9), leading=kind.leading * 1.3)
    yield from (replace(slab, keep=True) for slab in set_right(content.number_line, small, Sheet.MEASURE))


def _paragraph(words: "tuple[str | Gap, ...] | str", kind: Type, *, indent: bool) -> list[Slab]:
    return held(set_lines(words, kind, measure=Sheet.MEASURE, indent=2 * kind.size if indent else 0.0))


def _note(words: "tuple[str | Gap, ...] | str", kind: Type) -> list[Slab]:
    small = kind.scaled(0.84)
    return [
        slab
        for part in paragraphs(words)
        for slab in held(set_lines(part, small, measure=Sheet.MEASURE, indent=2 * small.size))
    ]


def _hairline(kind: Type) -> Slab:
    return Slab(6.0, (Rule(0, 2, Sheet.MEASURE, 2, 0.4, Tone.GREY),), above=kind.leading * 0.7, keep=True)


def _pairs(rows: tuple[Pair, ...], kind: Type, second: float) -> Iterator[Slab]:
    """Two short pairs share a line, the right one beginning at `second`."""
    waiting: Pair | None = None
    for row in rows:
        natural = _natural(row, kind)
        single = not row.wide and len(paragraphs((row.label, row.value))) < 2
        if waiting and single and not row.strong and natural <= Sheet.MEASURE - second:
            left, right = _pair(waiting, kind, 0.0, second)[0], _pair(row, kind, second, Sheet.MEASURE - second)[0]
            yield Slab(kind.leading, left.marks + right.marks)
            waiting = None
            continue
        if waiting:
            yield from _pair(waiting, kind, 0.0, Sheet.MEASURE)
        waiting = row if single and natural <= second - kind.size else None
        if not waiting:
            yield from _pair(row, kind, 0.0, Sheet.MEASURE)
    if waiting:
        yield from _pair(waiting, kind, 0.0, Sheet.MEASURE)


def _second_column(content: Content, kind: Type) -> float:
    """Return where the right pairs of the whole paper begin: behind the longest left one that leaves them room."""
    rows = [row for block in content.blocks if isinstance(block, Pairs) for row in block.rows if not row.wide]
    widths = (_natural(row, kind) + 2 * kind.size for row in rows)
    return max([0.5 * Sheet.MEASURE, *(width for width in widths if width <= _LEFT_COLUMN * Sheet.MEASURE)])


def _natural(row: Pair, kind: Type) -> float:
    return kind.width((f"{row.label}：", row.value))


def _pair(row: Pair, kind: Type, x: float, measure: float) -> list[Slab]:
    """The value hangs beside its label, unless a long label leaves it too little room."""
    bold = replace(kind, bold=row.strong)
    label = f"{row.label}："
    hang = kind.width(label)
    values = paragraphs((row.value,))
    if not values or hang > measure * _WIDEST_LABEL:
        lines = paragraphs((label, row.value))
        return held([slab for line in lines for slab in set_lines(line, bold, x=x, measure=measure, justify=False)])
    beside = [slab for line in values for slab in set_lines(line, bold, x=x + hang, measure=measure - hang)]
    first = set_lines(label, bold, x=x, measure=measure, justify=False)[0]
    return held([replace(first, marks=first.marks + beside[0].marks), *beside[1:]])


def _spaced(slabs: list[Slab], kind: Type, share: float) -> list[Slab]:
    """Put some space above a block."""
    return [replace(slab, above=kind.leading * share) if place == 0 else slab for place, slab in enumerate(slabs)]


def _chained(slabs: list[Slab], count: int) -> list[Slab]:
    """Hold the last lines of a block with what follows."""
    from_here = len(slabs) - count
    return [replace(slab, keep=True) if place >= from_here else slab for place, slab in enumerate(slabs)]
