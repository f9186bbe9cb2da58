"""The data folder: what lies where, on which disks it may be, and that one program at a time has it."""

import errno
import os
import re
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from odr_desk.rules.errors import Trouble

FILE = "desk.db"
LOCK = "desk.lock"
ATTACHMENTS = "attachments"
BACKUPS = "backups"
CACHE = "cache"
REPLACED = "replaced"
NETWORK = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs",
        "smb3", "smbfs", "vboxsf", "vmhgfs",
    }
)  # fmt: skip
_MOUNTS = Path("/proc/mounts")
_WINDOWS_REMOTE_DRIVE = 4
_REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT})
_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


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
        if error.errno not in _REFUSALS:
            return folder  # a full disk must not keep anybody from reading; what else is wrong shows at the first write
        raise Trouble(
            f"数据文件夹 {folder} 不能写入（{_reason(error)}），没有任何改动。",
            "请检查文件夹权限，或用 --data 指定另一个文件夹。",
        ) from error
    return folder


def on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Tell whether the folder lies on a drive that other computers share."""
    folder = Path(os.path.realpath(folder))
    if sys.platform == "win32":
        return _windows_remote(folder)
    return mounts.exists() and _mount_kind(folder, mounts) in NETWORK


def is_used(folder: Path) -> bool:
    """Tell whether the folder holds a database or what only a database leaves behind."""
    return any((folder / name).exists() for name in (FILE, f"{FILE}-wal", ATTACHMENTS, BACKUPS, REPLACED))


class Claim:
    """The lock on a data folder; held from start to end of a program.

    The operating system lets go of it when the program dies, so a crash never locks anyone out.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock or raise Trouble (Taken when another program has the folder)."""
        path = folder / LOCK
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise Trouble(
                f"数据文件夹 {folder} 里的 {LOCK} 打不开（{_reason(error)}），程序没有继续。",
                "请检查文件夹权限后重试。",
            ) from error
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.close()
            if error.errno in _TAKEN:
                raise Taken(folder) from None
            raise Trouble(
                f"数据文件夹 {folder} 所在的硬盘不支持文件锁（{_reason(error)}），程序没有继续。",
                "请改用本机硬盘上的文件夹（--data 文件夹）。",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Let the folder go."""
        self._file.close()


class Taken(Trouble):
    """Another program has this data folder open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"数据文件夹 {folder} 已被另一个打开的程序占用，这次没有打开，也没有任何改动。",
            "请先关闭已打开的窗口（或等正在运行的命令结束）再试；要用另一份数据，请用 --data 指定别的文件夹。",
        )


def _reason(error: OSError) -> str:
    words = {
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "只读",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EEXIST: "这个名字是一个文件",
        errno.ENOENT: "路径不存在",
    }
    return words.get(error.errno or 0, error.strerror or str(error))


def _windows_remote(folder: Path) -> bool:
    import ctypes

    if str(folder).startswith("\\\\") and not str(folder).startswith("\\\\?\\"):
        return True
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined, unused-ignore]
    return bool(kind == _WINDOWS_REMOTE_DRIVE)


def _mount_kind(folder: Path, mounts: Path) -> str:
    """Return the kind of the file system a folder is on, empty for the one the computer itself starts from."""
    best, kind = "/", ""
    for entry in mounts.read_text("utf-8", "replace").splitlines():
        parts = entry.split(" ")
        if len(parts) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), parts[1])
        if point != "/" and len(point) >= len(best) and (folder == Path(point) or Path(point) in folder.parents):
            best, kind = point, parts[2]
    return kind


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
