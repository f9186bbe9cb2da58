"""What disk and database may do to us, said in words the user can act on."""

import errno
import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from odr_desk.rules.errors import Conflict, DeskError, Trouble
from odr_desk.store import sqlite

_BUSY, _LOCKED, _NO_MEMORY, _READ_ONLY, _INTERRUPT, _IO = 5, 6, 7, 8, 9, 10
_CORRUPT, _FULL, _CANNOT_OPEN, _NO_DATABASE = 11, 13, 14, 26
_LEAST_ROOM = 1 << 16
"""Bytes that a database needs beside it to be opened; with less, SQLite speaks of an I/O error only."""
_NO_ROOM_TO_OPEN = ("磁盘已满，数据打不开；数据没有受损。", "请先清理磁盘空间，再重新打开。")
_DISK_FULL = ("磁盘已满，这一步没有做成。", "请清理磁盘空间后重试；查看和打印不受影响，也可以把备份做到另一块硬盘。")
_READ_ONLY_WORDS = ("数据文件夹是只读的，这一步没有做成。", "请检查文件夹权限后重试。")
_IN_THE_WAY = ("要用的位置上已有同名的文件或文件夹，这一步没有做成。", "请把它移开或改名后重试。")
_IO_WORDS = ("硬盘读写出错，这一步没有做成。", "请立即把备份做到另一块硬盘，再请系统管理员检查硬盘。")
_BY_RESULT = {
    _BUSY: ("数据库正被占用，这一步没有做成。", "请稍等几秒重试。"),
    _LOCKED: ("数据库正被占用，这一步没有做成。", "请稍等几秒重试。"),
    _NO_MEMORY: ("内存不够，这一步没有做成。", "请关闭其他程序后重试。"),
    _READ_ONLY: _READ_ONLY_WORDS,
    _IO: _IO_WORDS,
    _CORRUPT: ("数据库文件已损坏，这一步没有做成。", "请用“恢复备份”换回最近一次好的备份。"),
    _FULL: _DISK_FULL,
    _CANNOT_OPEN: ("数据库文件打不开。", "请检查数据文件夹是否存在、有没有权限。"),
    _NO_DATABASE: ("数据库文件已损坏，或不是本程序的数据库，程序没有改动它。", "请检查数据文件夹，或用“恢复备份”。"),
}
_BY_ERRNO = {
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.EFBIG: ("文件太大，这块硬盘放不下，这一步没有做成。", "请换一块硬盘或文件夹。"),
    errno.EROFS: _READ_ONLY_WORDS,
    errno.EACCES: ("没有权限读写这个文件或文件夹，这一步没有做成。", "请检查权限，或关闭正在用它的其他程序后重试。"),
    errno.EPERM: ("没有权限读写这个文件或文件夹，这一步没有做成。", "请检查权限后重试。"),
    errno.EIO: _IO_WORDS,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOENT: ("要用的文件或文件夹不在了，这一步没有做成。", "请检查移动硬盘是否插好、文件夹是否还在。"),
}
_MAY_HAVE_SAVED = frozenset({_IO, _CANNOT_OPEN, _NO_MEMORY})


def explain(error: Exception, folder: Path | None = None) -> DeskError | None:
    """Return what to tell the user, or None when the error is a bug of ours.

    `folder` is where a database was being opened: its disk may be full instead of broken.
    """
    if isinstance(error, StaleDataError):
        return Conflict("这条记录刚被别人改过，您的改动没有存。请重新载入后再改")
    known = _BY_RESULT.get(_result(error))
    if known is _IO_WORDS and folder is not None and shutil.disk_usage(folder).free < _LEAST_ROOM:
        known = _NO_ROOM_TO_OPEN
    return Trouble(*known) if known else None


def explain_file(error: OSError) -> Trouble | None:
    """Return what to tell the user about a file that could not be read or written."""
    known = _BY_ERRNO.get(error.errno or 0)
    file = f"（{error.filename}）" if error.filename else ""
    return Trouble(known[0], known[1] + file) if known else None


def may_have_saved(error: Exception) -> bool:
    """Tell whether a COMMIT that failed like this can have reached the disk all the same."""
    return _result(error) in _MAY_HAVE_SAVED


def is_interrupt(error: Exception) -> bool:
    """Tell whether the statement was broken off because we asked for it."""
    return _result(error) == _INTERRUPT


def _result(error: Exception) -> int:
    """Return SQLite's primary result code, 0 for errors of other origin."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite.Error):
        return 0
    return int(getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
