"""A finished PDF read back and held against what it should say, before anybody may sign it."""

from odr_desk.papers.content import Content, Table
from odr_desk.papers.paging import foot_of, head_of
from odr_desk.papers.pdfium import opened
from odr_desk.rules.errors import Trouble

_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})  # PDFium's signs for a hyphen at the end of a line
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})  # it reads them as letters
_AROUND = 12  # characters shown on both sides of a difference


def text_of(data: bytes) -> tuple[str, ...]:
    """Return the text of each page, as anybody copying it from the PDF gets it."""
    with opened(data) as document:
        found: list[str] = []
        for page in document:
            words = page.get_textpage()
            found.append(words.get_text_range().translate(_HYPHENS))
            words.close()
            page.close()
        return tuple(found)


def compare(content: Content, data: bytes) -> None:
    """Raise Trouble unless the PDF says exactly what the content says, blanks and line ends not counted."""
    expected = _bare(content.as_text(gap=""))
    headings = [_bare("".join(block.headings)) for block in content.blocks if isinstance(block, Table)]
    pages = [_bare(page) for page in text_of(data)]
    place = 0
    for number, page in enumerate(pages, start=1):
        body = _body(content, page, number, len(pages))
        below = (body, *(body.removeprefix(heading) for heading in headings))  # headings of a table are set again
        said = next((words for words in below if expected.startswith(words, place)), None)
        if said is None:
            raise _different(number, expected[place:], body)
        place += len(said)
    if place != len(expected):
        raise _different(len(pages), expected[place:], "")


def _body(content: Content, page: str, number: int, pages: int) -> str:
    """Take the running head and the count of pages off a page."""
    head, foot = _bare(head_of(content, number)), _bare(foot_of(number, pages))
    if not (page.startswith(head) and page.endswith(foot)):
        raise _different(number, head or foot, page)
    return page[len(head) : len(page) - len(foot)]


def _bare(text: str) -> str:
    return "".join(text.translate(_LIGATURES).split())


def _different(page: int, expected: str, found: str) -> Trouble:
    same = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), None)
    at = min(len(expected), len(found)) if same is None else same
    around = slice(max(0, at - _AROUND), at + _AROUND)
    return Trouble(
        f"生成的 PDF 第 {page} 页与内容不一致：应为“{expected[around]}”，读出“{found[around]}”。文书没有出具。",
        "请把这段话发给系统管理员；急用时可以先手写。",
    )
