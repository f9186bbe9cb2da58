"""Foreign PDF files opened, in the child process only."""

import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from pypdfium2 import PdfDocument, PdfImage, PdfiumError, PdfMatrix, raw

from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import MOST_PAGES

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_POINTS_PER_INCH = 72
_COPY_DPI = 150
_LONGEST = 4_000  # points on the longer side of a page in a copy, whatever size the page claims
_PICTURE, _COLOURS = b"\xff\xd8\xff", b"ICC_PROFILE\0"
_SCAN = 0xDA  # where the points of a JPEG begin
_NOTED = frozenset({0xE1, 0xE2, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""Segments of a JPEG that cameras write into: where, when, with what, by whom, and a small picture of it."""
_DESCRIBED = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_WITHIN = (b"/JavaScript", b"/EmbeddedFile", b"/PieceInfo", b"/Launch")
"""What pages may carry beside what they show; where it comes along with a page, the page leaves as a picture."""
Encoded = Callable[[Image.Image, int], bytes]
"""Makes a JPEG of the picture of a page, whose number counts from 1."""


@contextmanager
def opened(path: Path, name: str) -> Generator[PdfDocument]:
    """Yield a PDF of a bearable length; refuse locked and damaged ones in words."""
    try:
        document = PdfDocument(path)
    except PdfiumError as problem:
        why = "设了打开密码" if "password" in str(problem).lower() else "不完整或已损坏"
        help_ = "请去掉密码，或打印成新的 PDF" if why.startswith("设") else "请让对方重新发一份，或打印成新的 PDF"
        raise UnsafeFile(f"“{name}”打不开：PDF {why}，没有放进材料；{help_}") from None
    try:
        if len(document) > MOST_PAGES:
            raise UnsafeFile(
                f"“{name}”有 {len(document):,} 页，超过 {MOST_PAGES} 页，没有放进材料；请只留要紧的页，或分成几份"
            )
        yield document
    except PdfiumError:
        raise UnsafeFile(f"“{name}”有打不开的页，没有放进材料；请打印成新的 PDF 再放进来") from None
    finally:
        document.close()


def sheet(document: PdfDocument, index: int) -> "PdfPage":
    """Return a page, counted from 0, with what was filled in, stamped and drawn on it made part of the page itself."""
    page = document[index]
    done = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    if done == raw.FLATTEN_FAIL:
        raise PdfiumError("a page could not be flattened")
    return document[index]


def picture(page: "PdfPage", side: int) -> Image.Image:
    """Return a page as a picture, `side` points on its longer side."""
    bitmap = page.render(scale=side / max(1.0, *page.get_size()), rev_byteorder=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def pictures(document: PdfDocument, encoded: Encoded) -> bytes:
    """Return a PDF with a picture in place of each page."""
    sheets = []
    for index in range(len(document)):
        page = sheet(document, index)
        longest: float = max(page.get_size())
        side = min(_LONGEST, max(1, round(longest / _POINTS_PER_INCH * _COPY_DPI)))
        sheets.append((page.get_size(), encoded(picture(page, side), index + 1)))
        page.close()
    return put_together(sheets)


def put_together(sheets: Sequence[tuple[tuple[float, float], bytes]]) -> bytes:
    """Return a PDF with one JPEG filling each page, given with the size of the page."""
    document = PdfDocument.new()
    for (width, height), jpeg in sheets:
        image = PdfImage.new(document)
        image.load_jpeg(io.BytesIO(jpeg), inline=True)
        image.set_matrix(PdfMatrix().scale(width, height))
        page = document.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    return _saved(document)


def without_traces(document: PdfDocument, encoded: Encoded) -> bytes:
    """Return the pages alone: no author, no dates, no scripts, no enclosed files, no camera data in their pictures."""
    packed = False
    for index in range(len(document)):
        page = sheet(document, index)
        packed = packed or any(map(_hides_notes, page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])))
        page.close()
    fresh = PdfDocument.new()
    fresh.import_pages(document)
    content = _saved(fresh)
    if packed or any(words in content for words in _WITHIN):
        return pictures(document, encoded)
    return _blanked(content)


def _hides_notes(image: PdfImage) -> bool:
    """Tell whether a JPEG is packed once more, so that what the camera noted cannot be blanked where it lies."""
    if image.get_filters()[-1:] != ["DCTDecode"] or len(image.get_filters()) == 1:
        return False
    return any(_notes(bytes(image.get_data(decode_simple=True))))


def _blanked(content: bytes) -> bytes:
    """Blank what is noted in and beside the pictures; the length stays, so that no offset moves."""
    clean = bytearray(content)
    for start, end in _notes(content):
        clean[start:end] = bytes(end - start)
    for found in _DESCRIBED.finditer(content):
        clean[found.start() : found.end()] = b" " * (found.end() - found.start())
    return bytes(clean)


def _notes(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield from where to where something is noted in the JPEGs that lie in a file."""
    at = content.find(_PICTURE)
    while at >= 0:
        yield from _noted_from(content, at + 2)
        at = content.find(_PICTURE, at + 3)


def _noted_from(content: bytes, at: int) -> list[tuple[int, int]]:
    """Return the noted parts between the beginning of a JPEG and its points; what has no points is none."""
    found: list[tuple[int, int]] = []
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        mark, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if mark == _SCAN:
            return found
        if mark in _NOTED and not content.startswith(_COLOURS, at + 4):
            found.append((at + 4, end))
        at = end
    return []


def _saved(document: PdfDocument) -> bytes:
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()
