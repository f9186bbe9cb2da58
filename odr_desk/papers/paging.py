"""Slabs put on pages, with title and number above and the count of pages below."""

from collections.abc import Callable, Iterator, Sequence

from odr_desk.papers.content import Content, spoken
from odr_desk.papers.marks import Page, Rule, Run, Sheet, Slab, Tone

_SMALL = 9.0
_HEAD = 46.0  # baseline of the running head
_FOOT = Sheet.HEIGHT - 40.0


def paged(content: Content, slabs: Sequence[Slab], advance: Callable[[str], float]) -> tuple[Page, ...]:
    """Return the pages of a paper."""
    bodies = list(_bodies(slabs))
    return tuple(
        Page((*_head(content, number, advance), *body, (_FOOT, _foot(number, len(bodies), advance))))
        for number, body in enumerate(bodies, start=1)
    )


def head_of(content: Content, page: int) -> str:
    """Return the words above a page: the first has the title itself."""
    return content.title + spoken(content.number_line, "") if page > 1 else ""


def foot_of(page: int, pages: int) -> str:
    return f"第 {page} 页　共 {pages} 页"


def _bodies(slabs: Sequence[Slab]) -> Iterator[list[tuple[float, Slab]]]:
    """Fill page after page; what is kept together moves on together, unless no page could hold it."""
    page: list[tuple[float, Slab]] = []
    y = 0.0
    for chunk in _chunks(slabs):
        for group in [chunk] if _height(chunk) <= Sheet.BODY else [[slab] for slab in chunk]:
            if page and y + group[0].above + _height(group) > Sheet.BODY:
                yield page
                page, y = [], 0.0
            again = group[0].repeat if not page else None
            for slab in [again, *group] if again else group:
                y += slab.above if page else 0.0
                page.append((Sheet.TOP + y, slab))
                y += slab.height
    yield page


def _chunks(slabs: Sequence[Slab]) -> Iterator[list[Slab]]:
    chunk: list[Slab] = []
    for slab in slabs:
        chunk.append(slab)
        if not slab.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _height(chunk: Sequence[Slab]) -> float:
    """What a chunk takes, the space above its first slab not counted."""
    return sum(slab.height + slab.above for slab in chunk) - chunk[0].above


def _head(content: Content, page: int, advance: Callable[[str], float]) -> Iterator[tuple[float, Slab]]:
    if page == 1:
        return
    number = spoken(content.number_line, "")
    right = Sheet.MEASURE - sum(map(advance, number)) * _SMALL
    marks = (
        Run(0.0, 0.0, content.title, _SMALL, tone=Tone.GREY),
        Run(right, 0.0, number, _SMALL, tone=Tone.GREY),
        Rule(0.0, 6.0, Sheet.MEASURE, 6.0, 0.4, Tone.GREY),
    )
    yield _HEAD, Slab(0.0, marks)


def _foot(page: int, pages: int, advance: Callable[[str], float]) -> Slab:
    words = foot_of(page, pages)
    left = (Sheet.MEASURE - sum(map(advance, words)) * _SMALL) / 2
    return Slab(0.0, (Run(left, 0.0, words, _SMALL, tone=Tone.GREY),))
