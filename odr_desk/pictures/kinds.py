"""What a file handed in really is, told by its first bytes and never by its name."""

from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import FileKind

HEAD = 1024  # a PDF may have that many bytes of something else before it begins
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SAVE_AS_PDF = "请打开它，另存为 PDF 再放进来"
_SAVE_AS_PICTURE = "请另存为 JPEG 或 PNG 再放进来"
_UNPACK = "请先解压，把里面的图片或 PDF 放进来"
_SCREENSHOTS = "请把要紧的画面截图放进来，原文件由当事人自己保存"
_OTHER_KINDS = (
    (b"GIF8", " GIF 动图", _SAVE_AS_PICTURE),
    (b"BM", " BMP 图片", _SAVE_AS_PICTURE),
    (b"II*\0", " TIFF 图片", _SAVE_AS_PICTURE),
    (b"MM\0*", " TIFF 图片", _SAVE_AS_PICTURE),
    (b"<svg", " SVG 图片", _SAVE_AS_PICTURE),
    (b"PK\x03\x04", " Office 文件或压缩包", f"Office 文件{_SAVE_AS_PDF}；压缩包{_UNPACK}"),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "旧版 Office 文件", _SAVE_AS_PDF),
    (b"{\\rtf", " RTF 文件", _SAVE_AS_PDF),
    (b"Rar!", "压缩包", _UNPACK),
    (b"7z\xbc\xaf", "压缩包", _UNPACK),
    (b"\x1f\x8b", "压缩包", _UNPACK),
    (b"ID3", "录音", _SCREENSHOTS),
    (b"#!AMR", "录音", _SCREENSHOTS),
    (b"MZ", "程序", "请不要打开它，并问清是谁发来的"),
    (b"\x7fELF", "程序", "请不要打开它，并问清是谁发来的"),
)


def kind_of(head: bytes, name: str) -> FileKind:
    """Return what a file is by its first bytes; raise UnsafeFile saying what it is instead and what helps."""
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head[4:8] == b"ftyp" and _is_heic(head):
        return FileKind.HEIC
    if b"%PDF-" in head[:HEAD]:
        return FileKind.PDF
    raise UnsafeFile(_refusal(head, name))


def _is_heic(head: bytes) -> bool:
    length = min(int.from_bytes(head[:4]), len(head))
    brands = {head[at : at + 4] for at in (8, *range(16, length - 3, 4))}
    return bool(brands & _HEIC_BRANDS) and head[8:12] != b"avif"


def _refusal(head: bytes, name: str) -> str:
    if not head:
        return f"“{name}”是空文件，里面什么也没有，没有放进材料；请让对方重新发一份"
    for start, what, advice in _OTHER_KINDS:
        if head.startswith(start):
            return f"“{name}”是{what}，没有放进材料；{advice}"
    if head[4:8] == b"ftyp":
        return f"“{name}”是视频或别的手机格式，没有放进材料；{_SCREENSHOTS}"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return f"“{name}”是 WebP 图片，没有放进材料；{_SAVE_AS_PICTURE}"
    return f"“{name}”不是图片也不是 PDF，没有放进材料；材料收 JPEG、PNG、HEIC 图片和 PDF，{_SAVE_AS_PDF}"
