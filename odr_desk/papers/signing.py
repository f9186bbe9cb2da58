"""The place where the parties sign, seal and date: two beside each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from odr_desk.papers.content import DATE_LINE, Gap, Signer, Words
from odr_desk.papers.lines import Type, set_lines, set_right
from odr_desk.papers.marks import Mark, Rule, Run, Sheet, Slab, Tone, moved, stack

_BETWEEN = 24.0
_LEAST_LINE = 5.0  # characters, to sign on
_FINGER_WIDTH, _FINGER_HEIGHT = 45.0, 60.0
_ROOM_FOR_SEAL = 72.0  # with name and date, over which it is set: a company's seal is 40 mm across


def sign_slabs(signers: tuple[Signer, ...], kind: Type) -> list[Slab]:
    """Return one slab for each two signers; the rows stay together."""
    rows = [_row(signers[place : place + 2], kind) for place in range(0, len(signers), 2)]
    return [replace(row, keep=row is not rows[-1]) for row in rows]


def _row(signers: tuple[Signer, ...], kind: Type) -> Slab:
    """Set signers beside each other, their dates on one line; one alone has the date beside his name."""
    width = (Sheet.MEASURE - _BETWEEN) / 2
    wide = replace(kind, leading=kind.leading * 1.35)
    cells = [_cell(signer, kind, width) for signer in signers]
    foot = max(cell.foot for cell in cells)
    alone = len(signers) == 1
    marks: list[Mark] = []
    for place, cell in enumerate(cells):
        x = place * (width + _BETWEEN)
        marks += (moved(mark, x, 0.0) for mark in cell.marks)
        date_x, date_y = (width + _BETWEEN, cell.head) if alone else (x, foot)
        stack(set_lines(_date_words(), wide, measure=width, justify=False), marks, date_y, date_x)
    return Slab(foot if alone else foot + wide.leading, tuple(marks), above=kind.leading * 0.7)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One signer above the date: where the lines to sign on begin, where all ends, marks in reading order."""

    head: float
    foot: float
    marks: list[Mark]


def _cell(signer: Signer, kind: Type, width: float) -> _Cell:
    marks: list[Mark] = []
    party = set_lines(f"{signer.party}：{signer.name}", replace(kind, bold=True), measure=width, justify=False)
    head = stack(party, marks, 0.0) + kind.leading * 0.25
    room = width
    if signer.fingerprint:
        marks += _finger(kind, width - _FINGER_WIDTH, head + 4)
        room = width - _FINGER_WIDTH - kind.size
    wide = replace(kind, leading=kind.leading * 1.35)
    foot = head
    for label in signer.lines:
        gap = Gap("", max(_LEAST_LINE, (room - kind.width(f"{label}：")) / kind.size))
        foot = stack(set_lines((f"{label}：", gap), wide, measure=room, justify=False), marks, foot)
    if signer.seal:
        small = replace(kind.scaled(0.84), tone=Tone.GREY)
        foot = stack(set_right(signer.seal, small, width), marks, foot + kind.leading * 0.2)
    seal, finger = _ROOM_FOR_SEAL if signer.seal else 0.0, _FINGER_HEIGHT + 10 if signer.fingerprint else 0.0
    least = max(wide.leading, seal, finger)
    return _Cell(head, max(foot, head + least), marks)


def _date_words() -> Words:
    day, *units = DATE_LINE
    return (day, *(part for unit, width in zip(units, (3, 2, 2), strict=True) for part in (Gap("", width), unit)))


def _finger(kind: Type, x: float, y: float) -> Iterator[Mark]:
    """A dashed box for the print of a finger, its name small at the foot."""
    corners = ((x, y), (x + _FINGER_WIDTH, y), (x + _FINGER_WIDTH, y + _FINGER_HEIGHT), (x, y + _FINGER_HEIGHT), (x, y))
    for (begin_x, begin_y), (end_x, end_y) in pairwise(corners):
        yield Rule(begin_x, begin_y, end_x, end_y, 0.5, Tone.GREY, dashed=True)
    size = kind.size * 0.75
    yield Run(x + _FINGER_WIDTH / 2 - size, y + _FINGER_HEIGHT - 5, "指印", size, tone=Tone.GREY)
