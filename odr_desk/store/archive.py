"""Backup files as zips: written piece by piece, read without trusting them.

The names inside are compared with those the manifest calls for and never become paths.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
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


@contextmanager
def opened(path: Path) -> Generator[tuple[zipfile.ZipFile, Manifest]]:
    """Yield an archive with its manifest; raise UnsafeFile when it is no whole backup."""
    try:
        with zipfile.ZipFile(path) as archive:
            facts = _manifest(archive)
            expected = {place.FILE, MANIFEST, *map(entry, inside(facts))}
            names = archive.namelist()
            if len(names) != len(expected) or set(names) != expected:
                raise ValueError("other entries than the manifest names")
            yield archive, facts
    except _NOT_READABLE as error:
        raise UnsafeFile(
            f"“{path.name}”不是完整的备份（已损坏，或不是本程序做的备份），数据没有任何改动；请另选一份备份"
        ) from error


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a backup file."""
    with opened(path) as (_archive, facts):
        return facts


def require_whole(path: Path) -> Manifest:
    """Return the manifest after comparing everything inside with it."""
    with opened(path) as (archive, facts):
        copy_out(archive, place.FILE, facts.database, None)
        for part in inside(facts):
            copy_out(archive, entry(part), part, None)
        return facts


def copy_out(archive: zipfile.ZipFile, name: str, part: Part, target: IO[bytes] | None) -> None:
    """Copy an entry out, or only look at it; ValueError when it is not what the manifest says."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as source:
        for piece in attachments.pieces(source):
            digest.update(piece)
            size += len(piece)
            if size > part.size:
                break
            if target is not None:
                target.write(piece)
    if size != part.size or digest.hexdigest() != part.sha256:
        raise ValueError(f"{name} is not what the manifest says")


def inside(facts: Manifest) -> tuple[Part, ...]:
    """Return the attachments that the file itself carries."""
    return facts.attachments if facts.inside else ()


def entry(part: Part) -> str:
    """Return the name of an attachment inside."""
    return f"{place.ATTACHMENTS}/{part.sha256}"


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _LARGEST_MANIFEST:
        raise ValueError("a manifest is smaller")
    with archive.open(info) as source:
        return manifest.from_text(source.read(_LARGEST_MANIFEST))
