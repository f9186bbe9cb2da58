"""Pictures and PDF files from outside, opened in a child process that may crash, hang or swell without harm."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from odr_desk.paths import PACKAGE
from odr_desk.pictures import child
from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import BoxDraft, FileKind

_LOOK_SECONDS = 30
_PULSE = 0.2  # seconds between two questions whether the work is still wanted
Pulse = Callable[[], object]
"""Asked again and again while the child works; what it raises stops the child."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file was found to be, with its thumbnail as JPEG."""

    kind: FileKind
    width: int
    height: int
    pages: int
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Points:
    """One page as bare points: three bytes red, green, blue each, rows without padding."""

    width: int
    height: int
    rgb: bytes


def examine(path: Path, name: str, pulse: Pulse | None = None) -> Looked:
    """Look a file over; raise UnsafeFile in complete words when it cannot be taken in."""
    facts, thumbnail = _ask({"do": "examine", "path": str(path), "name": name}, _LOOK_SECONDS, pulse)
    return Looked(FileKind(facts["kind"]), facts["width"], facts["height"], facts["pages"], thumbnail)


def show(path: Path, name: str, page: int, side: int) -> Points:
    """Return one page, counted from 1, at most `side` points long."""
    facts, rgb = _ask({"do": "show", "path": str(path), "name": name, "page": page, "side": side}, _LOOK_SECONDS)
    return Points(facts["width"], facts["height"], rgb)


def share(path: Path, name: str, pulse: Pulse | None = None) -> bytes:
    """Return a copy without what camera or author noted beside the pixels."""
    return _ask({"do": "share", "path": str(path), "name": name}, child.SECONDS, pulse)[1]


def black_out(path: Path, name: str, boxes: Sequence[BoxDraft], pulse: Pulse | None = None) -> bytes:
    """Return a flattened copy in which the boxes are black."""
    places = [(box.page, box.left, box.top, box.width, box.height) for box in boxes]
    return _ask({"do": "black_out", "path": str(path), "name": name, "boxes": places}, child.SECONDS, pulse)[1]


def _ask(job: dict[str, Any], seconds: int, pulse: Pulse | None = None) -> child.Made:
    process = subprocess.Popen(  # noqa: S603 - our own program, the job is one argument
        [*_command(), json.dumps(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PACKAGE.parent,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        output = _wait(process, job["name"], seconds, pulse or (lambda: None))
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    head, _, content = output.partition(b"\n")
    if process.returncode != 0 or not head:
        raise UnsafeFile(f"“{job['name']}”打不开：内容已损坏，或占用内存太多，已停止；请另存为 JPEG 或打印成 PDF 再试")
    facts: dict[str, Any] = json.loads(head.decode("utf-8", "replace"))
    if "refused" in facts:
        raise UnsafeFile(facts["refused"])
    return facts, content


def _wait(process: "subprocess.Popen[bytes]", name: str, seconds: int, pulse: Pulse) -> bytes:
    end = time.monotonic() + seconds
    while True:
        try:
            return process.communicate(timeout=_PULSE)[0]
        except subprocess.TimeoutExpired:
            pulse()
            if time.monotonic() > end:
                raise UnsafeFile(f"打开“{name}”超过 {seconds} 秒，已停止；请缩小图片或减少页数再试") from None


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, child.CHILD_OPTION]
    return [sys.executable, "-m", "odr_desk.pictures.child"]
