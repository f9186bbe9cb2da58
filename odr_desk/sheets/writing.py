"""Files that leave the desk: complete under their name or not there at all."""

import atexit
import contextlib
import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from odr_desk.rules.errors import Invalid, Trouble

TRIES, PAUSE = 6, 0.25  # seconds; a virus scanner or a preview holds a file that long on Windows
_HELD = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation
_FULL = {errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC}

_OURS = ".odr-desk-"
_ABANDONED = 24 * 3600  # seconds
_in_use: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Written:
    """A file that stands under its name, was read back and found right."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that lies complete and checked beside its place: `put` gives it its name, `drop` takes it away.

    What has to stand on record before it leaves is put by `Work.outgoing`, once the record is durable.
    """

    path: Path
    sha256: str
    size: int
    folder: Path

    def put(self) -> Written:
        """Give the file its name, in place of an older one."""
        try:
            _rename(self.folder / self.path.name, self.path)
            _flush_folder(self.path.parent)
            if _digest(self.path) != self.sha256:
                raise Trouble(f"“{self.path.name}”写完后读回不一致。", "请检查磁盘，换一个文件夹再导出一次。")
        except OSError as error:
            raise _in_words(error, self.path) from error
        finally:
            self.drop()
        return Written(self.path, self.sha256, self.size)

    def drop(self) -> None:
        """Take away what lies beside the place."""
        _clear(self.folder)


@dataclass(frozen=True, slots=True)
class PreparedFolder:
    """A folder that lies complete beside its place: like `Prepared`, but it takes the place of nothing."""

    path: Path
    folder: Path

    def put(self) -> Path:
        """Give the folder its name."""
        try:
            _rename(self.folder / self.path.name, self.path)
            _flush_folder(self.path.parent)
        except OSError as error:
            raise _in_words(error, self.path) from error
        finally:
            self.drop()
        return self.path

    def drop(self) -> None:
        """Take away what lies beside the place."""
        _clear(self.folder)


def workplace(place: Path) -> Path:
    """Return a new folder of our own in `place`; what a killed program left there the day before goes."""
    for left in place.glob(f"{_OURS}????????"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                shutil.rmtree(left)
    made = Path(tempfile.mkdtemp(prefix=_OURS, dir=place))
    _in_use.add(made)
    return made


@atexit.register
def leave_nothing() -> None:
    """Take away what was laid beside its place and never put: the window was closed before it stood on record."""
    for folder in tuple(_in_use):
        _clear(folder)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _in_use.discard(folder)


def finish(path: Path, content: bytes, check: Callable[[bytes], None], suffix: str = ".xlsx") -> Written:
    """Put the content under the path; `check` sees what the disk gives back and raises if it is wrong."""
    return prepare(path, content, check, suffix).put()


def prepare(path: Path, content: bytes, check: Callable[[bytes], None], suffix: str = ".xlsx") -> Prepared:
    """Lay the content beside the path; `check` sees what the disk gives back and raises if it is wrong."""

    def write(file: Path) -> None:
        file.write_bytes(content)

    return prepare_file(path, write, lambda file: check(file.read_bytes()), suffix)


def finish_file(
    path: Path, write: Callable[[Path], None], check: Callable[[Path], None], suffix: str = ".xlsx"
) -> Written:
    """Let `write` fill a file beside the path, `check` it, and only then give it the name.

    Whatever happens before leaves an older file of that name untouched and no other file behind.
    """
    return prepare_file(path, write, check, suffix).put()


def prepare_file(
    path: Path, write: Callable[[Path], None], check: Callable[[Path], None], suffix: str = ".xlsx"
) -> Prepared:
    """Let `write` fill a file beside the path and `check` it; nothing is left when either fails."""
    path = path.absolute()
    try:
        _require_place(path, suffix)
        folder = workplace(path.parent)
        try:
            beside = folder / path.name
            write(beside)
            _flush(beside)
            check(beside)
            return Prepared(path, _digest(beside), beside.stat().st_size, folder)
        except BaseException:
            _clear(folder)
            raise
    except OSError as error:
        raise _in_words(error, path) from error


def free_name(path: Path) -> Path:
    """Return the path, or the first like `表 (2).xlsx` that is not taken."""
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem} ({number})")
        number += 1
    return free


def _require_place(path: Path, suffix: str) -> None:
    if path.suffix.lower() != suffix:
        raise Invalid.of("out", f"文件名“{path.name}”应以 {suffix} 结尾")
    if path.is_dir():
        raise Invalid.of("out", f"“{path}”是文件夹，请在后面写上文件名")
    if not path.parent.is_dir():
        raise Invalid.of("out", f"没有文件夹“{path.parent}”，请先建好或换一个")
    if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
        raise Invalid.of("out", f"“{path.name}”是只读文件，没有覆盖，请换一个文件名")


def _flush(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename(beside: Path, path: Path) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            os.replace(beside, path)  # noqa: PTH105 - the word everybody knows for it
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD or attempt == TRIES:
                raise
            time.sleep(PAUSE)
        else:
            return


def _digest(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _in_words(error: OSError, path: Path) -> Trouble:
    if getattr(error, "winerror", None) in _HELD:
        return Trouble(
            f"“{path.name}”没有存上：文件正被 WPS/Excel 打开。",
            f"请关闭它再试，或另存为“{free_name(path).name}”。",
        )
    if error.errno in _FULL:
        return Trouble(f"磁盘已满，“{path.name}”没有存上。", "请清理磁盘，或存到别的盘。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(f"文件夹“{path.parent}”不许写入，“{path.name}”没有存上。", "请换一个文件夹。")
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        return Trouble(f"文件名“{path.name[:40]}”太长或有不能用的字符，没有存上。", "请换一个文件名。")
    return Trouble(f"“{path.name}”没有存上（{error.strerror or '读写出错'}）。", "请换一个文件夹或检查磁盘后再试。")
