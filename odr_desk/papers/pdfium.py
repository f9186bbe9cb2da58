"""PDF files opened for reading and showing: one at a time, since PDFium must not be entered by two threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from odr_desk.rules.errors import Trouble

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = RLock()


@contextmanager
def opened(data: bytes) -> Iterator["PdfDocument"]:
    """Open a PDF; a damaged one is told in words."""
    from pypdfium2 import PdfDocument, PdfiumError

    with _ONE_AT_A_TIME:
        try:
            document = PdfDocument(data)
        except PdfiumError as problem:
            raise Trouble(
                "这份 PDF 打不开，文件可能已经损坏。", "请运行数据检查，或者从最近一次备份取回。"
            ) from problem
        try:
            yield document
        finally:
            document.close()
