"""The child process that opens pictures and PDF files from outside: whatever they do to us, they do here.

Started as `python -m odr_desk.pictures.child JOB`, in the frozen program as `odr-desk --open-evidence JOB`;
the job is one JSON object. Answers on standard output with one line of JSON and, after it, the bytes of
what was made. A crash is an answer too: the parent calls the file damaged.
"""

import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from odr_desk.pictures import kinds
from odr_desk.rules.errors import DeskError
from odr_desk.rules.evidence import MEGABYTE, WHOLE, FileKind

CHILD_OPTION = "--open-evidence"
MEMORY = 1_000 * MEGABYTE
SECONDS = 120  # of computing; a copy of two hundred pages takes a minute
THUMBNAIL = 320  # points on the longer side
_QUALITY, _THUMBNAIL_QUALITY = 95, 80

Made = tuple[dict[str, Any], bytes]


def child_main(arguments: Sequence[str]) -> int:
    """Do the job and print what came of it."""
    _limit_itself()
    facts, content = refusing(json.loads(arguments[-1]))
    sys.stdout.buffer.write(json.dumps(facts, ensure_ascii=False).encode() + b"\n" + content)
    sys.stdout.flush()
    return 0


def refusing(job: Mapping[str, Any]) -> Made:
    """Return what the job makes, or the refusal in words."""
    try:
        return JOBS[job["do"]](job)
    except DeskError as error:
        return {"refused": str(error)}, b""


def examine(job: Mapping[str, Any]) -> Made:
    """Look a file over to its last point and make its thumbnail."""
    from odr_desk.pictures import decoding

    path, kind, name = _file(job)
    facts: dict[str, Any] = {"kind": kind.value, "pages": 1}
    if kind is FileKind.PDF:
        from odr_desk.pictures import pdf_files

        with pdf_files.opened(path, name) as document:
            facts["pages"] = len(document)
            facts["width"], facts["height"] = (round(length) for length in document[0].get_size())
            return facts, _jpeg(pdf_files.picture(pdf_files.sheet(document, 0), THUMBNAIL), _THUMBNAIL_QUALITY)
    with decoding.opened(path, kind, name) as image:
        facts["width"], facts["height"] = decoding.shown_size(image)
        image.load()
        return facts, _jpeg(decoding.fitted(decoding.upright(image), THUMBNAIL), _THUMBNAIL_QUALITY)


def show(job: Mapping[str, Any]) -> Made:
    """Make one page, counted from 1, as bare points: three bytes red, green, blue each."""
    from odr_desk.pictures import decoding

    path, kind, name = _file(job)
    if kind is FileKind.PDF:
        from odr_desk.pictures import pdf_files

        with pdf_files.opened(path, name) as document:
            image = pdf_files.picture(pdf_files.sheet(document, job["page"] - 1), job["side"])
    else:
        with decoding.opened(path, kind, name) as found:
            found.draft("RGB", (job["side"], job["side"]))
            image = decoding.fitted(decoding.upright(found), job["side"])
    return {"width": image.width, "height": image.height}, image.tobytes()


def share(job: Mapping[str, Any]) -> Made:
    """Make a copy for others: the pixels, upright, and nothing the camera or the author noted beside them."""
    from odr_desk.pictures import decoding

    path, kind, name = _file(job)
    if kind is FileKind.PDF:
        from odr_desk.pictures import pdf_files

        with pdf_files.opened(path, name) as document:
            return {}, pdf_files.without_traces(document, lambda image, _number: _jpeg(image, _QUALITY))
    with decoding.opened(path, kind, name) as image:
        return {}, _encoded(decoding.upright(image), kind)


def black_out(job: Mapping[str, Any]) -> Made:
    """Make a copy in which the boxes are black pixels; nothing of what was under them is left in it."""
    from odr_desk.pictures import decoding

    path, kind, name = _file(job)
    if kind is FileKind.PDF:
        return {}, _blacked_pdf(path, name, job["boxes"])
    with decoding.opened(path, kind, name) as image:
        plain = decoding.upright(image)
        _paint(plain, job["boxes"], 1)
        return {}, _encoded(plain, kind)


def _blacked_pdf(path: Path, name: str, boxes: Iterable[Sequence[int]]) -> bytes:
    from odr_desk.pictures import pdf_files

    def painted(image: Any, number: int) -> bytes:  # noqa: ANN401
        _paint(image, boxes, number)
        return _jpeg(image, _QUALITY)

    with pdf_files.opened(path, name) as document:
        return pdf_files.pictures(document, painted)


JOBS: dict[str, Callable[[Mapping[str, Any]], Made]] = {
    "examine": examine,
    "show": show,
    "share": share,
    "black_out": black_out,
}


def _file(job: Mapping[str, Any]) -> tuple[Path, FileKind, str]:
    path, name = Path(job["path"]), str(job["name"])
    with path.open("rb") as file:
        return path, kinds.kind_of(file.read(kinds.HEAD), name), name


def _paint(image: Any, boxes: Iterable[Sequence[int]], page: int) -> None:  # noqa: ANN401 - Pillow is imported late
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    for on, left, top, width, height in boxes:
        if on == page:
            x, y = left * image.width // WHOLE, top * image.height // WHOLE
            right = -(-(left + width) * image.width // WHOLE)
            bottom = -(-(top + height) * image.height // WHOLE)
            draw.rectangle((x, y, right, bottom), fill="black")


def _encoded(image: Any, kind: FileKind) -> bytes:  # noqa: ANN401
    if kind is not FileKind.PNG:
        return _jpeg(image, _QUALITY)
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=3)
    return target.getvalue()


def _jpeg(image: Any, quality: int) -> bytes:  # noqa: ANN401
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


def _limit_itself() -> None:
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write


if __name__ == "__main__":
    sys.exit(child_main(sys.argv[1:]))
