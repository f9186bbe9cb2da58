"""The child process that opens a database from outside: whatever it does to SQLite, it does here.

Started as `python -m odr_desk.store.candidate FILE`, in the frozen program as
`odr-desk --check-database FILE`. Answers with one JSON object on standard output. A crash is an
answer too: the parent calls the file damaged.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from odr_desk.paths import PACKAGE
from odr_desk.rules.errors import DeskError, UnsafeFile
from odr_desk.store import backup, schema

CHILD_OPTION = "--check-database"
_MEMORY = 1 << 30
_LEAST_SECONDS = 60
_BYTES_A_SECOND = 5_000_000
_DAMAGED = "备份里的数据库已损坏，数据没有任何改动；请另选一份备份"
_FOREIGN = "备份里的数据库有不属于本程序的内容（{}），数据没有任何改动；请另选一份备份"


def look_over(path: Path) -> dict[str, int]:
    """Return the number of records of each table; raise UnsafeFile unless a file from outside is wholly ours."""
    seconds = _LEAST_SECONDS + path.stat().st_size // _BYTES_A_SECOND
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the path is one argument
            [*_command(), str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=PACKAGE.parent,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise UnsafeFile(f"检查备份超过 {seconds} 秒，已停止，数据没有任何改动；请另选一份备份") from None
    if done.returncode != 0 or not done.stdout:
        raise UnsafeFile(_DAMAGED)
    found: dict[str, Any] = json.loads(done.stdout)
    if "refused" in found:
        raise UnsafeFile(found["refused"])
    return {name: int(count) for name, count in found["counts"].items()}


def child_main(arguments: Sequence[str]) -> int:
    """Look the database over and print what was found."""
    _limit_itself()
    try:
        found: dict[str, object] = {"counts": examined(Path(arguments[-1]))}
    except DeskError as error:
        found = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
    sys.stdout.flush()
    return 0


def examined(path: Path) -> dict[str, int]:
    """Do the child's work: compare the declarations first, since a trigger passes every check of SQLite.

    Indexes may differ: they hold nothing of their own, and a restore makes them anew.
    """
    revision = schema.examine(path).revision
    declared = schema.objects(path)
    expected = schema.expected_objects(revision)
    strange = sorted({name for (kind, name), _sql in declared.items() ^ expected.items() if kind != "index"})
    if strange:
        raise UnsafeFile(_FOREIGN.format("、".join(strange[:5])))
    backup.require_sound(path)
    with schema.opened(path) as connection:
        return backup.counted(connection)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_OPTION]
    return [sys.executable, "-m", "odr_desk.store.candidate"]


def _limit_itself() -> None:
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(child_main(sys.argv[1:]))
