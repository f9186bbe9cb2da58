"""The shape of the database file: which revision it has, and how a file gets ours.

Alembic is slow to import, so the revision is read by hand and Alembic is called only to build or
to bring up. Neither happens to the live file: it is done to a file beside it, which then takes
its place (store.opening).
"""

import contextlib
import os
import re
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.store import faults, sqlite

SCRIPTS = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x4F445244  # "ODRD", in the header of every file of ours
_MAGIC = b"SQLite format 3\0"
_SCRIPT = re.compile(r"(\d{4})_\w+\.py")
_FOREIGN = ("文件 {} 不是本程序的数据库，程序没有改动它。", "请检查数据文件夹是否选对，或用“恢复备份”。")
_DAMAGED = ("数据库文件 {} 已损坏，程序没有打开它，也没有改动它。", "请用“恢复备份”换回最近一次好的备份。")

Objects = dict[tuple[str, str], str]
"""Kind and name of everything a file declares, with its SQL in one line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file turned out to be: ours, of this revision."""

    revision: str

    @property
    def is_current(self) -> bool:
        """Tell whether the file needs no bringing up."""
        return self.revision == head()


def head() -> str:
    """Return the newest revision this program knows."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """Return every revision this program can bring up."""
    names = (_SCRIPT.fullmatch(path.name) for path in (SCRIPTS / "versions").iterdir())
    return frozenset(name[1] for name in names if name)


def create(path: Path) -> None:
    """Make an empty database of our shape; a crash meanwhile leaves nothing under that name."""
    building = path.with_name(f"{path.name}.new")
    discard(building)
    bring_up(building, create=True)
    building.replace(path)
    flush_folder(path.parent)


def bring_up(path: Path, to: str = "", *, create: bool = False) -> None:
    """Bring a file to a revision, the newest when none is named; each step is a transaction with its revision number.

    Foreign keys are off meanwhile, because rebuilding a table would delete its children, and are
    checked at the end. The file is left without a journal beside it.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    engine = sqlite.engine(path, create=create, foreign_keys=False)
    with engine.execution_options(begin="IMMEDIATE").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to or "head")
    engine.dispose()
    with opened(path, create=create) as file:
        broken = file.execute("PRAGMA foreign_key_check").fetchone()
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if broken is not None:
        raise Trouble(
            f"升级后“{broken[0]}”里有记录失去了所属，升级没有完成，原来的数据没有改动。",
            "请继续用原来的版本，并把备份交给维护人员。",
        )
    flush_file(path)


def examine(path: Path) -> Shape:
    """Return what shape a file has; raise Trouble when it is foreign, damaged or of a newer program."""
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start != _MAGIC:
        raise _named(_DAMAGED if not start.strip(b"\0") else _FOREIGN, path)
    with opened(path) as connection:
        return Shape(_revision(connection, path))


def objects(path: Path) -> Objects:
    """Return what a file declares, for comparison with `expected_objects`."""
    with opened(path) as connection:
        rows = connection.execute("SELECT type, name, coalesce(sql, tbl_name) FROM sqlite_schema")
        return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows if not name.startswith("sqlite_stat")}


def mend_indexes(path: Path) -> tuple[str, ...]:
    """Make the indexes of a file what they should be; return the names of those that were not."""
    with opened(path) as connection:
        there, expected = _indexes(objects(path)), _indexes(expected_objects(examine(path).revision))
        wrong = sorted(name for name in there.keys() | expected.keys() if there.get(name) != expected.get(name))
        for name in wrong:
            connection.execute(f'DROP INDEX IF EXISTS "{name}"')
            if name in expected:
                connection.execute(expected[name])
    return tuple(wrong)


def count(path: Path, table: str) -> int | None:
    """Return the number of records of a table that can be read, None when it cannot."""
    try:
        with opened(path) as connection:
            return int(connection.execute(f'SELECT count(*) FROM "{table}" NOT INDEXED').fetchone()[0])  # noqa: S608
    except (DeskError, sqlite.Error):
        return None


def expected_objects(revision: str) -> Objects:
    """Return what a file of a revision declares when this program makes it."""
    return dict(_made_objects(revision, SCRIPTS))


@cache
def _made_objects(revision: str, _scripts: Path) -> Objects:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "expected.db"
        bring_up(path, revision, create=True)
        return objects(path)


@contextlib.contextmanager
def opened(path: Path, *, create: bool = False) -> Generator[sqlite.Handle]:
    """Yield a settled connection of the driver; what the disk does to it is said in words."""
    try:
        connection = sqlite.connect(path, create=create)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite.Error as error:
        known = faults.explain(error, path.parent)
        if known is None:
            raise
        raise known from error


def discard(path: Path) -> None:
    """Remove a database file that is not in use, with its journals."""
    for file in family(path):
        file.unlink(missing_ok=True)


def family(path: Path) -> tuple[Path, ...]:
    """Return the names of a database file and its journals, the journals first."""
    return (*(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")), path)


def flush_file(path: Path) -> None:
    """Make sure that a file is on the disk and not only on its way."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk; Windows does so by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _indexes(declared: Objects) -> dict[str, str]:
    """Return the indexes that were declared by themselves; those of a key belong to their table."""
    return {name: sql for (kind, name), sql in declared.items() if kind == "index" and sql.startswith("CREATE")}


def _named(words: tuple[str, str], path: Path) -> Trouble:
    what, advice = words
    return Trouble(what.format(path.name), advice)


def _revision(connection: sqlite.Handle, path: Path) -> str:
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if known else []
    marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if len(rows) != 1 or not marked:
        raise _named(_FOREIGN, path)
    revision = str(rows[0][0])
    if revision not in known_revisions():
        if revision.isdecimal() and revision > head():
            raise Trouble(
                f"这份数据由更新版本的程序写成（{revision}），本版本（{head()}）没有打开它，数据没有改动。",
                "请安装新版本程序后再打开。",
            )
        raise _named(_FOREIGN, path)
    return revision
