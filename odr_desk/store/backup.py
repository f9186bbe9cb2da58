"""Making backups: a copy of the database taken through SQLite, looked over, packed, read back.

A backup is one file with the manifest as its last entry. The attachments of automatic backups lie
beside it in `files`, each once for all backups; a backup made for another disk carries them inside.
"""

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from odr_desk import __version__
from odr_desk.rules import keeping, moments
from odr_desk.rules.errors import Trouble, UnsafeFile
from odr_desk.rules.keeping import Why
from odr_desk.store import archive, attachments, faults, place, schema, sqlite
from odr_desk.store.manifest import Manifest, Part

POOL = "files"
ALONE = threading.RLock()
"""Held by whoever makes, thins out or restores: each would take away what another one is just putting there."""
STEPS = 4
NAMING_FILES = ("attachments", "merchant_licences")
"""Tables whose records name files by hash and size."""
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on disk."""

    path: Path
    manifest: Manifest


def make(folder: Path, why: Why, now: datetime, to: Path | None = None, report: Report | None = None) -> Backup:
    """Back up a data folder, into its own `backups` or, complete in one file, into `to`.

    Raises Trouble when the data are not sound or the disk fails; a backup is complete or absent.
    """
    target = to or folder / place.BACKUPS
    say = report or (lambda _done, _total: None)
    with ALONE, explained(), _scratch(target) as scratch:
        copy, coming = scratch / "copy.db", scratch / f"coming{archive.ENDING}"
        say(0, STEPS)
        copy_database(folder / place.FILE, copy)
        say(1, STEPS)
        require_sound(copy)
        say(2, STEPS)
        root = folder / place.ATTACHMENTS
        facts = _facts(copy, root, why, now, inside=to is not None)
        if not facts.inside:
            _fill_pool(root, target / POOL, facts.attachments)
        archive.write(coming, copy, root, facts)
        say(3, STEPS)
        archive.require_whole(coming)
        schema.flush_file(coming)
        path = _free_name(target, why, now)
        coming.replace(path)
        schema.flush_folder(target)
        say(4, STEPS)
    return Backup(path, facts)


def listed(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, newest first; a file without a readable manifest is none."""
    found = []
    for path in folder.glob(f"*{archive.ENDING}"):
        with contextlib.suppress(UnsafeFile, OSError):
            found.append(Backup(path, archive.read_manifest(path)))
    return tuple(sorted(found, key=lambda backup: (backup.manifest.made_at, backup.path.name), reverse=True))


def newest(folder: Path) -> Backup | None:
    """Return the newest backup in a folder without reading all of them: their names sort by time."""
    for path in sorted(folder.glob(f"*{archive.ENDING}"), reverse=True):
        with contextlib.suppress(UnsafeFile, OSError):
            return Backup(path, archive.read_manifest(path))
    return None


def copy_to(made: Backup, folder: Path) -> Backup:
    """Copy a backup with its attachments to a folder on another disk and read the copy back."""
    with ALONE, explained(), _scratch(folder) as scratch:
        coming = scratch / made.path.name
        shutil.copyfile(made.path, coming)
        if archive.require_whole(coming) != made.manifest:
            raise Trouble(f"抄到 {folder} 的备份和原来的不一样，没有采用。", "请检查那块硬盘，再试一次。")
        _fill_pool(made.path.parent / POOL, folder / POOL, made.manifest.attachments)
        schema.flush_file(coming)
        path = coming.replace(folder / made.path.name)
        schema.flush_folder(folder)
    return Backup(path, made.manifest)


