"""Files handed in, kept under their own hash: no name from outside ever becomes a path."""

import contextlib
import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from odr_desk.rules.errors import UnsafeFile
from odr_desk.store import schema

_HASH = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20
_COMING = ".coming-"
_ABANDONED = 24 * 3600  # seconds


class TooLarge(Exception):
    """A file that comes in has more bytes than it may have."""


def place_of(root: Path, sha256: str) -> Path:
    """Return where the file of a hash lies under a root."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return root / sha256[:2] / sha256


def is_there(path: Path) -> bool:
    """Tell whether a file of its own lies at a place: a link to another one is none of ours."""
    return path.is_file() and not path.is_symlink()


def holds(root: Path, sha256: str) -> bool:
    """Tell whether the file of a hash is there and unchanged."""
    path = place_of(root, sha256)
    return is_there(path) and hash_of(path) == sha256


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that has been copied in beside the others, but has no place yet."""

    path: Path
    sha256: str
    size: int


def receive(root: Path, source: IO[bytes], most: int, report: Callable[[int], object] | None = None) -> Coming:
    """Copy a file in under a name of ours and flush it; raise TooLarge as soon as it is more than `most` bytes.

    `report` hears how many bytes have come; what it raises leaves nothing behind.
    """
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    descriptor, name = tempfile.mkstemp(prefix=_COMING, dir=root)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(descriptor, "wb") as coming:
            for piece in _at_most(most, source):
                digest.update(piece)
                coming.write(piece)
                size += len(piece)
                if report is not None:
                    report(size)
            coming.flush()
            os.fsync(coming.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Coming(Path(name), digest.hexdigest(), size)


def settle(root: Path, coming: Coming) -> None:
    """Give a file that came in its place; one that lies there already, and may be damaged, makes way."""
    target = place_of(root, coming.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    coming.path.replace(target)
    schema.flush_folder(target.parent)


def discard(coming: Coming) -> None:
    """Let go of a file that was not wanted after all."""
    coming.path.unlink(missing_ok=True)


def keep(root: Path, source: IO[bytes], sha256: str) -> None:
    """Copy a file to its place under a root; raise UnsafeFile when it has not the hash it should have."""
    place_of(root, sha256)
    coming = receive(root, source, sys.maxsize)
    try:
        if coming.sha256 != sha256:
            raise UnsafeFile(f"附件 {sha256[:12]}… 的内容已改变，没有采用")
        settle(root, coming)
    finally:
        discard(coming)


def remove(root: Path, sha256: str) -> None:
    """Let a file go that no record names any more; one that is gone already is no matter."""
    place_of(root, sha256).unlink(missing_ok=True)


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


def _at_most(most: int, source: IO[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces(source):
        size += len(piece)
        if size > most:
            raise TooLarge(size)
        yield piece


def _sweep(root: Path) -> None:
    """Remove what a program that was killed left of files that were coming in."""
    for left in root.glob(f"{_COMING}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()
