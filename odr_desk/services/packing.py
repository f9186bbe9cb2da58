"""Making a hand-over package: the files of an order, written and read back beside their place.

Nothing here needs a database, so that it runs beside the typing.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odr_desk.papers import transfer_letter
from odr_desk.rules.errors import Invalid, Trouble
from odr_desk.rules.labels import Word
from odr_desk.services import evidence, evidence_copies
from odr_desk.sheets import hand_over as sheets
from odr_desk.sheets import writing
from odr_desk.sheets.hand_over import Enclosed, HandedOver

PAPERS, EVIDENCE = "文书", "证据"
APART = "另附纸质材料"
FOLDER = "移送材料"
"""Below the data folder, for callers that name no place of their own."""
LETTER, FACTS, INDEX = "01 移送函", "02 投诉件信息.xlsx", "03 材料目录.xlsx"
Progress = Callable[[int, int], object]
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be enclosed: its bytes as they are kept."""

    kind: str
    name: str
    file: str
    party: str
    pages: int | None
    on: date | None
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be packed for one transfer."""

    case_no: str
    transfer_no: int
    to: str
    folder: str
    letter: bytes
    letter_no: str
    row: HandedOver
    copies: tuple[Copy, ...]
    evidence: evidence_copies.Order | None
    apart: tuple[str, ...]

    @property
    def pieces(self) -> int:
        """Return how many pieces of evidence are enclosed."""
        return len(self.evidence.lines) if self.evidence is not None else 0


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a package."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A package that is complete; `ready` gives the folder its name once the package is on record."""

    order: Order
    ready: writing.PreparedFolder
    files: tuple[PackedFile, ...]


class PackageState(Word):
    """How a package is found again."""

    THERE = "there", "在原处"
    CHANGED = "changed", "内容有变"
    GONE = "gone", "不在原处"


def make(wanted: Order, place: Path, progress: Progress) -> Made:
    """Write the package beside its folder below `place`; what `progress` raises leaves nothing behind."""
    if not place.is_dir():
        raise Invalid.of("out", f"没有文件夹“{place}”，请先建好或换一个")
    target = writing.free_name(place / wanted.folder)
    try:
        ready = writing.PreparedFolder(target, writing.workplace(place))
        try:
            inside = ready.folder / target.name
            (inside / PAPERS).mkdir(parents=True)
            files = tuple(_write(wanted, inside, progress))
        except BaseException:
            ready.drop()
            raise
    except OSError as error:
        raise Trouble(
            f"材料包没有存上（{error.strerror or '读写出错'}），移送记录不受影响。",
            "请换一个文件夹，或检查磁盘后再做一次。",
        ) from error
    return Made(order=wanted, ready=ready, files=files)


def state_of(folder: Path, files: Iterable[PackedFile]) -> PackageState:
    """Look whether a package still lies where it was made, with the files it was made of."""
    if not folder.is_dir():
        return PackageState.GONE
    try:
        same = all(_hash(folder / file.name) == file.sha256 for file in files)
    except OSError:
        same = False
    return PackageState.THERE if same else PackageState.CHANGED


def safe_name(words: str) -> str:
    """Return a name that any file system takes, at most eighty characters."""
    return " ".join(_NO_NAME.sub(" ", words).split()).strip(". ")[:80]


def _write(wanted: Order, inside: Path, progress: Progress) -> Iterator[PackedFile]:
    """Write every file, read it back and yield what was found; the list of materials comes last."""
    total = len(wanted.copies) + wanted.pieces + 3
    entries: list[Enclosed] = []
    for copy in (_letter(wanted), *wanted.copies):
        packed = _kept(inside, copy)
        entries.append(_enclosed(copy, packed.sha256))
        yield packed
        progress(len(entries), total)
    for found in _evidence_copies(wanted, inside, lambda done, _pieces: progress(len(entries) + done, total)):
        name = f"{EVIDENCE}/{found.path.name}"
        entries.append(_handed_in(found, name))
        yield PackedFile(name, found.path.stat().st_size, found.sha256)
    yield _packed(FACTS, sheets.save_facts(inside / FACTS, wanted.row))
    progress(total - 1, total)
    entries += [Enclosed(kind=APART, name=name) for name in wanted.apart]
    note = f"{wanted.case_no} · 移送{wanted.to}"
    yield _packed(INDEX, sheets.save_index(inside / INDEX, entries, note))
    progress(total, total)


def _evidence_copies(wanted: Order, inside: Path, report: Progress) -> tuple[evidence_copies.Copy, ...]:
    if wanted.evidence is None:
        return ()
    (inside / EVIDENCE).mkdir()
    return evidence.save_copies(wanted.evidence, inside / EVIDENCE, report)


def _handed_in(found: evidence_copies.Copy, name: str) -> Enclosed:
    return Enclosed(
        kind=EVIDENCE,
        name=found.line.title + (f"（{found.line.note}）" if found.line.note else ""),
        file=name,
        party=found.line.party.label,
        pages=found.line.pages,
        sha256=found.sha256,
        original=found.line.sha256,
    )


def _letter(wanted: Order) -> Copy:
    file = f"{LETTER} {safe_name(wanted.letter_no)}.pdf"
    return Copy("移送函", transfer_letter.TITLE, file, "商场", None, wanted.row.sent_on, wanted.letter)


def _enclosed(copy: Copy, sha256: str) -> Enclosed:
    return Enclosed(
        kind=copy.kind,
        name=copy.name,
        file=copy.file,
        party=copy.party,
        pages=copy.pages,
        on=copy.on,
        sha256=sha256,
    )


def _kept(inside: Path, copy: Copy) -> PackedFile:
    path = inside / copy.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(copy.data)
        file.flush()
        os.fsync(file.fileno())
    found = path.read_bytes()
    if found != copy.data:
        raise Trouble(f"“{copy.file}”写完后读回不一致，材料包没有做成。", "请检查磁盘，换一个文件夹再做一次。")
    return PackedFile(copy.file, len(found), hashlib.sha256(found).hexdigest())


def _packed(name: str, written: writing.Written) -> PackedFile:
    return PackedFile(name, written.size, written.sha256)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
