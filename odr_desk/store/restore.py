"""Putting a backup back: built beside, looked over, exchanged, looked over again."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from odr_desk.rules.errors import Trouble, UnsafeFile
from odr_desk.store import archive, attachments, backup, candidate, place, schema, swap
from odr_desk.store.archive import Archive
from odr_desk.store.backup import POOL, Report
from odr_desk.store.manifest import Manifest

STEPS = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """What the folder holds now, and where the state before lies."""

    manifest: Manifest
    aside: Path | None


def restore(folder: Path, file: Path, report: Report | None = None) -> Restored:
    """Make a folder what it was when the backup was made; nobody has its database open meanwhile.

    Raises UnsafeFile when the backup is damaged, foreign or of a newer program, Trouble when the
    disk fails: the folder then is as it was.
    """
    say = report or (lambda _done, _total: None)
    with backup.ALONE, backup.explained():
        say(0, STEPS)
        with archive.opened(_present(file)) as opened:
            facts = opened.manifest
            _require_known(facts)
            _require_room(folder, facts)
            building = swap.building(folder)
            try:
                opened.copy_to(place.FILE, facts.database, building)
                say(1, STEPS)
                _look_over(building, facts)
                say(2, STEPS)
                _bring_attachments(folder, file, opened)
                say(3, STEPS)
                schema.mend_indexes(building)
                if facts.revision != schema.head():
                    schema.bring_up(building)
                    backup.require_sound(building)
            except BaseException:
                schema.discard(building)
                raise
        aside = swap.put(building)
        say(4, STEPS)
        schema.examine(folder / place.FILE)
        say(5, STEPS)
    return Restored(facts, aside)


def _present(file: Path) -> Path:
    if not file.is_file():
        raise UnsafeFile(f"没有“{file}”这个备份文件，数据没有任何改动；请核对路径")
    return file


def _require_known(facts: Manifest) -> None:
    if facts.revision not in schema.known_revisions():
        raise UnsafeFile("这份备份由更新版本的程序做成，本版本读不了，数据没有任何改动；请安装新版本程序后再恢复")


def _require_room(folder: Path, facts: Manifest) -> None:
    needed = facts.database.size * 2 + sum(part.size for part in facts.attachments)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"磁盘空间不够恢复（要 {needed >> 20} MB，只剩 {free >> 20} MB），数据没有任何改动。",
            "请清理磁盘空间后重试。",
        )


def _look_over(building: Path, facts: Manifest) -> None:
    if candidate.look_over(building) != dict(facts.counts):
        raise UnsafeFile("备份里的记录数和它的清单对不上，数据没有任何改动；请另选一份备份")


def _bring_attachments(folder: Path, file: Path, opened: Archive) -> None:
    """Copy what the folder lacks; files are named by their hash, so none of the present ones changes."""
    root, pool = folder / place.ATTACHMENTS, file.parent / POOL
    lacking = [part for part in opened.manifest.attachments if not attachments.holds(root, part.sha256)]
    if opened.manifest.inside:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            for part in lacking:
                opened.copy_to(archive.entry(part), part, Path(scratch) / part.sha256)
            _keep(root, [Path(scratch) / part.sha256 for part in lacking])
        return
    gone = [part for part in lacking if not attachments.holds(pool, part.sha256)]
    if gone:
        raise UnsafeFile(
            f"备份旁边的 {pool.name} 文件夹缺 {len(gone)} 个附件，没有恢复，数据没有任何改动；"
            f"请把备份文件和 {pool.name} 文件夹放在一起再试"
        )
    _keep(root, [attachments.place_of(pool, part.sha256) for part in lacking])


def _keep(root: Path, files: Iterable[Path]) -> None:
    for file in files:
        with file.open("rb") as source:
            attachments.keep(root, source, file.name)
