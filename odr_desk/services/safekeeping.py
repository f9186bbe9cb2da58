"""Keeping the data safe: backups, putting one back, looking whether the data are what they must be.

Making a backup needs no database and may run beside the work; what a person asks for is ordered
first, so that right and journal are dealt with in a piece of work of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from odr_desk.rules import keeping, moments
from odr_desk.rules.errors import DeskError, Invalid, Trouble
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM, Actor, Right
from odr_desk.store import backup, chain, journal, place, schema, settings, verify
from odr_desk.store import restore as restoring
from odr_desk.store.backup import Backup, Report
from odr_desk.store.checks import looking
from odr_desk.store.database import Database, Work

Findings = verify.Findings
Problem = looking.Problem
SECOND_PLACE = "backup.second_place"
_COUNTED = (("cases", "投诉件"), ("merchants", "商户"), ("agreements", "协议"), ("documents", "文书"))


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup in the list; `expires_on` is the day by which it is gone at the latest."""

    path: Path
    made_at: datetime
    why: Why
    size: int
    cases: int
    attachments: int
    missing: int

    @property
    def expires_on(self) -> str:
        """Return the day by which the last copy of what was erased since is gone."""
        return keeping.expires_on(moments.day_of(self.made_at)).isoformat()


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """A backup that somebody may make."""

    folder: Path
    now: datetime
    to: Path | None
    why: Why = Why.MANUAL


