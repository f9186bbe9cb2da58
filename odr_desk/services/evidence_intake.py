"""Evidence coming in: copied and looked over without the database, then put on record.

The file is durable under its hash before the row that names it is written; a row never lacks its file.
"""

import io
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.pictures import looking
from odr_desk.pictures.looking import Pulse
from odr_desk.rules import evidence
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import DeskError, IllegalMove, Invalid, Missing, UnsafeFile
from odr_desk.rules.events import EventKind
from odr_desk.rules.evidence import LARGEST_FILE, MEGABYTE, EvidenceDraft, FileKind, Side
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, timeline
from odr_desk.store import attachments, faults, place, thumbnails
from odr_desk.store.attachments import Coming
from odr_desk.store.database import Work

_PASTED = "粘贴的图片"
_PART = 1_000
Report = Callable[[int, int], object]
"""Hears how much of how much has been done; what it raises stops the work and leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where files that come in lie: those of cases, and the scans of licences."""

    folder: Path

    @property
    def root(self) -> Path:
        """Return the folder of the files."""
        return self.folder / place.ATTACHMENTS


@dataclass(frozen=True, slots=True)
class Box(Shelf):
    """A box of a case that somebody may put something into."""

    case_no: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was handed over: on a disk, or as the bytes of something pasted."""

    name: str
    path: Path | None = None
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was copied in and looked over, but is not yet on record."""

    name: str
    coming: Coming
    kind: FileKind
    width: int
    height: int
    pages: int