def thin_out(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Remove backups that have been kept long enough, and attachments that none of the others needs.

    Of a past day the last backup is kept, and for two weeks every one that was not made by the clock.
    """
    with ALONE, explained():
        backups = listed(folder)
        today = moments.day_of(now)
        days = keeping.kept(map(_day, backups), today)
        stays: list[Backup] = []
        removed: list[Path] = []
        for backup in backups:
            last_of_day = _day(backup) not in map(_day, stays)
            if keeping.stays(backup.manifest.why, _day(backup), today) or (_day(backup) in days and last_of_day):
                stays.append(backup)
            else:
                backup.path.unlink()
                removed.append(backup.path)
        if removed:
            _empty_pool(folder / POOL, {part.sha256 for backup in stays for part in backup.manifest.attachments})
    return tuple(removed)


def copy_database(source: Path, target: Path) -> None:
    """Copy one state of a database that may be in use, without its free pages."""
    with schema.opened(source) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    schema.flush_file(target)


def require_sound(path: Path) -> None:
    """Raise Trouble unless SQLite finds nothing wrong with a file."""
    with schema.opened(path) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != ["ok"] or orphan is not None:
        raise Trouble(
            "数据库的结构检查没有通过，这一步没有做，已有的备份都还在。",
            "请停止录入，用“检查数据”看详情，再用“恢复备份”换回最近一次好的备份。",
        )


def counted(connection: sqlite.Handle) -> dict[str, int]:
    """Return the number of records of every table that is not part of a search index."""
    rows = connection.execute("PRAGMA table_list").fetchall()
    names = sorted(row[1] for row in rows if row[2] == "table" and not row[1].startswith("sqlite_"))
    quoted = {name: name.replace('"', '""') for name in names}
    ask = 'SELECT count(*) FROM "{}"'.format
    return {name: connection.execute(ask(quoted[name])).fetchone()[0] for name in names}


@contextlib.contextmanager
def explained() -> Generator[None]:
    """Say in words what the disk does not do."""
    try:
        yield
    except OSError as error:
        known = faults.explain_file(error)
        if known is None:
            raise
        raise known from error


def _facts(copy: Path, root: Path, why: Why, now: datetime, *, inside: bool) -> Manifest:
    with schema.opened(copy) as connection:
        wanted = _named_files(connection)
        head = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        counts = counted(connection)
    present = [part for part in wanted if attachments.holds(root, part.sha256)]
    return Manifest(
        made_at=now,
        why=why,
        program=__version__,
        revision=revision,
        database=Part(attachments.hash_of(copy), copy.stat().st_size),
        attachments=tuple(present),
        inside=inside,
        missing=tuple(part.sha256 for part in wanted if part not in present),
        counts=counts,
        seal=tuple(head) if head else (0, ""),
    )


def _named_files(connection: sqlite.Handle) -> list[Part]:
    """Return every file that a record names; a database that is to be brought up may lack some of the tables."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    owners = [f"SELECT sha256, size FROM {name} WHERE sha256 != ''" for name in NAMING_FILES if name in there]  # noqa: S608
    return [Part(*row) for row in connection.execute(f"{' UNION '.join(owners)} ORDER BY 1")]


@contextlib.contextmanager
def _scratch(target: Path) -> Generator[Path]:
    """Yield a folder on the target's disk that is gone afterwards, with what a crash left of earlier ones."""
    target.mkdir(parents=True, exist_ok=True)
    for left in target.glob(".making-*"):
        _remove(left)
    folder = Path(tempfile.mkdtemp(prefix=".making-", dir=target))
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def _free_name(target: Path, why: Why, now: datetime) -> Path:
    stem = f"odr-desk-{moments.local(now):%Y%m%d-%H%M%S}-{why.value}"
    path, n = target / f"{stem}{archive.ENDING}", 1
    while path.exists():
        n += 1
        path = target / f"{stem}-{n}{archive.ENDING}"
    return path


def _fill_pool(root: Path, pool: Path, parts: Iterable[Part]) -> None:
    for part in parts:
        if not attachments.place_of(pool, part.sha256).exists():
            with attachments.place_of(root, part.sha256).open("rb") as source:
                attachments.keep(pool, source, part.sha256)


def _empty_pool(pool: Path, needed: set[str]) -> None:
    for path in pool.glob("*/*"):
        if path.name not in needed:
            path.unlink()


def _day(backup: Backup) -> date:
    return moments.day_of(backup.manifest.made_at)