@dataclass(frozen=True, slots=True)
class DueBackup:
    """A backup that the program makes by itself."""

    folder: Path
    now: datetime
    why: Why
    second_place: Path | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How safe the data are: the last good backup, in words; `is_worrying` asks for doing something."""

    last: BackupRow | None
    words: str
    is_worrying: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back and where the state before lies."""

    made_at: datetime
    cases: int
    merchants: int
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a data folder does not open, what of it can still be read, and what there is to go back to."""

    what: str
    advice: str
    readable: tuple[tuple[str, int], ...]
    backups: tuple[BackupRow, ...]


def order_backup(work: Work, to: Path | None = None) -> BackupOrder:
    """Let somebody make a backup; one that leaves the data folder goes on record."""
    work.actor.require(Right.BACKUP)
    if to is not None:
        to = to.absolute()
        if to.exists() and not to.is_dir():
            raise Invalid.of("to", f"{to} 是一个文件，不是文件夹；请换一个文件夹")
        journal.record_deed(work, "backup", {"to": str(to)})
    return BackupOrder(work.folder, work.now, to)


def order_before_import(work: Work) -> BackupOrder | None:
    """Let somebody import: return the backup that goes before, None where the last one holds all there is."""
    work.actor.require(Right.IMPORT)
    newest = backup.newest(work.folder / place.BACKUPS)
    return None if _holds_all(work, newest) else BackupOrder(work.folder, work.now, None, Why.IMPORT)


def make_backup(order: BackupOrder, report: Report | None = None) -> BackupRow:
    """Make the backup that was ordered; in the data folder what is old enough makes room."""
    made = backup.make(order.folder, order.why, order.now, order.to, report)
    if order.to is None:
        _thin_out(order.folder, order.now)
    return _row(made)


def due_backup(work: Work, why: Why) -> DueBackup | None:
    """Return the backup of the day or of the end of work, None when nothing has happened since the last one."""
    newest = backup.newest(work.folder / place.BACKUPS)
    is_of_today = newest is not None and moments.day_of(newest.manifest.made_at) == moments.day_of(work.now)
    if is_of_today if why is Why.DAILY else _holds_all(work, newest):
        return None
    return DueBackup(work.folder, work.now, why, second_place(work))


def make_due(due: DueBackup, report: Report | None = None) -> BackupRow:
    """Make an automatic backup, copy it to the second place, let old ones go."""
    made = backup.make(due.folder, due.why, due.now, report=report)
    _thin_out(due.folder, due.now)
    if due.second_place is not None:
        backup.copy_to(made, due.second_place)
        backup.thin_out(due.second_place, due.now)
    return _row(made)


def rows(work: Work) -> tuple[BackupRow, ...]:
    """Return every backup in the data folder, newest first."""
    work.actor.require(Right.BACKUP)
    return tuple(map(_row, backup.listed(work.folder / place.BACKUPS)))


def last_backup(work: Work) -> Standing:
    """Return how safe the data are, for the status bar."""
    newest = backup.newest(work.folder / place.BACKUPS)
    if newest is None:
        return Standing(None, "还没有备份", is_worrying=True)
    made_at = newest.manifest.made_at
    words = f"上次备份 {moments.show_moment(made_at)}"
    if work.now - made_at > keeping.STALE_AFTER:
        return Standing(_row(newest), f"{words}，已超过 26 小时", is_worrying=True)
    second = second_place(work)
    if second is None:
        return Standing(_row(newest), f"{words}，只在本机", is_worrying=True)
    copied = backup.newest(second)
    if copied is None or copied.manifest.made_at < made_at:
        return Standing(_row(newest), f"{words}，没有抄到 {second}", is_worrying=True)
    return Standing(_row(newest), words, is_worrying=False)


def second_place(work: Work) -> Path | None:
    """Return the folder on another disk that automatic backups are copied to."""
    chosen = settings.read(work, SECOND_PLACE)
    return Path(chosen) if chosen else None


def set_second_place(work: Work, folder: Path | None) -> None:
    """Choose the folder on another disk, or none."""
    work.actor.require(Right.BACKUP)
    if folder is not None and (not folder.is_absolute() or not folder.is_dir()):
        raise Invalid.of("folder", f"没有“{folder}”这个文件夹，请选一个已有的文件夹")
    if folder is not None and work.folder in (folder, *folder.parents):
        raise Invalid.of("folder", "第二处备份不能放在数据文件夹里面，请选另一块硬盘上的文件夹")
    settings.write(work, SECOND_PLACE, str(folder) if folder else "")


def restore(database: Database, actor: Actor, file: Path, report: Report | None = None) -> Restored:
    """Put a backup back while nobody works; afterwards everybody must log in again."""
    actor.require(Right.RESTORE)
    with database.paused():
        found = restoring.restore(database.folder, file, report)
    return _recorded(database, actor.user, found)


def restore_folder(folder: Path, file: Path, report: Report | None = None) -> Restored:
    """Put a backup back into a folder whose database does not open; the caller has claimed the folder."""
    found = restoring.restore(folder, file, report)
    database = Database(folder / place.FILE)
    try:
        return _recorded(database, PROGRAM.user, found)
    finally:
        database.close()


def verify_data(work: Work, *, full: bool = False, report: Report | None = None) -> Findings:
    """Look whether every promise about the stored data is kept."""
    work.actor.require(Right.VERIFY)
    return _verified(work, full=full, report=report)


def verify_folder(folder: Path, *, full: bool = False, report: Report | None = None) -> Findings:
    """Look over a database that the program does not open, as far as it can be read; nobody can log in to it."""
    path = folder / place.FILE
    database = Database(path)
    try:
        with backup.explained():
            schema.examine(path)
        with database.reading(PROGRAM) as work:
            return _verified(work, full=full, report=report)
    except DeskError as error:
        return Findings((Problem("structure", place.FILE, str(error)),), (), ())
    finally:
        database.close()


def worry(work: Work, *, full: bool = False) -> Trouble | None:
    """Say so when something is wrong with the data: what can be seen in two seconds, or everything."""
    found = _verified(work, full=full, report=None)
    if found.is_clean:
        return None
    first, more = found.problems[0].message, len(found.problems) - 1
    return Trouble(
        f"数据检查发现问题：{first}{f'，另有 {more} 处' if more else ''}。",
        "请先不要继续录入，用“检查数据”看详情，或请系统管理员处理。",
    )


def diagnose(folder: Path, error: DeskError) -> Damage:
    """Return what can be said about a data folder that does not open."""
    found = backup.listed(folder / place.BACKUPS)
    what, advice = (error.what, error.advice) if isinstance(error, Trouble) else (str(error), "")
    return Damage(what, advice, _readable(folder / place.FILE), tuple(map(_row, found)))


def _verified(work: Work, *, full: bool, report: Report | None) -> Findings:
    newest = backup.newest(work.folder / place.BACKUPS)
    seals: Sequence[chain.Seal] = (newest.manifest.seal,) if newest is not None else ()
    return verify.look_over(work.session.connection(), work.folder, full=full, seals=seals, report=report)


def _readable(path: Path) -> tuple[tuple[str, int], ...]:
    """Count what a damaged file still gives away; each table by itself, since one may be whole beside a broken one."""
    found = []
    for table, label in _COUNTED:
        count = schema.count(path, table)
        if count is not None:
            found.append((label, count))
    return tuple(found)


def _holds_all(work: Work, made: Backup | None) -> bool:
    """Tell whether nothing has been written down since a backup was made."""
    return made is not None and made.manifest.seal == chain.head(work.session.connection())


def _thin_out(folder: Path, now: datetime) -> None:
    backup.thin_out(folder / place.BACKUPS, now)


def _row(found: Backup) -> BackupRow:
    facts = found.manifest
    return BackupRow(
        path=found.path,
        made_at=facts.made_at,
        why=facts.why,
        size=found.path.stat().st_size,
        cases=facts.counts.get("cases", 0),
        attachments=len(facts.attachments),
        missing=len(facts.missing),
    )


def _recorded(database: Database, who: str, found: restoring.Restored) -> Restored:
    """Write into the restored journal that it was restored, by whom and from when."""
    facts = found.manifest
    with database.writing(PROGRAM, "restore", f"{who} 恢复了 {facts.made_at.isoformat()} 的备份") as work:
        journal.record_deed(work, "backup", {"made_at": facts.made_at.isoformat(), "seal": list(facts.seal)})
    return Restored(facts.made_at, facts.counts.get("cases", 0), facts.counts.get("merchants", 0), found.aside)
