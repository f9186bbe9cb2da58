"""What is put on a sheet: runs of text, rules and boxes, in points, y downwards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import ClassVar


class Tone(Enum):
    """The few colours of a paper; the two of a gap are seen on screen only."""

    INK = auto()
    GREY = auto()
    GAP = auto()
    GAP_INK = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Text from x on the baseline y; `spacing` is added behind each character."""

    x: float
    y: float
    text: str
    size: float
    spacing: float = 0.0
    bold: bool = False
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    thickness: float = 0.5
    tone: Tone = Tone.INK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled ground."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone


Mark = Run | Rule | Box


def moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Rule):
        return replace(mark, x=mark.x + x, to_x=mark.to_x + x, y=mark.y + y, to_y=mark.to_y + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)


@dataclass(frozen=True, slots=True)
class Slab:
    """A strip of a page that is never cut.

    `above` is the space before it, dropped at the top of a page; `keep` holds it on the page of the next one;
    `repeat` is set again above it when it begins a page.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    above: float = 0.0
    keep: bool = False
    repeat: "Slab | None" = None


@dataclass(frozen=True, slots=True)
class Page:
    """Slabs with the place of their top edge, from the top of the sheet."""

    slabs: tuple[tuple[float, Slab], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 with equal margins, 36 characters of 12 points wide."""

    WIDTH: ClassVar[float] = 595.28
    HEIGHT: ClassVar[float] = 841.89
    LEFT: ClassVar[float] = 81.64
    MEASURE: ClassVar[float] = 432.0
    TOP: ClassVar[float] = 74.0
    BOTTOM: ClassVar[float] = 72.0
    BODY: ClassVar[float] = HEIGHT - TOP - BOTTOM


def stack(slabs: Iterable[Slab], marks: list[Mark], top: float, x: float = 0.0) -> float:
    """Add the marks of slabs, one below the other, and return where they end."""
    for slab in slabs:
        marks += (moved(mark, x, top) for mark in slab.marks)
        top += slab.height
    return top
