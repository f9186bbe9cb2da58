"""Small pictures of files handed in: a cache that may be deleted at any time, and that no backup holds."""

import contextlib
import os
import tempfile
from pathlib import Path

from odr_desk.store import attachments, place

_FOLDER = "thumbnails"


def read(folder: Path, sha256: str) -> bytes | None:
    """Return the thumbnail of a file, None when there is none."""
    with contextlib.suppress(OSError):
        return _place_of(folder, sha256).read_bytes() or None
    return None


def keep(folder: Path, sha256: str, content: bytes) -> None:
    """Keep a thumbnail if the disk lets us; it can always be made again."""
    path = _place_of(folder, sha256)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".coming-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def remove(folder: Path, sha256: str) -> None:
    """Let a thumbnail go."""
    with contextlib.suppress(OSError):
        _place_of(folder, sha256).unlink(missing_ok=True)


def _place_of(folder: Path, sha256: str) -> Path:
    return attachments.place_of(folder / place.CACHE / _FOLDER, sha256).with_suffix(".jpg")
