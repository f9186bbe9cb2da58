"""What a paper says, before anyone decides how it looks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

RULED = "＿＿＿＿"  # how a value still empty reads where no line can be drawn
_LINE_END = re.compile(r"\r\n|\r|\n")
_LABEL = 12  # characters that are enough to find a place again


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that is still empty: amber with the hint on screen, a line to write on in print."""

    hint: str
    width: float = 9  # in characters


Words = str | tuple[str | Gap, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    words: Words
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """Small print at the end of a paper, under a hairline."""

    words: Words


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; two short ones share a line unless `wide`, a `strong` one begins a line."""

    label: str
    value: str | Gap
    wide: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """Paragraphs numbered 1．2．3．."""

    items: tuple[Words, ...]

    def numbered(self) -> Iterator[Words]:
        for number, words in enumerate(self.items, start=1):
            yield (f"{number}．", *pieces(words))


@dataclass(frozen=True, slots=True)
class Table:
    """Cells under headings; `widths` are shares of the line, `right` the columns of figures."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Where one party signs: `lines` are the labels with a line to write on."""

    party: str
    name: str
    lines: tuple[str, ...] = ("签名",)
    seal: str = ""
    fingerprint: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    signers: tuple[Signer, ...]


Block = Heading | Para | Note | Pairs | Clauses | Table | Signatures
DATE_LINE = ("日期：", "年", "月", "日")


@dataclass(frozen=True, slots=True)
class Content:
    """A finished paper as title, number and blocks; the number is empty before the paper is issued.

    A sheet that is never numbered says something else in that place: `aside`.
    """

    title: str
    number: str
    blocks: tuple[Block, ...]
    aside: str = ""

    @property
    def number_line(self) -> Words:
        if self.aside:
            return self.aside
        return f"编号：{self.number}" if self.number else ("编号：", Gap("出具时编号", 7))

    def as_text(self, gap: str = RULED) -> str:
        """Return the words alone, for tests, search and comparison."""
        lines = [self.title, spoken(self.number_line, gap)]
        for block in self.blocks:
            if isinstance(block, Heading | Signatures | Note):
                lines.append("")
            lines += ["　".join(spoken(cell, gap) for cell in line) for line in said(block)]
        return "\n".join(lines) + "\n"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text with words that lead there: its label, else how it begins."""
        yield from (("标题", self.title), ("编号", self.aside or self.number))
        for block in self.blocks:
            for line in said(block):
                text = "".join(spoken(cell, "") for cell in line)
                label, colon, _ = text.partition("：")
                yield (label if colon and len(label) <= _LABEL else f"{text[:_LABEL]}…", text)


def pieces(words: Words) -> tuple[str | Gap, ...]:
    return (words,) if isinstance(words, str) else words


def spoken(words: Words, gap: str = RULED) -> str:
    """Return the words as plain text, each gap as the given sign."""
    return "".join(piece if isinstance(piece, str) else gap for piece in pieces(words))


def paragraphs(words: Words) -> tuple[Words, ...]:
    """Part words at their line ends; empty lines are dropped."""
    found: list[list[str | Gap]] = [[]]
    for piece in pieces(words):
        if isinstance(piece, Gap):
            found[-1].append(piece)
            continue
        first, *others = _LINE_END.split(piece)
        found[-1].append(first)
        found += [[line] for line in others]
    lines = (tuple(piece for piece in line if isinstance(piece, Gap) or piece) for line in found)
    return tuple(line for line in lines if any(isinstance(piece, Gap) or piece.strip() for piece in line))


def said(block: Block) -> Iterator[tuple[Words, ...]]:
    """Yield what a block says in reading order: lines, each of one or more cells."""
    match block:
        case Heading(text):
            yield (text,)
        case Para(words) | Note(words):
            yield from ((line,) for line in paragraphs(words))
        case Pairs(rows):
            yield from (((f"{row.label}：", row.value),) for row in rows)
        case Clauses():
            for words in block.numbered():
                yield from ((line,) for line in paragraphs(words))
        case Table(headings, rows):
            yield headings
            yield from rows
        case _:
            for signer in block.signers:
                yield from _signed(signer)


def _signed(signer: Signer) -> Iterator[tuple[Words, ...]]:
    yield (f"{signer.party}：{signer.name}",)
    if signer.fingerprint:
        yield ("指印",)
    yield from (((f"{label}：", Gap("")),) for label in signer.lines)
    if signer.seal:
        yield (signer.seal,)
    yield (tuple(part for pair in zip_longest(DATE_LINE, (Gap(""),) * 3) for part in pair if part is not None),)
