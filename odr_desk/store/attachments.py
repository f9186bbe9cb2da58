"""Files handed in, kept under their own hash: no name from outside ever becomes a path."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from odr_desk.rules.errors import UnsafeFile
from odr_desk.store import schema

_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20


def place_of(root: Path, sha256: str) -> Path:
    """Return where the file of a hash lies under a root."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return root / sha256[:2] / sha256


def holds(root: Path, sha256: str) -> bool:
    """Tell whether the file of a hash is there and unchanged."""
    path = place_of(root, sha256)
    return path.is_file() and hash_of(path) == sha256


def keep(root: Path, source: IO[bytes], sha256: str) -> None:
    """Copy a file to its place under a root; raise UnsafeFile when it has not the hash it should have."""
    target = place_of(root, sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".coming-", dir=target.parent)
    try:
        digest = hashlib.sha256()
        with os.fdopen(descriptor, "wb") as coming:
            for piece in pieces(source):
                digest.update(piece)
                coming.write(piece)
            coming.flush()
            os.fsync(coming.fileno())
        if digest.hexdigest() != sha256:
            raise UnsafeFile(f"附件 {sha256[:12]}… 的内容已改变，没有采用")
        Path(name).replace(target)
        schema.flush_folder(target.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in pieces(file):
            digest.update(piece)
    return digest.hexdigest()


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of an open file piece by piece."""
    while piece := source.read(_PIECE):
        yield piece
