"""Words set in lines: each line a slab of runs, gaps and their rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from odr_desk.papers.content import Gap, Words, pieces
from odr_desk.papers.line_breaking import GAP, Line, break_lines, squeezed
from odr_desk.papers.marks import Box, Mark, Rule, Run, Slab, Tone

_LOOSEST = 5.0  # more characters missing than these leave the line ragged instead of drawn apart
_AS_BLANKS = str.maketrans("\t\r\n", "   ")  # line ends that part paragraphs have done so before
_ENDLESS = 1e6
_HINT = 0.82  # size of the words in a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How text is set: size and leading in points, the width of a character of size 1, gaps amber or not."""

    size: float
    leading: float
    advance: Callable[[str], float]
    draft: bool = False
    bold: bool = False
    tone: Tone = Tone.INK

    def scaled(self, factor: float) -> "Type":
        return replace(self, size=self.size * factor, leading=self.leading * factor)

    def width(self, words: Words) -> float:
        """Return what the words take on a single line."""
        return sum(_galley(words, self, _ENDLESS).widths)

    @property
    def baseline(self) -> float:
        """Where the text stands in a line: Chinese characters centred in the leading."""
        return self.leading / 2 + self.size * 0.37


@dataclass(slots=True)
class _Galley:
    """The words of one paragraph as a text with widths; each gap is one character of it."""

    text: str = ""
    widths: list[float] = field(default_factory=list)
    gaps: dict[int, Gap] = field(default_factory=dict)


def set_lines(
    words: Words,
    kind: Type,
    *,
    measure: float,
    x: float = 0.0,
    indent: float = 0.0,
    justify: bool = True,
) -> list[Slab]:
    """Return the lines of a paragraph, the first one indented."""
    galley = _galley(words, kind, measure - indent)
    found: list[Slab] = []
    for line in break_lines(galley.text, galley.widths, measure - indent, measure):
        first = not found
        room = measure - (indent if first else 0.0) - line.filled
        spacing = _spacing(line, len(galley.text), room, kind.size) if justify else 0.0
        start = x + (indent if first else 0.0)
        found.append(Slab(kind.leading, _marks(galley, line, start, spacing, kind)))
    return found


def set_right(text: Words, kind: Type, measure: float) -> list[Slab]:
    """Return lines whose right edge stands at `measure`."""
    return _shifted(text, kind, measure, 1.0)


def set_centred(text: str, kind: Type, measure: float) -> list[Slab]:
    return _shifted(text, kind, measure, 0.5)


def held(slabs: Sequence[Slab]) -> list[Slab]:
    """Keep the first two and the last two lines of a paragraph on one page each."""
    last = len(slabs) - 1
    firm = {0, last - 1} - {last}
    return [replace(slab, keep=slab.keep or place in firm) for place, slab in enumerate(slabs)]


def _shifted(words: Words, kind: Type, measure: float, share: float) -> list[Slab]:
    galley = _galley(words, kind, measure)
    return [
        Slab(kind.leading, _marks(galley, line, (measure - line.filled) * share, 0.0, kind))
        for line in break_lines(galley.text, galley.widths, measure, measure)
    ]


def _galley(words: Words, kind: Type, measure: float) -> _Galley:
    galley = _Galley()
    for piece in pieces(words):
        if isinstance(piece, Gap):
            galley.gaps[len(galley.text)] = piece
            galley.text += GAP
            galley.widths.append(min(piece.width * kind.size, measure))
        else:
            plain = piece.translate(_AS_BLANKS)
            galley.text += plain
            galley.widths += [kind.advance(sign) * kind.size for sign in plain]
    galley.widths = squeezed(galley.text, galley.widths)
    return galley


def _spacing(line: Line, length: int, room: float, size: float) -> float:
    """Return what is added behind each character so that a full line ends at the edge."""
    count = line.end - line.start
    if line.end >= length or count < 2 or not 0 < room <= _LOOSEST * size:
        return 0.0
    return room / (count - 1)


def _marks(galley: _Galley, line: Line, x: float, spacing: float, kind: Type) -> tuple[Mark, ...]:
    """Return runs of text as long as nothing but `spacing` comes between their characters."""
    marks: list[Mark] = []
    begin, begin_x = line.start, x
    for place in range(line.start, line.end):
        width = galley.widths[place]
        gap = galley.gaps.get(place)
        if gap is not None:
            _run(marks, galley.text[begin:place], begin_x, spacing, kind)
            marks += _gap(gap, x, width, kind)
        x += width + spacing
        if gap is not None or width != kind.advance(galley.text[place]) * kind.size:
            if gap is None:
                _run(marks, galley.text[begin : place + 1], begin_x, spacing, kind)
            begin, begin_x = place + 1, x
    _run(marks, galley.text[begin : line.end], begin_x, spacing, kind)
    return tuple(marks)


def _run(marks: list[Mark], text: str, x: float, spacing: float, kind: Type) -> None:
    if text:
        marks.append(Run(x, kind.baseline, text, kind.size, spacing, kind.bold, kind.tone))


def _gap(gap: Gap, x: float, width: float, kind: Type) -> list[Mark]:
    """A line to write on; on screen it stands on amber with what is missing."""
    foot = kind.baseline + kind.size * 0.24
    if not (kind.draft and gap.hint):
        return [Rule(x, foot, x + width, foot)]
    hint = replace(kind.scaled(_HINT), bold=False)
    shown = min(1.0, width * 0.96 / max(hint.width(gap.hint), 1.0))
    left = x + (width - hint.width(gap.hint) * shown) / 2
    head = foot - kind.size * 1.3
    return [
        Box(x, head, width, foot - head, Tone.GAP),
        Rule(x, foot, x + width, foot, 0.75, Tone.GAP_INK),
        Run(left, kind.baseline, gap.hint, hint.size * shown, tone=Tone.GAP_INK),
    ]
