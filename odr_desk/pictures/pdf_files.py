"""Foreign PDF files opened, in the child process only."""

import io
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from pypdfium2 import PdfDocument, PdfImage, PdfiumError, PdfMatrix

from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import MOST_PAGES

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_POINTS_PER_INCH = 72
_COPY_DPI = 150
_LONGEST = 4_000  # points on the longer side of a page in a copy, whatever size the page claims
_EXIF = re.compile(rb"\xff\xe1(..)(?:Exif\0\0|http://ns\.adobe\.com/xap/)", re.DOTALL)


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


def picture(page: "PdfPage", side: int) -> Image.Image:
    """Return a page as a picture, `side` points on its longer side."""
    bitmap = page.render(scale=side / max(1.0, *page.get_size()), rev_byteorder=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def copy_side(page: "PdfPage") -> int:
    """Return how many points the longer side of a page has in a flattened copy."""
    longest: float = max(page.get_size())
    return min(_LONGEST, max(1, round(longest / _POINTS_PER_INCH * _COPY_DPI)))


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


def without_traces(document: PdfDocument) -> bytes:
    """Return the pages alone: no author, no dates, no scripts, no enclosed files, no camera data in their pictures."""
    fresh = PdfDocument.new()
    fresh.import_pages(document)
    return _without_exif(_saved(fresh))


def _without_exif(content: bytes) -> bytes:
    """Blank the camera's block of every JPEG inside; the length stays, so that no offset moves."""
    clean = bytearray(content)
    for found in _EXIF.finditer(content):
        end = min(found.start() + 2 + int.from_bytes(found[1]), len(content))
        clean[found.start() + 4 : end] = bytes(end - found.start() - 4)
    return bytes(clean)


def _saved(document: PdfDocument) -> bytes:
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()
