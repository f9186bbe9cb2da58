"""Pages written as PDF: the only module that knows reportlab.

Text is drawn character by character where the setting put it and never read as markup, so a name such as
`<b>` or `&amp;` stands on paper as it was entered. The same content gives the same bytes, on any day, in any process.
"""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from odr_desk import paths
from odr_desk.papers import glyphs, unicode_map
from odr_desk.papers.content import Content
from odr_desk.papers.marks import Mark, Page, Rule, Run, Sheet, Tone
from odr_desk.papers.setting import set_in_type

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

_FACE = "NotoSerifSC"
_BOLD_STROKE = 0.028  # of the size: the regular face drawn with an outline reads as semi-bold
_ONE_AT_A_TIME = Lock()  # reportlab keeps the characters of a document in the shared font object


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper."""

    data: bytes
    pages: int
    sha256: str


def render(content: Content, *, draft: bool = False) -> Pdf:
    """Return the paper as PDF; in a draft what is still empty stands on amber, with a hint."""
    glyphs.check_texts(("text", place, text) for place, text in content.texts())
    with _ONE_AT_A_TIME:
        pages = set_in_type(content, _advance(), draft=draft)
        data = _written(content, pages)
    return Pdf(data, len(pages), hashlib.sha256(data).hexdigest())


@cache
def _font() -> "TTFont":
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    unicode_map.repair()
    font = TTFont(_FACE, str(glyphs.font_file()), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    return font


def _advance() -> Callable[[str], float]:
    widths: dict[int, float] = _font().face.charWidths

    def advance(sign: str) -> float:
        return widths[ord(sign)] / 1000

    return advance


@cache
def _colours() -> dict[Tone, "Color"]:
    from reportlab.lib.colors import HexColor

    theme = tomllib.loads(paths.resource("theme", "tokens.toml").read_text(encoding="utf-8"))["light"]
    names = {Tone.INK: "#000000", Tone.GREY: "#555555", Tone.GAP: theme["gap"], Tone.GAP_INK: theme["gap_ink"]}
    return {tone: HexColor(name) for tone, name in names.items()}


def _written(content: Content, pages: tuple[Page, ...]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(Sheet.WIDTH, Sheet.HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=_FACE,  # type: ignore[arg-type]  # the stubs say float; without it Helvetica is listed too
        lang="zh-CN",
    )
    canvas.setTitle(f"{content.title} {content.number}".strip())
    canvas.setAuthor("")
    canvas.setCreator("odr_desk")
    for page in pages:
        for top, slab in page.slabs:
            for mark in slab.marks:
                _draw(canvas, mark, top)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: "Canvas", mark: Mark, top: float) -> None:
    x, y = Sheet.LEFT + mark.x, Sheet.HEIGHT - top - mark.y
    colour = _colours()[mark.tone]
    match mark:
        case Run(text=text, size=size):
            canvas.setFillColor(colour)
            line = canvas.beginText(x, y)
            line.setFont(_FACE, size)
            line.setCharSpace(mark.spacing)
            if mark.bold:
                canvas.saveState()  # the outline would stay on for all text that follows
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(size * _BOLD_STROKE)
                line.setTextRenderMode(2)
            line.textOut(text)
            canvas.drawText(line)
            if mark.bold:
                canvas.restoreState()
        case Rule():
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(mark.thickness)
            canvas.setDash([2, 2] if mark.dashed else [])
            canvas.line(x, y, Sheet.LEFT + mark.to_x, Sheet.HEIGHT - top - mark.to_y)
            canvas.setDash([])  # the outline of bold text would be dashed too
        case _:
            canvas.setFillColor(colour)
            canvas.rect(x, y - mark.height, mark.width, mark.height, stroke=0, fill=1)
