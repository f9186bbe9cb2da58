"""Foreign pictures opened, in the child process only: size first, pixels afterwards."""

import struct
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import MOST_PIXELS, FileKind

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.HEIC: "HEIF"}
_NOT_READABLE = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError, RuntimeError,
    struct.error, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError, OverflowError, MemoryError,
)  # fmt: skip
"""What decoders raise on damaged or made-up pictures."""


@contextmanager
def opened(path: Path, kind: FileKind, name: str) -> Generator[Image.Image]:
    """Yield a picture whose header has been read; refuse one with too many points before it is unpacked."""
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, below, and it refuses where Pillow only warns
    if kind is FileKind.HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    with _damage_named(name):
        image = Image.open(path, formats=(_FORMATS[kind],))
    with image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise UnsafeFile(
                f"“{name}”有 {width:,}×{height:,} 点，超过 {MOST_PIXELS // 10_000:,} 万点，没有放进材料；"
                "请缩小或截取要紧的部分再放进来"
            )
        with _damage_named(name):
            yield image


def upright(image: Image.Image) -> Image.Image:
    """Return the pixels alone: plain red, green and blue, turned as the camera was held."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode == "I;16":  # a PNG of sixteen bits: the higher byte of each point is what people see
        turned = Image.frombytes("L", turned.size, turned.tobytes()[1::2])
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        ground = Image.new("RGB", turned.size, "white")
        layer = turned.convert("RGBA")
        ground.paste(layer, mask=layer)
        return ground
    plain = turned.convert("RGB")
    plain.info = {}
    return plain


def fitted(image: Image.Image, side: int) -> Image.Image:
    """Return a picture no longer than `side` points on its longer side."""
    longest = max(image.size)
    if longest <= side:
        return image
    width, height = (max(1, round(length * side / longest)) for length in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def shown_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height as people see the picture, whichever way the camera was held."""
    width, height = image.size
    orientation: Any = image.getexif().get(0x0112, 1)
    return (height, width) if orientation in {5, 6, 7, 8} else (width, height)


@contextmanager
def _damage_named(name: str) -> Generator[None]:
    try:
        yield
    except UnsafeFile:
        raise
    except _NOT_READABLE:
        raise UnsafeFile(
            f"“{name}”打不开：图片不完整或已损坏，没有放进材料；请让对方重新发一份（发送时选“原图”）"
        ) from None
