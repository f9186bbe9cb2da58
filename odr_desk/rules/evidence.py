"""Evidence: what may go into the box of a case, and what it is called when it leaves."""

import re
import unicodedata
from dataclasses import dataclass

from odr_desk.rules.fields import choice, number, text
from odr_desk.rules.labels import Word

MEGABYTE = 1 << 20
LARGEST_FILE = 50 * MEGABYTE
MOST_PIXELS = 40_000_000
MOST_PAGES = 200
WHOLE = 10_000
"""Places on a page are counted in parts of ten thousand of its width and height, whatever its size on screen."""

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LONGEST_LABEL = 60  # characters of three bytes, below the 255 bytes that a file name may have
_LONGEST_NAME = 200


class FileKind(Word):
    """What a file is by its content; the label says it to people."""

    JPEG = "jpeg", "照片"
    PNG = "png", "图片"
    HEIC = "heic", "手机照片"
    PDF = "pdf", "PDF"

    @property
    def ending(self) -> str:
        """Return the ending a file of this kind has as it was handed in."""
        return {FileKind.JPEG: ".jpg", FileKind.PNG: ".png", FileKind.HEIC: ".heic", FileKind.PDF: ".pdf"}[self]

    @property
    def shared_ending(self) -> str:
        """Return the ending of a copy for others, who may not be able to open HEIC."""
        return FileKind.JPEG.ending if self is FileKind.HEIC else self.ending


class Side(Word):
    """Who handed it in; the order is that of the evidence index."""

    CONSUMER = "consumer", "消费者"
    MERCHANT = "merchant", "商户"
    MALL = "mall", "商场"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """What people say about a piece of evidence."""

    label: str = text("说明", max_length=100, hint="小票、聊天记录、商品照片…")
    party: Side | None = choice("提交方", options=Side)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxDraft:
    """A place to be blacked out, in parts of ten thousand of the page; pages count from 1."""

    page: int = number("页", minimum=1, maximum=MOST_PAGES, required=True)
    left: int = number("左", maximum=WHOLE, required=True)
    top: int = number("上", maximum=WHOLE, required=True)
    width: int = number("宽", minimum=1, maximum=WHOLE, required=True)
    height: int = number("高", minimum=1, maximum=WHOLE, required=True)


def plain_name(name: str) -> str:
    """Return the name a file had outside, fit to be shown: no path, nothing invisible, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", "".join(c for c in last if unicodedata.category(c) not in _HIDDEN)).strip()[
        -_LONGEST_NAME:
    ]


def title(label: str, name: str) -> str:
    """Return what a piece is called on screen: its label, else the name of its file."""
    return label or name.rpartition(".")[0] or name or "材料"


def file_name(sequence: int, party: Side, called: str, ending: str) -> str:
    """Return the name of a copy, such as `01 消费者 小票.jpg`, that every file system takes."""
    return f"{sequence:02} {party.label} {plain_file_name(called, ending)}"


def plain_file_name(called: str, ending: str) -> str:
    """Return a name for a file made of what it is called, that every file system takes."""
    seen = "".join(c for c in called if c.isspace() or unicodedata.category(c) not in _HIDDEN)
    safe = _NOT_IN_NAMES.sub(" ", seen).strip(" .")[:_LONGEST_LABEL].strip(" .")
    return f"{safe or '材料'}{ending}"


def show_size(size: int) -> str:
    """Return a size in bytes as people read it."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} KB"
