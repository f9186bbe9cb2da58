"""Backup files as zips: written piece by piece, read without trusting them.

The names inside are compared with those the manifest calls for and never become paths.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from odr_desk.rules.errors import UnsafeFile
from odr_desk.store import attachments, manifest, place
from odr_desk.store.manifest import Manifest, Part

ENDING = ".odrbak"
MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 64 << 20
_NOT_READABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OverflowError,
    LookupError, ValueError, TypeError, AttributeError,
)  # fmt: skip
"""What Python's zip and JSON readers raise on damaged or made-up files; tried with thousands of flipped bytes."""


def write(path: Path, database: Path, root: Path, facts: Manifest) -> None:
    """Write a backup file: database, attachments if they go inside, the manifest last."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(database, place.FILE)
        for part in inside(facts):
            archive.write(attachments.place_of(root, part.sha256), entry(part), zipfile.ZIP_STORED)
        archive.writestr(MANIFEST, manifest.to_text(facts))


class Archive:
    """An open backup file and its manifest."""

    def __init__(self, path: Path, file: zipfile.ZipFile, facts: Manifest) -> None:
        self.manifest = facts
        self._path = path
        self._file = file

    def copy_to(self, name: str, part: Part, path: Path) -> None:
        """Copy an entry into a new file; raise UnsafeFile when it is not what the manifest says."""
        with path.open("xb") as target:
            self.look_over(name, part, target)

    def look_over(self, name: str, part: Part, target: IO[bytes] | None = None) -> None:
        """Read an entry through; raise UnsafeFile when it is not what the manifest says."""
        digest, size = hashlib.sha256(), 0
        with _damage_named(self._path), self._file.open(name) as source:
            for piece in attachments.pieces(source):
                digest.update(piece)
                size += len(piece)
                if size > part.size:
                    break
                if target is not None:
                    target.write(piece)
            if size != part.size or digest.hexdigest() != part.sha256:
                raise ValueError(f"{name} is not what the manifest says")


@contextmanager
def opened(path: Path) -> Generator[Archive]:
    """Yield an archive; raise UnsafeFile when it is no whole backup."""
    with ExitStack() as open_files:
        with _damage_named(path):
            file = open_files.enter_context(zipfile.ZipFile(path))
            facts = _manifest(file)
            expected = {place.FILE, MANIFEST, *map(entry, inside(facts))}
            names = file.namelist()
            if len(names) != len(expected) or set(names) != expected:
                raise ValueError("other entries than the manifest names")
        yield Archive(path, file, facts)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a backup file."""
    with opened(path) as archive:
        return archive.manifest


def require_whole(path: Path) -> Manifest:
    """Return the manifest after comparing everything inside with it."""
    with opened(path) as archive:
        archive.look_over(place.FILE, archive.manifest.database)
        for part in inside(archive.manifest):
            archive.look_over(entry(part), part)
        return archive.manifest


def inside(facts: Manifest) -> tuple[Part, ...]:
    """Return the attachments that the file itself carries."""
    return facts.attachments if facts.inside else ()


def entry(part: Part) -> str:
    """Return the name of an attachment inside."""
    return f"{place.ATTACHMENTS}/{part.sha256}"


@contextmanager
def _damage_named(path: Path) -> Generator[None]:
    try:
        yield
    except _NOT_READABLE as error:
        raise UnsafeFile(
            f"“{path.name}”不是完整的备份（已损坏，或不是本程序做的备份），数据没有任何改动；请另选一份备份"
        ) from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _LARGEST_MANIFEST:
        raise ValueError("a manifest is smaller")
    with archive.open(info) as source:
        return manifest.from_text(source.read(_LARGEST_MANIFEST))
