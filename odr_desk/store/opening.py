"""Opening a data folder: whatever state it was left in, it ends as a database of our shape or as an explanation."""

from pathlib import Path

from odr_desk.rules.errors import Trouble
from odr_desk.rules.keeping import Why
from odr_desk.store import backup, place, schema, swap
from odr_desk.store.database import Clock, Database, wall_clock


def open_database(folder: Path, clock: Clock = wall_clock) -> Database:
    """Return the database of a folder that the caller has claimed: a new one in an empty folder.

    Raises Trouble when the file is damaged, foreign, of a newer program, or has gone missing; the
    folder is then as it was.
    """
    path = folder / place.FILE
    with backup.explained():
        swap.finish(folder)
        if not path.exists():
            _refuse_to_forget(folder)
            schema.create(path)
        elif not schema.examine(path).is_current:
            _bring_up(folder, clock)
    return Database(path, clock)


def _refuse_to_forget(folder: Path) -> None:
    if place.is_used(folder):
        raise Trouble(
            f"数据文件夹 {folder} 里的数据库文件 {place.FILE} 不见了，程序没有另建空的数据库。",
            "请找回这个文件，或用“恢复备份”换回最近一次好的备份。",
        )


def _bring_up(folder: Path, clock: Clock) -> None:
    """Back up, bring a copy to our shape, look it over, put it in place."""
    backup.make(folder, Why.UPGRADE, clock())
    copy = swap.building(folder)
    backup.copy_database(folder / place.FILE, copy)
    schema.bring_up(copy)
    backup.require_sound(copy)
    swap.put(copy)
