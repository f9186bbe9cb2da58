"""Pages as pictures, for the preview and for printing; knows no Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.papers.pdfium import opened

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: rows of `stride` bytes, four bytes a point: blue, green, red, unused (QImage.Format_RGB32)."""

    width: int
    height: int
    stride: int
    data: bytes


def pictures(data: bytes, *, width: int) -> tuple[Picture, ...]:
    """Return every page for the screen, `width` points wide."""
    with opened(data) as document:
        return tuple(_picture(page, width / page.get_width()) for page in document)


def printed(data: bytes, number: int, *, dpi: int) -> Picture:
    """Return one page, counted from 1, as fine as a printer wants it: 35 MB at 300 dpi, hence one at a time."""
    with opened(data) as document:
        return _picture(document[number - 1], dpi / _POINTS_PER_INCH)


def _picture(page: "PdfPage", scale: float) -> Picture:
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return picture