@dataclass(frozen=True, slots=True)
class Added:
    """A piece of evidence on record; `known` means that it was in the box already, `again` that it came back."""

    number: int
    sha256: str
    size: int
    called: str
    known: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What came of several files: those taken in, and why the others were not."""

    taken: tuple[Taken, ...]
    refused: tuple[DeskError, ...]


def open_box(work: Work, case_no: str) -> Box:
    """Let somebody put evidence into the box of a case."""
    work.actor.require(Right.WRITE_CASES)
    writable(work, case_no)
    return Box(work.folder, case_no)


def writable(work: Work, case_no: str) -> Case:
    """Return the case; raise IllegalMove when its file is closed."""
    case = cases.named(work, case_no)
    if case.state is CaseState.CLOSED:
        raise IllegalMove(f"投诉件 {case_no} 已归档，材料不能再动；请先重新打开", ("reopen",))
    return case


def take_in(box: Shelf, source: Source, report: Report | None = None) -> Taken:
    """Copy a file in and look it over in a child process; needs no database."""
    name = evidence.plain_name(source.name) or _PASTED
    say = report or (lambda _done, _total: None)
    with _explained(), _open(source, name) as file:
        size = _size_of(file)
        if size > LARGEST_FILE:
            raise _too_large(name, size)
        try:
            coming = attachments.receive(box.root, file, LARGEST_FILE, lambda done: say(done, max(size, done)))
        except attachments.TooLarge:
            raise _too_large(name, LARGEST_FILE) from None
    return looked_over(box, name, coming, lambda: say(coming.size, coming.size))


def take_bytes(box: Shelf, name: str, content: bytes, pulse: Pulse | None = None) -> Taken:
    """Take in what the program made itself."""
    with _explained():
        coming = attachments.receive(box.root, io.BytesIO(content), LARGEST_FILE)
    return looked_over(box, name, coming, pulse)


def looked_over(box: Shelf, name: str, coming: Coming, pulse: Pulse | None = None) -> Taken:
    """Return what a file that came in is; one that cannot be taken is let go of."""
    try:
        found = looking.examine(coming.path, name, pulse)
    except BaseException:
        attachments.discard(coming)
        raise
    thumbnails.keep(box.folder, coming.sha256, found.thumbnail)
    return Taken(name, coming, found.kind, found.width, found.height, found.pages)


def take_all(box: Box, sources: Sequence[Source], report: Report | None = None) -> Lot:
    """Take in what can be taken, with the refusals of the rest; what stops the work lets go of all of it."""
    say = report or (lambda _done, _total: None)
    taken: list[Taken] = []
    refused: list[DeskError] = []
    try:
        for at, source in enumerate(sources):
            try:
                taken.append(take_in(box, source, _shared_out(say, at, len(sources))))
            except (Invalid, UnsafeFile) as error:
                refused.append(error)
    except BaseException:
        put_back(taken)
        raise
    return Lot(tuple(taken), tuple(refused))


def put_back(taken: Iterable[Taken]) -> None:
    """Let go of files that are not wanted after all."""
    for one in taken:
        attachments.discard(one.coming)


def add(work: Work, case_no: str, taken: Sequence[Taken], draft: EvidenceDraft) -> tuple[Added, ...]:
    """Put files on record that were taken in; what is in the box already is not stored twice."""
    work.actor.require(Right.WRITE_CASES)
    check(draft)
    case = writable(work, case_no)
    added = tuple(_add_one(work, case, one, draft) for one in taken)
    new = [one.called for one in added if not one.known]
    if new:
        words = f"{(draft.party or Side.CONSUMER).label}材料 {len(new)} 份：{'、'.join(new)}"
        timeline.system(work, case, EventKind.EVIDENCE, words)
    return added


def add_shared(work: Work, case_no: str, original: int, taken: Taken) -> Added:
    """Put a blacked-out copy on record beside its original, which stays as it is."""
    work.actor.require(Right.WRITE_CASES)
    case = writable(work, case_no)
    first = piece(work, case, original)
    label = f"{evidence.title(first.label, first.name)[:90]}（遮盖）"
    added = _add_one(work, case, taken, EvidenceDraft(label=label, party=Side(first.party)), first.id)
    if not added.known:
        timeline.system(work, case, EventKind.EVIDENCE, f"做了一份遮盖副本：{label}")
    return added


def piece(work: Work, case: Case, number: int) -> Attachment:
    """Return one piece of a box by its number; raise Missing when there is none."""
    chosen = select(Attachment).where(Attachment.case_id == case.id, Attachment.number == number)
    found = work.session.scalars(chosen).one_or_none()
    if found is None:
        raise Missing(f"投诉件 {case.number} 没有第 {number} 号材料")
    return found


def _add_one(work: Work, case: Case, taken: Taken, draft: EvidenceDraft, shared_of: int | None = None) -> Added:
    coming = taken.coming
    attachments.settle(work.folder / place.ATTACHMENTS, coming)
    chosen = select(Attachment).where(Attachment.case_id == case.id, Attachment.sha256 == coming.sha256)
    found = work.session.scalars(chosen).one_or_none()
    known, again = found is not None, False
    if found is None:
        found = _row(work, case, taken, draft, shared_of)
        work.session.add(found)
        work.session.flush()
    elif found.deleted_at is not None:
        put_on_again(found)
        again = True
    called = evidence.title(found.label, found.name)
    return Added(found.number, found.sha256, found.size, called, known=known, again=again)


def put_on_again(found: Attachment) -> None:
    """Take back that a piece was taken out."""
    found.deleted_at, found.deleted_by, found.delete_reason = None, "", ""


def _row(work: Work, case: Case, taken: Taken, draft: EvidenceDraft, shared_of: int | None) -> Attachment:
    last = select(func.max(Attachment.number), func.max(Attachment.position)).where(Attachment.case_id == case.id)
    number, position = work.session.execute(last).one()
    return Attachment(
        case_id=case.id,
        number=(number or 0) + 1,
        position=(position or 0) + 1,
        sha256=taken.coming.sha256,
        size=taken.coming.size,
        kind=taken.kind.value,
        name=taken.name,
        label=draft.label,
        party=(draft.party or Side.CONSUMER).value,
        pages=taken.pages,
        width=taken.width,
        height=taken.height,
        shared_of=shared_of,
        added_at=work.now,
        added_by=work.actor.name,
    )


@contextmanager
def _open(source: Source, name: str) -> Generator[IO[bytes]]:
    if source.path is None:
        yield io.BytesIO(source.content)
        return
    path = source.path
    try:
        if path.is_dir():
            raise Invalid.of("path", f"“{name}”是文件夹，没有放进材料；请选里面的图片或 PDF")
        if path.exists() and not path.is_file():
            raise Invalid.of("path", f"“{name}”不是普通文件，没有放进材料；请选图片或 PDF")
        file = path.open("rb")
    except FileNotFoundError:
        raise Invalid.of("path", f"找不到文件“{path}”，请核对文件名和所在文件夹") from None
    except (OSError, ValueError):
        raise Invalid.of("path", f"打不开文件“{path}”，可能正被别的程序占用或没有权限，请关闭后再试") from None
    with file:
        yield file


def _size_of(file: IO[bytes]) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _too_large(name: str, size: int) -> UnsafeFile:
    return UnsafeFile(
        f"“{name}”有 {evidence.show_size(size)}，超过 {LARGEST_FILE // MEGABYTE} MB，没有读取；"
        "图片请缩小，PDF 请分成几份，录像请截取要紧的画面"
    )


def _shared_out(say: Report, at: int, count: int) -> Report:
    """Return a report for one file of several, each of which counts for as much as the others."""

    def part(done: int, total: int) -> None:
        say(at * _PART + done * _PART // max(1, total), count * _PART)

    return part


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except OSError as error:
        known = faults.explain_file(error)
        if known is None:
            raise
        raise known from error
