"""What is pasted or dropped, as files to be taken in: evidence of a case, the scan of a licence."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from odr_desk.services.evidence_intake import Source

Thing = Path | QImage


def things(data: QMimeData | None) -> tuple[Thing, ...]:
    """Return the files or the picture that a clipboard or a drag holds."""
    if data is None:
        return ()
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files:
        return files
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    return () if image.isNull() else (image,)


def sources(given: Sequence[Thing]) -> tuple[Source, ...]:
    """Return what is taken in; a picture without a file becomes a PNG, which takes a moment."""
    return tuple(source(one) for one in given)


def source(one: Thing) -> Source:
    """Return one of them."""
    if isinstance(one, Path):
        return Source(one.name, one)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(one)
    return Source("粘贴的图片.png", content=bytes(buffer.data().data()))
