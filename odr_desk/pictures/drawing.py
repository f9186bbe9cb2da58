"""Made-up slips and screens for the training copy, drawn when it is set up; nobody's real papers."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from odr_desk import paths

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_WIDE, _EDGE, _LINE = 420, 32, 34
_INK, _PALE, _PAPER, _SCREEN, _OWN = "#1A1A1A", "#7A7A7A", "#FFFEFA", "#EDEDED", "#A9EA7A"
_MARK = "示例 · 非真实票据"


def slip(lines: Sequence[str]) -> bytes:
    """Return a till slip as PNG: the first line is its head, `左|右` stands at both edges, `-` is a rule."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    image = Pictures.new("RGB", (_WIDE, 2 * _EDGE + _LINE * (len(lines) + 2)), _PAPER)
    draw, top = ImageDraw.Draw(image), _EDGE
    draw.text((_WIDE / 2, top), lines[0], _INK, _font(26), anchor="ma")
    for line in lines[1:]:
        top += _LINE
        if line == "-":
            draw.line((_EDGE, top + 20, _WIDE - _EDGE, top + 20), _PALE)
            continue
        left, _bar, right = line.partition("|")
        draw.text((_EDGE, top + 6), left, _INK, _font(20))
        draw.text((_WIDE - _EDGE, top + 6), right, _INK, _font(20), anchor="ra")
    draw.text((_WIDE / 2, image.height - _EDGE), _MARK, _PALE, _font(16), anchor="mm")
    return _png(image)


def screen(head: str, bubbles: Sequence[tuple[bool, str]]) -> bytes:
    """Return a talk on a telephone as PNG; what the owner of the telephone says stands at the right."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    image = Pictures.new("RGB", (_WIDE, 760), _SCREEN)
    draw, top = ImageDraw.Draw(image), 92
    draw.text((_WIDE / 2, 36), head, _INK, _font(22), anchor="mm")
    for own, words in bubbles:
        lines = [words[at : at + 13] for at in range(0, len(words), 13)]
        wide = int(max(_font(20).getlength(line) for line in lines)) + 28
        high = 28 * len(lines) + 20
        left = _WIDE - 20 - wide if own else 20
        draw.rounded_rectangle((left, top, left + wide, top + high), 8, _OWN if own else "white")
        for at, line in enumerate(lines):
            draw.text((left + 14, top + 8 + 28 * at), line, _INK, _font(20))
        top += high + 18
    draw.text((_WIDE / 2, 740), _MARK, _PALE, _font(16), anchor="mm")
    return _png(image)


def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(paths.resource("fonts", "NotoSansSC-Regular.ttf")), size)


def _png(image: "Image") -> bytes:
    target = io.BytesIO()
    image.quantize(32).save(target, "PNG")
    return target.getvalue()
