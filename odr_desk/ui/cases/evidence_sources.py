"""What is pasted or dropped, as files for the evidence box."""

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
    """Return what the box takes in; a picture without a file becomes a PNG, which takes a moment."""
    return tuple(_source(one) for one in given)


def _source(one: Thing) -> Source:
    if isinstance(one, Path):
        return Source(one.name, one)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(one)
    return Source("粘贴的图片.png", content=bytes(buffer.data().data()))
