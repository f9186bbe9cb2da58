"""The data folder: where it may lie, and that only one program has it open."""

import sys
from pathlib import Path

from odr_desk.rules.errors import Trouble

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs"})
_WINDOWS_REMOTE_DRIVE = 4


def prepare(folder: Path) -> Path:
    """Make the data folder and return it; raise Trouble when it cannot be used."""
    if on_network(folder):
        raise Trouble(
            f"数据文件夹 {folder} 在网络盘上，断线会损坏数据库，程序没有打开它。",
            "请改用本机硬盘上的文件夹（--data 文件夹）。",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"数据文件夹 {folder} 不能写入（{error.strerror or error}），没有任何改动。",
            "请检查文件夹权限，或用 --data 指定另一个文件夹。",
        ) from error
    return folder


def on_network(folder: Path) -> bool:
    """Tell whether the folder lies on a drive that other computers share."""
    if sys.platform == "win32":
        return _windows_remote(folder.absolute())
    return _mount_kind(folder.absolute()) in NETWORK


def _windows_remote(folder: Path) -> bool:
    import ctypes

    if str(folder).startswith("\\\\"):
        return True
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined, unused-ignore]
    return bool(kind == _WINDOWS_REMOTE_DRIVE)


def _mount_kind(folder: Path, table: Path = Path("/proc/mounts")) -> str:
    if not table.exists():
        return ""
    best, kind = "", ""
    for entry in table.read_text("utf-8", "replace").splitlines():
        point, found = entry.split(" ")[1:3]
        point = point.replace("\\040", " ")
        inside = folder == Path(point) or Path(point) in folder.parents
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind


class Claim:
    """The lock on a data folder; held from start to end of a program.

    The operating system lets go of it when the program dies, so a crash never locks anyone out.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock or raise Trouble when another program holds it."""
        self._file = (folder / "desk.lock").open("a+b")
        try:
            _lock(self._file.fileno())
        except OSError:
            self._file.close()
            raise Trouble(
                "本程序已经打开了这个数据文件夹，第二个没有启动。",
                "请切换到已打开的窗口，或先关闭它再试。",
            ) from None

    def release(self) -> None:
        """Let the folder go."""
        self._file.close()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
