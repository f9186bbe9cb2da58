"""What a file given to the desk really is, looked at before any parser sees it."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum
from lzma import LZMAError
from pathlib import Path

from odr_desk.rules.errors import Invalid, UnsafeFile

MEGABYTE = 1 << 20
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 2_000

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_ERROR_VALUE = re.compile(rb'<c\b[^>]*\bt="e"')
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_OTHER_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"MZ", "程序"),
)


class Kind(Enum):
    """The families of tables the desk reads."""

    OPEN_XML = "xlsx"
    OPEN_DOCUMENT = "ods"
    OLD_EXCEL = "xls"
    PLAIN_TEXT = "csv"


@dataclass(frozen=True, slots=True)
class Container:
    """A file that may be read; `notes` say what will be missing from the reading."""

    kind: Kind
    notes: tuple[str, ...] = ()


def examine(path: Path) -> Container:
    """Return what the file is; raise UnsafeFile or Invalid in words if it is not to be read."""
    size = present_size(path)
    if size == 0:
        raise UnsafeFile(f"“{path.name}”是空文件，里面什么也没有，请重新导出一份")
    if size > LARGEST_FILE:
        raise UnsafeFile(f"“{path.name}”有 {size / MEGABYTE:.1f} MB，超过 20 MB，没有读取；请分成几份再导入")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZIP):
        return _examine_zip(path)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise UnsafeFile(_locked(path))
        return Container(Kind.OLD_EXCEL)
    return _examine_text(path, head)


def present_size(path: Path) -> int:
    """Return the size of a file that is there; raise Invalid in words when it is not."""
    try:
        if path.is_dir():
            raise Invalid.of("path", f"“{path.name}”是文件夹，请选择里面的表格文件")
        if path.exists() and not path.is_file():
            raise Invalid.of("path", f"“{path.name}”不是普通文件，请选择表格文件")
        with path.open("rb"):
            return path.stat().st_size
    except FileNotFoundError:
        raise Invalid.of("path", f"找不到文件“{path}”，请核对文件名和所在文件夹") from None
    except (OSError, ValueError):
        raise Invalid.of("path", f"打不开文件“{path}”，可能正被别的程序占用或没有权限，请关闭后再试") from None


def unpack_checked(path: Path) -> zipfile.ZipFile:
    """Open an archive whose directory keeps within the limits; the caller closes it."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        raise UnsafeFile(damaged(path)) from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        archive.close()
        raise UnsafeFile(_bomb(path))
    if any(part.flag_bits & 1 for part in parts):
        archive.close()
        raise UnsafeFile(_locked(path))
    return archive


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return one part, unpacked no further than its directory entry promises."""
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error, LZMAError):
        raise UnsafeFile(damaged(Path(str(archive.filename)))) from None


def damaged(path: Path) -> str:
    """Say that a file cannot be read as what it seems to be."""
    return f"“{path.name}”已损坏或不是完整的表格文件，没有读取；请用 WPS/Excel 打开后另存为 .xlsx 再试"


def _examine_zip(path: Path) -> Container:
    with unpack_checked(path) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names or "ppt/presentation.xml" in names:
            raise UnsafeFile(f"“{path.name}”是 Word 或 PPT 文件，不是表格，请选择 .xlsx 文件")
        if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            raise UnsafeFile(f"“{path.name}”是压缩包，不是表格，请先解压再选择里面的 .xlsx 文件")
        notes = _notes_on(archive)
    return Container(Kind.OPEN_DOCUMENT if "content.xml" in names else Kind.OPEN_XML, notes)


def _notes_on(archive: zipfile.ZipFile) -> tuple[str, ...]:
    # Reading every part also proves the sizes: a part longer than its directory entry fails its checksum.
    errors = hidden = 0
    for part in archive.infolist():
        content = read_part(archive, part)
        if _SHEET.fullmatch(part.filename):
            errors += len(_ERROR_VALUE.findall(content))
            hidden += len(_HIDDEN_ROW.findall(content))
    return (
        *((f"有 {errors} 个单元格是错误值（如 #N/A），按空白读入",) if errors else ()),
        *((f"有 {hidden} 行在表里是隐藏的（如筛选掉的行），也照样读入；不要的请先在表里删去",) if hidden else ()),
    )


def _examine_text(path: Path, head: bytes) -> Container:
    for start, name in _OTHER_KINDS:
        if head.startswith(start):
            raise UnsafeFile(f"“{path.name}”是{name}，不是表格，请选择 .xlsx、.xls、.ods 或 .csv 文件")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise UnsafeFile(f"“{path.name}”其实是网页，不是真正的表格；请用 WPS/Excel 打开后另存为 .xlsx 再导入")
    if path.suffix.lower() not in {".csv", ".txt", ".tsv"}:
        raise UnsafeFile(damaged(path))
    return Container(Kind.PLAIN_TEXT)


def _locked(path: Path) -> str:
    return f"“{path.name}”已加密（设了打开密码），没有读取；请用 WPS/Excel 去掉密码后另存再导入"


def _bomb(path: Path) -> str:
    return f"“{path.name}”解开后超过 200 MB，不像正常的表格，没有读取；请另存为新的 .xlsx 再试"
